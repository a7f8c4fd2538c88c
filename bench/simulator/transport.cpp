// SPDX-License-Identifier: Apache-2.0
#include "simulator/transport.h"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "simulator/interpolation.h"

namespace spindle::simulator {

namespace {

constexpr double kFlutterHertz = 7;

} // namespace

double Transport::record_time(double t) const {
    // The integral of speed * (1 + wow * sin(w t + p)) without its constant: the mean deviation is
    // 0.
    constexpr double two_pi = 2 * std::numbers::pi;
    const double wow_omega = two_pi * turns_per_second * speed;
    const double flutter_omega = two_pi * kFlutterHertz * speed;
    return speed * (t - wow_at(t) / wow_omega * std::cos(wow_omega * t + wow_phase) -
                    flutter / flutter_omega * std::cos(flutter_omega * t + flutter_phase));
}

std::vector<float> play(std::span<const float> record, SampleRate rate,
                        const Transport& transport) {
    const double hertz = rate.hz;
    const Interpolation record_at(transport.fastest());
    std::vector<float> heard(
        static_cast<std::size_t>(std::floor(static_cast<double>(record.size()) / transport.speed)));
    for (std::size_t n = 0; n < heard.size(); ++n) {
        heard[n] =
            record_at.at(record, transport.record_time(static_cast<double>(n) / hertz) * hertz);
    }
    return heard;
}

} // namespace spindle::simulator
