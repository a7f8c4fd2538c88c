// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "catalog/release.h"

namespace spindle::catalog {

/// Says which releases are pressings of one recording: those of one Discogs master, or without a
/// master those with the same artists and title in normal form. 64 bits; collisions are not
/// expected among 20 million (1 in 90,000 that there is one at all).
std::uint64_t group_key(const Release& release);

/// Artists as credited and title in normal form: releases with the same may be pressings of one
/// recording although nobody has linked them to one master.
std::string recording_name(const Release& release);

} // namespace spindle::catalog
