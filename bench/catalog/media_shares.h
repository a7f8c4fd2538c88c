// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace spindle::bench {

/// Shares of the media in 1,000, in the order of `Medium`: LP, 12", 7", CD, CD single, CDr,
/// cassette, file, DVD, box.
using MediumShares = std::array<std::uint32_t, 10>;

/// 51 % vinyl, 31 % CD and CDr, 9 % files, 7 % cassettes (with Japan's 32 % CD): measured on real
/// catalog data, see docs/catalog.md.
inline constexpr MediumShares kRealMedia{232, 139, 137, 246, 32, 32, 71, 90, 11, 10};

/// Shares from "vinyl=40,cd=60": of vinyl, cd, cassette, file, other; what is not named has none.
/// Within each of them the real proportions stay. BadInput if a name is not one of these or the
/// shares do not make 100.
Result<MediumShares> parse_media(const std::string& text);

} // namespace spindle::bench
