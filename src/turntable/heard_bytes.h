// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "turntable/ear.h"

namespace spindle::turntable {

/// Appends what was heard as bytes for a wire or a disk, to come back exactly; numbers as varints
/// (base/varint.h): the loss in microseconds, samples before and in the piece;
/// the number of levels, two bytes each (little-endian); of each list of landmarks its length, then
/// ticks since the one before, pitch and contrast of each. About 900 bytes a second of music.
void append_bytes(std::string& bytes, const Heard& heard);

/// Takes one piece off the front of `bytes`. Nothing in it is trusted: Code::BadInput for what is
/// cut short, out of order, or more than a second can hold.
Result<Heard> take_heard(std::string_view& bytes);

} // namespace spindle::turntable
