// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/wear_meter.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 27000; // 12 kHz, and what the filter needs above it
constexpr double kMoment = 0.093;  // seconds
constexpr std::size_t kOneOf = 8;  // moments is looked at
constexpr double kLoud = 0.3;      // share of the moments that count
constexpr double kTreble = 2000;   // Hz
constexpr double kFrom = 7000, kTo = 12000;
constexpr float kQuietest = 1e-9F; // mean square of the treble
constexpr std::size_t kFewest = 5;

/// Second order, Butterworth, by the bilinear transform.
class Filter {
public:
    static Filter high_pass(double rate, double hz) { return Filter(rate, hz, true); }
    static Filter low_pass(double rate, double hz) { return Filter(rate, hz, false); }

    double operator()(double in) {
        const double out = b0_ * in + x_;
        x_ = b1_ * in - a1_ * out + y_;
        y_ = b0_ * in - a2_ * out;
        return out;
    }

private:
    Filter(double rate, double hz, bool high) {
        const double k = std::tan(std::numbers::pi * hz / rate);
        const double scale = 1 / (1 + std::numbers::sqrt2 * k + k * k);
        b0_ = high ? scale : k * k * scale;
        b1_ = high ? -2 * b0_ : 2 * b0_;
        a1_ = 2 * (k * k - 1) * scale;
        a2_ = (1 - std::numbers::sqrt2 * k + k * k) * scale;
    }
    double b0_, b1_, a1_, a2_;
    double x_ = 0, y_ = 0;
};

/// Fourth order to either side.
class BandPass {
public:
    BandPass(double rate, double from, double to)
        : filters_{Filter::high_pass(rate, from), Filter::high_pass(rate, from),
                   Filter::low_pass(rate, to), Filter::low_pass(rate, to)} {}
    double operator()(double in) {
        for (Filter& filter : filters_) {
            in = filter(in);
        }
        return in;
    }

private:
    std::array<Filter, 4> filters_;
};

} // namespace

WearMeter::WearMeter(SampleRate rate)
    : rate_(rate.hz),
      length_(std::max<std::size_t>(1, static_cast<std::size_t>(rate.hz * kMoment))) {}

void WearMeter::feed(StereoSpan block) {
    if (rate_ < kLowestRate) {
        return;
    }
    for (std::size_t done = 0; done < block.size();) {
        const bool wanted = position_ < length_;
        const std::size_t end = wanted ? length_ : kOneOf * length_;
        const std::size_t count = std::min(block.size() - done, end - position_);
        if (wanted) {
            const StereoSpan part = block.subspan(done, count);
            sound_[0].insert(sound_[0].end(), part.left.begin(), part.left.end());
            sound_[1].insert(sound_[1].end(), part.right.begin(), part.right.end());
        }
        done += count;
        position_ += count;
        if (wanted && position_ == length_) {
            look();
        } else if (position_ == kOneOf * length_) {
            position_ = 0;
        }
    }
}

void WearMeter::look() {
    if (moments_.size() < kMostMoments) {
        Moment moment;
        look_at(0, moment);
        look_at(1, moment);
        moments_.push_back(moment);
    }
    sound_[0].clear();
    sound_[1].clear();
}

void WearMeter::look_at(std::size_t channel, Moment& moment) const {
    Filter treble = Filter::high_pass(rate_, kTreble);
    BandPass top(rate_, kFrom, kTo);
    BandPass of_square(rate_, kFrom, kTo);
    double second = 0;
    double third = 0;
    double own = 0;
    double other = 0;
    double both = 0;
    const std::vector<float>& sound = sound_[channel];
    const std::size_t settled = sound.size() / 8; // the filters begin anew
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double v = treble(static_cast<double>(sound[i]));
        const double square = v * v;
        const double a = top(v);
        const double b = of_square(square);
        if (i >= settled) {
            second += square;
            third += square * v;
            own += a * a;
            other += b * b;
            both += a * b;
        }
    }
    const auto count = static_cast<double>(sound.size() - settled);
    const double variance = second / count;
    moment.power += static_cast<float>(variance);
    if (own > 0 && other > 0 && variance > 0) {
        moment.square[channel] = static_cast<float>(both / std::sqrt(own * other));
        moment.skew[channel] = static_cast<float>(third / count / std::pow(variance, 1.5));
    }
}

WearFigures WearMeter::figures(std::size_t from, std::size_t to) const {
    std::vector<const Moment*> loud;
    for (std::size_t i = from; i < to; ++i) {
        if (moments_[i].power > kQuietest) {
            loud.push_back(&moments_[i]);
        }
    }
    WearFigures figures;
    const auto count = static_cast<std::size_t>(kLoud * static_cast<double>(loud.size()));
    if (count < kFewest) {
        return figures;
    }
    std::ranges::partial_sort(loud, loud.begin() + static_cast<std::ptrdiff_t>(count),
                              std::greater{}, [](const Moment* moment) { return moment->power; });
    const auto all = static_cast<double>(count);
    for (std::size_t channel = 0; channel < 2; ++channel) {
        double square = 0;
        double skew = 0;
        for (std::size_t i = 0; i < count; ++i) {
            square += static_cast<double>(loud[i]->square[channel]) / all;
            skew += static_cast<double>(loud[i]->skew[channel]) / all;
        }
        figures.follows_square += std::abs(square) / 2;
        figures.skewness += std::abs(skew) / 2;
    }
    figures.heard = Seconds(all * static_cast<double>(length_) / rate_);
    return figures;
}

WearFigures WearMeter::finish() const {
    WearFigures all = figures(0, moments_.size());
    all.outer = figures(0, moments_.size() / 3).follows_square;
    all.inner = figures(moments_.size() - moments_.size() / 3, moments_.size()).follows_square;
    return all;
}

} // namespace spindle::grade
