// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_search.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "app/market/online_search.h"
#include "catalog/matcher.h"
#include "cli/catalog_text.h"
#include "cli/discogs_access.h"
#include "document/catalog_document.h"
#include "document/json.h"
#include "market/quote.h"

namespace spindle::cli {
namespace {

struct CatalogSearchOptions {
    std::vector<std::string> words;
    std::vector<std::string> formats;
    bool online = false;
    int top = 5;
    double certainty = catalog::MatchOptions{}.certainty;
};

std::string percent(double probability) {
    return probability >= 0.9995 ? ">99.9 %" : fmt::format("{:.1f} %", probability * 100);
}

std::string as_text(const catalog::GroupMatch& group) {
    std::string text = fmt::format("{:>7}  {}", percent(group.probability),
                                   name_line(group.pressings.front().release));
    for (std::size_t i = 0; i < group.pressings.size(); ++i) {
        const auto& pressing = group.pressings[i];
        if (i >= group.tied && pressing.probability < 0.01) {
            break;
        }
        text += fmt::format("\n         {} {}  {}{}", i < group.tied ? "*" : " ",
                            pressing_line(pressing.release), page_of(pressing.release.id),
                            pressing.origin == catalog::Origin::Fetched
                                ? "; found on Discogs, not in your catalog"
                                : "");
    }
    if (group.tied > 1) {
        std::string marks;
        for (const catalog::Mark mark : group.look_at) {
            marks += (marks.empty() ? "" : ", ") + std::string(catalog::name_of(mark));
        }
        text += fmt::format("\n         one of {} that fit alike{}", group.tied,
                            marks.empty() ? "; the catalog does not say how they differ"
                                          : "; look at: " + marks);
    }
    return text;
}

constexpr double kStallTimeout = 30;   // seconds of silence after which the line counts as cut
constexpr double kWorthShowing = 0.01; // of what is most likely not it

bool is_worth_showing(const std::vector<catalog::GroupMatch>& groups) {
    return !groups.empty() && groups.front().probability >= kWorthShowing;
}

void show(const catalog::MatchResult& result, const Context& context) {
    switch (result.verdict) {
    case catalog::Verdict::Found:
        break;
    case catalog::Verdict::Uncertain:
        context.out.line("not certain; it may be one of these:");
        break;
    case catalog::Verdict::Nothing:
        context.out.line(is_worth_showing(result.groups)
                             ? "most likely none in the catalog; nearest are:"
                             : "nothing in the catalog fits");
        break;
    }
    for (const catalog::GroupMatch& group : result.groups) {
        if (group.probability < 0.001 && &group != &result.groups.front()) {
            break;
        }
        if (result.verdict != catalog::Verdict::Nothing || group.probability >= kWorthShowing) {
            context.out.line(as_text(group));
        }
    }
}

bool has_data_of_discogs(const catalog::MatchResult& result) {
    return std::any_of(result.groups.begin(), result.groups.end(), [](const auto& group) {
        return group.pressings.front().origin == catalog::Origin::Fetched;
    });
}

/// The catalog; none is no error where Discogs is asked as well.
Result<catalog::Catalog> open_catalog(const CatalogSearchOptions& options, const Context& context) {
    auto opened = catalog::Catalog::open(app::catalog_folder(context.data_folder));
    if (!opened && options.online && opened.error().code == Code::NotFound) {
        return catalog::Catalog::none();
    }
    return opened;
}

/// Asks Discogs as well, until the answer is certain.
Result<catalog::MatchResult> match_online(const catalog::Matcher& matcher,
                                          const catalog::SpineText& spine,
                                          const CatalogSearchOptions& options,
                                          catalog::MatchResult result, const Context& context) {
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const auto login, file.load());
    if (!login) {
        return fail(Code::NoAccess, "searching Discogs needs a token: spindle login discogs");
    }
    SPINDLE_TRY(const auto discogs, open_discogs(login->token, kStallTimeout));
    const auto queries = app::search_queries(
        spine.readings.front(), options.formats.empty() ? "CD" : options.formats.front());
    if (queries.empty()) {
        context.terminal.say("too few words to search Discogs for");
    }
    std::vector<catalog::Release> fetched;
    for (const market::SearchQuery& query : queries) {
        auto found = app::search_releases(*discogs, query, context.stop);
        if (!found) {
            return tl::unexpected(found.error().error);
        }
        fetched.insert(fetched.end(), found->begin(), found->end());
        SPINDLE_TRY(result, matcher.match(spine, fetched));
        if (result.verdict == catalog::Verdict::Found) {
            break;
        }
    }
    return result;
}

Result<Exit> catalog_search(const CatalogSearchOptions& options, const Context& context) {
    std::string words;
    for (const std::string& word : options.words) {
        words += (words.empty() ? "" : " ") + word;
    }
    SPINDLE_TRY(const auto opened, open_catalog(options, context));
    catalog::MatchOptions match;
    match.groups = static_cast<std::size_t>(options.top);
    match.formats = options.formats;
    match.certainty = options.certainty;
    const auto begun = std::chrono::steady_clock::now();
    const catalog::Matcher matcher(opened, match);
    const catalog::SpineText spine = catalog::spine_text_of(words);
    SPINDLE_TRY(auto result, matcher.match(spine));
    if (options.online && result.verdict != catalog::Verdict::Found) {
        SPINDLE_TRY(result, match_online(matcher, spine, options, std::move(result), context));
        if (opened.files().empty() && result.verdict == catalog::Verdict::Found) {
            result.verdict = catalog::Verdict::Uncertain; // nobody knows how rare its words are
        }
    }
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - begun;
    if (context.format == Format::Json) {
        document::Json json{{"query", words}};
        json.update(document::to_json(result));
        if (has_data_of_discogs(result)) {
            json["notice"] = market::kDataNotice;
        }
        json["elapsed_ms"] = std::round(elapsed.count() * 10) / 10;
        context.out.line(document::to_text(json));
    } else {
        show(result, context);
        if (has_data_of_discogs(result)) {
            context.out.line(market::kDataNotice);
        }
    }
    return result.verdict == catalog::Verdict::Nothing ? Exit::Incomplete : Exit::Done;
}

} // namespace

const Command kCatalogSearchCommand{
    "catalog search", "find a release by what its spine reads",
    "spindle catalog search \"kraftwerk autobahn CDP 7 461S3 2\"\n"
    "  spindle catalog search --json 5099902987620\n\n"
    "Artist, title, catalog number or barcode, in any order, misread or half missing.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CatalogSearchOptions>();
        arguments.positional("WORDS", &options->words, "what is on the spine", Need::Required);
        arguments.flag("--online", options->online,
                       "ask Discogs for what the catalog is not certain of: one or two requests; "
                       "CDs, or the first --format; needs a token (spindle login discogs)");
        arguments.number("--top", "N", &options->top, "recordings to name at most", 1, 100);
        arguments.option("--format", "NAME", &options->formats,
                         "what it is (CD, Vinyl; may be given again): others become unlikely");
        arguments.number("--certainty", "P", &options->certainty,
                         "chance of being right from which it counts as found (default: 0.8)", 0.5,
                         0.9999);
        return [options](const Context& context) { return catalog_search(*options, context); };
    }};

} // namespace spindle::cli
