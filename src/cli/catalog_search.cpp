// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_search.h"

#include <chrono>
#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "catalog/matcher.h"
#include "cli/catalog_text.h"

namespace spindle::cli {
namespace {

struct CatalogSearchOptions {
    std::vector<std::string> words;
    std::vector<std::string> formats;
    int top = 5;
    double certainty = catalog::MatchOptions{}.certainty;
};

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

Json group_json(const catalog::GroupMatch& group) {
    Json json{{"probability", rounded(group.probability)},
              {"artist", catalog::credit_line(group.pressings.front().release.artists)},
              {"title", group.pressings.front().release.title},
              {"all_pressings", group.all_pressings},
              {"tied", group.tied}};
    json["look_at"] = Json::array();
    for (const catalog::Mark mark : group.look_at) {
        json["look_at"].push_back(catalog::name_of(mark));
    }
    json["pressings"] = Json::array();
    for (const catalog::PressingMatch& pressing : group.pressings) {
        Json one = to_json(pressing.release);
        one["probability"] = rounded(pressing.probability);
        json["pressings"].push_back(std::move(one));
    }
    return json;
}

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
        text += fmt::format("\n         {} {}  {}", i < group.tied ? "*" : " ",
                            pressing_line(pressing.release), page_of(pressing.release.id));
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

Result<Exit> catalog_search(const CatalogSearchOptions& options, const Context& context) {
    std::string words;
    for (const std::string& word : options.words) {
        words += (words.empty() ? "" : " ") + word;
    }
    SPINDLE_TRY(const auto opened,
                catalog::Catalog::open(app::catalog_folder(context.data_folder)));
    catalog::MatchOptions match;
    match.groups = static_cast<std::size_t>(options.top);
    match.formats = options.formats;
    match.certainty = options.certainty;
    const auto begun = std::chrono::steady_clock::now();
    SPINDLE_TRY(const auto result,
                catalog::Matcher(opened, match).match(catalog::spine_text_of(words)));
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - begun;
    if (context.format == Format::Json) {
        Json json{{"query", words},
                  {"verdict", catalog::name_of(result.verdict)},
                  {"probability_of_none", rounded(result.probability_of_none)}};
        json["groups"] = Json::array();
        for (const catalog::GroupMatch& group : result.groups) {
            json["groups"].push_back(group_json(group));
        }
        json["elapsed_ms"] = std::round(elapsed.count() * 10) / 10;
        context.out.line(to_text(json));
    } else {
        show(result, context);
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
        arguments.number("--top", "N", &options->top, "recordings to name at most", 1, 100);
        arguments.option("--format", "NAME", &options->formats,
                         "what it is (CD, Vinyl; may be given again): others become unlikely");
        arguments.number("--certainty", "P", &options->certainty,
                         "chance of being right from which it counts as found (default: 0.8)", 0.5,
                         0.9999);
        return [options](const Context& context) { return catalog_search(*options, context); };
    }};

} // namespace spindle::cli
