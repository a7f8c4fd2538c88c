// SPDX-License-Identifier: Apache-2.0
#include "image/detail/heat.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace spindle::image::detail {
namespace {

// Music rarely shows more than this above its own floor on paper.
constexpr double kShownDecibels = 72;
// Digital silence has no level; this is far below any recording.
constexpr float kSilence = -200.0F;

struct Stop {
    double red, green, blue;
};
// Falling lightness (about 98, 88, 72, 54, 36, 20, 8 of 100), hue from pale sand over teal to ink.
constexpr std::array<Stop, 7> kStops{{{0.984, 0.984, 0.972},
                                      {0.835, 0.894, 0.882},
                                      {0.545, 0.749, 0.773},
                                      {0.243, 0.553, 0.671},
                                      {0.137, 0.353, 0.541},
                                      {0.125, 0.180, 0.361},
                                      {0.075, 0.063, 0.165}}};

std::uint32_t channel(double value) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
}

float loudest(const LevelMatrix& sound, std::size_t column, std::size_t end_column, std::size_t row,
              std::size_t end_row) {
    const auto rows = static_cast<std::size_t>(sound.rows);
    float most = kSilence;
    for (std::size_t c = column; c < end_column; ++c) {
        for (std::size_t r = row; r < end_row; ++r) {
            const float level = sound.levels[c * rows + r];
            most = std::isfinite(level) ? std::max(most, level) : most;
        }
    }
    return most;
}

} // namespace

std::uint32_t heat_color(double level) {
    const double position = std::clamp(level, 0.0, 1.0) * static_cast<double>(kStops.size() - 1);
    const auto index = std::min(static_cast<std::size_t>(position), kStops.size() - 2);
    const double part = position - static_cast<double>(index);
    const Stop& from = kStops[index];
    const Stop& to = kStops[index + 1];
    return channel(std::lerp(from.red, to.red, part)) << 16U |
           channel(std::lerp(from.green, to.green, part)) << 8U |
           channel(std::lerp(from.blue, to.blue, part));
}

LevelRange choose_levels(const LevelMatrix& sound) {
    std::vector<float> sample;
    const std::size_t step = std::max<std::size_t>(1, sound.levels.size() / 100'000);
    for (std::size_t i = 0; i < sound.levels.size(); i += step) {
        if (std::isfinite(sound.levels[i])) {
            sample.push_back(std::max(sound.levels[i], kSilence));
        }
    }
    if (sample.empty()) {
        return {-kShownDecibels, 0};
    }
    const auto at = [&](double part) {
        const auto index =
            static_cast<std::ptrdiff_t>(part * static_cast<double>(sample.size() - 1));
        std::nth_element(sample.begin(), sample.begin() + index, sample.end());
        return static_cast<double>(sample[static_cast<std::size_t>(index)]);
    };
    const double ceiling = at(0.998);
    const double floor = std::clamp(at(0.25), ceiling - kShownDecibels, ceiling - 20);
    return {floor, ceiling};
}

std::vector<std::uint32_t> draw_heat(const LevelMatrix& sound, const LevelRange& range, int width,
                                     int height) {
    std::array<std::uint32_t, 256> colors{};
    for (std::size_t i = 0; i < colors.size(); ++i) {
        colors[i] = heat_color(static_cast<double>(i) / 255);
    }
    const auto columns = static_cast<std::size_t>(sound.columns);
    const auto rows = static_cast<std::size_t>(sound.rows);
    const auto wide = static_cast<std::size_t>(width);
    const auto high = static_cast<std::size_t>(height);
    const double span = std::max(1e-3, range.ceiling_db - range.floor_db);
    std::vector<std::uint32_t> pixels(wide * high);
    for (std::size_t x = 0; x < wide; ++x) {
        const std::size_t column = x * columns / wide;
        const std::size_t end_column = std::max(column + 1, (x + 1) * columns / wide);
        for (std::size_t y = 0; y < high; ++y) {
            const std::size_t row = y * rows / high;
            const std::size_t end_row = std::max(row + 1, (y + 1) * rows / high);
            const auto level =
                static_cast<double>(loudest(sound, column, end_column, row, end_row));
            const double part = std::clamp((level - range.floor_db) / span, 0.0, 1.0);
            pixels[(high - 1 - y) * wide + x] = colors[static_cast<std::size_t>(part * 255)];
        }
    }
    return pixels;
}

} // namespace spindle::image::detail
