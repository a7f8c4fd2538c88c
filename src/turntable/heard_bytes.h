// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "turntable/ear.h"

namespace spindle::turntable {

/// What was heard as bytes for a wire or a disk, and back exactly: numbers as variable-length
/// integers (LEB128), seven bits a byte: the loss in microseconds, samples before and in the piece;
/// the number of levels, two bytes each (little-endian); of each list of landmarks its length, then
/// ticks since the one before, pitch and contrast of each. About 900 bytes a second of music.
std::vector<std::uint8_t> to_bytes(const Heard& heard);

/// Takes one piece off the front of `bytes`. Nothing in it is trusted: Code::BadInput for what is
/// cut short, out of order, or more than a second can hold.
Result<Heard> take_heard(std::span<const std::uint8_t>& bytes);

} // namespace spindle::turntable
