// SPDX-License-Identifier: Apache-2.0
#include "catalog/layout.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "catalog/country.h"
#include "catalog/draw.h"
#include "catalog/major_label.h"

namespace spindle::bench {
namespace {

// Shares of releases in 1,000; measured on real catalog data, see docs/catalog.md.
constexpr std::uint32_t kSharedNumber = 280;    ///< later versions with an earlier one's number
constexpr std::uint32_t kNeighbourNumber = 450; ///< ... with the label's next number
/// Works with more versions are given to labels that have room for them.
constexpr std::uint32_t kLarge = 4;
constexpr std::uint32_t kVarious = 60;
constexpr std::uint32_t kByStars = 80;

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
        for (const Country& country : countries()) {
            quotas_.push_back(count_ * country.share / 1000 + 1);
        }
        std::uint32_t used = 0;
        for (const MajorLabel& major : major_labels()) {
            add_label(major.country, std::max(1U, count_ * major.share / 10'000));
            used += layout_.labels.back().size;
        }
        // Half of the labels have one release in a block, a quarter two or three, and so on.
        while (used < count_) {
            const std::uint32_t octave = draw_.steps(480, 9);
            const std::uint32_t size =
                std::min((1U << octave) + draw_.below(1U << octave), count_ / 40 + 1);
            add_label(draw_country(), size);
            used += size;
        }
    }

    void add_label(std::uint8_t country, std::uint32_t size) {
        layout_.labels.push_back({country, size});
        quotas_[country] -= std::min(quotas_[country], size);
    }

    /// By what each country still lacks, so that one large label does not make a nation of its own.
    std::uint8_t draw_country() {
        std::uint32_t lacking = 0;
        for (const std::uint32_t quota : quotas_) {
            lacking += quota;
        }
        std::uint32_t left = lacking == 0 ? 0 : draw_.below(lacking);
        for (std::size_t i = 0; i < quotas_.size(); ++i) {
            if (left < quotas_[i]) {
                return static_cast<std::uint8_t>(i);
            }
            left -= quotas_[i];
        }
        return kUnitedStates;
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

    /// Goes from the largest label to the smallest, so that an artist stays with a label, a label's
    /// run is without holes, and what has hundreds of versions is with those who print so many.
    void share_out_labels() {
        std::vector<std::uint32_t> labels = numbers_to(layout_.labels.size());
        std::ranges::stable_sort(labels, std::greater(),
                                 [&](std::uint32_t label) { return layout_.labels[label].size; });
        std::vector<std::uint32_t> small = numbers_to(layout_.works.size());
        shuffle(small);
        std::vector<std::uint32_t> large;
        const auto versions = [&](std::uint32_t work) { return layout_.works[work].versions; };
        std::ranges::copy_if(small, std::back_inserter(large),
                             [&](std::uint32_t work) { return versions(work) > kLarge; });
        std::erase_if(small, [&](std::uint32_t work) { return versions(work) > kLarge; });
        std::ranges::stable_sort(large, std::greater(), versions);

        layout_.slots.resize(count_);
        next_.assign(layout_.labels.size(), 0);
        std::size_t next_small = 0;
        std::size_t next_large = 0;
        for (const std::uint32_t label : labels) {
            begin_label(label);
            const std::uint32_t size = layout_.labels[label].size;
            // What is licensed from others comes later, and needs room too.
            const std::uint32_t own = std::max(1U, size - size * 13 / 100);
            while (in_label_ < own) {
                const bool is_left = next_large < large.size();
                const std::uint32_t its = is_left ? versions(large[next_large]) : 0;
                const bool is_last_chance = its > size;
                const bool is_small_left = next_small < small.size();
                if (is_left && (is_last_chance || (in_label_ + its <= own && draw_.below(3) == 0) ||
                                !is_small_left)) {
                    place_work(large[next_large++]);
                } else if (is_small_left) {
                    place_work(small[next_small++]);
                } else {
                    break;
                }
            }
        }
        while (next_large < large.size()) {
            place_work(large[next_large++]);
        }
        while (next_small < small.size()) {
            place_work(small[next_small++]);
        }
        place_elsewhere();
    }

    static std::vector<std::uint32_t> numbers_to(std::size_t count) {
        std::vector<std::uint32_t> numbers(count);
        for (std::uint32_t i = 0; i < numbers.size(); ++i) {
            numbers[i] = i;
        }
        return numbers;
    }

    void begin_label(std::uint32_t label) {
        label_ = label;
        in_label_ = 0;
        roster_begin_ = static_cast<std::uint32_t>(layout_.artists.size());
    }

    void place_work(std::uint32_t number) {
        Layout::Work& work = layout_.works[number];
        work.label = label_;
        const Country& country = countries()[layout_.labels[label_].country];
        choose_artist(work, country);
        std::uint32_t serial = next_[label_]++;
        in_label_ += work.versions;
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
                    --in_label_;
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
            const std::uint32_t label =
                draw_.below(static_cast<std::uint32_t>(layout_.labels.size()));
            layout_.artists.push_back(
                draw_language(countries()[layout_.labels[label].country], draw_));
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
    std::vector<std::uint32_t> quotas_; ///< releases each country still lacks
    std::uint32_t label_ = 0;
    std::uint32_t in_label_ = 0; ///< releases placed with it
    std::uint32_t roster_begin_ = 0;
};

} // namespace

Layout make_layout(std::uint64_t seed, std::uint32_t slots) {
    return Builder(seed, slots).build();
}

} // namespace spindle::bench
