// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/residual_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

constexpr double kFrameSeconds = 0.046;
constexpr double kQuiet = 0.25;  // quantile of frames that shows the noise
constexpr double kTypical = 0.5; // ... how well the music goes
constexpr double kLowBody = 200, kHighBody = 800;
constexpr double kLowTreble = 3000, kHighTreble = 12000;
constexpr double kBlockSeconds = 0.4; // of programme level
constexpr double kLoud = 0.95;
constexpr double kLoudClass = -6, kSoftClass = -15; // dB re programme
constexpr double kLowest = -200, kStep = 0.25;      // dB, of histograms

int frame_size(double rate) {
    int size = 256;
    while (size * 1.5 < kFrameSeconds * rate) {
        size *= 2;
    }
    return size;
}

dsp::RealFft make_fft(int size) {
    auto fft = dsp::RealFft::create(size);
    if (!fft) { // cannot be: powers of two are there
        throw std::logic_error(fft.error().message);
    }
    return std::move(*fft);
}

/// A-weighting as power.
double a_power(double hertz) {
    const double amplitude = a_weighting(hertz);
    return amplitude * amplitude;
}

double third(std::size_t i) {
    return 1000 * std::pow(10, (static_cast<double>(i) - 16) / 10);
}

template <typename Histogram>
double quantile_of(const Histogram& histogram, double part) {
    const double total = std::accumulate(histogram.begin(), histogram.end(), 0.0);
    double seen = 0;
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        seen += static_cast<double>(histogram[i]);
        if (seen > 0 && seen >= part * total) {
            return kLowest + kStep * (static_cast<double>(i) + 0.5);
        }
    }
    return kLowest;
}

template <typename Histogram>
void count(Histogram& histogram, double dbfs) {
    const double place =
        std::clamp((dbfs - kLowest) / kStep, 0.0, static_cast<double>(histogram.size()) - 1);
    ++histogram[static_cast<std::size_t>(place)];
}

/// What the lower quartile of a mean of `values` exponential ones is of their mean (Wilson and
/// Hilferty 1931).
double quartile_of_mean(double values) {
    const double k = 2.0 / (9.0 * 2 * values);
    return std::pow(1 - k - 0.6745 * std::sqrt(k), 3);
}

} // namespace

ResidualMeter::ResidualMeter(SampleRate rate)
    : rate_(rate.hz), frame_(static_cast<std::size_t>(frame_size(rate_))),
      fft_(make_fft(frame_size(rate_))), window_(frame_), thirds_(kThirds), distortion_(rate_) {
    for (std::size_t n = 0; n < frame_; ++n) {
        window_[n] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(n) + 0.5) /
                                 static_cast<double>(frame_)));
        window_power_ += window_[n] * window_[n];
    }
    weights_.resize(static_cast<std::size_t>(fft_.bins()));
    for (std::size_t k = 0; k < weights_.size(); ++k) {
        weights_[k] = static_cast<float>(
            a_power(static_cast<double>(k) * rate_ / static_cast<double>(frame_)));
    }
}

void ResidualMeter::feed(const Subtracted& section) {
    for (std::size_t from = 0; from + frame_ <= section.recording.size(); from += frame_) {
        measure_frame(section, from);
    }
    distortion_.add(section.music, section.residual);
    measure_loudness(section.recording);
}

void ResidualMeter::add_powers(std::span<const float> samples, std::vector<float>& powers) {
    const std::span<float> in = fft_.input();
    for (std::size_t n = 0; n < frame_; ++n) {
        in[n] = window_[n] * samples[n];
    }
    const auto bins = fft_.transform();
    // One-sided, and the mean of two channels: powers add up to the mean square.
    const float scale = 1 / (window_power_ * static_cast<float>(frame_));
    for (std::size_t k = 0; k < bins.size(); ++k) {
        powers[k] += scale * std::norm(bins[k]);
    }
}

