// SPDX-License-Identifier: Apache-2.0
#include "catalog/layout.h"

#include <algorithm>
#include <utility>

#include "catalog/country.h"
#include "catalog/draw.h"
#include "catalog/major_label.h"

namespace spindle::bench {
namespace {

// Shares of releases in 1,000; measured on real catalog data, see docs/catalog.md.
constexpr std::uint32_t kSharedNumber = 280;    ///< later versions with an earlier one's number
constexpr std::uint32_t kNeighbourNumber = 450; ///< ... with the label's next number
constexpr std::uint32_t kVarious = 60;
constexpr std::uint32_t kByStars = 80;

std::uint8_t draw_country(Draw& draw) {
    std::uint32_t left = draw.below(1000);
    std::uint8_t place = 0;
    for (const Country& country : countries()) {
        if (left < country.share) {
            return place;
        }
        left -= country.share;
        ++place;
    }
    return kUnitedStates;
}

Language draw_language(const Country& country, Draw& draw) {
    return draw.per_thousand(country.own_language) ? country.language : Language::English;
}

class Builder {
public:
    Builder(std::uint64_t seed, std::uint32_t slots)
        : draw_(key_of(seed, 100, slots)), count_(slots) {}

    Layout build() {
        make_labels();
        make_works();
        share_out_labels();
        name_helpers();
        return std::move(layout_);
    }

private:
    void make_labels() {
        std::uint32_t used = 0;
        for (const MajorLabel& major : major_labels()) {
            const std::uint32_t size = std::max(1U, count_ * major.share / 10'000);
            layout_.labels.push_back({major.country, size});
            used += size;
        }
        // Half of the labels have one release in a block, a quarter two or three, and so on.
        while (used < count_) {
            const std::uint32_t octave = draw_.steps(480, 9);
            const std::uint32_t size =
                std::min((1U << octave) + draw_.below(1U << octave), count_ / 20 + 1);
            layout_.labels.push_back({draw_country(draw_), size});
            used += size;
        }
    }

    /// Versions per work: most have one or two, the largest some 500.
    void make_works() {
        const auto longest = static_cast<std::uint16_t>(std::min(count_ / 20 + 2, 540U));
        std::uint32_t used = 0;
        while (used < count_) {
            Layout::Work work;
            work.first_slot = used;
            // A work with a master fills 4.6 slots: 620 in 1,000 slots belong to one.
            work.has_master = draw_.per_thousand(262);
            if (work.has_master) {
                const std::uint32_t octave = draw_.steps(550, 8);
                work.versions = static_cast<std::uint16_t>(
                    std::min<std::uint32_t>(longest, (1U << octave) + draw_.below(1U << octave)));
                work.master = layout_.masters++;
                layout_.master_slots.push_back(used);
            }
            work.versions =
                static_cast<std::uint16_t>(std::min<std::uint32_t>(work.versions, count_ - used));
            used += work.versions;
            layout_.works.push_back(work);
        }
    }

    /// Goes through the works in the order of their labels, so that an artist stays with a label
    /// and a label's run is without holes.
    void share_out_labels() {
        std::vector<std::uint32_t> order(layout_.labels.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        shuffle(order);
        std::vector<std::uint32_t> works(layout_.works.size());
        for (std::uint32_t i = 0; i < works.size(); ++i) {
            works[i] = i;
        }
        shuffle(works);
        layout_.slots.resize(count_);
        next_.assign(layout_.labels.size(), 0);
        std::size_t place = 0;
        begin_label(order[place]);
        for (const std::uint32_t work : works) {
            while (next_[label_] >= layout_.labels[label_].size && place + 1 < order.size()) {
                begin_label(order[++place]);
            }
            place_work(work);
        }
        place_elsewhere();
    }

    void begin_label(std::uint32_t label) {
        label_ = label;
        roster_begin_ = static_cast<std::uint32_t>(layout_.artists.size());
    }

    void place_work(std::uint32_t number) {
        Layout::Work& work = layout_.works[number];
        work.label = label_;
        const Country& country = countries()[layout_.labels[label_].country];
        choose_artist(work, country);
        std::uint32_t serial = next_[label_]++;
        for (std::uint16_t version = 0; version < work.versions; ++version) {
            Layout::Slot slot{number, version, false, label_, serial};
            if (version > 0) {
                const std::uint32_t how = draw_.below(1000);
                if (how < kSharedNumber) {
                    slot.shares_number = true;
                } else if (how < kSharedNumber + kNeighbourNumber) {
                    slot.serial = serial = next_[label_]++;
                } else {
                    elsewhere_.push_back(work.first_slot + version);
                }
            }
            layout_.slots[work.first_slot + version] = slot;
        }
    }

    /// Licensed abroad: numbers that are still free in the runs of other labels.
    void place_elsewhere() {
        std::uint32_t label = 0;
        for (const std::uint32_t place : elsewhere_) {
            for (std::uint32_t tries = 0; tries < 4; ++tries) {
                label = draw_.below(4) == 0
                            ? draw_.below(kMajorLabels)
                            : draw_.below(static_cast<std::uint32_t>(layout_.labels.size()));
                if (next_[label] < layout_.labels[label].size) {
                    break;
                }
            }
            layout_.slots[place].label = label;
            layout_.slots[place].serial = next_[label]++;
        }
        for (std::size_t i = 0; i < next_.size(); ++i) {
            layout_.labels[i].size = std::max(1U, next_[i]);
        }
    }

    void choose_artist(Layout::Work& work, const Country& country) {
        const std::uint32_t who = draw_.below(1000);
        work.language = draw_language(country, draw_);
        if (who < kVarious) {
            work.by = Layout::Work::By::Various;
            return;
        }
        if (who < kVarious + kByStars) {
            work.by = Layout::Work::By::Star;
            return;
        }
        const auto roster = static_cast<std::uint32_t>(layout_.artists.size()) - roster_begin_;
        if (roster > 0 && draw_.per_thousand(450)) {
            // The first ones signed have released the most.
            const std::uint32_t one = std::min(draw_.below(roster), draw_.below(roster));
            work.artist = roster_begin_ + one;
            work.language = layout_.artists[work.artist];
            return;
        }
        work.artist = static_cast<std::uint32_t>(layout_.artists.size());
        layout_.artists.push_back(work.language);
    }

    /// Writers, producers, guests.
    void name_helpers() {
        layout_.main_artists = static_cast<std::uint32_t>(layout_.artists.size());
        const std::uint32_t helpers = std::max(64U, count_ / 4);
        for (std::uint32_t i = 0; i < helpers; ++i) {
            layout_.artists.push_back(draw_language(countries()[draw_country(draw_)], draw_));
        }
    }

    void shuffle(std::vector<std::uint32_t>& values) {
        for (auto left = static_cast<std::uint32_t>(values.size()); left > 1; --left) {
            std::swap(values[left - 1], values[draw_.below(left)]);
        }
    }

    Draw draw_;
    std::uint32_t count_;
    Layout layout_;
    std::vector<std::uint32_t> next_; ///< free number of each label
    std::vector<std::uint32_t> elsewhere_;
    std::uint32_t label_ = 0;
    std::uint32_t roster_begin_ = 0;
};

} // namespace

Layout make_layout(std::uint64_t seed, std::uint32_t slots) {
    return Builder(seed, slots).build();
}

} // namespace spindle::bench
