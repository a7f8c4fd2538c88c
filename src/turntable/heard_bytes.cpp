// SPDX-License-Identifier: Apache-2.0
#include "turntable/heard_bytes.h"

#include <chrono>
#include <limits>

#include "base/varint.h"

namespace spindle::turntable {
namespace {

using fingerprint::Landmark;

constexpr std::size_t kMostLevels = 20;       // ten a second
constexpr std::size_t kMostLandmarks = 10000; // of a piece: a few hundred are usual
/// A year: longer no stream goes on, and no loss is.
constexpr std::uint64_t kLongest = 366ULL * 86'400;

void put(std::string& bytes, const std::vector<Landmark>& landmarks) {
    put_varint(bytes, landmarks.size());
    std::uint32_t before = 0;
    for (const Landmark& landmark : landmarks) {
        put_varint(bytes, landmark.tick - before);
        put_varint(bytes, landmark.pitch);
        put_varint(bytes, landmark.contrast);
        before = landmark.tick;
    }
}

tl::unexpected<Error> damaged(std::string_view what) {
    return fail(Code::BadInput, "what a distant ear heard is damaged: {}", what);
}

Result<std::uint64_t> take_number(std::string_view& bytes, std::uint64_t most) {
    const auto number = take_varint(bytes);
    if (!number) {
        return damaged("it is cut short");
    }
    if (*number > most) {
        return damaged("a number is out of range");
    }
    return *number;
}

Result<std::vector<Landmark>> take_landmarks(std::string_view& bytes) {
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

void append_bytes(std::string& bytes, const Heard& heard) {
    put_varint(bytes,
               static_cast<std::uint64_t>(
                   std::chrono::round<std::chrono::microseconds>(heard.lost_before).count()));
    put_varint(bytes, heard.before);
    put_varint(bytes, heard.samples);
    put_varint(bytes, heard.levels.size());
    for (const std::int16_t level : heard.levels) {
        const auto word = static_cast<std::uint16_t>(level);
        bytes.push_back(static_cast<char>(word & 0xFFU));
        bytes.push_back(static_cast<char>(word >> 8U));
    }
    put(bytes, heard.query);
    put(bytes, heard.reference);
}

Result<Heard> take_heard(std::string_view& bytes) {
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
    const auto byte = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    for (std::size_t i = 0; i < levels; ++i) {
        heard.levels.push_back(static_cast<std::int16_t>(
            static_cast<std::uint16_t>(byte(2 * i) | (byte(2 * i + 1) << 8U))));
    }
    bytes.remove_prefix(2 * levels);
    SPINDLE_TRY(heard.query, take_landmarks(bytes));
    SPINDLE_TRY(heard.reference, take_landmarks(bytes));
    return heard;
}

} // namespace spindle::turntable
