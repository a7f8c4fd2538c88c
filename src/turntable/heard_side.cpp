// SPDX-License-Identifier: Apache-2.0
#include "turntable/heard_side.h"

#include <cmath>

#include "fingerprint/landmark_bytes.h"

namespace spindle::turntable {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kNumber = 4;
constexpr std::size_t kHead = 3 * kNumber; ///< version, length, number of pauses

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

std::uint32_t milliseconds(Seconds time) {
    return static_cast<std::uint32_t>(std::llround(std::max(0.0, time.count()) * 1000));
}

Seconds seconds(std::uint32_t number) {
    return Seconds{number / 1000.0};
}

} // namespace

std::vector<std::uint8_t> to_bytes(const HeardSide& side) {
    std::vector<std::uint8_t> bytes;
    put(bytes, kVersion);
    put(bytes, milliseconds(side.length));
    put(bytes, static_cast<std::uint32_t>(side.pauses.size()));
    for (const Pause& pause : side.pauses) {
        put(bytes, milliseconds(pause.from));
        put(bytes, milliseconds(pause.to));
    }
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
    side.length = seconds(number_at(bytes, 1));
    const std::uint64_t pauses = number_at(bytes, 2);
    const std::uint64_t head = kHead + pauses * 2 * kNumber;
    if (head > bytes.size()) {
        return fail(Code::BadInput, "what was kept of this music is cut short; play it again");
    }
    for (std::size_t i = 0; i < pauses; ++i) {
        const Pause pause{seconds(number_at(bytes, 3 + 2 * i)),
                          seconds(number_at(bytes, 4 + 2 * i))};
        if (pause.to < pause.from || (i > 0 && pause.from < side.pauses.back().to)) {
            return fail(Code::BadInput, "what was kept of this music is damaged; play it again");
        }
        side.pauses.push_back(pause);
    }
    SPINDLE_TRY(side.landmarks,
                fingerprint::landmarks_of_bytes(bytes.subspan(static_cast<std::size_t>(head))));
    return side;
}

} // namespace spindle::turntable
