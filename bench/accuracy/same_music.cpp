// SPDX-License-Identifier: Apache-2.0
#include "accuracy/same_music.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "accuracy/sound.h"
#include "fingerprint/landmark.h"

namespace spindle::accuracy {

double similarity(std::span<const float> first, std::span<const float> second, int most_lag) {
    double best = 0;
    for (int lag = -most_lag; lag <= most_lag; ++lag) {
        const auto skip_first = static_cast<std::size_t>(std::max(0, -lag));
        const auto skip_second = static_cast<std::size_t>(std::max(0, lag));
        if (skip_first >= first.size() || skip_second >= second.size()) {
            continue;
        }
        const auto a = first.subspan(skip_first);
        const auto b = second.subspan(skip_second);
        const std::size_t count = std::min(a.size(), b.size());
        if (count * 2 < std::max(first.size(), second.size())) {
            continue;
        }
        float product = 0;
        float power_a = 0;
        float power_b = 0;
        for (std::size_t i = 0; i < count; ++i) {
            product += a[i] * b[i];
            power_a += a[i] * a[i];
            power_b += b[i] * b[i];
        }
        if (power_a > 0 && power_b > 0) {
            best = std::max(
                best, static_cast<double>(product) /
                          std::sqrt(static_cast<double>(power_a) * static_cast<double>(power_b)));
        }
    }
    return best;
}

Result<double> similarity(const Spot& first, const Spot& second) {
    // A clip may begin before its track does; both places move on together.
    const Seconds shift = std::max({Seconds(0), -first.at, -second.at});
    const auto read = [&](const Spot& spot) {
        return read_sound(spot.file, spot.at + shift, kCompared);
    };
    const auto a = read(first);
    const auto b = read(second);
    if (!a || !b) {
        // Beyond the end of a track there is no music to be the same.
        const Error& error = a ? b.error() : a.error();
        return error.code == Code::BadInput ? Result<double>(0.0)
                                            : Result<double>(tl::unexpected(error));
    }
    return similarity(*a, *b, static_cast<int>(kMostLag.count() * fingerprint::kLandmarkRate.hz));
}

} // namespace spindle::accuracy
