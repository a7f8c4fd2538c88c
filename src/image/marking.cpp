// SPDX-License-Identifier: Apache-2.0
#include "image/marking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "image/detail/canvas.h"
#include "image/detail/chart.h"
#include "image/detail/colour.h"
#include "image/detail/homography.h"
#include "image/detail/label_placement.h"

namespace spindle::image {
namespace {

using detail::Canvas;
using detail::Color;
using detail::color_of;
using detail::From;
using detail::ink_on;
using detail::LabelPlacement;
using detail::LabelSize;

constexpr int kLongest = 19'000; // cairo's pictures end at 20,000, and the legend needs room
constexpr std::size_t kMostOutlines = 2000;
constexpr Color kShade{0.05, 0.05, 0.07, 0.75}; // around everything, so that it stands out on white

/// Draws the marks on one photo. Sizes in pixels.
class Marker {
public:
    Marker(Canvas& canvas, const Picture& photo, const MarkingStyle& style)
        : canvas_(canvas), text_(std::max(4.0, photo.width * style.text)),
          smallest_(std::clamp(photo.width * style.smallest_text, 4.0, text_)),
          line_(std::max(1.0, photo.width * style.line)),
          placement_(photo.width, photo.height, line_) {}

    void draw_outline(const Outline& outline) {
        // Half a line inside, so that neighbours' lines lie beside each other.
        const double across = std::min(0.4, line_ / std::max(thickness_of(outline.quad), 1.0));
        const double along = std::min(0.4, line_ / std::max(length_of(outline.quad), 1.0));
        const auto inside = detail::Homography::to(outline.quad);
        const std::array corners{inside.map({along, across}), inside.map({1 - along, across}),
                                 inside.map({1 - along, 1 - across}),
                                 inside.map({along, 1 - across})};
        canvas_.outline(corners, kShade, line_ * 2);
        canvas_.outline(corners, color_of(outline.colour), line_);
    }

    void keep_off(const Outline& outline) { placement_.keep_off(outline.quad); }

    void draw_tag(const Outline& outline) {
        const LabelSize size = size_of(outline.tag, text_on(outline, text_ * 0.85));
        if (const auto place = placement_.along(outline.quad, size, From::Beginning)) {
            draw_pill(*place, outline.tag, color_of(outline.colour));
        }
    }

    void draw_label(const Outline& outline) {
        const LabelSize size = size_of(outline.label, text_on(outline, text_));
        const double length = length_of(outline.quad);
        // A long title is rather shortened than set elsewhere, as long as a few letters are left.
        for (const double part : {0.8, 0.65, 0.5, 0.35, 0.25}) {
            const LabelSize shorter{std::min(size.width, length * part), size.height};
            if (shorter.width < std::min(size.width, size.height * 3)) {
                break;
            }
            if (const auto place = placement_.along(outline.quad, shorter, From::End)) {
                draw_pill(*place, outline.label, color_of(outline.colour));
                return;
            }
        }
        draw_beside(outline);
    }

private:
    static constexpr double kPill = 1.35; // of the text's height: the pill around it

    LabelSize size_of(const std::string& words, double text) const {
        const detail::TextStyle style{.size = text, .bold = true};
        const double height = text * kPill;
        return {std::max(height, canvas_.text_width(words, style) + text * 0.7), height};
    }

    /// As large as wished, or smaller so that neighbours stay visible, while it can be read.
    double text_on(const Outline& outline, double wish) const {
        const double fitting = (thickness_of(outline.quad) - 2 * line_) / kPill;
        return std::clamp(fitting, smallest_, std::max(wish, smallest_));
    }

    void draw_beside(const Outline& outline) {
        LabelSize size = size_of(outline.label, (text_ + smallest_) / 2);
        size.width = std::min(size.width, size.height * 10);
        const auto place = placement_.beside(outline.quad, size);
        if (!place) {
            return;
        }
        const Point from = detail::middle_of(*place);
        const Point to = detail::middle_of(outline.quad);
        canvas_.line(std::array{from, to}, kShade, line_ * 2);
        canvas_.line(std::array{from, to}, color_of(outline.colour), line_);
        canvas_.dot(to, line_ * 1.5, color_of(outline.colour));
        draw_pill(*place, outline.label, color_of(outline.colour));
    }

