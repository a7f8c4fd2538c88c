// SPDX-License-Identifier: Apache-2.0
#include "turntable/repetition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace spindle::turntable {
namespace {

using fingerprint::Landmark;

constexpr std::int64_t kTicks = 2;
constexpr int kPitch = 3;

double share(std::span<const Landmark> recent, std::uint32_t from, double lag) {
    int asked = 0;
    int found = 0;
    for (const Landmark& landmark : recent) {
        if (landmark.tick < from) {
            continue;
        }
        const auto wanted = static_cast<std::int64_t>(std::llround(landmark.tick - lag));
        if (wanted < static_cast<std::int64_t>(recent.front().tick)) {
            continue;
        }
        ++asked;
        auto other = std::lower_bound(recent.begin(), recent.end(), wanted - kTicks,
                                      [](const Landmark& l, std::int64_t tick) {
                                          return static_cast<std::int64_t>(l.tick) < tick;
                                      });
        for (; other != recent.end() && static_cast<std::int64_t>(other->tick) <= wanted + kTicks;
             ++other) {
            if (std::abs(static_cast<int>(other->pitch) - static_cast<int>(landmark.pitch)) <=
                kPitch) {
                ++found;
                break;
            }
        }
    }
    constexpr int kLeast = 15; // fewer say nothing
    return asked < kLeast ? 0 : static_cast<double>(found) / asked;
}

} // namespace

double repetition(std::span<const Landmark> recent, Seconds last, Seconds turn) {
    if (recent.empty()) {
        return 0;
    }
    const double lag = turn / fingerprint::kTick;
    const auto length = static_cast<std::uint32_t>(last / fingerprint::kTick);
    const std::uint32_t end = recent.back().tick;
    const std::uint32_t from = end > length ? end - length : 0;
    // Distances that are no simple part of a turn: what repeats there too is a tone, or noise.
    double elsewhere = 0;
    for (const double part : {0.93, 0.813, 1.137}) {
        elsewhere = std::max(elsewhere, share(recent, from, lag * part));
    }
    return std::max(0.0, share(recent, from, lag) - elsewhere);
}

} // namespace spindle::turntable
