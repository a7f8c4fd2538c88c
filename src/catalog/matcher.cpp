// SPDX-License-Identifier: Apache-2.0
#include "catalog/matcher.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "base/text.h"
#include "catalog/certainty.h"
#include "catalog/deciding_marks.h"
#include "catalog/evidence.h"
#include "catalog/group_key.h"

namespace spindle::catalog {
namespace {

constexpr double kOtherFormat = 4;           ///< nats against a release of another format
constexpr double kTie = 1.0;                 ///< pressings within this many nats are not told apart
constexpr std::size_t kMostPressings = 1024; ///< of a group that are looked at

/// A pressing and its group as they come out of weighing.
struct WeighedPressing {
    std::size_t file = 0;
    Document document = 0;
    const Release* fetched = nullptr; ///< instead of file and document
    ReleaseId id;
    double score = 0;
    bool number_exact = false;
};

struct WeighedGroup {
    std::vector<WeighedPressing> pressings; ///< best first
    std::string name; ///< artists and title in normal form: two masters may be one recording
    double score = 0;
    /// Nats for another release of the same artist, one the catalog does not have.
    double other_of_artist = -1e9;
    std::size_t all = 0;
    std::size_t reading = 0;
};

/// Weighs the candidates of one reading.
class GroupWeigher {
public:
    GroupWeigher(std::vector<CardReader>& readers, const MatchOptions& options, const Query& query,
                 const TermCounts& counts)
        : options_(options), weigher_(query, counts), releases_per_share_(query.printed),
          readers_(readers) {}

    /// @return nothing for a group without a release in it
    Result<std::optional<WeighedGroup>> weigh(const Candidate& candidate) {
        WeighedGroup group;
        for (Document document = candidate.documents.first;
             document < candidate.documents.last && group.all < kMostPressings; ++document) {
            SPINDLE_TRY(const Release* const release, readers_[candidate.file].card(document));
            if (release == nullptr) {
                break; // numbers between two parts
            }
            add(*release, {candidate.file, document, nullptr, release->id, 0, false}, group);
        }
        if (group.pressings.empty()) {
            return std::optional<WeighedGroup>();
        }
        finish(group);
        return std::optional(std::move(group));
    }

    /// One that is not in the catalog is a group of its own: merge_same() joins it to others.
    WeighedGroup weigh(const Release& fetched) {
        WeighedGroup group;
        add(fetched, {0, 0, &fetched, fetched.id, 0, false}, group);
        finish(group);
        return group;
    }

private:
    void add(const Release& release, WeighedPressing pressing, WeighedGroup& group) {
        ++group.all;
        const Evidence evidence = weigher_.weigh(release);
        pressing.score = evidence.score - format_cost(release);
        pressing.number_exact = evidence.number_exact;
        group.other_of_artist = std::max(group.other_of_artist, other_release_score(evidence));
        if (group.pressings.empty() || pressing.score > group.score) {
            group.score = pressing.score;
            best_name_ = recording_name(release);
        }
        group.pressings.push_back(pressing);
    }

    void finish(WeighedGroup& group) const {
        std::stable_sort(
            group.pressings.begin(), group.pressings.end(),
            [](const WeighedPressing& a, const WeighedPressing& b) { return a.score > b.score; });
        group.name = best_name_;
    }