    void draw_pill(const Quad& place, const std::string& words, const Color& ground) {
        placement_.take(place);
        const Point& corner = place.corners[0];
        const double direction =
            std::atan2(place.corners[1].y - corner.y, place.corners[1].x - corner.x);
        const double width = length_of(place);
        const double height = thickness_of(place);
        const double text = height / kPill;
        const Quad around =
            detail::rectangle(detail::middle_of(place), {width + line_, height + line_}, direction);
        canvas_.rounded(around, height / 2, kShade);
        canvas_.rounded(place, height / 2, ground);
        detail::TextStyle style{
            .size = text, .color = ink_on(ground), .align = detail::Align::Left, .bold = true};
        const double natural = canvas_.text_width(words, style);
        const double room = width - text * 0.6;
        if (natural > room) {
            style.width = room;
        }
        // The text's box is centred in the pill, along and across its direction.
        const double right = (width - std::min(natural, room)) / 2;
        const double down = (height - canvas_.text_height(words, style)) / 2;
        style.turn = direction;
        canvas_.text(words,
                     {corner.x + right * std::cos(direction) - down * std::sin(direction),
                      corner.y + right * std::sin(direction) + down * std::cos(direction)},
                     style);
    }

    Canvas& canvas_;
    double text_;
    double smallest_;
    double line_;
    LabelPlacement placement_;
};

std::vector<detail::LegendEntry> entries_of(const MarkingStyle& style) {
    std::vector<detail::LegendEntry> entries;
    for (const Meaning& meaning : style.legend) {
        entries.push_back({meaning.text, color_of(meaning.colour), detail::Sample::Dot});
    }
    return entries;
}

bool is_drawable(const Outline& outline) {
    return std::ranges::all_of(outline.quad.corners, [](const Point& corner) {
        return std::abs(corner.x) < 1e6 && std::abs(corner.y) < 1e6; // false for what is no number
    });
}

} // namespace

Result<Picture> with_outlines(const Picture& photo, std::span<const Outline> outlines,
                              const MarkingStyle& style) {
    if (photo.empty() || photo.width > kLongest || photo.height > kLongest) {
        return fail(Code::BadInput, "a picture of {} x {} cannot be drawn on (1 to {})",
                    photo.width, photo.height, kLongest);
    }
    if (outlines.size() > kMostOutlines) {
        return fail(Code::BadInput, "{} outlines are more than the {} one photo may have",
                    outlines.size(), kMostOutlines);
    }
    const detail::Look look = detail::Look::for_width(photo.width);
    const double inner = photo.width - 2 * look.margin;
    const auto entries = entries_of(style);
    const auto draw_below = [&](Canvas& canvas, double top) {
        top = entries.empty() ? top
                              : detail::draw_legend(canvas, look, entries, look.margin, top, inner);
        return detail::draw_captions(canvas, look, style.notes, look.margin, top, inner);
    };
    int legend = 0;
    if (!entries.empty() || !style.notes.empty()) {
        SPINDLE_TRY(Canvas scratch, Canvas::create(detail::Output::Png, 1, 1, look.background));
        const double height = draw_below(scratch, look.gap) + look.gap;
        legend = static_cast<int>(std::ceil(std::min(height, 900.0)));
    }
    SPINDLE_TRY(Canvas canvas, Canvas::create(detail::Output::Png, photo.width,
                                              photo.height + legend, look.background));
    canvas.photo(photo);
    if (legend > 0) {
        draw_below(canvas, photo.height + look.gap);
    }

    Marker marker(canvas, photo, style);
    std::vector<const Outline*> drawn;
    for (const Outline& outline : outlines) {
        if (is_drawable(outline)) {
            drawn.push_back(&outline);
        }
    }
    canvas.clip({0, 0, 1.0 * photo.width, 1.0 * photo.height});
    for (const Outline* outline : drawn) {
        marker.draw_outline(*outline);
        marker.keep_off(*outline);
    }
    for (const Outline* outline : drawn) {
        if (!outline->tag.empty()) {
            marker.draw_tag(*outline);
        }
    }
    for (const Outline* outline : drawn) {
        if (!outline->label.empty()) {
            marker.draw_label(*outline);
        }
    }
    canvas.unclip();
    return canvas.finish_picture();
}

} // namespace spindle::image
