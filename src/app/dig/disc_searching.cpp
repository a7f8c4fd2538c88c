// SPDX-License-Identifier: Apache-2.0
#include "app/dig/disc_searching.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/dig/spine_matching.h"
#include "app/market/online_search.h"

namespace spindle::app {
namespace {

/// What stands on a shelf of unknown format is taken for CDs: spines of LPs seldom have text.
std::string format_of(ShelfFormat format) {
    switch (format) {
    case ShelfFormat::Lp:
        return "Vinyl";
    case ShelfFormat::Dvd:
        return "DVD";
    case ShelfFormat::Any:
    case ShelfFormat::Cd:
        break;
    }
    return "CD";
}

double mean_confidence(const shelf::SpineReading& reading) {
    double sum = 0;
    double words = 0;
    for (const shelf::Line& line : reading.lines) {
        for (const shelf::Word& word : line.words) {
            sum += word.confidence;
            ++words;
        }
    }
    return words > 0 ? sum / words : 0;
}

/// A disc worth a search, and what to ask.
struct Wanted {
    Disc* disc = nullptr;
    double confidence = 0;
    std::vector<market::SearchQuery> queries;
};

std::vector<Wanted> wanted_in(ScanReport& report, const DiscSearchOptions& options) {
    std::vector<Wanted> all;
    for (Disc& disc : report.discs) {
        const bool open = disc.verdict == DiscVerdict::Read || disc.verdict == DiscVerdict::Maybe;
        const shelf::SpineReading* const reading = open ? reading_of(disc) : nullptr;
        if (reading == nullptr || mean_confidence(*reading) < options.least_confidence) {
            continue;
        }
        auto queries = search_queries(catalog_reading(*reading), format_of(report.format));
        if (!queries.empty()) {
            all.push_back({&disc, mean_confidence(*reading), std::move(queries)});
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Wanted& a, const Wanted& b) { return a.confidence > b.confidence; });
    return all;
}

bool is_from_there(const Disc& disc) {
    return !disc.candidates.empty() && disc.verdict != DiscVerdict::Read &&
           disc.candidates.front().pressings.front().found_online;
}

} // namespace

Result<DiscSearchReport> search_discs(ScanReport& report, const catalog::Matcher& matcher,
                                      const market::DiscogsClient& discogs,
                                      const DiscSearchOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop) {
    DiscSearchReport result;
    const std::vector<Wanted> all = wanted_in(report, options);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Wanted& wanted = all[i];
        std::vector<catalog::Release> fetched;
        bool asked = false;
        for (const market::SearchQuery& query : wanted.queries) {
            if (result.searches >= options.most || stop.stop_requested() ||
                !result.trouble.empty()) {
                break;
            }
            progress({"searching", {}, i, all.size(), {}});
            ++result.searches;
            auto found = search_releases(discogs, query, stop);
            if (!found) {
                // A search Discogs cannot answer costs itself only.
                if (found.error().concerns_all() ||
                    found.error().kind == market::DiscogsFailure::Server) {
                    result.trouble = found.error().error.message;
                    break;
                }
                asked = true;
                continue;
            }
            asked = true;
            fetched.insert(fetched.end(), found->begin(), found->end());
            Disc disc = *wanted.disc;
            SPINDLE_TRY_VOID(match_disc(matcher, disc, fetched));
            if (is_from_there(disc)) {
                *wanted.disc = std::move(disc);
                if (wanted.disc->verdict == DiscVerdict::Known) {
                    break;
                }
            }
        }
        if (options.tell && is_from_there(*wanted.disc)) {
            options.tell(*wanted.disc);
        }
        result.named += is_from_there(*wanted.disc) ? 1 : 0;
        result.left += asked ? 0 : 1;
    }
    return result;
}

} // namespace spindle::app
