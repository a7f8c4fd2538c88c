// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/click_count.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace spindle::grade {
namespace {

constexpr double kNothing = -120; // dB

} // namespace

ClickCount count_clicks(std::span<const Defect> defects, std::span<const TimeSpan> spans,
                        double level, SampleRate rate, const CountOptions& options) {
    ClickCount count;
    for (const TimeSpan& span : spans) {
        count.time += std::max(span.to - span.from, Seconds(0));
    }
    if (!(level > 0) || count.time.count() <= 0) {
        return count;
    }
    std::array<double, kClickClasses.size()> least{};
    for (std::size_t i = 0; i < least.size(); ++i) {
        least[i] = level * std::pow(10, kClickClasses[i] / 20);
    }
    // In each class the first is taken, then the next that is far enough: the most there can be,
    // so another defect never makes it less.
    std::array<Seconds, kClickClasses.size()> last{};
    last.fill(Seconds(-std::numeric_limits<double>::infinity()));
    std::array<std::size_t, kClickClasses.size()> counted{};
    double energy = 0;
    double expected = 0;
    double expected_energy = 0;
    std::size_t span = 0;
    for (const Defect& defect : defects) {
        while (span < spans.size() && spans[span].to <= defect.at) {
            ++span;
        }
        if (span == spans.size()) {
            break;
        }
        if (defect.at < spans[span].from || !is_impulse(defect)) {
            continue;
        }
        expected += defect.peak >= least.front() ? defect.probability : 0;
        expected_energy += defect.probability * defect.energy;
        if (defect.probability < options.least_probability) {
            continue;
        }
        energy += defect.energy;
        for (std::size_t i = 0; i < least.size(); ++i) {
            if (defect.peak >= least[i] && defect.at - last[i] >= options.dead_time) {
                last[i] = defect.at;
                ++counted[i];
            }
        }
    }
    const double minutes = count.time.count() / 60;
    for (std::size_t i = 0; i < least.size(); ++i) {
        count.per_minute[i] = static_cast<double>(counted[i]) / minutes;
    }
    count.expected_per_minute = expected / minutes;
    // Both channels of the programme as well.
    const auto against_programme = [&](double sum) {
        const double power = sum / (2 * count.time.count() * rate.hz);
        return power > 0 ? std::max(kNothing, 10 * std::log10(power / (level * level))) : kNothing;
    };
    count.energy_db = against_programme(energy);
    count.expected_energy_db = against_programme(expected_energy);
    return count;
}

} // namespace spindle::grade
