// SPDX-License-Identifier: Apache-2.0
#include "cli/scan.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "app/dig/disc_naming.h"
#include "app/dig/disc_pricing.h"
#include "app/dig/disc_searching.h"
#include "app/dig/scan.h"
#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "base/clock.h"
#include "cli/discogs_access.h"
#include "cli/grade_word.h"
#include "cli/owner_settings.h"
#include "cli/scan_text.h"
#include "inference/places.h"

namespace spindle::cli {
namespace {

struct ScanWords {
    std::vector<std::string> photos;
    std::string out;
    std::string format = "any";
    double certainty = catalog::MatchOptions{}.certainty;
    int explain = 0;
    int jobs = 0;
    bool offline = false;
    int searches = static_cast<int>(app::DiscSearchOptions{}.most);
    std::optional<double> asking() const { return asked < 0 ? std::nullopt : std::optional(asked); }
    double asked = -1; // not given: as set
    std::string grade; // empty: as set
};

Result<Exit> explain(const ScanWords& words, const Context& context) {
    const std::string scan = !words.out.empty()     ? words.out
                             : words.photos.empty() ? std::string()
                                                    : words.photos.front();
    SPINDLE_TRY(const auto report, app::find_scan(context.data_folder, scan, "."));
    const auto disc =
        std::find_if(report.discs.begin(), report.discs.end(), [&](const app::Disc& candidate) {
            return candidate.number == static_cast<std::size_t>(words.explain);
        });
    if (disc == report.discs.end()) {
        return fail(Code::NotFound, "{}: this scan has discs 1 to {}, no disc {}",
                    report.folder.string(), report.discs.size(), words.explain);
    }
    context.out.line(context.format == Format::Json ? app::document_of(*disc)
                                                    : explanation(report, *disc, system_seconds()));
    return Exit::Done;
}

/// Did somebody get what they came for?
Exit exit_of(const app::ScanReport& report) {
    const bool any = report.count(app::DiscVerdict::Known) + report.count(app::DiscVerdict::Maybe) +
                         report.count(app::DiscVerdict::Read) >
                     0;
    const bool all_photos = std::none_of(report.photos.begin(), report.photos.end(),
                                         [](const auto& photo) { return photo.error; });
    return any && all_photos && !report.interrupted ? Exit::Done : Exit::Incomplete;
}

void tell_troubles(const app::ScanReport& report, Terminal& terminal) {
    for (const app::PhotoFacts& photo : report.photos) {
        if (photo.error) {
            terminal.warn(photo.error->message);
        }
        for (const app::Advice& advice : photo.advice) {
            terminal.warn(fmt::format("{}: {}", photo.path.string(), advice.message));
        }
    }
    if (!report.releases) {
        terminal.say(report.without_catalog);
    }
    if (report.interrupted) {
        terminal.say("Stopped: what was read until then is kept");
    }
}

/// Asks Discogs' search for what the catalog does not have.
Result<void> search(const ScanWords& words, const market::DiscogsClient& discogs,
                    app::ScanReport& report, const Context& context) {
    const auto catalog =
        app::ScanCatalog::open(context.data_folder, report.format, report.certainty);
    if (catalog.matcher() == nullptr || words.searches == 0) {
        return {};
    }
    app::DiscSearchOptions options;
    options.most = static_cast<std::size_t>(words.searches);
    SPINDLE_TRY(const auto done, app::search_discs(report, *catalog.matcher(), discogs, options,
                                                   context.terminal.progress(), context.stop));
    context.terminal.clear();
    if (!done.trouble.empty()) {
        context.terminal.warn(done.trouble);
    } else if (done.left > 0 && !context.stop.stop_requested()) {
        context.terminal.say(fmt::format("{} discs were not searched for on Discogs after {} "
                                         "searches; --searches N allows more",
                                         done.left, done.searches));
    }
    return {};
}

/// What the discs are worth.
Result<void> price(const app::Settings& settings, const market::DiscogsClient& discogs,
                   app::ScanReport& report, const Context& context) {
    SPINDLE_TRY(const auto model_file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(model_file));
    SPINDLE_TRY(const auto prices,
                context.backends.open_market(context.data_folder, store::Access::Write));
    app::DiscPricingOptions pricing;
    pricing.offer = settings.offer;
    pricing.costs = settings.costs;
    pricing.rules = settings.rules;
    pricing.catalog = app::CatalogVersions::open(context.data_folder);
    pricing.rates = settings.rates;
    SPINDLE_TRY(const auto trouble, app::price_discs(report, *prices, discogs, model, pricing,
                                                     context.terminal.progress(), context.stop));
    if (!trouble.message.empty()) {
        context.terminal.clear();
        context.terminal.warn(trouble.message);
    }
    if (trouble.left > 0) {
        context.terminal.say(fmt::format("{} without a price; go on with: spindle market price "
                                         "--queued",
                                         trouble.left));
    }
    return {};
}

/// With a token, what only Discogs knows and what the discs are worth; and what the owner has and
/// wants. A scan is not lost because a price is: whatever fails is told, and the rest goes on.
Result<void> appraise(const ScanWords& words, const app::Settings& settings,
                      app::ScanReport& report, const Context& context) {
    std::unique_ptr<market::DiscogsClient> discogs; // one: all share its limit
    if (!words.offline) {
        SPINDLE_TRY(const auto file, discogs_login_file());
        SPINDLE_TRY(const auto login, file.load());
        if (login) {
            SPINDLE_TRY(discogs, open_discogs(login->token, 30));
        }
    }
    if (discogs) {
        SPINDLE_TRY_VOID(search(words, *discogs, report, context));
    }
    const auto collection =
        context.backends.open_collection(context.data_folder, store::Access::Read);
    if (collection) {
        SPINDLE_TRY_VOID(app::mark_holdings(report, **collection));
    } else if (collection.error().code != Code::NotFound) {
        context.terminal.warn(collection.error().message);
    }
    return discogs ? price(settings, *discogs, report, context) : Result<void>();
}

Result<Exit> scan(const ScanWords& words, const Context& context) {
    if (words.explain > 0) {
        return words.photos.size() > 1
                   ? misuse(context, "--explain takes one photo or folder of a scan")
                   : explain(words, context);
    }
    if (words.photos.empty()) {
        return misuse(context, "PHOTO is required (or --explain N for the latest scan)");
    }
    SPINDLE_TRY(auto settings, owner_settings());
    if (!words.grade.empty()) {
        const auto grade = grade_of_word("--grade", words.grade);
        if (!grade) {
            return misuse(context, grade.error().message);
        }
        settings.offer.grade = *grade;
    }
    if (const auto asking = words.asking()) {
        settings.offer.asking = *asking * settings.rate();
    }
    app::ScanOptions options;
    options.photos.assign(words.photos.begin(), words.photos.end());
    options.format = *app::shelf_format_of(words.format);
    options.certainty = words.certainty;
    options.threads = static_cast<unsigned>(words.jobs);
    SPINDLE_TRY(const auto folder, app::choose_scan_folder(options.photos, words.out, "."));
    SPINDLE_TRY(auto report, app::scan_photos(context.data_folder, options,
                                              context.terminal.progress(), context.stop));
    report.folder = folder;
    if (const auto appraised = appraise(words, settings, report, context); !appraised) {
        context.terminal.warn(appraised.error().message);
    }
    SPINDLE_TRY_VOID(app::write_scan(report, context.terminal.progress()));
    SPINDLE_TRY_VOID(app::remember_scan(context.data_folder, report.folder));
    context.terminal.clear();
    tell_troubles(report, context.terminal);
    if (context.format == Format::Json) {
        context.out.line(app::document_of(report));
    } else {
        context.out.line(as_text(report, system_seconds()));
        context.out.line(
            fmt::format("marked photo: {}", (report.folder / app::marked_file(0)).string()));
    }
    return exit_of(report);
}

} // namespace

const Command kScanCommand{
    "scan", "find, read and name every disc in photos of a shelf",
    "spindle scan rack.jpg\n"
    "  spindle scan left.jpg middle.jpg right.heic --format cd --out rack\n"
    "  spindle scan --explain 12\n\n"
    "Photos that overlap count as one rack. The marked photo, a sheet of all spines and scan.json\n"
    "go to PHOTO-spindle in this folder. Names come from the catalog (spindle catalog). Costs and\n"
    "your currency may be set in ~/.config/spindle/spindle.toml (docs/appraisal.md).",
    [](Arguments& arguments) -> Run {
        auto words = std::make_shared<ScanWords>();
        arguments.positional("PHOTO", &words->photos, "JPEG, PNG, WebP or HEIC, up to 100 MP",
                             Need::Optional, Takes::File);
        arguments.option("--out", "DIR", &words->out, "folder for what is written", Takes::Folder);
        arguments.choice("--format", "FORMAT", words->format,
                         "what stands there: others become unlikely", {"any", "cd", "lp", "dvd"});
        arguments.number("--threshold", "P", &words->certainty,
                         "chance of being right from which a disc counts as known (default: 0.8)",
                         0.5, 0.9999);
        arguments.number("--explain", "N", &words->explain,
                         "why disc N of the latest scan (or of PHOTO, or DIR) was taken for that",
                         1, 100'000);
        arguments.flag(
            "--offline", words->offline,
            "ask nobody: no prices, no searches; without a token (spindle login discogs) "
            "there are none anyway");
        arguments.number("--searches", "N", &words->searches,
                         "discs looked for on Discogs that the catalog does not have: requests at "
                         "most (default: 20, some 20 s)",
                         0, 1000);
        arguments.number("--asking", "PRICE", &words->asked,
                         "what a disc costs here, in dollars or your currency (default: 1)", 0,
                         100'000);
        arguments.option("--grade", "GRADE", &words->grade,
                         "what condition to expect: M, NM, VG+ (default), VG, G+, G, F, P");
        arguments.number("--jobs", "N", &words->jobs, "threads (default: one a core)", 1, 64);
        return [words](const Context& context) { return scan(*words, context); };
    }};

} // namespace spindle::cli
