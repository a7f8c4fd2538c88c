// SPDX-License-Identifier: Apache-2.0
#include "simulator/noise_tape.h"

#include <algorithm>
#include <cmath>

namespace spindle::simulator {

namespace {
constexpr std::size_t kKept = 4; // a needle that jumps back and forth over a seam needs no new ones
}

const std::vector<float>& NoiseTape::piece(std::int64_t number) {
    const auto found = std::ranges::find(made_, number, &Piece::number);
    if (found != made_.end()) {
        return found->samples;
    }
    if (made_.size() == kKept) {
        made_.pop_front();
    }
    Random random(derive_seed(seed_ + static_cast<std::uint64_t>(number), "piece"));
    auto samples = make_(piece_ + fade_, random);
    samples.resize(piece_ + fade_);
    for (std::size_t i = 0; i < fade_; ++i) {
        const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(fade_);
        samples[i] *= static_cast<float>(std::sqrt(share));
        samples[piece_ + i] *= static_cast<float>(std::sqrt(1 - share));
    }
    return made_.emplace_back(number, std::move(samples)).samples;
}

void NoiseTape::add(std::int64_t first, std::span<float> into, float gain) {
    const auto length = static_cast<std::int64_t>(piece_);
    while (!into.empty()) {
        const std::int64_t number = first >= 0 ? first / length : (first + 1) / length - 1;
        const auto place = static_cast<std::size_t>(first - number * length);
        const std::size_t count = std::min(into.size(), piece_ - place);
        const auto& here = piece(number);
        for (std::size_t i = 0; i < count; ++i) {
            into[i] += gain * here[place + i];
        }
        if (place < fade_) { // the one before reaches in here
            const auto& before = piece(number - 1);
            for (std::size_t i = 0; i < std::min(count, fade_ - place); ++i) {
                into[i] += gain * before[piece_ + place + i];
            }
        }
        into = into.subspan(count);
        first += static_cast<std::int64_t>(count);
    }
}

} // namespace spindle::simulator
