// SPDX-License-Identifier: Apache-2.0
#include "cli/scan.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "app/dig/dig.h"
#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "base/clock.h"
#include "cli/discogs_access.h"
#include "cli/grade_word.h"
#include "cli/owner_settings.h"
#include "cli/scan_text.h"

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
    app::DigOptions options;
    options.scan.photos.assign(words.photos.begin(), words.photos.end());
    options.scan.format = *app::shelf_format_of(words.format);
    options.scan.certainty = words.certainty;
    options.scan.threads = static_cast<unsigned>(words.jobs);
    options.searching.most = static_cast<std::size_t>(words.searches);
    options.settings = std::move(settings);
    SPINDLE_TRY(options.folder, app::choose_scan_folder(options.scan.photos, words.out, "."));
    app::DigTools tools{context.data_folder, context.backends, {}};
    if (!words.offline) {
        tools.open_discogs = discogs_with_token;
    }
    const app::DigWords told = words_for(context.terminal);
    SPINDLE_TRY(const auto report,
                app::dig(options, tools, {}, told, context.terminal.progress(), context.stop));
    SPINDLE_TRY_VOID(app::remember_scan(context.data_folder, report.folder));
    context.terminal.clear();
    app::tell_troubles(report, told);
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
