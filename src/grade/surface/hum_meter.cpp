// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/hum_meter.h"

#include <algorithm>
#include <cmath>

#include "grade/surface/percentile.h"
#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

constexpr double kWander = 0.1; // Hz per harmonic that the mains may be off
constexpr double kNearest = 2;  // Hz: neighbours from ...
constexpr double kFarthest = 6; // ... to
constexpr double kClose = 1.4;  // ... and what is no line, but may be a tone
constexpr double kCloseTo = 3;
constexpr double kStandsOutDb = 8; // a median of neighbours is exceeded by noise by 6 now and then
// Only the quietest of the moments are asked, in which music hides it least: this share of them.
constexpr double kQuiet = 0.15;
constexpr double kNearlyAlways = 0.2; // in so many of those it may be hidden all the same
constexpr double kSteadyDb = 4;       // its level from the quietest fifth of them to the loudest
constexpr double kLouderDb = 3;
constexpr std::size_t kFewest = 4;          // moments
constexpr std::size_t kMostMoments = 16384; // of 1.5 s: more than four hours
constexpr std::size_t kMustHum = 4; // one of so many harmonics stands out, else it is no hum

double decibels(double power) {
    return 10 * std::log10(std::max(power, 1e-20));
}

} // namespace

HumMeter::HumMeter(double bin_hz) : bin_hz_(bin_hz) {}

void HumMeter::feed(const DeepSpectrum& spectrum) {
    if (moments_.size() >= kMostMoments) {
        return;
    }
    const auto power = [&](std::size_t bin) {
        return bin < spectrum.mid.size() ? spectrum.mid[bin] + spectrum.side[bin] : 0.0F;
    };
    Moment moment;
    std::vector<float> around;
    for (std::size_t mains = 0; mains < kMains.size(); ++mains) {
        for (std::size_t i = 0; i < kHarmonics; ++i) {
            const auto harmonic = static_cast<double>(i + 1);
            const double hz = kMains[mains] * harmonic;
            const auto reach = static_cast<long>(std::ceil(kWander * harmonic / bin_hz_)) + 1;
            const long middle = std::lround(hz / bin_hz_);
            // The strongest three bins in a row: a Hann window's line is that wide.
            Line line;
            for (long bin = middle - reach; bin <= middle + reach; ++bin) {
                const auto b = static_cast<std::size_t>(bin);
                line.level = std::max(line.level, power(b - 1) + power(b) + power(b + 1));
            }
            around.clear();
            for (long off = std::lround(kNearest / bin_hz_);
                 off <= std::lround(kFarthest / bin_hz_); ++off) {
                around.push_back(power(static_cast<std::size_t>(middle - off)));
                around.push_back(power(static_cast<std::size_t>(middle + off)));
            }
            const auto half = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 2);
            std::nth_element(around.begin(), half, around.end());
            line.neighbours = 3 * *half / 0.69F; // a median of exponentials is 0.69 of the mean
            // A tone close by, or a beat that spreads one, is no hum.
            for (long off = std::lround(kClose / bin_hz_); off <= std::lround(kCloseTo / bin_hz_);
                 ++off) {
                line.neighbours =
                    std::max({line.neighbours, power(static_cast<std::size_t>(middle - off)),
                              power(static_cast<std::size_t>(middle + off))});
            }
            moment[mains][i] = line;
        }
    }
    moments_.push_back(moment);
}

/// The moments in which least is around the line.
std::vector<const HumMeter::Line*> HumMeter::quietest(std::size_t mains,
                                                      std::size_t harmonic) const {
    std::vector<const Line*> lines;
    for (const Moment& moment : moments_) {
        if (moment[mains][harmonic].level > 1e-18F) { // not digital silence
            lines.push_back(&moment[mains][harmonic]);
        }
    }
    const auto share = static_cast<std::size_t>(kQuiet * static_cast<double>(lines.size()));
    const std::size_t count = std::min(std::max(share, kFewest), lines.size());
    std::ranges::partial_sort(lines, lines.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [](const Line* line) { return line->neighbours; });
    lines.resize(count);
    return lines;
}

HumFigures HumMeter::finish() const {
    HumFigures best;
    for (std::size_t mains = 0; mains < kMains.size(); ++mains) {
        HumFigures found;
        double power = 0;
        double weighted = 0;
        double loudest = 1e-20;
        bool hums = false;
        for (std::size_t i = 0; i < kHarmonics; ++i) {
            const std::vector<const Line*> quiet = quietest(mains, i);
            if (quiet.size() < kFewest) {
                continue;
            }
            std::vector<double> above;
            std::vector<double> levels;
            for (const Line* one : quiet) {
                const double level = decibels(static_cast<double>(one->level));
                above.push_back(level - decibels(static_cast<double>(one->neighbours)));
                levels.push_back(level);
            }
            const HumLine line{static_cast<double>(kMains[mains]) * static_cast<double>(i + 1),
                               percentile(levels, 0.5), percentile(above, kNearlyAlways)};
            const bool steady =
                percentile(levels, 1 - kNearlyAlways) - percentile(levels, kNearlyAlways) <
                kSteadyDb;
            // What is far louder than all lines below it is a note that is in tune with the mains.
            const bool fits = i < kMustHum || line.level_db < 10 * std::log10(loudest) + kLouderDb;
            if (line.above_neighbours_db >= kStandsOutDb && steady && fits) {
                hums = hums || i < kMustHum;
                found.lines.push_back(line);
                const double line_power = std::pow(10, line.level_db / 10);
                loudest = std::max(loudest, line_power);
                power += line_power;
                weighted += line_power * std::pow(a_weighting(line.hz), 2);
            }
        }
        if (hums && (best.mains_hz == 0 || found.lines.size() > best.lines.size())) {
            found.mains_hz = kMains[mains];
            found.level_db = decibels(power);
            found.a_db = decibels(weighted);
            best = std::move(found);
        }
    }
    best.heard = Seconds(static_cast<double>(moments_.size()) / 2 / bin_hz_);
    return best;
}

} // namespace spindle::grade
