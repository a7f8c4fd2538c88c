// SPDX-License-Identifier: Apache-2.0
#include "image/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "image/detail/canvas.h"
#include "image/detail/chart.h"
#include "image/detail/colour.h"
#include "image/detail/label_placement.h"
#include "image/rectify.h"

namespace spindle::image {
namespace {

using detail::Canvas;
using detail::Look;
using detail::TextStyle;

constexpr std::size_t kMostRows = 5000;
constexpr std::size_t kMostLines = 12; // of a row: a reading, a match and their doubts need 4

/// Where the parts of a row go, for one width of sheet.
class Layout {
public:
    explicit Layout(const ContactSheet& sheet)
        : look_(Look::for_width(sheet.width)), badge_(look_.label * 2.6),
          left_(look_.margin + badge_ + look_.gap), inner_(sheet.width - left_ - look_.margin),
          highest_strip_(sheet.highest_strip * look_.scale) {}

    TextStyle style_of(const SheetLine& line) const {
        TextStyle style{.size = look_.label, .color = look_.ink, .width = inner_, .lines = 2};
        if (line.weight == Weight::Quiet) {
            style.size = look_.small;
            style.color = look_.quiet_ink;
        }
        style.bold = line.weight == Weight::Strong;
        return style;
    }

    /// The strip as large as it fits, in its own proportions.
    struct Size {
        int width = 0;
        int height = 0;
    };
    Size strip_size(const Picture& strip) const {
        if (strip.empty()) {
            return {};
        }
        const double scale = std::min(inner_ / strip.width, highest_strip_ / strip.height);
        return {std::max(1, static_cast<int>(strip.width * scale)),
                std::max(1, static_cast<int>(strip.height * scale))};
    }

    double row_height(const Canvas& canvas, const SheetRow& row) const {
        double height = strip_size(row.strip).height;
        for (const SheetLine& line : shown(row)) {
            height += look_.gap / 2 + canvas.text_height(line.text, style_of(line));
        }
        return std::max(height, badge_ * 0.7) + 2 * look_.gap;
    }

    void draw_row(Canvas& canvas, const SheetRow& row, double top) const {
        const double begin = top + look_.gap;
        draw_badge(canvas, row, begin);
        double y = begin;
        if (const Size size = strip_size(row.strip); size.height > 0) {
            canvas.photo(scaled(row.strip, size.width, size.height), static_cast<int>(left_),
                         static_cast<int>(y));
            y += size.height;
        }
        for (const SheetLine& line : shown(row)) {
            y += look_.gap / 2;
            y += canvas.text(line.text, {left_, y}, style_of(line));
        }
    }

    void draw_rule(Canvas& canvas, double y) const {
        const double right = left_ + inner_;
        canvas.line(std::array{Point{look_.margin, y}, Point{right, y}}, look_.grid,
                    2 * look_.scale);
    }

    const Look& look() const { return look_; }

private:
    static std::span<const SheetLine> shown(const SheetRow& row) {
        return std::span(row.lines).first(std::min(row.lines.size(), kMostLines));
    }

    void draw_badge(Canvas& canvas, const SheetRow& row, double top) const {
        if (row.tag.empty()) {
            return;
        }
        const detail::Color ground = detail::color_of(row.colour);
        TextStyle style{.size = look_.label,
                        .color = detail::ink_on(ground),
                        .align = detail::Align::Center,
                        .bold = true};
        const double height = look_.label * 1.5;
        const double width =
            std::clamp(canvas.text_width(row.tag, style) + look_.label * 0.8, height, badge_);
        const Point middle{look_.margin + badge_ / 2, top + height / 2};
        canvas.rounded(detail::rectangle(middle, {width, height}, 0), height / 2, ground);
        if (canvas.text_width(row.tag, style) > badge_) {
            style.width = badge_;
            style.align = detail::Align::Left;
        }
        const double x = style.width > 0 ? look_.margin : middle.x;
        canvas.text(row.tag, {x, middle.y - canvas.text_height(row.tag, style) / 2}, style);
    }

    Look look_;
    double badge_;
    double left_;
    double inner_;
    double highest_strip_;
};

Result<void> check(const ContactSheet& sheet) {
    const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
    if (!within(sheet.width, 320, 4000) || !within(sheet.highest_strip, 20, 1000) ||
        !within(sheet.highest_page, 1000, 19'000)) {
        return fail(Code::BadInput, "a sheet of {} x {} with strips of {} is out of range",
                    sheet.width, sheet.highest_page, sheet.highest_strip);
    }
    if (sheet.rows.size() > kMostRows) {
        return fail(Code::BadInput, "{} rows are more than the {} a sheet may have",
                    sheet.rows.size(), kMostRows);
    }
    return {};
}

} // namespace

Result<std::vector<Picture>> draw_sheet(const ContactSheet& sheet) {
    SPINDLE_TRY_VOID(check(sheet));
    const Layout layout(sheet);
    const Look& look = layout.look();
    SPINDLE_TRY(Canvas scratch, Canvas::create(detail::Output::Png, 1, 1, look.background));
    const double inner = sheet.width - 2 * look.margin;
    const double heading =
        detail::draw_heading(scratch, look, sheet.title, sheet.subtitle, look.margin / 2, inner) +
        look.gap;

    std::vector<Picture> pages;
    std::size_t next = 0;
    do {
        const double start = pages.empty() ? heading : look.gap;
        double height = start;
        std::vector<double> tops;
        for (std::size_t i = next; i < sheet.rows.size(); ++i) {
            const double row = layout.row_height(scratch, sheet.rows[i]);
            if (!tops.empty() && height + row + look.gap > sheet.highest_page) {
                break;
            }
            tops.push_back(height);
            height += row;
        }
        SPINDLE_TRY(Canvas canvas,
                    Canvas::create(detail::Output::Png, sheet.width,
                                   std::min(static_cast<int>(std::ceil(height + look.gap)),
                                            sheet.highest_page),
                                   look.background));
        if (pages.empty()) {
            detail::draw_heading(canvas, look, sheet.title, sheet.subtitle, look.margin / 2, inner);
        }
        for (const double top : tops) {
            layout.draw_rule(canvas, top);
            layout.draw_row(canvas, sheet.rows[next++], top);
        }
        SPINDLE_TRY(Picture page, canvas.finish_picture());
        pages.push_back(std::move(page));
    } while (next < sheet.rows.size());
    return pages;
}

} // namespace spindle::image
