// SPDX-License-Identifier: Apache-2.0
#include "accuracy/decoys.h"

#include <algorithm>
#include <cmath>

#include "simulator/random.h"

namespace spindle::accuracy {
namespace {

using fingerprint::kStepsPerOctave;
using fingerprint::kTick;
using fingerprint::Landmark;

constexpr Seconds kPiece{10};
constexpr int kSemitone = kStepsPerOctave / 12; // 5.9 %, while platters are searched to 4.5 %
constexpr int kPitches = 992;                   // up to 3.9 kHz

} // namespace

LandmarkTrack Decoys::make(std::size_t number) const {
    simulator::Random random(simulator::derive_seed(seed_, "decoy " + std::to_string(number)));
    const LandmarkTrack& original = originals_[random.below(originals_.size())];
    const int steps = kSemitone + static_cast<int>(random.below(5 * kSemitone + 1));
    const int shift = random.below(2) == 0 ? steps : -steps;
    const double stretch = std::exp2(random.between(-0.32, 0.32)); // 0.8 to 1.25
    const auto piece = static_cast<std::uint32_t>(kPiece / kTick);
    const auto taken = static_cast<std::uint32_t>(piece / stretch); // of the original
    const std::uint32_t end = original.empty() ? 0 : original.back().tick;

    LandmarkTrack decoy;
    for (std::uint32_t at = 0; at * kTick < kDecoyLength; at += piece) {
        const auto from = static_cast<std::uint32_t>(random.below(end > taken ? end - taken : 1));
        auto next = std::lower_bound(
            original.begin(), original.end(), from,
            [](const Landmark& landmark, std::uint32_t tick) { return landmark.tick < tick; });
        for (; next != original.end() && next->tick < from + taken; ++next) {
            const int pitch = next->pitch + shift;
            if (pitch >= 0 && pitch < kPitches) {
                const auto tick = static_cast<std::uint32_t>((next->tick - from) * stretch);
                decoy.push_back({at + tick, static_cast<std::uint16_t>(pitch), 0});
            }
        }
    }
    return decoy;
}

} // namespace spindle::accuracy
