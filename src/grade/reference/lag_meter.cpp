// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/lag_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "dsp/complex_product.h"
#include "dsp/inverse_fft.h"

namespace spindle::grade {
namespace {

constexpr int kNearFft = 8192;
constexpr std::size_t kNearBlock = 4096; // half a second at 8 kHz
constexpr int kWideFft = 1 << 18;
constexpr std::size_t kWideBlock = 16384;
constexpr double kLowestHertz = 60;     // rumble and hum are the record's alone
constexpr double kHighestPart = 0.4;    // of the rate: what the decimator's edge leaves
constexpr std::ptrdiff_t kPeakHalf = 8; // samples that belong to the peak itself
constexpr double kQualityReach = 0.1;   // seconds around it that show what chance gives
constexpr double kLikenessSeconds = 0.03;
constexpr double kMostReach = 0.1;     // seconds, of the short block
constexpr std::size_t kWarpStep = 128; // samples: the map is a line for so long

} // namespace

LagMeter::Size LagMeter::size_of(int fft, std::size_t block, std::size_t copy_block) {
    auto transform = dsp::RealFft::create(fft);
    if (!transform) { // cannot be: powers of two are there
        throw std::logic_error(transform.error().message);
    }
    Size size{block, copy_block, std::move(*transform), std::vector<float>(block), {}, {}};
    for (std::size_t n = 0; n < block; ++n) {
        size.window[n] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(n) + 0.5) /
                                 static_cast<double>(block)));
    }
    size.spectrum.resize(static_cast<std::size_t>(size.fft.bins()));
    size.correlation.resize(static_cast<std::size_t>(fft));
    return size;
}

LagMeter::LagMeter(const Sketch& recording, const Sketch& copy)
    : recording_(recording), copy_(copy), near_(size_of(kNearFft, kNearBlock, kNearBlock)),
      wide_(size_of(kWideFft, kWideBlock, kWideFft)) {}

/// The copy at the recording's sample times, `middle` (seconds) in the middle.
void LagMeter::read_copy(double middle, double speed, std::span<float> out) {
    const double step = speed * copy_.rate() / recording_.rate();
    const double first = middle * copy_.rate() - step * static_cast<double>(out.size() / 2);
    const auto from = static_cast<std::ptrdiff_t>(std::floor(first)) - 1;
    raw_.resize(static_cast<std::size_t>(step * static_cast<double>(out.size())) + 5);
    copy_.read(from, raw_);
    double place = first - static_cast<double>(from);
    for (float& sample : out) {
        const auto k = static_cast<std::size_t>(place);
        const auto x = static_cast<float>(place - static_cast<double>(k));
        const float a = raw_[k - 1];
        const float b = raw_[k];
        const float c = raw_[k + 1];
        const float d = raw_[k + 2];
        sample =
            b + 0.5F * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
        place += step;
    }
}

