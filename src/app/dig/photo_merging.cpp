// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_merging.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace spindle::app {
namespace {

/// Spines of all photos, counted through, in sets of which each is one disc.
class DiscSets {
public:
    explicit DiscSets(std::span<const std::vector<shelf::ReadSpine>> photos) {
        for (std::size_t photo = 0; photo < photos.size(); ++photo) {
            starts_.push_back(photo_of_.size());
            photo_of_.insert(photo_of_.end(), photos[photo].size(), photo);
        }
        sets_.resize(photo_of_.size());
        set_of_.resize(photo_of_.size());
        std::iota(set_of_.begin(), set_of_.end(), std::size_t{0});
        for (std::size_t i = 0; i < sets_.size(); ++i) {
            sets_[i] = {i};
        }
    }

    std::size_t number_of(std::size_t photo, std::size_t spine) const {
        return starts_[photo] + spine;
    }

    /// Makes two spines one disc, unless that would make two spines of one photo the same.
    void join(std::size_t a, std::size_t b) {
        const std::size_t into = std::min(set_of_[a], set_of_[b]);
        const std::size_t from = std::max(set_of_[a], set_of_[b]);
        if (into == from) {
            return;
        }
        std::set<std::size_t> photos;
        for (const std::size_t set : {into, from}) {
            for (const std::size_t spine : sets_[set]) {
                if (!photos.insert(photo_of_[spine]).second) {
                    return;
                }
            }
        }
        for (const std::size_t spine : sets_[from]) {
            set_of_[spine] = into;
            sets_[into].push_back(spine);
        }
        sets_[from].clear();
    }

    const std::vector<std::vector<std::size_t>>& sets() const { return sets_; }
    Sighting sighting(std::span<const std::vector<shelf::ReadSpine>> photos,
                      std::size_t spine) const {
        const std::size_t photo = photo_of_[spine];
        return {photo, photos[photo][spine - starts_[photo]]};
    }

private:
    std::vector<std::size_t> starts_, photo_of_, set_of_;
    std::vector<std::vector<std::size_t>> sets_;
};

/// Of its likelier reading.
double read_of(const shelf::ReadSpine& spine) {
    return spine.readings.empty() ? 0 : words_read(spine.readings.front());
}

} // namespace

std::vector<Disc> merge_photos(std::span<const std::vector<shelf::ReadSpine>> photos,
                               const OverlapOptions& options) {
    DiscSets sets(photos);
    struct Link {
        std::size_t a, b;
        double certainty;
    };
    std::vector<Link> links;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        for (std::size_t j = i + 1; j < photos.size(); ++j) {
            for (const SamePair& pair : same_discs(photos[i], photos[j], options)) {
                links.push_back({sets.number_of(i, pair.first), sets.number_of(j, pair.second),
                                 pair.certainty});
            }
        }
    }
    std::stable_sort(links.begin(), links.end(),
                     [](const Link& x, const Link& y) { return x.certainty > y.certainty; });
    for (const Link& link : links) {
        sets.join(link.a, link.b);
    }
    std::vector<Disc> discs;
    for (const auto& set : sets.sets()) {
        if (set.empty()) {
            continue;
        }
        Disc& disc = discs.emplace_back();
        disc.number = discs.size();
        for (const std::size_t spine : set) {
            disc.seen.push_back(sets.sighting(photos, spine));
        }
        std::stable_sort(disc.seen.begin(), disc.seen.end(),
                         [](const Sighting& a, const Sighting& b) {
                             return read_of(a.spine) > read_of(b.spine);
                         });
    }
    return discs;
}

} // namespace spindle::app
