// SPDX-License-Identifier: Apache-2.0
#include "turntable/heard_bytes.h"

#include <chrono>
#include <limits>

namespace spindle::turntable {
namespace {

using fingerprint::Landmark;
using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kMore = 0x80;
constexpr unsigned kBits = 7;
constexpr std::size_t kMostLevels = 20;       // ten a second
constexpr std::size_t kMostLandmarks = 10000; // of a piece: a few hundred are usual
/// A year: longer no stream goes on, and no loss is.
constexpr std::uint64_t kLongest = 366ULL * 86'400;

void put(Bytes& bytes, std::uint64_t number) {
    for (; number >= kMore; number >>= kBits) {
        bytes.push_back(static_cast<std::uint8_t>(number | kMore));
    }
    bytes.push_back(static_cast<std::uint8_t>(number));
}

void put(Bytes& bytes, const std::vector<Landmark>& landmarks) {
    put(bytes, landmarks.size());
    std::uint32_t before = 0;
    for (const Landmark& landmark : landmarks) {
        put(bytes, landmark.tick - before);
        put(bytes, landmark.pitch);
        put(bytes, landmark.contrast);
        before = landmark.tick;
    }
}

tl::unexpected<Error> damaged(std::string_view what) {
    return fail(Code::BadInput, "what a distant ear heard is damaged: {}", what);
}

Result<std::uint64_t> take_number(std::span<const std::uint8_t>& bytes, std::uint64_t most) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += kBits) {
        if (bytes.empty()) {
            return damaged("it is cut short");
        }
        const std::uint8_t byte = bytes.front();
        bytes = bytes.subspan(1);
        number |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < kMore) {
            if (number > most) {
                return damaged("a number is out of range");
            }
            return number;
        }
    }
    return damaged("a number is too long");
}

Result<std::vector<Landmark>> take_landmarks(std::span<const std::uint8_t>& bytes) {
    constexpr std::uint64_t kWord = std::numeric_limits<std::uint16_t>::max();
    SPINDLE_TRY(const auto count, take_number(bytes, kMostLandmarks));
    std::vector<Landmark> landmarks;
    landmarks.reserve(std::min<std::size_t>(count, bytes.size() / 3));
    std::uint64_t tick = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        SPINDLE_TRY(const auto delta,
                    take_number(bytes, std::numeric_limits<std::uint32_t>::max()));
        SPINDLE_TRY(const auto pitch, take_number(bytes, kWord));
        SPINDLE_TRY(const auto contrast, take_number(bytes, kWord));
        tick += delta;
        if (tick > std::numeric_limits<std::uint32_t>::max()) {
            return damaged("a time is out of range");
        }
        landmarks.push_back({static_cast<std::uint32_t>(tick), static_cast<std::uint16_t>(pitch),
                             static_cast<std::uint16_t>(contrast)});
    }
    return landmarks;
}

} // namespace

std::vector<std::uint8_t> to_bytes(const Heard& heard) {
    Bytes bytes;
    put(bytes, static_cast<std::uint64_t>(
                   std::chrono::round<std::chrono::microseconds>(heard.lost_before).count()));
    put(bytes, heard.before);
    put(bytes, heard.samples);
    put(bytes, heard.levels.size());
    for (const std::int16_t level : heard.levels) {
        const auto word = static_cast<std::uint16_t>(level);
        bytes.push_back(static_cast<std::uint8_t>(word & 0xFFU));
        bytes.push_back(static_cast<std::uint8_t>(word >> 8U));
    }
    put(bytes, heard.query);
    put(bytes, heard.reference);
    return bytes;
}

Result<Heard> take_heard(std::span<const std::uint8_t>& bytes) {
    constexpr std::uint64_t kMicroseconds = 1'000'000;
    Heard heard;
    SPINDLE_TRY(const auto lost, take_number(bytes, kLongest * kMicroseconds));
    heard.lost_before = std::chrono::microseconds(lost);
    SPINDLE_TRY(heard.before, take_number(bytes, kLongest * Ear::kPieceSamples));
    SPINDLE_TRY(heard.samples, take_number(bytes, Ear::kPieceSamples));
    SPINDLE_TRY(const auto levels, take_number(bytes, kMostLevels));
    if (bytes.size() < 2 * levels) {
        return damaged("it is cut short");
    }
    for (std::size_t i = 0; i < levels; ++i) {
        heard.levels.push_back(static_cast<std::int16_t>(
            static_cast<std::uint16_t>(bytes[2 * i] | (bytes[2 * i + 1] << 8U))));
    }
    bytes = bytes.subspan(2 * levels);
    SPINDLE_TRY(heard.query, take_landmarks(bytes));
    SPINDLE_TRY(heard.reference, take_landmarks(bytes));
    return heard;
}

} // namespace spindle::turntable
