// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "catalog/catalog_number.h"
#include "catalog/draw.h"
#include "catalog/layout.h"
#include "catalog/media_shares.h"
#include "catalog/medium.h"
#include "catalog/permutation.h"

namespace spindle::bench {

/// An artist of the whole catalog.
struct ArtistRef {
    std::uint32_t id = 0; ///< as in a dump
    std::uint64_t key = 0;
    Language language = Language::English;
};

/// A label of the whole catalog.
struct LabelRef {
    std::uint32_t id = 0; ///< as in a dump
    std::uint64_t key = 0;
    Language language = Language::English;
    Numbering numbering;
};

/// One release: what sets it apart from the other versions of its work.
struct Pressing {
    std::uint64_t key = 0;
    std::uint64_t work_key = 0;
    std::uint64_t block = 0;
    const Layout::Work* work = nullptr;
    const Layout::Slot* slot = nullptr;
    std::uint32_t id = 0;
    std::uint32_t master = 0; ///< id; 0 = has none
    bool is_main = false;
    Medium medium = Medium::Lp;
    std::uint8_t country = 0;
    bool has_country = true;
    std::uint16_t year = 0; ///< 0 = not known
    LabelRef label;
    std::uint32_t serial = 0;
    std::string number;  ///< "none" where there is none
    std::string barcode; ///< digits; empty = has none
};

/// A made-up catalog of `releases` releases, each of which can be asked for in any order. All
/// members are const and may be called from several threads.
class World {
public:
    struct Options {
        std::uint64_t seed = 1;
        std::uint64_t releases = 1000;
        std::uint32_t first_id = 1;
        MediumShares media = kRealMedia;
    };

    explicit World(const Options& options);

    /// The `index`-th release in the order of ids.
    Pressing pressing(std::uint64_t index) const;

    std::uint64_t masters() const;
    /// The main release of the `index`-th master in the order of master ids.
    Pressing main_release(std::uint64_t index) const;

    /// The earliest year among all versions of the work of a main release; 0 = none has one.
    std::uint16_t first_year(const Pressing& main_release) const;

    /// Artists of the work; the first has number 0.
    ArtistRef artist(const Pressing& of, std::uint32_t number) const;
    /// Somebody who helped: writer, producer, studio hand. The same people come again with a label.
    ArtistRef helper(const Pressing& of, std::uint64_t draw) const;
    /// Any label but that of the release.
    LabelRef other_label(const Pressing& of, std::uint64_t draw) const;

    /// Ids of releases: strictly increasing, 20 of each 37 numbers taken.
    std::uint32_t id_of(std::uint64_t index) const;

private:
    Pressing at_slot(std::uint64_t slot, std::uint64_t index) const;
    LabelRef label(std::uint64_t block, std::uint32_t number) const;
    ArtistRef local_artist(std::uint64_t block, std::uint32_t number) const;
    ArtistRef star(std::uint64_t draw) const;

    Medium draw_medium(std::uint8_t country, Draw& draw) const;

    Options options_;
    Layout layout_;
    Permutation order_;
};

} // namespace spindle::bench
