// SPDX-License-Identifier: Apache-2.0
#include "image/line_chart.h"

#include <algorithm>

#include "base/text.h"
#include "image/detail/chart.h"
#include "io/file.h"

namespace spindle::image {
namespace {

using detail::Box;
using detail::Canvas;
using detail::Look;

Result<std::string> render(const LineChart& chart, detail::Output output) {
    SPINDLE_TRY_VOID(detail::check_chart(chart.series, chart.width, chart.height));
    const Look look = Look::for_width(chart.width);
    SPINDLE_TRY(Canvas canvas, Canvas::create(output, chart.width, chart.height, look.background));
    const double inner = chart.width - 2 * look.margin;

    double top =
        detail::draw_heading(canvas, look, chart.title, chart.subtitle, look.margin / 2, inner);
    const auto entries = detail::legend_of(chart.series);
    top = detail::draw_legend(canvas, look, entries, look.margin, top + look.gap, inner);

    const double captions = detail::captions_height(canvas, look, chart.captions, inner);
    const detail::Range range = detail::range_of(chart.series, chart.x, chart.y);
    const detail::Axis x = detail::choose_axis(chart.x, range.lowest_x, range.highest_x,
                                               static_cast<int>(inner / look.tick / 5));
    const detail::Axis y =
        detail::choose_axis(chart.y, range.lowest_y, range.highest_y,
                            static_cast<int>((chart.height - top - captions) / look.tick / 3.5));
    Box plot;
    plot.left = look.margin / 2 + detail::y_axis_width(canvas, look, y);
    plot.top = top + look.gap * 1.5;
    plot.width = chart.width - look.margin * 1.5 - plot.left;
    plot.height = std::max(look.tick, chart.height - plot.top - look.margin / 2 - captions -
                                          detail::x_axis_height(canvas, look, x));
    detail::draw_x_axis(canvas, look, x, plot, detail::Grid::On);
    detail::draw_y_axis(canvas, look, y, plot, detail::Grid::On);
    canvas.frame(plot, look.axis, 2 * look.scale);
    detail::draw_series(canvas, look, chart.series, x, y, plot);
    detail::draw_captions(canvas, look, chart.captions, look.margin,
                          chart.height - look.margin / 2 - captions, inner);
    return canvas.finish();
}

} // namespace

Result<std::string> render_png(const LineChart& chart) {
    return render(chart, detail::Output::Png);
}

Result<std::string> render_svg(const LineChart& chart) {
    return render(chart, detail::Output::Svg);
}

Result<void> write_chart(const LineChart& chart, const std::filesystem::path& path) {
    const std::string extension = text::ascii_lower(path.extension().string());
    if (extension != ".png" && extension != ".svg") {
        return fail(Code::BadInput, "{}: a chart is written as .png or .svg", path.string());
    }
    auto content = extension == ".png" ? render_png(chart) : render_svg(chart);
    if (!content) {
        return tl::unexpected(content.error().within(path.string()));
    }
    return io::write_atomically(path, *content);
}

} // namespace spindle::image
