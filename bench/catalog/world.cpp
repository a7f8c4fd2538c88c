// SPDX-License-Identifier: Apache-2.0
#include "catalog/world.h"

#include <algorithm>
#include <array>

#include "catalog/country.h"
#include "catalog/draw.h"
#include "catalog/major_label.h"

namespace spindle::bench {
namespace {

constexpr std::uint32_t kLargestBlock = 65'536;
constexpr std::uint32_t kFirstArtist = 200; // below are Various and others that are nobody
constexpr std::uint32_t kFirstLabel = 100;

// What the draws of one key are for.
enum Kind : std::uint64_t { kPressing = 300, kWork, kArtist, kStar, kLabel, kIds, kLater, kIssue };

// Shares in 1,000; measured on real catalog data, see docs/catalog.md.
constexpr std::array kMedia{Medium::Lp,       Medium::Twelve, Medium::Seven,    Medium::Cd,
                            Medium::CdSingle, Medium::Cdr,    Medium::Cassette, Medium::File,
                            Medium::Dvd,      Medium::Box};
constexpr std::array kBarcodeShares{150, 110, 60, 650, 520, 20, 200, 12, 700, 500};
constexpr std::array kNoneShares{34, 40, 30, 80, 60, 600, 230, 430, 60, 80};

/// Shares of decades from the 1950s to the 2020s by medium.
std::uint16_t draw_year(Medium medium, Draw& draw) {
    constexpr std::array vinyl{12, 155, 174, 180, 189, 130, 120, 40};
    constexpr std::array disc{0, 0, 0, 48, 317, 340, 265, 30};
    constexpr std::array tape{0, 16, 79, 125, 453, 110, 180, 37};
    constexpr std::array file{0, 0, 0, 0, 0, 193, 657, 150};
    const std::uint32_t decade = is_vinyl(medium)             ? draw.weighted(vinyl)
                                 : medium == Medium::File     ? draw.weighted(file)
                                 : medium == Medium::Cassette ? draw.weighted(tape)
                                                              : draw.weighted(disc);
    const std::uint32_t within = decade == 7 ? draw.below(6)
                                 : decade == 3 && !is_vinyl(medium) && medium != Medium::Cassette
                                     ? 4 + draw.below(6)
                                     : draw.below(10);
    return static_cast<std::uint16_t>(1950 + decade * 10 + within);
}

/// How many blocks in a row a label goes on through. Major ones do through all; three in four of
/// the others through 16, so that most numbers have neighbours, and the rest stays as small as many
/// are.
std::uint64_t span_of(std::uint32_t label) {
    return label < kMajorLabels ? UINT64_MAX : label % 4 != 0 ? 16 : 1;
}

Language draw_star_language(Draw& draw) {
    constexpr std::array shares{700, 50, 45, 45, 50, 20, 20, 35, 20, 10, 5};
    return static_cast<Language>(draw.weighted(shares));
}

} // namespace

World::World(const Options& options)
    : options_(options),
      layout_(make_layout(options.seed, static_cast<std::uint32_t>(std::min<std::uint64_t>(
                                            kLargestBlock, options.releases)))),
      order_(stir(options.seed), options.releases) {}

std::uint32_t World::id_of(std::uint64_t index) const {
    // A seeded subset of 20 of 37 numbers: each candidate is taken with the chance that is left.
    Draw draw(key_of(options_.seed, kIds, index / 20 % 4096));
    std::uint32_t wanted = 20;
    auto before = static_cast<std::uint32_t>(index % 20);
    std::uint32_t place = 0;
    for (; place < 37; ++place) {
        if (draw.below(37 - place) < wanted) {
            if (before == 0) {
                break;
            }
            --before;
            --wanted;
        }
    }
    return options_.first_id + static_cast<std::uint32_t>(index / 20 * 37) + place;
}

Pressing World::pressing(std::uint64_t index) const {
    return at_slot(order_(index), index);
}

std::uint64_t World::masters() const {
    const std::uint64_t blocks = options_.releases / layout_.slots.size();
    const std::uint64_t rest = options_.releases % layout_.slots.size();
    const auto within = std::ranges::lower_bound(layout_.master_slots, rest);
    return blocks * layout_.masters +
           static_cast<std::uint64_t>(within - layout_.master_slots.begin());
}

Pressing World::main_release(std::uint64_t index) const {
    const std::uint64_t block = index / layout_.masters;
    const auto within = static_cast<std::uint32_t>(index % layout_.masters);
    const std::uint64_t slot = block * layout_.slots.size() + layout_.master_slots[within];
    return at_slot(slot, order_.back(slot));
}

Pressing World::at_slot(std::uint64_t slot, std::uint64_t index) const {
    Pressing pressing;
    pressing.block = slot / layout_.slots.size();
    pressing.slot = &layout_.slots[slot % layout_.slots.size()];
    pressing.work = &layout_.works[pressing.slot->work];
    pressing.key = key_of(options_.seed, kPressing, slot);
    pressing.work_key =
        key_of(options_.seed, kWork, pressing.block * layout_.works.size() + pressing.slot->work);
    pressing.id = id_of(index);
    if (pressing.work->has_master) {
        const std::uint64_t number = pressing.block * layout_.masters + pressing.work->master;
        pressing.master = static_cast<std::uint32_t>(10 + number * 8 / 5);
        pressing.is_main = pressing.slot->version == 0;
    }

    pressing.label = label(pressing.block, pressing.slot->label);
    pressing.country = pressing.label.numbering.country;
    // Versions that share a number are on the same medium and have, or lack, the same barcode.
    Draw issue(key_of(pressing.work_key, kIssue,
                      (std::uint64_t{pressing.slot->label} << 32) + pressing.slot->serial));
    Draw draw(pressing.key);
    pressing.medium = draw_medium(pressing.country, issue);
    const std::uint32_t place = static_cast<std::uint32_t>(pressing.medium);
    pressing.year = draw_year(pressing.medium, draw);
    if (draw.per_thousand(118)) {
        pressing.year = 0;
    }
    pressing.has_country = !draw.per_thousand(30);
    if (draw.per_thousand(60)) { // issued abroad by the same label
        pressing.country =
            static_cast<std::uint8_t>(draw.below(static_cast<std::uint32_t>(countries().size())));
    }
    pressing.serial = pressing.slot->serial +
                      static_cast<std::uint32_t>(pressing.block % span_of(pressing.slot->label)) *
                          layout_.labels[pressing.slot->label].size;
    if (issue.per_thousand(kNoneShares[place])) {
        pressing.number = "none";
    } else {
        append_number(pressing.number, pressing.label.numbering, pressing.serial, pressing.medium);
    }
    if (issue.per_thousand(kBarcodeShares[place]) && (pressing.year == 0 || pressing.year > 1978)) {
        pressing.barcode =
            barcode_digits(pressing.label.numbering, pressing.serial, pressing.medium);
    }
    return pressing;
}

Medium World::draw_medium(std::uint8_t country, Draw& draw) const {
    // Japan has its CDs from others, unless a certain mixture is asked for.
    constexpr MediumShares japanese{160, 40, 90, 590, 80, 10, 15, 5, 5, 5};
    const bool is_real = options_.media == kRealMedia;
    return kMedia[draw.weighted(is_real && country == kJapan ? japanese : options_.media)];
}

std::uint16_t World::first_year(const Pressing& main_release) const {
    const std::uint64_t first =
        main_release.block * layout_.slots.size() + main_release.work->first_slot;
    const std::uint64_t end =
        std::min<std::uint64_t>(first + main_release.work->versions, options_.releases);
    std::uint16_t year = 0;
    for (std::uint64_t slot = first; slot < end; ++slot) {
        const std::uint16_t its = at_slot(slot, 0).year;
        year = its != 0 && (year == 0 || its < year) ? its : year;
    }
    return year;
}

ArtistRef World::artist(const Pressing& of, std::uint32_t number) const {
    if (of.work->by == Layout::Work::By::Various) {
        return {194, 0, Language::English};
    }
    if (number > 0) {
        // Who plays together comes from the same house, or from anywhere.
        Draw draw(key_of(of.work_key, kLater, number));
        return draw.below(4) == 0 ? star(draw.bits()) : helper(of, draw.bits());
    }
    return of.work->by == Layout::Work::By::Star ? star(of.work_key)
                                                 : local_artist(of.block, of.work->artist);
}

ArtistRef World::helper(const Pressing& of, std::uint64_t draw) const {
    Draw one(draw);
    const auto count = static_cast<std::uint32_t>(layout_.artists.size()) - layout_.main_artists;
    // Each label works with people of its neighbourhood, some of them most of the time.
    const std::uint32_t number = (of.work->label * 7 + one.rank(9)) % count;
    return local_artist(of.block, layout_.main_artists + number);
}

LabelRef World::other_label(const Pressing& of, std::uint64_t draw) const {
    Draw one(draw);
    const auto count = static_cast<std::uint32_t>(layout_.labels.size());
    const std::uint32_t number =
        one.below(3) == 0 ? one.below(kMajorLabels) : (of.slot->label + 1 + one.rank(10)) % count;
    return label(of.block, number);
}

LabelRef World::label(std::uint64_t block, std::uint32_t number) const {
    LabelRef label;
    const Layout::Label& laid_out = layout_.labels[number];
    const bool is_major = number < kMajorLabels;
    const std::uint64_t global =
        is_major ? number
                 : kMajorLabels +
                       (block - block % span_of(number)) * (layout_.labels.size() - kMajorLabels) +
                       number - kMajorLabels;
    label.id = kFirstLabel + static_cast<std::uint32_t>(global);
    label.key = key_of(options_.seed, kLabel, global);
    const Country& country = countries()[laid_out.country];
    label.language = Draw(label.key).per_thousand(country.own_language / 2) ? country.language
                                                                            : Language::English;
    if (is_major) {
        label.numbering = {label.key, laid_out.country, major_labels()[number].family, true};
    } else {
        label.numbering = small_numbering(label.key, laid_out.country);
    }
    return label;
}

ArtistRef World::local_artist(std::uint64_t block, std::uint32_t number) const {
    const std::uint64_t global = kStars + block * layout_.artists.size() + number;
    return {kFirstArtist + static_cast<std::uint32_t>(global),
            key_of(options_.seed, kArtist, global), layout_.artists[number]};
}

ArtistRef World::star(std::uint64_t draw) const {
    // Ranks from 15 on: nobody has more than one in some thousand releases.
    Draw one(draw);
    const std::uint32_t octave = 4 + one.below(9);
    const std::uint32_t number = (1U << octave) - 1 + one.below(1U << octave);
    const std::uint64_t key = key_of(options_.seed, kArtist, number);
    Draw language(key_of(options_.seed, kStar, number));
    return {kFirstArtist + number, key, draw_star_language(language)};
}

} // namespace spindle::bench
