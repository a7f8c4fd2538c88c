// SPDX-License-Identifier: Apache-2.0
#include "catalog/matcher.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/text.h"
#include "catalog/certainty.h"
#include "catalog/deciding_marks.h"
#include "catalog/evidence.h"
#include "catalog/normal_form.h"

namespace spindle::catalog {
namespace {

constexpr double kOtherFormat = 4;           ///< nats against a release of another format
constexpr double kTie = 1.0;                 ///< pressings within this many nats are not told apart
constexpr std::size_t kMostPressings = 1024; ///< of a group that are looked at

/// A group as it comes out of weighing.
struct WeighedGroup {
    std::vector<PressingMatch> pressings;
    std::string name; ///< artists and title in normal form: two masters may be one recording
    double score = 0;
    /// Nats for another release of the same artist, one the catalog does not have.
    double other_of_artist = 0;
    std::size_t all = 0;
    std::size_t reading = 0;
};

std::string name_in_normal_form(const Release& release) {
    std::string name;
    for (const std::string& word : words_of(credit_line(release.artists) + " / " + release.title)) {
        name += word + " ";
    }
    return name;
}

/// Weighs the candidates of one reading.
class GroupWeigher {
public:
    GroupWeigher(const Catalog& catalog, const MatchOptions& options, const Query& query,
                 const TermCounts& counts)
        : options_(options), weigher_(query, counts), releases_per_share_(query.printed) {
        for (const CatalogFile& file : catalog.files()) {
            readers_.emplace_back(file);
        }
    }

    /// @return nothing for a group without a release in it
    Result<std::optional<WeighedGroup>> weigh(const Candidate& candidate) {
        WeighedGroup group;
        for (Document document = candidate.documents.first;
             document < candidate.documents.last && group.all < kMostPressings; ++document) {
            SPINDLE_TRY(const Release* const release, readers_[candidate.file].card(document));
            if (release == nullptr) {
                break; // numbers between two parts
            }
            ++group.all;
            const Evidence evidence = weigher_.weigh(*release);
            const double score = evidence.score - format_cost(*release);
            group.other_of_artist =
                std::max(group.other_of_artist,
                         evidence.artist +
                             std::log(std::max(1.0, evidence.artist_share * releases_per_share_)));
            group.pressings.push_back({*release, 0, score, evidence.number_exact});
        }
        if (group.pressings.empty()) {
            return std::optional<WeighedGroup>();
        }
        std::stable_sort(
            group.pressings.begin(), group.pressings.end(),
            [](const PressingMatch& a, const PressingMatch& b) { return a.score > b.score; });
        group.score = group.pressings.front().score;
        group.name = name_in_normal_form(group.pressings.front().release);
        return std::optional(std::move(group));
    }

private:
    double format_cost(const Release& release) const {
        if (options_.formats.empty() || release.formats.empty()) {
            return 0;
        }
        for (const FormatItem& item : release.formats) {
            for (const std::string& format : options_.formats) {
                if (text::ascii_lower(item.name) == text::ascii_lower(format)) {
                    return 0;
                }
            }
        }
        return kOtherFormat;
    }

    const MatchOptions& options_;
    EvidenceWeigher weigher_;
    double releases_per_share_;
    std::vector<CardReader> readers_;
};

/// Groups of the same artists and title become one: a master and a release nobody has linked to it,
/// or a release that an owner's list has as well. The first, which has the best score, stays.
void merge_same(std::vector<WeighedGroup>& groups) {
    std::vector<WeighedGroup> merged;
    for (WeighedGroup& group : groups) {
        const auto same =
            std::find_if(merged.begin(), merged.end(),
                         [&](const WeighedGroup& other) { return other.name == group.name; });
        if (same == merged.end()) {
            merged.push_back(std::move(group));
            continue;
        }
        std::set<ReleaseId> known;
        for (const PressingMatch& pressing : same->pressings) {
            known.insert(pressing.release.id);
        }
        for (PressingMatch& pressing : group.pressings) {
            if (known.insert(pressing.release.id).second) {
                same->pressings.push_back(std::move(pressing));
                ++same->all;
            }
        }
        std::stable_sort(
            same->pressings.begin(), same->pressings.end(),
            [](const PressingMatch& a, const PressingMatch& b) { return a.score > b.score; });
    }
    groups = std::move(merged);
}

/// Shares the group's probability among its pressings, says which are tied, and by what they
/// differ.
GroupMatch to_match(WeighedGroup group, double probability, const MatchOptions& options) {
    GroupMatch match;
    match.probability = probability;
    match.all_pressings = group.all;
    double sum = 0;
    for (const PressingMatch& pressing : group.pressings) {
        sum += std::exp(pressing.score - group.score);
    }
    for (PressingMatch& pressing : group.pressings) {
        pressing.probability = probability * std::exp(pressing.score - group.score) / sum;
    }
    match.tied = static_cast<std::size_t>(std::count_if(
        group.pressings.begin(), group.pressings.end(),
        [&](const PressingMatch& pressing) { return pressing.score > group.score - kTie; }));
    if (match.tied > 1) {
        std::vector<const Release*> tied;
        for (std::size_t i = 0; i < match.tied; ++i) {
            tied.push_back(&group.pressings[i].release);
        }
        match.look_at = deciding_marks(tied);
    }
    const std::size_t listed =
        std::max(options.pressings, std::min(match.tied, 4 * options.pressings));
    group.pressings.resize(std::min(group.pressings.size(), listed));
    match.pressings = std::move(group.pressings);
    return match;
}

} // namespace

Matcher::Matcher(const Catalog& catalog, MatchOptions options)
    : catalog_(catalog), options_(std::move(options)), counts_(catalog.files()) {}

Result<MatchResult> Matcher::match(const SpineText& spine) const {
    std::vector<WeighedGroup> groups;
    double other_of_artist = -1e9;
    for (std::size_t number = 0; number < spine.readings.size(); ++number) {
        const Query query = make_query(spine.readings[number], counts_);
        GroupWeigher weigher(catalog_, options_, query, counts_);
        for (const Candidate& candidate : retrieve(catalog_.files(), query, options_.effort)) {
            SPINDLE_TRY(auto group, weigher.weigh(candidate));
            if (group) {
                group->reading = number;
                group->score -= query.junk_only;
                other_of_artist =
                    std::max(other_of_artist, group->other_of_artist - query.junk_only);
                groups.push_back(std::move(*group));
            }
        }
    }
    MatchResult result;
    result.probability_of_none = 1;
    if (groups.empty()) {
        return result;
    }
    std::stable_sort(
        groups.begin(), groups.end(),
        [](const WeighedGroup& a, const WeighedGroup& b) { return a.score > b.score; });
    merge_same(groups);
    std::vector<double> scores;
    for (const WeighedGroup& group : groups) {
        scores.push_back(group.score);
    }
    const Posterior posterior = judge(scores, other_of_artist, counts_.releases());
    result.probability_of_none = posterior.none;
    result.reading = groups.front().reading;
    for (std::size_t i = 0; i < groups.size() && i < options_.groups; ++i) {
        result.groups.push_back(to_match(std::move(groups[i]), posterior.candidates[i], options_));
    }
    result.verdict = posterior.candidates.front() >= options_.certainty ? Verdict::Found
                     : posterior.none > 0.5                             ? Verdict::Nothing
                                                                        : Verdict::Uncertain;
    return result;
}

} // namespace spindle::catalog
