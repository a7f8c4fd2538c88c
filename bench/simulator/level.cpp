// SPDX-License-Identifier: Apache-2.0
#include "simulator/level.h"

#include <algorithm>
#include <cstddef>

namespace spindle::simulator {

double rms(std::span<const float> samples) {
    if (samples.empty()) {
        return 0;
    }
    double sum = 0;
    for (const float sample : samples) {
        sum += static_cast<double>(sample) * static_cast<double>(sample);
    }
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

float peak(std::span<const float> samples) {
    float largest = 0;
    for (const float sample : samples) {
        largest = std::max(largest, std::abs(sample));
    }
    return largest;
}

void scale(std::span<float> samples, double gain) {
    const auto factor = static_cast<float>(gain);
    for (float& sample : samples) {
        sample *= factor;
    }
}

void scale_to_rms(std::span<float> samples, double level) {
    const double now = rms(samples);
    if (now > 0) {
        scale(samples, level / now);
    }
}

void mix(std::span<float> into, std::span<const float> from, double gain) {
    const auto factor = static_cast<float>(gain);
    const std::size_t count = std::min(into.size(), from.size());
    for (std::size_t i = 0; i < count; ++i) {
        into[i] += factor * from[i];
    }
}

} // namespace spindle::simulator