/// Of what is in stretched_, at the recording's sample times.
Lag LagMeter::measure(Size& size, std::ptrdiff_t middle, double speed, double reach) {
    const double rate = recording_.rate();
    const std::span<float> in = size.fft.input();
    recording_.read(middle - static_cast<std::ptrdiff_t>(size.block / 2), in.first(size.block));
    for (std::size_t n = 0; n < size.block; ++n) {
        in[n] *= size.window[n];
    }
    std::fill(in.begin() + static_cast<std::ptrdiff_t>(size.block), in.end(), 0.0F);
    const auto heard = size.fft.transform();
    std::copy(heard.begin(), heard.end(), size.spectrum.begin());

    const std::span<float> again = size.fft.input();
    std::copy(stretched_.begin(), stretched_.end(), again.begin());
    if (size.copy_block == size.block) {
        for (std::size_t n = 0; n < size.block; ++n) {
            again[n] *= size.window[n];
        }
    }
    std::fill(again.begin() + static_cast<std::ptrdiff_t>(size.copy_block), again.end(), 0.0F);
    const auto known = size.fft.transform();

    const double bin = rate / size.fft.size();
    const auto lowest = static_cast<std::size_t>(kLowestHertz / bin);
    const auto highest = static_cast<std::size_t>(kHighestPart * rate / bin);
    const std::size_t end = std::min(highest + 1, size.spectrum.size());
    const auto inside = std::span(size.spectrum).subspan(lowest, end - lowest);
    float largest = 0;
    for (std::size_t k = 0; k < inside.size(); ++k) {
        inside[k] = dsp::conjugate_product(known[lowest + k], inside[k]);
        largest = std::max(largest, std::norm(inside[k]));
    }
    if (!(largest > 0)) {
        return {};
    }
    const float floor = std::sqrt(largest) * 1e-8F;
    // A complex number is its two parts in a row (the standard says so), and parts are quicker.
    const std::span<float> parts(reinterpret_cast<float*>(inside.data()), 2 * inside.size());
    for (std::size_t k = 0; k < parts.size(); k += 2) {
        const float norm = parts[k] * parts[k] + parts[k + 1] * parts[k + 1];
        const float root = std::sqrt(std::sqrt(norm) + floor);
        const float scale = root * std::sqrt(root); // magnitude to the power of 0.25 is left
        parts[k] /= scale;
        parts[k + 1] /= scale;
    }
    std::fill_n(size.spectrum.begin(), lowest, std::complex<float>());
    std::fill(size.spectrum.begin() + static_cast<std::ptrdiff_t>(end), size.spectrum.end(),
              std::complex<float>());
    dsp::inverse(size.fft, size.spectrum, size.correlation);

    // Correlation at index i: the copy is i samples later than thought (negative ones wrap).
    const auto count = static_cast<std::ptrdiff_t>(size.correlation.size());
    const auto offset = static_cast<std::ptrdiff_t>(size.copy_block / 2) -
                        static_cast<std::ptrdiff_t>(size.block / 2);
    const auto value_at = [&](std::ptrdiff_t lag) {
        const std::ptrdiff_t place = lag + offset;
        const std::ptrdiff_t wrapped = place < 0        ? place + count
                                       : place >= count ? place - count
                                                        : place;
        return static_cast<double>(size.correlation[static_cast<std::size_t>(wrapped)]);
    };
    const auto most = static_cast<std::ptrdiff_t>(reach * rate);
    std::ptrdiff_t best = 0;
    double peak = -1;
    for (std::ptrdiff_t lag = -most; lag <= most; ++lag) {
        if (const double value = value_at(lag); value > peak) {
            peak = value;
            best = lag;
        }
    }
    const auto around = std::max(most, static_cast<std::ptrdiff_t>(kQualityReach * rate));
    double squares = 0;
    std::ptrdiff_t counted = 0;
    for (std::ptrdiff_t lag = -around; lag <= around; ++lag) {
        if (std::abs(lag - best) > kPeakHalf) {
            squares += value_at(lag) * value_at(lag);
            ++counted;
        }
    }
    const double before = value_at(best - 1);
    const double after = value_at(best + 1);
    const double bend = before - 2 * peak + after;
    const double part = bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
    const double noise =
        std::sqrt(squares / static_cast<double>(std::max<std::ptrdiff_t>(1, counted)));
    return {(static_cast<double>(best) + part) / rate * speed, noise > 0 ? peak / noise : 0};
}

Lag LagMeter::near(double recording, double copy, double speed, double reach) {
    return measure(near_, recording, copy, speed, std::min(reach, kMostReach));
}

Lag LagMeter::measure(Size& size, double recording, double copy, double speed, double reach) {
    // The block's middle on a sample; the copy follows.
    const double rate = recording_.rate();
    const auto middle = static_cast<std::ptrdiff_t>(std::lround(recording * rate));
    stretched_.resize(size.copy_block);
    read_copy(copy + (static_cast<double>(middle) / rate - recording) * speed, speed, stretched_);
    return measure(size, middle, speed, reach);
}

Lag LagMeter::near(double recording, const TimeMap& map, double reach) {
    const double rate = recording_.rate();
    const auto middle = static_cast<std::ptrdiff_t>(std::lround(recording * rate));
    const std::ptrdiff_t from = middle - static_cast<std::ptrdiff_t>(near_.block / 2);
    stretched_.resize(near_.block);
    for (std::size_t n = 0; n < stretched_.size(); n += kWarpStep) {
        const double at = static_cast<double>(from + static_cast<std::ptrdiff_t>(n)) / rate;
        const double here = map.at(Seconds(at)).count();
        const double there = map.at(Seconds(at + kWarpStep / rate)).count();
        const double speed = (there - here) / (kWarpStep / rate);
        // read_copy puts its first argument at half of the span.
        read_copy(here + speed * kWarpStep / 2 / rate, speed,
                  std::span(stretched_).subspan(n, kWarpStep));
    }
    return measure(near_, middle, map.speed(Seconds(recording)), std::min(reach, kMostReach));
}

Lag LagMeter::wide(double recording, double copy, double speed) {
    const double reach = static_cast<double>(kWideFft - kWideBlock) / 2 / recording_.rate();
    return measure(wide_, recording, copy, speed, reach * 0.98);
}

double LagMeter::likeness(double recording, double copy, double speed) {
    const double rate = recording_.rate();
    const auto count = static_cast<std::size_t>(kLikenessSeconds * rate);
    const auto middle = static_cast<std::ptrdiff_t>(std::lround(recording * rate));
    std::vector<float> heard(count);
    std::vector<float> known(count);
    recording_.read(middle - static_cast<std::ptrdiff_t>(count / 2), heard);
    read_copy(copy + (static_cast<double>(middle) / rate - recording) * speed, speed, known);
    double xy = 0;
    double xx = 1e-20;
    double yy = 1e-20;
    for (std::size_t n = 1; n < count; ++n) { // the difference: less of what is low and slow
        const auto x = static_cast<double>(heard[n] - heard[n - 1]);
        const auto y = static_cast<double>(known[n] - known[n - 1]);
        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    return xy / std::sqrt(xx * yy);
}

} // namespace spindle::grade
