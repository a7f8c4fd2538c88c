// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace spindle::bench {

/// What a release comes on.
enum class Medium : std::uint8_t { Lp, Twelve, Seven, Cd, CdSingle, Cdr, Cassette, File, Dvd, Box };

constexpr bool is_vinyl(Medium medium) {
    return medium <= Medium::Seven;
}
constexpr bool is_cd(Medium medium) {
    return medium == Medium::Cd || medium == Medium::CdSingle || medium == Medium::Cdr;
}

} // namespace spindle::bench
