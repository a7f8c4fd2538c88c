// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// Landmarks as bytes to keep, two each: little-endian words of 6 bits of time since the one before
/// (8 ms; fillers bridge half a second each) and 10 bits of pitch, as the index has them
/// (FORMAT.md, "landmarks"). Contrasts are not kept. An hour of Density::Reference is some 200 kB.
/// @param landmarks in order of time; times that run backwards are held at the latest one.
std::vector<std::uint8_t> landmark_bytes(std::span<const Landmark> landmarks);

/// The way back. Code::BadInput for half a word. Nothing else can be wrong with such bytes; the
/// result has at most half as many landmarks.
Result<std::vector<Landmark>> landmarks_of_bytes(std::span<const std::uint8_t> bytes);

} // namespace spindle::fingerprint
