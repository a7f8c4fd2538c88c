// SPDX-License-Identifier: Apache-2.0
#include "image/spectrogram_plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "image/detail/chart.h"
#include "image/detail/heat.h"
#include "io/file.h"

namespace spindle::image {
namespace {

using detail::Axis;
using detail::Box;
using detail::Canvas;
using detail::Color;
using detail::Look;

constexpr int kMostRows = 4096;
constexpr int kMostColumns = 1'000'000;
constexpr std::size_t kMostLevels = 64'000'000;
constexpr std::size_t kMostLandmarks = 1'000'000;

struct KindLook {
    LandmarkKind kind = LandmarkKind::Plain;
    const char* label = "";
    Color color;
};
// Drawn in this order, so that matches lie on top.
constexpr std::array<KindLook, 3> kKinds{{
    {LandmarkKind::Missed, "landmark not in the reference", {0.86, 0.47, 0.16}},
    {LandmarkKind::Plain, "landmark", {0.80, 0.16, 0.33}},
    {LandmarkKind::Matched, "landmark found in the reference", {0.78, 0.00, 0.44}},
}};

Result<void> check(const SpectrogramPlot& plot) {
    SPINDLE_TRY_VOID(detail::check_chart(plot.lower_series, plot.width, plot.height));
    const LevelMatrix& sound = plot.sound;
    if (sound.rows < 1 || sound.rows > kMostRows || sound.columns < 1 ||
        sound.columns > kMostColumns || sound.levels.size() > kMostLevels ||
        sound.levels.size() !=
            static_cast<std::size_t>(sound.rows) * static_cast<std::size_t>(sound.columns)) {
        return fail(Code::BadInput,
                    "a spectrogram of {} rows, {} columns and {} levels cannot be "
                    "drawn",
                    sound.rows, sound.columns, sound.levels.size());
    }
    const bool times = std::isfinite(sound.begin.count()) && std::isfinite(sound.end.count()) &&
                       sound.end > sound.begin;
    const bool pitches = std::isfinite(sound.highest_hz) && sound.lowest_hz > 0 &&
                         sound.highest_hz > sound.lowest_hz;
    if (!times || !pitches || plot.landmarks.size() > kMostLandmarks) {
        return fail(Code::BadInput,
                    "a spectrogram from {} to {} s, {} to {} Hz with {} landmarks cannot be drawn",
                    sound.begin.count(), sound.end.count(), sound.lowest_hz, sound.highest_hz,
                    plot.landmarks.size());
    }
    return {};
}

void draw_landmarks(Canvas& canvas, const Look& look, const SpectrogramPlot& plot, const Axis& time,
                    const Axis& pitch, const Box& box) {
    // As large as their number leaves room for.
    const double crowd =
        std::sqrt(400.0 / std::max<double>(400, static_cast<double>(plot.landmarks.size())));
    const double radius = std::max(2.5, 8 * crowd) * look.scale;
    canvas.clip(box);
    for (const KindLook& kind : kKinds) {
        for (const LandmarkPoint& landmark : plot.landmarks) {
            const double x = time.place(landmark.time.count());
            const double y = pitch.place(landmark.hz);
            if (landmark.kind != kind.kind || !(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
                continue;
            }
            const Point center{box.left + x * box.width, box.bottom() - y * box.height};
            // A pale ring under the coloured one keeps it visible on dark and light.
            canvas.ring(center, radius, Color{1, 1, 1, 0.85}, radius * 0.75);
            if (kind.kind == LandmarkKind::Matched) {
                canvas.dot(center, radius, kind.color);
            } else {
                canvas.ring(center, radius, kind.color, radius * 0.4);
            }
        }
    }
    canvas.unclip();
}

std::vector<detail::LegendEntry> landmark_legend(const SpectrogramPlot& plot) {
    std::vector<detail::LegendEntry> entries;
    for (auto kind = kKinds.rbegin(); kind != kKinds.rend(); ++kind) {
        const auto count = std::ranges::count(plot.landmarks, kind->kind, &LandmarkPoint::kind);
        if (count > 0) {
            entries.push_back(
                {fmt::format("{} ({})", kind->label, count), kind->color,
                 kind->kind == LandmarkKind::Matched ? detail::Sample::Dot : detail::Sample::Ring});
        }
    }
    return entries;
}

void draw_lower_chart(Canvas& canvas, const Look& look, const SpectrogramPlot& plot,
                      const Axis& time, const Box& box) {
    const detail::Range range = detail::range_of(plot.lower_series, {}, *plot.lower_axis);
    const Axis y = detail::choose_axis(*plot.lower_axis, range.lowest_y, range.highest_y,
                                       static_cast<int>(box.height / look.tick / 2.2));
    detail::draw_x_axis(canvas, look, time, box, detail::Grid::On);
    detail::draw_y_axis(canvas, look, y, box, detail::Grid::On);
    canvas.frame(box, look.axis, 2 * look.scale);
    detail::draw_series(canvas, look, plot.lower_series, time, y, box);
}

} // namespace

Result<std::string> render_png(const SpectrogramPlot& plot) {
    SPINDLE_TRY_VOID(check(plot));
    const Look look = Look::for_width(plot.width);
    const double inner = plot.width - 2 * look.margin;
    const double lower = plot.lower_axis ? plot.height * 0.38 : 0;
    double captions = 0;
    {
        SPINDLE_TRY(const Canvas ruler, Canvas::create(detail::Output::Png, 1, 1, look.background));
        captions = detail::captions_height(ruler, look, plot.captions, inner);
    }
    const double total = plot.height + lower + captions;
    SPINDLE_TRY(Canvas canvas,
                Canvas::create(detail::Output::Png, plot.width,
                               static_cast<int>(std::lround(total)), look.background));
    double top =
        detail::draw_heading(canvas, look, plot.title, plot.subtitle, look.margin / 2, inner);
    if (const auto entries = landmark_legend(plot); !entries.empty()) {
        top = detail::draw_legend(canvas, look, entries, look.margin, top + look.gap / 2, inner);
    }

    const LevelMatrix& sound = plot.sound;
    const int time_ticks = static_cast<int>(inner / look.tick / 5);
    const Axis time = detail::choose_axis(
        {.label = "time, min:s", .lowest = sound.begin.count(), .highest = sound.end.count()}, 0, 1,
        time_ticks, detail::Numbers::Clock);
    const Axis pitch = detail::choose_axis({.label = "frequency, Hz",
                                            .scale = Scale::Logarithmic,
                                            .lowest = sound.lowest_hz,
                                            .highest = sound.highest_hz},
                                           0, 1, 18);
    Box box;
    const double numbers = canvas.text_width("00.00", {.size = look.tick});
    box.left =
        look.margin / 2 + look.gap + numbers + canvas.text_height("Hz", {.size = look.label});
    box.top = top + look.gap;
    box.width = plot.width - look.margin * 1.5 - box.left;
    const double below = detail::x_axis_height(canvas, look, time);
    box.height = std::max(look.tick, plot.height - box.top - below - look.margin / 2);

    const detail::LevelRange chosen = detail::choose_levels(sound);
    const detail::LevelRange range{plot.floor_db.value_or(chosen.floor_db),
                                   plot.ceiling_db.value_or(chosen.ceiling_db)};
    const int wide = static_cast<int>(std::lround(box.width));
    const int high = static_cast<int>(std::lround(box.height));
    canvas.picture(detail::draw_heat(sound, range, wide, high), wide, high, box);
    canvas.frame(box, look.axis, 2 * look.scale);
    detail::draw_x_axis(canvas, look, time, box, detail::Grid::Off);
    detail::draw_y_axis(canvas, look, pitch, box, detail::Grid::Off);
    draw_landmarks(canvas, look, plot, time, pitch, box);

    if (plot.lower_axis) {
        const auto entries = detail::legend_of(plot.lower_series);
        Box chart = box;
        chart.top = plot.height;
        if (!entries.empty()) {
            chart.top = detail::draw_legend(canvas, look, entries, look.margin, chart.top, inner) +
                        1.5 * look.gap;
        }
        chart.height =
            std::max(look.tick, plot.height + lower - chart.top - below - look.margin / 2);
        draw_lower_chart(canvas, look, plot, time, chart);
    }
    detail::draw_captions(canvas, look, plot.captions, look.margin,
                          total - captions - look.margin / 3, inner);
    return canvas.finish();
}

Result<void> write_png(const SpectrogramPlot& plot, const std::filesystem::path& path) {
    auto content = render_png(plot);
    if (!content) {
        return tl::unexpected(content.error().within(path.string()));
    }
    return io::write_atomically(path, *content);
}

} // namespace spindle::image
