// SPDX-License-Identifier: Apache-2.0
#include "simulator/hum.h"

#include <cmath>
#include <numbers>

namespace spindle::simulator {

namespace {
constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr int kHarmonics = 12;
} // namespace

void add_sine(std::span<float> samples, SampleRate rate, double hertz, double height,
              double phase) {
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        samples[n] += static_cast<float>(height * std::sin(kTwoPi * hertz * t + phase));
    }
}

std::vector<float> make_hum(std::size_t count, SampleRate rate, double mains, Random& random) {
    std::vector<float> hum(count);
    for (int harmonic = 1; harmonic <= kHarmonics; ++harmonic) {
        add_sine(hum, rate, mains * harmonic, random.unit() / harmonic, random.between(0, kTwoPi));
    }
    return hum;
}

} // namespace spindle::simulator
