// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/impulse_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace spindle::grade {
namespace {

constexpr double kReach = 0.0015;   // seconds to either side of the peak, at most
constexpr double kPause = 0.0002;   // a calm as long ends the impulse
constexpr float kCalm = 4;          // deviations
constexpr float kOfPeak = 0.12F;    // of the peak: what rings below it is the matched filter's
constexpr double kOneWall = 4;      // energy of one channel over the other's: 6 dB
constexpr std::int64_t kMargin = 2; // samples: a click's skirts

struct Extent {
    std::int64_t from;
    std::int64_t to;
};

Extent extent_of(const Impulse& impulse, const ImpulseTracks& tracks, std::size_t signal,
                 int hertz) {
    const Track<float>& matched = tracks[signal].matched;
    const std::int64_t at = impulse.at;
    const float limit =
        std::max(kCalm * tracks.matched_deviation(signal, at), kOfPeak * std::abs(matched[at]));
    const auto reach = std::min(static_cast<std::int64_t>(kReach * hertz),
                                static_cast<std::int64_t>(kLongestGap) / 2 - kMargin - 1);
    const std::int64_t pause = std::max<std::int64_t>(std::llround(kPause * hertz), 3);
    const auto edge = [&](std::int64_t direction) {
        std::int64_t last = at;
        for (std::int64_t away = 1; away <= reach; ++away) {
            const std::int64_t n = at + direction * away;
            if (n < matched.begin() || n >= matched.end() || direction * (n - last) > pause) {
                break;
            }
            last = std::abs(matched[n]) > limit ? n : last;
        }
        return last;
    };
    return {edge(-1) - kMargin, edge(1) + kMargin + 1};
}

// Mean square below some 300 Hz, the mean of the stretch before taken out.
float low_power(const Track<float>& means, std::int64_t from, std::int64_t to) {
    from = std::max({from, means.begin(), std::int64_t{0}});
    to = std::min(to, means.end());
    constexpr std::int64_t kAcross = 8; // cells: 3 ms
    float sum = 0;
    int count = 0;
    for (std::int64_t n = from; n + kAcross <= to; n += kAcross) {
        float mean = 0;
        for (const float value : means.span(n, n + kAcross)) {
            mean += value / static_cast<float>(kAcross);
        }
        sum += mean * mean;
        ++count;
    }
    return count == 0 ? 0 : sum / static_cast<float>(count);
}

} // namespace

void measure_impulse(Impulse& impulse, const ImpulseTracks& tracks, int hertz) {
    std::array<double, 2> energies{};
    for (const std::size_t signal : {std::size_t{0}, std::size_t{1}}) {
        const SignalTracks& track = tracks[signal];
        const Extent extent = extent_of(impulse, tracks, signal, hertz);
        const LinearModel& model = tracks.model_at(static_cast<Signal>(signal), impulse.at);
        const auto order = static_cast<std::int64_t>(model.order);
        if (extent.from - order < track.sound.begin() || extent.to + order > track.sound.end()) {
            continue;
        }
        const auto sound = track.sound.span(extent.from - order, extent.to + order);
        std::array<float, kLongestGap + 2 * LinearModel::kMostOrder> repaired{};
        std::copy(sound.begin(), sound.end(), repaired.begin());
        const auto count = static_cast<std::size_t>(extent.to - extent.from);
        interpolate_gap(model, std::span(repaired).first(sound.size()), model.order, count);
        for (std::size_t n = model.order; n < model.order + count; ++n) {
            const double difference =
                static_cast<double>(sound[n]) - static_cast<double>(repaired[n]);
            impulse.peak = std::max(impulse.peak, std::abs(difference));
            energies[signal] += difference * difference;
        }
    }
    impulse.energy = energies[0] + energies[1];
    impulse.wall = energies[0] > kOneWall * energies[1]   ? Wall::Left
                   : energies[1] > kOneWall * energies[0] ? Wall::Right
                                                          : Wall::Both;

    const std::int64_t block = impulse.at / tracks.block();
    for (const std::size_t signal : {std::size_t{0}, std::size_t{1}}) {
        const Track<float>& powers = tracks[signal].powers;
        float sum = 0;
        constexpr std::int64_t kBlocks = 6;
        for (std::int64_t b = block - kBlocks; b <= block + kBlocks; ++b) {
            sum += powers.nearest(std::max(b, std::int64_t{0})) / (2 * kBlocks + 1);
        }
        impulse.background = std::max(impulse.background, std::sqrt(sum));
        const std::int64_t cell = impulse.at / ImpulseTracks::kCell;
        const std::int64_t tail = std::llround(0.06 * hertz) / ImpulseTracks::kCell;
        const float before = low_power(tracks[signal].means, cell - tail, cell);
        const float after = low_power(tracks[signal].means, cell + 1, cell + tail);
        const float more = std::sqrt(std::max(after - 2 * before, 0.0F));
        impulse.low_tail =
            std::max(impulse.low_tail, more / static_cast<float>(std::max(impulse.peak, 1e-9)));
    }
}

} // namespace spindle::grade
