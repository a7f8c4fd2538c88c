// SPDX-License-Identifier: Apache-2.0
#include "image/detail/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace spindle::image::detail {
namespace {

// Values nobody plots; keeps every sum below finite.
constexpr double kLargest = 1e15;
constexpr double kSmallestPositive = 1e-15;

/// 1, 2 or 5 times a power of ten, at least `rough`.
double round_step(double rough) {
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

/// Steps people read clocks by.
double clock_step(double rough) {
    constexpr std::array<double, 16> kSteps{1,   2,   5,   10,   15,   30,   60,    120,
                                            300, 600, 900, 1800, 3600, 7200, 14400, 36000};
    if (rough < 1) {
        return round_step(rough);
    }
    const auto* found = std::ranges::lower_bound(kSteps, rough * (1 - 1e-9));
    return found != kSteps.end() ? *found : round_step(rough);
}

std::string with_prefix(double value) {
    const double size = std::fabs(value);
    if (size >= 1e9) {
        return fmt::format("{:.4g}G", value / 1e9);
    }
    if (size >= 1e6) {
        return fmt::format("{:.4g}M", value / 1e6);
    }
    if (size >= 1e3) {
        return fmt::format("{:.4g}k", value / 1e3);
    }
    return fmt::format("{:.4g}", value);
}

std::string number(double value, double step) {
    if (std::fabs(value) < step * 1e-6) {
        return "0";
    }
    if (std::fabs(value) >= 1e4) {
        return with_prefix(value);
    }
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
    return fmt::format("{:.{}f}", value, decimals);
}

std::string clock(double seconds, double step) {
    const auto whole = static_cast<long long>(std::floor(seconds + 1e-6));
    if (step < 1) {
        const long long minutes = whole / 60;
        return fmt::format("{}:{:04.1f}", minutes, seconds - 60 * static_cast<double>(minutes));
    }
    if (whole >= 3600) {
        return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    }
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

void choose_linear(Axis& axis, const ChartAxis& wish, int ticks, Numbers numbers) {
    if (!(axis.highest > axis.lowest)) {
        const double around = axis.lowest == 0 ? 1 : std::fabs(axis.lowest) * 0.1;
        axis.lowest -= wish.lowest ? 0 : around;
        axis.highest = axis.lowest + 2 * around;
    }
    const double rough = (axis.highest - axis.lowest) / ticks;
    const double step = numbers == Numbers::Clock ? clock_step(rough) : round_step(rough);
    if (!wish.lowest) {
        axis.lowest = step * std::floor(axis.lowest / step + 1e-9);
    }
    if (!wish.highest) {
        axis.highest = step * std::ceil(axis.highest / step - 1e-9);
    }
    const double first = std::ceil(axis.lowest / step - 1e-6);
    const auto count = static_cast<int>(std::floor(axis.highest / step + 1e-6) - first);
    for (int i = 0; i <= count; ++i) {
        const double value = step * (first + i);
        axis.ticks.push_back(
            {value, numbers == Numbers::Clock ? clock(value, step) : number(value, step)});
    }
}

void choose_logarithmic(Axis& axis, const ChartAxis& wish, int ticks) {
    axis.lowest = std::max(axis.lowest, kSmallestPositive);
    if (!(axis.highest > axis.lowest)) {
        axis.lowest = wish.lowest ? axis.lowest : axis.lowest / 10;
        axis.highest = axis.lowest * 100;
    }
    if (!wish.lowest) {
        axis.lowest = std::pow(10.0, std::floor(std::log10(axis.lowest) + 1e-9));
    }
    if (!wish.highest) {
        axis.highest = std::pow(10.0, std::ceil(std::log10(axis.highest) - 1e-9));
    }
    const double decades = std::log10(axis.highest / axis.lowest);
    const int every = std::max(1, static_cast<int>(std::ceil(decades / ticks)));
    const bool between = decades * 3 <= ticks; // room for 2 and 5 as well
    const int first = static_cast<int>(std::floor(std::log10(axis.lowest) + 1e-9));
    const int last = static_cast<int>(std::ceil(std::log10(axis.highest) - 1e-9));
    for (int exponent = first; exponent <= last; exponent += every) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10.0, exponent);
            if ((factor == 1.0 || between) && value >= axis.lowest * (1 - 1e-9) &&
                value <= axis.highest * (1 + 1e-9)) {
                axis.ticks.push_back({value, with_prefix(value)});
            }
        }
    }
}

} // namespace

double Axis::place(double value) const {
    if (scale == Scale::Logarithmic) {
        return value > 0 ? std::log(value / lowest) / std::log(highest / lowest)
                         : std::numeric_limits<double>::quiet_NaN();
    }
    return (value - lowest) / (highest - lowest);
}

Axis choose_axis(const ChartAxis& wish, double lowest, double highest, int ticks, Numbers numbers) {
    const auto sane = [](double value, double otherwise) {
        return std::isfinite(value) ? std::clamp(value, -kLargest, kLargest) : otherwise;
    };
    Axis axis;
    axis.label = wish.label;
    axis.scale = wish.scale;
    axis.lowest = sane(wish.lowest.value_or(lowest), 0);
    axis.highest = sane(wish.highest.value_or(highest), axis.lowest + 1);
    ticks = std::clamp(ticks, 2, 20);
    if (axis.scale == Scale::Logarithmic) {
        choose_logarithmic(axis, wish, ticks);
    } else {
        choose_linear(axis, wish, ticks, numbers);
    }
    return axis;
}

} // namespace spindle::image::detail
