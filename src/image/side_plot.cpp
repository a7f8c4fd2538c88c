// SPDX-License-Identifier: Apache-2.0
#include "image/side_plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "image/detail/chart.h"
#include "io/file.h"

namespace spindle::image {
namespace {

using detail::Align;
using detail::Axis;
using detail::Box;
using detail::Canvas;
using detail::Color;
using detail::Look;
using detail::TextStyle;

constexpr std::size_t kMostMarks = 1'000'000;
constexpr double kLowestMark = -50; // dB against the programme
constexpr double kHighestMark = 10;
constexpr double kGradeSize = 96; // pixels at a width of 1080, as all sizes here
constexpr double kChanceHeight = 120;
constexpr double kWaveHeight = 210;
constexpr double kMarkHeight = 250;

struct KindLook {
    SideMark::Kind kind;
    const char* label;
    std::size_t color; ///< series_color
};
constexpr std::array kKinds{
    KindLook{SideMark::Kind::Crackle, "crackle", 4},
    KindLook{SideMark::Kind::Click, "click", 0},
    KindLook{SideMark::Kind::Thump, "thump", 1},
    KindLook{SideMark::Kind::Dropout, "dropout", 2},
    KindLook{SideMark::Kind::Jump, "skip or repeat", 3},
};

Result<void> check(const SidePlot& plot) {
    if (plot.width < 480 || plot.width > 8000 || plot.marks.size() > kMostMarks ||
        plot.levels.size() > kMostMarks || !(plot.length.count() > 0)) {
        return fail(Code::BadInput, "a side is drawn 480 to 8000 pixels wide, with up to a million "
                                    "marks");
    }
    return {};
}

/// The grade in a box of its own, and a bar for the chance of each.
void draw_verdict(Canvas& canvas, const Look& look, const SidePlot& plot, const Box& area) {
    const double grade_width = 240 * look.scale;
    canvas.text(plot.grade.empty() ? "?" : plot.grade,
                {area.left + grade_width / 2, area.top + 4 * look.scale},
                {.size = kGradeSize * look.scale,
                 .color = look.ink,
                 .align = Align::Center,
                 .bold = true,
                 .width = 0,
                 .lines = 1,
                 .turn = 0});
    if (plot.chances.empty()) {
        return;
    }
    const double left = area.left + grade_width + look.margin;
    const double step = (area.right() - left) / static_cast<double>(plot.chances.size());
    const double label = look.tick * 1.4;
    const double tallest = area.height - 2 * label;
    for (std::size_t i = 0; i < plot.chances.size(); ++i) {
        const ChanceBar& bar = plot.chances[i];
        const double height = std::clamp(bar.share, 0.0, 1.0) * tallest;
        const double x = left + step * static_cast<double>(i);
        const Color color = detail::series_color(0).with_alpha(bar.chosen ? 1 : 0.45);
        canvas.box({x + step * 0.12, area.bottom() - label - height, step * 0.76,
                    std::max(height, 2 * look.scale)},
                   color);
        const auto words = [&](const std::string& text, double y, bool bold) {
            canvas.text(text, {x + step / 2, y},
                        {.size = look.small,
                         .color = bold ? look.ink : look.quiet_ink,
                         .align = Align::Center,
                         .bold = bold,
                         .width = 0,
                         .lines = 1,
                         .turn = 0});
        };
        words(bar.label, area.bottom() - label + 4 * look.scale, bar.chosen);
        if (bar.share >= 0.005) {
            words(fmt::format("{:.0f} %", 100 * bar.share),
                  area.bottom() - label - height - label * 0.95, bar.chosen);
        }
    }
}

double x_of(Seconds time, const Axis& x, const Box& area) {
    return area.left + area.width * std::clamp(x.place(time.count()), 0.0, 1.0);
}

void draw_stretches(Canvas& canvas, const Look& look, const SidePlot& plot, const Axis& x,
                    const Box& area) {
    for (const SideStretch& stretch : plot.stretches) {
        const double from = x_of(stretch.from, x, area);
        const double to = x_of(stretch.to, x, area);
        if (stretch.silent_groove) {
            canvas.box({from, area.top, to - from, area.height},
                       detail::series_color(2).with_alpha(0.16));
        }
        const TextStyle style{.size = look.small,
                              .color = look.quiet_ink,
                              .align = Align::Center,
                              .bold = false,
                              .width = 0,
                              .lines = 1,
                              .turn = 0};
        if (!stretch.label.empty() && canvas.text_width(stretch.label, style) < to - from - 8) {
            canvas.text(stretch.label, {(from + to) / 2, area.top + 4 * look.scale}, style);
        }
    }
}

/// The sound's level over time, mirrored, as people know it from players. One value a pixel.
void draw_wave(Canvas& canvas, const Look& look, const SidePlot& plot, const Axis& x,
               const Box& area) {
    if (plot.levels.empty()) {
        return;
    }
    const float loudest = *std::max_element(plot.levels.begin(), plot.levels.end());
    const double last = x_of(plot.length, x, area);
    const auto columns = static_cast<std::size_t>(std::max(1.0, last - area.left));
    std::vector<Point> above;
    std::vector<Point> below;
    const double middle = area.top + area.height / 2;
    for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t from = c * plot.levels.size() / columns;
        const std::size_t to = std::max(from + 1, (c + 1) * plot.levels.size() / columns);
        float level = 0;
        for (std::size_t i = from; i < std::min(to, plot.levels.size()); ++i) {
            level = std::max(level, plot.levels[i]);
        }
        const double share = loudest > 0 ? static_cast<double>(level / loudest) : 0;
        const double reach = std::max(0.5, share * area.height * 0.46);
        above.push_back({area.left + static_cast<double>(c), middle - reach});
        below.push_back({area.left + static_cast<double>(c), middle + reach});
    }
    above.insert(above.end(), below.rbegin(), below.rend());
    canvas.shape(above, look.ink.with_alpha(0.55));
}

void draw_marks(Canvas& canvas, const Look& look, const SidePlot& plot, const Axis& x,
                const Axis& y, const Box& area) {
    canvas.clip(area);
    for (const KindLook& kind : kKinds) {
        const Color color = detail::series_color(kind.color);
        for (const SideMark& mark : plot.marks) {
            if (mark.kind != kind.kind) {
                continue;
            }
            const double level = std::clamp(mark.level_db, kLowestMark, kHighestMark);
            const double at = x_of(mark.at, x, area);
            const double top = area.bottom() - area.height * y.place(level);
            const bool is_jump = kind.kind == SideMark::Kind::Jump;
            const std::array<Point, 2> stem{{{at, is_jump ? area.top : top}, {at, area.bottom()}}};
            canvas.line(stem, color.with_alpha(is_jump ? 1 : 0.7),
                        (is_jump ? 4 : 1.6) * look.scale);
        }
    }
    canvas.unclip();
}

std::vector<detail::LegendEntry> legend(const SidePlot& plot) {
    std::vector<detail::LegendEntry> entries;
    for (const KindLook& kind : kKinds) {
        const auto count =
            std::count_if(plot.marks.begin(), plot.marks.end(),
                          [&](const SideMark& mark) { return mark.kind == kind.kind; });
        if (count > 0) {
            entries.push_back({fmt::format("{} ({})", kind.label, count),
                               detail::series_color(kind.color), detail::Sample::Line});
        }
    }
    return entries;
}

Result<std::string> render(const SidePlot& plot, detail::Output output) {
    SPINDLE_TRY_VOID(check(plot));
    const Look look = Look::for_width(plot.width);
    const double inner = plot.width - 2 * look.margin;
    const Axis x = detail::choose_axis(
        {.label = "", .lowest = 0.0, .highest = plot.length.count()}, 0, plot.length.count(),
        static_cast<int>(inner / look.tick / 5), detail::Numbers::Clock);
    const Axis y = detail::choose_axis(
        {.label = "defects, dB", .lowest = kLowestMark, .highest = kHighestMark}, kLowestMark,
        kHighestMark, 6);
    const auto entries = legend(plot);
    // Drawn twice: the height follows from the texts, which only a canvas can measure.
    int height = 100;
    for (bool measured = false;; measured = true) {
        SPINDLE_TRY(Canvas canvas, Canvas::create(output, plot.width, height, look.background));
        double top =
            detail::draw_heading(canvas, look, plot.title, plot.subtitle, look.margin / 2, inner);
        const Box verdict{look.margin, top + look.gap, inner, (kChanceHeight + 40) * look.scale};
        const double left = look.margin / 2 + detail::y_axis_width(canvas, look, y);
        const double width = plot.width - look.margin * 1.5 - left;
        const Box wave{left, verdict.bottom() + look.gap, width, kWaveHeight * look.scale};
        const Box marks{left, wave.bottom() + look.gap, width, kMarkHeight * look.scale};
        double bottom = marks.bottom() + detail::x_axis_height(canvas, look, x) + look.gap;
        const double legend_top = bottom;
        bottom = detail::draw_legend(canvas, look, entries, look.margin, legend_top, inner);
        const double captions = detail::captions_height(canvas, look, plot.captions, inner);
        const double end = bottom + captions + look.margin;
        if (!measured) {
            height = static_cast<int>(std::ceil(end));
            continue;
        }
        draw_verdict(canvas, look, plot, verdict);
        draw_wave(canvas, look, plot, x, wave);
        draw_stretches(canvas, look, plot, x, wave);
        canvas.frame(wave, look.axis, 2 * look.scale);
        detail::draw_x_axis(canvas, look, x, marks, detail::Grid::On);
        detail::draw_y_axis(canvas, look, y, marks, detail::Grid::On);
        draw_marks(canvas, look, plot, x, y, marks);
        canvas.frame(marks, look.axis, 2 * look.scale);
        detail::draw_captions(canvas, look, plot.captions, look.margin, bottom + look.gap, inner);
        return canvas.finish();
    }
}

} // namespace

Result<std::string> render_png(const SidePlot& plot) {
    return render(plot, detail::Output::Png);
}

Result<std::string> render_svg(const SidePlot& plot) {
    return render(plot, detail::Output::Svg);
}

Result<void> write_plot(const SidePlot& plot, const std::filesystem::path& path) {
    const bool png = text::ascii_lower(path.extension().string()) == ".png";
    auto content = png ? render_png(plot) : render_svg(plot);
    if (!content) {
        return tl::unexpected(content.error().within(path.string()));
    }
    return io::write_atomically(path, *content);
}

} // namespace spindle::image
