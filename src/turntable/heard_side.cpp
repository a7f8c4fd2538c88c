// SPDX-License-Identifier: Apache-2.0
#include "turntable/heard_side.h"

#include <algorithm>
#include <cmath>

#include "fingerprint/landmark_bytes.h"

namespace spindle::turntable {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kNumber = 4;
constexpr std::size_t kHead = 4 * kNumber; ///< version, length, groove, number of levels
constexpr double kMilliseconds = 1000;

void put(std::vector<std::uint8_t>& bytes, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>((number >> shift) & 0xFFU));
    }
}

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t index) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < kNumber; ++i) {
        number |= std::uint32_t{bytes[index * kNumber + i]} << (8 * i);
    }
    return number;
}

} // namespace

std::uint8_t level_byte(double dbfs) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(-2 * dbfs), 0L, 255L));
}

double level_of(std::uint8_t byte) {
    return -byte / 2.0;
}

std::vector<std::uint8_t> to_bytes(const HeardSide& side) {
    std::vector<std::uint8_t> bytes;
    put(bytes, kVersion);
    put(bytes, static_cast<std::uint32_t>(
                   std::llround(std::max(0.0, side.length.count()) * kMilliseconds)));
    put(bytes, level_byte(side.groove_dbfs));
    put(bytes, static_cast<std::uint32_t>(side.levels.size()));
    bytes.insert(bytes.end(), side.levels.begin(), side.levels.end());
    const auto landmarks = fingerprint::landmark_bytes(side.landmarks);
    bytes.insert(bytes.end(), landmarks.begin(), landmarks.end());
    return bytes;
}

Result<HeardSide> heard_side_of_bytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kHead || number_at(bytes, 0) != kVersion) {
        return fail(Code::BadInput, "what was kept of this music is damaged, or was written by "
                                    "another version of Spindle; play it again");
    }
    HeardSide side;
    side.length = Seconds{number_at(bytes, 1) / kMilliseconds};
    side.groove_dbfs = level_of(static_cast<std::uint8_t>(number_at(bytes, 2) & 0xFFU));
    const std::size_t levels = number_at(bytes, 3);
    bytes = bytes.subspan(kHead);
    if (levels > bytes.size()) {
        return fail(Code::BadInput, "what was kept of this music is cut short; play it again");
    }
    const auto these = bytes.first(levels);
    side.levels.assign(these.begin(), these.end());
    SPINDLE_TRY(side.landmarks, fingerprint::landmarks_of_bytes(bytes.subspan(levels)));
    return side;
}

} // namespace spindle::turntable
