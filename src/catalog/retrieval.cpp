// SPDX-License-Identifier: Apache-2.0
#include "catalog/retrieval.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace spindle::catalog {
namespace {

/// A list of documents to be read, and what it says about them.
struct List {
    TermHash term = 0;
    std::uint32_t releases = 0;
    TokenSet tokens = 0; ///< explained by it
    double worth = 0;
};

std::vector<List> lists_of(const Query& query) {
    std::vector<List> lists;
    const auto add = [&](const Source& source, TokenSet tokens, double cost, double log_elsewhere) {
        const double worth = query.gain(tokens, cost + source.cost, kWordsOfRelease, log_elsewhere);
        if (worth > 1) {
            lists.push_back({source.term, source.releases, tokens, worth});
        }
    };
    for (const SeenWord& word : query.words) {
        for (const Source& source : word.sources) {
            add(source, word.tokens, word.cost,
                std::log(source.releases / query.printed) - source.cost);
        }
    }
    for (const SeenNumber& number : query.numbers) {
        for (const Source& source : number.sources) {
            add(source, number.tokens, number.cost, number.log_elsewhere);
        }
    }
    for (const Source& source : query.digit_runs) {
        lists.push_back({source.term, source.releases, 0, 2});
    }
    std::sort(lists.begin(), lists.end(), [](const List& a, const List& b) {
        return a.releases != b.releases ? a.releases < b.releases : a.worth > b.worth;
    });
    return lists;
}

/// Sums by group: a hash table with open addressing, as large as what will be put in.
class GroupScores {
public:
    static constexpr Document kNone = ~0U;
    struct Group {
        TokenSet seen = 0; ///< tokens that have given their score
        Document first = kNone;
        float score = 0;
    };
    static_assert(sizeof(Group) == 16);

    explicit GroupScores(std::size_t most) {
        std::size_t size = 1024;
        while (size < most * 2) {
            size *= 2;
        }
        groups_.resize(size);
        shift_ = 32U - static_cast<unsigned>(std::bit_width(size) - 1);
    }

    /// Adds to each of these groups. The table is larger than the near caches: places are asked for
    /// some groups ahead.
    void add(std::span<const Document> groups, TokenSet tokens, double worth) {
        constexpr std::size_t kAhead = 12;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (i + kAhead < groups.size()) {
                __builtin_prefetch(&groups_[slot_of(groups[i + kAhead])]);
            }
            add(groups[i], tokens, worth);
        }
    }

    std::vector<Group> best(std::size_t most) {
        // Most groups share one common word; they need not be sorted.
        float highest = 0;
        for (const Group& group : groups_) {
            highest = group.first == kNone ? highest : std::max(highest, group.score);
        }
        std::vector<Group> found;
        std::copy_if(groups_.begin(), groups_.end(), std::back_inserter(found),
                     [&](const Group& group) {
                         return group.first != kNone && group.score >= 0.4F * highest;
                     });
        const auto by_score = [](const Group& a, const Group& b) {
            return a.score != b.score ? a.score > b.score : a.first < b.first;
        };
        if (found.size() > most) {
            std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most),
                             found.end(), by_score);
            found.resize(most);
        }
        std::sort(found.begin(), found.end(), by_score);
        return found;
    }

private:
    std::size_t slot_of(Document first) const { return (first * 0x9E3779B1U) >> shift_; }
    void add(Document first, TokenSet tokens, double worth) {
        std::size_t slot = slot_of(first);
        while (groups_[slot].first != first && groups_[slot].first != kNone) {
            slot = (slot + 1) & (groups_.size() - 1);
        }
        Group& group = groups_[slot];
        group.first = first;
        // A token gives its worth once, by its rarest source: lists come in that order.
        if (tokens == 0 || (tokens & ~group.seen) != 0) {
            group.seen |= tokens;
            group.score += static_cast<float>(worth);
        }
    }

    std::vector<Group> groups_;
    unsigned shift_ = 0;
};

} // namespace

std::vector<Candidate> retrieve(std::span<const CatalogFile> files, const Query& query,
                                const RetrievalEffort& effort) {
    const std::vector<List> lists = lists_of(query);
    std::size_t used = 0;
    std::uint64_t postings = 0;
    // The rarest is read whatever it takes, within reason: a band called "Live" must be found.
    while (used < lists.size() && (postings + lists[used].releases <= effort.postings ||
                                   (used == 0 && lists[used].releases <= 10 * effort.postings))) {
        postings += lists[used++].releases;
    }
    std::vector<Candidate> candidates;
    for (std::size_t number = 0; number < files.size(); ++number) {
        const CatalogFile& file = files[number];
        GroupScores scores(static_cast<std::size_t>(postings));
        std::vector<Document> documents;
        std::vector<Document> groups;
        for (std::size_t i = 0; i < used; ++i) {
            documents.clear();
            groups.clear();
            file.read(lists[i].term, lists[i].releases, documents);
            for (const Document document : documents) {
                const Document group = file.group_start(document);
                if (groups.empty() || groups.back() != group) {
                    groups.push_back(group);
                }
            }
            scores.add(groups, lists[i].tokens, lists[i].worth);
        }
        for (const auto& group : scores.best(effort.candidates)) {
            candidates.push_back(
                {number, file.group_of(group.first), static_cast<double>(group.score)});
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    candidates.resize(std::min(candidates.size(), effort.candidates));
    return candidates;
}

} // namespace spindle::catalog
