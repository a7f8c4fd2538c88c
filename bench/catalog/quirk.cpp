// SPDX-License-Identifier: Apache-2.0
#include "catalog/quirk.h"

#include <array>
#include <cstddef>

#include "catalog/draw.h"

namespace spindle::bench {

std::string_view name_of(Quirk quirk) {
    constexpr std::array<std::string_view, kQuirks> names{
        "control character", "bad UTF-8",          "cut off",           "huge quantity",
        "artist without id", "artist with id 0",   "empty artist name", "odd date",
        "barcode twice",     "barcode with signs", "none number",       "newlines in notes",
        "numeric genre",     "sub tracks",         "unknown element",   "other order of parts",
    };
    return names[static_cast<std::size_t>(quirk)];
}

std::optional<Quirk> draw_quirk(std::uint64_t key) {
    constexpr std::uint32_t rare = 5;
    constexpr std::uint32_t usual = 200; // in 100,000
    Draw draw(key_of(key, 400, 0));
    std::uint32_t left = draw.below(100'000);
    for (std::uint32_t i = 0; i < kQuirks; ++i) {
        const std::uint32_t share = i < 3 ? rare : usual;
        if (left < share) {
            return static_cast<Quirk>(i);
        }
        left -= share;
    }
    return std::nullopt;
}

} // namespace spindle::bench