void ResidualMeter::measure_frame(const Subtracted& section, std::size_t from) {
    residual_powers_.assign(weights_.size(), 0.0F);
    music_powers_.assign(weights_.size(), 0.0F);
    add_powers(section.residual.left.subspan(from, frame_), residual_powers_);
    add_powers(section.residual.right.subspan(from, frame_), residual_powers_);
    add_powers(section.music.left.subspan(from, frame_), music_powers_);
    add_powers(section.music.right.subspan(from, frame_), music_powers_);
    const auto weighted = [&](const std::vector<float>& powers) {
        return static_cast<double>(
            std::inner_product(powers.begin(), powers.end(), weights_.begin(), 0.0F));
    };
    const double bin = rate_ / static_cast<double>(frame_);
    const auto between = [&](const std::vector<float>& powers, double low, double high) {
        const auto first = static_cast<std::size_t>(std::lround(low / bin));
        const auto last = std::min(
            powers.size(), std::max(first + 1, static_cast<std::size_t>(std::lround(high / bin))));
        double sum = 0;
        for (std::size_t k = first; k < last; ++k) {
            sum += static_cast<double>(powers[k]);
        }
        return sum;
    };
    weighted_.add(weighted(music_powers_), weighted(residual_powers_));
    treble_.add(between(music_powers_, kLowTreble, kHighTreble),
                between(residual_powers_, kLowTreble, kHighTreble));
    body_.add(between(music_powers_, kLowBody, kHighBody),
              between(residual_powers_, kLowBody, kHighBody));
    for (std::size_t i = 0; i < kThirds; ++i) {
        const double edge = std::pow(10, 0.05);
        count(thirds_[i], decibels(between(residual_powers_, third(i) / edge, third(i) * edge)));
    }
}

void ResidualMeter::measure_loudness(StereoSpan recording) {
    const auto block = static_cast<std::size_t>(kBlockSeconds * rate_);
    for (std::size_t n = 0; n < recording.size(); ++n) {
        const auto l = static_cast<double>(recording.left[n]);
        const auto r = static_cast<double>(recording.right[n]);
        block_energy_ += 0.5 * (l * l + r * r);
        if (++in_block_ == block) {
            count(loudness_, decibels(block_energy_ / static_cast<double>(block)));
            block_energy_ = 0;
            in_block_ = 0;
        }
    }
}

ResidualMeter::Findings ResidualMeter::finish(double band_hertz) const {
    Findings found;
    ResidualFigures& figures = found.figures;
    if (weighted_.frames() == 0) {
        return found;
    }
    figures.plain_noise_dba = weighted_.quantile(kQuiet);
    figures.noise_dba = std::min(figures.plain_noise_dba, weighted_.parts(kQuiet).noise_db);
    found.suppression_db = -weighted_.parts(kTypical).slope_db;
    found.body_suppression_db = -body_.parts(kTypical).slope_db;
    const double bin = rate_ / static_cast<double>(frame_);
    for (std::size_t i = 0; i < kThirds; ++i) {
        const double width = third(i) * (std::pow(10, 0.05) - std::pow(10, -0.05));
        if (third(i) * std::pow(10, 0.05) < std::min(band_hertz, 0.5 * rate_)) {
            // Two channels, a Hann window's bins hardly two thirds independent.
            const double values = std::max(1.0, 2 * std::max(1.0, width / bin) / 1.5);
            figures.spectrum.push_back(
                {third(i), quantile_of(thirds_[i], kQuiet) - decibels(quartile_of_mean(values))});
        }
    }
    figures.programme_dbfs = quantile_of(loudness_, kLoud);
    figures.distortion_db = distortion_.level_db();
    figures.incoherence_db = treble_.parts(kTypical).slope_db;
    const double programme = figures.programme_dbfs;
    figures.distortion_by_level_db = {
        distortion_.level_db(programme + kLoudClass, 200),
        distortion_.level_db(programme + kSoftClass, programme + kLoudClass),
        distortion_.level_db(-200, programme + kSoftClass)};
    return found;
}

} // namespace spindle::grade