    /// Nats for "another release of this artist, or another volume of this title": its catalog
    /// number is likely to be a neighbour of this one's, so a number that nearly fits speaks for
    /// both.
    double other_release_score(const Evidence& evidence) const {
        constexpr double kNeighbour = 3; // -ln of the share of an artist's numbers that are
        const double releases = std::max(1.0, evidence.artist_share * releases_per_share_);
        const double number =
            evidence.number_exact ? 0 : std::max(0.0, evidence.number - kNeighbour);
        double score = evidence.artist > 0 ? evidence.artist + std::log(releases) + number : -1e9;
        if (evidence.other_volume > 0) {
            score = std::max(score, evidence.other_volume + number);
        }
        return score;
    }

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
    std::string best_name_;
    std::vector<CardReader>& readers_;
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
        for (const WeighedPressing& pressing : same->pressings) {
            known.insert(pressing.id);
        }
        for (const WeighedPressing& pressing : group.pressings) {
            if (known.insert(pressing.id).second) {
                same->pressings.push_back(pressing);
                ++same->all;
            }
        }
        std::stable_sort(
            same->pressings.begin(), same->pressings.end(),
            [](const WeighedPressing& a, const WeighedPressing& b) { return a.score > b.score; });
    }
    groups = std::move(merged);
}

/// Shares the group's probability among its pressings, says which are tied, and by what they
/// differ.
Result<GroupMatch> to_match(WeighedGroup group, double probability, const MatchOptions& options,
                            std::vector<CardReader>& readers) {
    GroupMatch match;
    match.probability = probability;
    match.all_pressings = group.all;
    double sum = 0;
    for (const WeighedPressing& pressing : group.pressings) {
        sum += std::exp(pressing.score - group.score);
    }
    match.tied = static_cast<std::size_t>(std::count_if(
        group.pressings.begin(), group.pressings.end(),
        [&](const WeighedPressing& pressing) { return pressing.score > group.score - kTie; }));
    const std::size_t listed =
        std::max(options.pressings, std::min(match.tied, 4 * options.pressings));
    group.pressings.resize(std::min(group.pressings.size(), listed));
    for (const WeighedPressing& pressing : group.pressings) {
        const Release* release = pressing.fetched;
        if (release == nullptr) {
            SPINDLE_TRY(release, readers[pressing.file].card(pressing.document));
        }
        match.pressings.push_back(
            {*release, probability * std::exp(pressing.score - group.score) / sum, pressing.score,
             pressing.number_exact,
             pressing.fetched == nullptr ? Origin::Catalog : Origin::Fetched});
    }
    if (match.tied > 1) {
        std::vector<const Release*> tied;
        for (std::size_t i = 0; i < std::min(match.tied, match.pressings.size()); ++i) {
            tied.push_back(&match.pressings[i].release);
        }
        match.look_at = deciding_marks(tied);
    }
    return match;
}

/// The readings, most confident first: the wrong way round a reader is unsure.
std::vector<std::size_t> by_confidence(const SpineText& spine) {
    std::vector<double> means;
    for (const Reading& reading : spine.readings) {
        double sum = 0;
        double words = 0;
        for (const ReadLine& line : reading.lines) {
            for (const ReadWord& word : line.words) {
                sum += word.confidence;
                ++words;
            }
        }
        means.push_back(words > 0 ? sum / words : 0);
    }
    std::vector<std::size_t> order(means.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return means[a] > means[b]; });
    return order;
}

Posterior posterior_of(const std::vector<WeighedGroup>& groups, double other_of_artist,
                       double releases) {
    std::vector<double> scores;
    scores.reserve(groups.size());
    for (const WeighedGroup& group : groups) {
        scores.push_back(group.score);
    }
    return judge(scores, other_of_artist, releases);
}

} // namespace

Matcher::Matcher(const Catalog& catalog, MatchOptions options)
    : catalog_(catalog), options_(std::move(options)), counts_(catalog.files()) {}

Result<MatchResult> Matcher::match(const SpineText& spine) const {
    return match(spine, {});
}

Result<MatchResult> Matcher::match(const SpineText& spine, std::span<const Release> fetched) const {
    constexpr double kPlain = 0.995; // another direction will not make better sense than this
    std::vector<CardReader> readers;
    for (const CatalogFile& file : catalog_.files()) {
        readers.emplace_back(file);
    }
    std::vector<const Release*> strangers;
    for (const Release& release : fetched) {
        SPINDLE_TRY(const auto known, catalog_.find(release.id));
        if (!known) {
            strangers.push_back(&release);
        }
    }
    const double releases = strangers.empty()
                                ? counts_.releases()
                                : std::max(counts_.releases(), options_.releases_elsewhere);
    std::vector<WeighedGroup> groups;
    double other_of_artist = -1e9;
    MatchResult result;
    Posterior posterior;
    for (const std::size_t number : by_confidence(spine)) {
        const Query query = make_query(spine.readings[number], counts_);
        GroupWeigher weigher(readers, options_, query, counts_);
        const auto take = [&](WeighedGroup group) {
            group.reading = number;
            group.score -= query.junk_only;
            for (WeighedPressing& pressing : group.pressings) {
                pressing.score -= query.junk_only;
            }
            other_of_artist = std::max(other_of_artist, group.other_of_artist - query.junk_only);
            groups.push_back(std::move(group));
        };
        for (const Candidate& candidate : retrieve(catalog_.files(), query, options_.effort)) {
            SPINDLE_TRY(auto group, weigher.weigh(candidate));
            if (group) {
                take(std::move(*group));
            }
        }
        for (const Release* const release : strangers) {
            take(weigher.weigh(*release));
        }
        std::stable_sort(
            groups.begin(), groups.end(),
            [](const WeighedGroup& a, const WeighedGroup& b) { return a.score > b.score; });
        merge_same(groups);
        posterior = posterior_of(groups, other_of_artist, releases);
        if (!groups.empty() && posterior.candidates.front() >= kPlain) {
            break;
        }
    }
    if (groups.empty()) {
        return result;
    }
    result.probability_of_none = posterior.none;
    result.reading = groups.front().reading;
    for (std::size_t i = 0; i < groups.size() && i < options_.groups; ++i) {
        SPINDLE_TRY(auto match,
                    to_match(std::move(groups[i]), posterior.candidates[i], options_, readers));
        result.groups.push_back(std::move(match));
    }
    result.verdict = posterior.candidates.front() >= options_.certainty ? Verdict::Found
                     : posterior.none > 0.5                             ? Verdict::Nothing
                                                                        : Verdict::Uncertain;
    return result;
}

} // namespace spindle::catalog
