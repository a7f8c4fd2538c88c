// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "catalog/language.h"

namespace spindle::bench {

struct Country {
    std::string_view name;
    std::uint32_t share; ///< of releases, in 1,000 (measured on real catalog data, docs/catalog.md)
    Language language;
    std::uint32_t own_language; ///< names and titles in it, in 1,000; the rest is English
    std::string_view barcodes;  ///< what its companies' barcodes begin with
};

/// The United States first.
std::span<const Country> countries();

/// Places of some in `countries()`.
inline constexpr std::uint8_t kUnitedStates = 0;
inline constexpr std::uint8_t kGermany = 1;
inline constexpr std::uint8_t kBritain = 2;
inline constexpr std::uint8_t kJapan = 3;
inline constexpr std::uint8_t kEurope = 4;
inline constexpr std::uint8_t kNetherlands = 7;
inline constexpr std::uint8_t kFrance = 8;

} // namespace spindle::bench
