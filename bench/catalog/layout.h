// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "catalog/language.h"

namespace spindle::bench {

/// A label so large that it has releases in every block. Together they bring the families of
/// catalog numbers that few labels have, in their real shares.
inline constexpr std::uint32_t kMajorLabels = 34;
/// Artists known everywhere; their works are in every block.
inline constexpr std::uint32_t kStars = 8192;

/// How the releases of one block belong together: which are versions of one work, whose work that
/// is, which label issued them and as the how-manieth of its number run.
///
/// A full catalog is many blocks with the same layout and different names. This keeps all of it in
/// 2 MB: any release of 19 million can be made on its own, in any order, without what was before.
struct Layout {
    /// A release. Slots of one work stand together; the first is the main release.
    struct Slot {
        std::uint32_t work = 0;
        std::uint16_t version = 0;
        bool shares_number = false; ///< has the number and barcode of another version of the work
        std::uint32_t label = 0;    ///< below kMajorLabels a major one, else of this block
        std::uint32_t serial = 0;   ///< place in the label's number run within this block
    };

    /// What the versions have in common.
    struct Work {
        enum class By : std::uint8_t { Local, Star, Various };

        std::uint32_t first_slot = 0;
        std::uint16_t versions = 1;
        bool has_master = false;
        By by = By::Local;
        Language language = Language::English;
        std::uint32_t master = 0; ///< place among the masters of this block
        std::uint32_t artist = 0; ///< of this block, if By::Local
        std::uint32_t label = 0;  ///< of the first version
    };

    struct Label {
        std::uint8_t country = 0;
        std::uint32_t size = 0; ///< numbers in its run within a block
    };

    std::vector<Slot> slots;
    std::vector<Work> works;
    std::vector<Label> labels;      ///< major ones first
    std::vector<Language> artists;  ///< language of each artist of a block
    std::uint32_t main_artists = 0; ///< those before this one have works, the others help
    std::uint32_t masters = 0;
    std::vector<std::uint32_t> master_slots; ///< first slot of the work of each master
};

/// Lays out a block of `slots` releases. The same seed gives the same layout.
Layout make_layout(std::uint64_t seed, std::uint32_t slots);

} // namespace spindle::bench
