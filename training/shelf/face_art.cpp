// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/face_art.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "training/shelf/detail/pattern.h"
#include "training/shelf/detail/press.h"
#include "training/shelf/detail/sheet.h"

namespace spindle::made_shelf {
namespace {

/// A bright edge where plastic catches the light: brightest somewhere, fading to both ends.
void draw_gleam(Sheet& sheet, double x0, double y0, double x1, double y1, double width,
                double strength, Random& random) {
    cairo_t* cairo = sheet.cairo();
    cairo_pattern_t* gleam = cairo_pattern_create_linear(x0, y0, x1, y1);
    const double where = random.between(0.1, 0.9);
    const double spread = random.between(0.1, 0.5);
    const double rest = strength * random.between(0.1, 0.5);
    cairo_pattern_add_color_stop_rgba(gleam, 0, 1, 1, 1, rest);
    cairo_pattern_add_color_stop_rgba(gleam, std::max(0.0, where - spread), 1, 1, 1, rest);
    cairo_pattern_add_color_stop_rgba(gleam, where, 1, 1, 1, strength);
    cairo_pattern_add_color_stop_rgba(gleam, std::min(1.0, where + spread), 1, 1, 1, rest);
    cairo_pattern_add_color_stop_rgba(gleam, 1, 1, 1, 1, rest * 0.5);
    cairo_set_source(cairo, gleam);
    cairo_pattern_destroy(gleam);
    cairo_set_line_width(cairo, width);
    cairo_move_to(cairo, x0, y0);
    cairo_line_to(cairo, x1, y1);
    cairo_stroke(cairo);
}

/// The hinge's ears and the tray's posts at one end of a jewel case, between x0 and x1: clear
/// plastic before darkness, seen by its edges.
void draw_hinge(Sheet& sheet, const Casing& casing, double x0, double x1, Random& random) {
    const double thickness = casing.size.thickness;
    const double wide = x1 - x0;
    sheet.box(x0, 0.3, wide, thickness - 0.6);
    sheet.paint(mixed(mixed(casing.plastic, grey(0.05), 0.5), grey(0.5), random.between(0, 0.22)),
                0.85);
    const int blocks = whole(random, 1, 4);
    for (int i = 0; i < blocks; ++i) {
        const double y = random.between(0.5, thickness * 0.7);
        const double high = random.between(0.8, std::max(0.9, thickness - y - 0.4));
        const double x = x0 + random.between(0, wide * 0.6);
        sheet.rounded(x, y, random.between(0.25, 0.7) * wide, high, 0.3);
        if (happens(random, 0.6)) {
            sheet.paint(grey(random.between(0.0, 0.12)), random.between(0.3, 0.9));
        } else {
            sheet.set(grey(random.between(0.4, 0.95)), random.between(0.15, 0.6));
            cairo_set_line_width(sheet.cairo(), random.between(0.12, 0.4));
            cairo_stroke(sheet.cairo());
        }
    }
    const int lines = whole(random, 2, 6);
    for (int i = 0; i < lines; ++i) {
        const double x = random.between(x0 + 0.1, x1 - 0.1);
        draw_gleam(sheet, x, random.between(0, 3), x, thickness - random.between(0, 4),
                   random.between(0.12, 0.5), random.between(0.15, 0.95), random);
    }
    if (happens(random, 0.35)) { // a spark of the lamp in a corner
        sheet.rounded(x0 + random.between(0, wide * 0.7), random.between(0.5, thickness - 2),
                      random.between(0.3, 1), random.between(0.4, 2), 0.3);
        sheet.paint(grey(0.97), random.between(0.4, 0.95));
    }
}

void draw_jewel(Sheet& sheet, const Casing& casing, Random& random) {
    const double length = casing.size.length;
    const double thickness = casing.size.thickness;
    cairo_t* cairo = sheet.cairo();
    // The plastic's outline; the lid is a little shorter than the tray.
    const double step = random.between(0, 0.8);
    sheet.rounded(0, 0, length, thickness, random.between(0.4, 1.1));
    cairo_clip(cairo);
    sheet.box(0, 0, length, thickness);
    sheet.fade(0, 0, 0, thickness, mixed(casing.plastic, grey(0.4), random.between(0, 0.25)), 1,
               casing.plastic, 1);
    // Through the rim one sees the booklet's edge, the tray and darkness.
    const bool lid_above = casing.print_y > thickness / 2 - casing.print.thickness / 2;
    const double rim =
        lid_above ? casing.print_y : thickness - casing.print_y - casing.print.thickness;
    const double rim_y = lid_above ? 0 : thickness - rim;
    sheet.box(step, rim_y + rim * 0.15, length - 2 * step, rim * 0.7);
    sheet.paint(mixed(casing.plastic, grey(0.02), random.between(0.35, 0.95)), 0.92);
    if (happens(random, 0.3)) {
        sheet.box(4, rim_y + rim * random.between(0.25, 0.5), length - 8,
                  rim * random.between(0.12, 0.3));
        sheet.paint(mixed(casing.cover, grey(0.75), 0.5), random.between(0.15, 0.5));
    }
    if (casing.shows_print) {
        press_print(sheet, casing.print, casing.print_x, casing.print_y);
        // The rim's shadow falls on the print.
        sheet.box(casing.print_x, casing.print_y, casing.print.length, casing.print.thickness);
        const double dark = random.between(0.05, 0.4);
        const double reach = random.between(0.1, 0.5) * casing.print.thickness;
        const double top = lid_above ? casing.print_y : casing.print_y + casing.print.thickness;
        sheet.fade(0, top, 0, top + (lid_above ? reach : -reach), grey(0), dark, grey(0), 0);
        if (happens(random, 0.45)) { // the tray's teeth show as a dashed line at the print's edge
            const double y =
                lid_above ? casing.print_y + casing.print.thickness - 0.25 : casing.print_y + 0.25;
            const double dash[2] = {random.between(0.6, 2.2), random.between(0.3, 1.5)};
            cairo_set_dash(cairo, dash, 2, random.between(0, 2));
            draw_gleam(sheet, casing.print_x, y, casing.print_x + casing.print.length, y,
                       random.between(0.15, 0.4), random.between(0.15, 0.8), random);
            cairo_set_dash(cairo, nullptr, 0, 0);
        }
    } else {
        // The opening side: rims of lid and tray, thumb notches, a booklet's edge between them.
        const double seam = thickness * random.between(0.35, 0.65);
        sheet.box(3, seam - 1.2, length - 6, 2.4);
        sheet.paint(grey(random.between(0.02, 0.2)), 0.8);
        if (happens(random, 0.6)) {
            sheet.box(5, seam - random.between(0.4, 1), length - 10, random.between(0.4, 1.2));
            sheet.paint(mixed(casing.cover, grey(0.85), 0.6), random.between(0.3, 0.9));
        }
        for (const double at : {0.25, 0.75}) {
            sheet.rounded(length * at - 5, seam - 1.5, 10, 3, 0.6);
            sheet.paint(mixed(casing.plastic, grey(0.7), 0.4), random.between(0.2, 0.6));
        }
        draw_gleam(sheet, 2, seam, length - 2, seam, 0.3, random.between(0.2, 0.7), random);
    }
    const double ends = casing.shows_print ? casing.print_x : random.between(2, 4);
    draw_hinge(sheet, casing, 0, ends, random);
    draw_hinge(sheet, casing, length - ends, length, random);
    // Neighbours keep the light from the outermost edges.
    for (const bool is_top : {true, false}) {
        sheet.box(0, 0, length, thickness);
        const double from = is_top ? 0 : thickness;
        sheet.fade(0, from, 0, from + (is_top ? 1.1 : -1.1), grey(0), random.between(0.15, 0.75),
                   grey(0), 0);
    }
    // Edges of the plastic.
    const double line = random.between(0.12, 0.3);
    sheet.rounded(line, line, length - 2 * line, thickness - 2 * line, 0.7);
    sheet.set(grey(random.between(0.5, 0.95)), random.between(0.08, 0.45));
    cairo_set_line_width(cairo, line);
    cairo_stroke(cairo);
    const int gleams = whole(random, 2, 5);
    for (int i = 0; i < gleams; ++i) {
        const double y = i == 0   ? 0.15
                         : i == 1 ? thickness - 0.15
                         : i == 2 ? rim_y + (lid_above ? rim : 0)
                                  : random.between(0, 1) * rim + rim_y;
        draw_gleam(sheet, step, y, length - step, y, random.between(0.15, 0.4),
                   random.between(0.1, 0.75), random);
    }
    for (const double x : {0.15, length - 0.15}) {
        draw_gleam(sheet, x, 0, x, thickness, 0.3, random.between(0.1, 0.8), random);
    }
}

void draw_slim(Sheet& sheet, const Casing& casing, Random& random) {
    const double length = casing.size.length;
    const double thickness = casing.size.thickness;
    sheet.rounded(0, 0, length, thickness, 0.4);
    cairo_clip(sheet.cairo());
    sheet.box(0, 0, length, thickness);
    sheet.paint(casing.plastic);
    if (casing.shows_print) {
        press_print(sheet, casing.print, casing.print_x, casing.print_y);
    }
    for (int i = 0; i < 4; ++i) {
        const double y = random.between(0.1, thickness - 0.1);
        const bool is_edge = i < 2;
        draw_gleam(sheet, 0.5, is_edge ? (i == 0 ? 0.15 : thickness - 0.15) : y, length - 0.5,
                   is_edge ? (i == 0 ? 0.15 : thickness - 0.15) : y, random.between(0.15, 0.4),
                   is_edge ? random.between(0.2, 0.7) : random.between(0.05, 0.25), random);
    }
    draw_hinge(sheet, casing, 0, 2.2, random);
    draw_hinge(sheet, casing, length - 2.2, length, random);
}

/// White showing through where card is rubbed: corners first, then edges, then scratches.
void draw_wear(Sheet& sheet, const Casing& casing, Random& random) {
    const double length = casing.size.length;
    const double thickness = casing.size.thickness;
    cairo_t* cairo = sheet.cairo();
    const Colour bare = mixed(casing.plastic, grey(0.85), 0.7);
    for (const double y : {0.0, thickness}) {
        double x = 0;
        while (x < length) {
            const double run = random.between(1, 25);
            if (happens(random, 0.25 + 0.6 * casing.wear)) {
                sheet.set(bare, random.between(0.1, 0.35 + 0.5 * casing.wear));
                cairo_set_line_width(cairo, random.between(0.15, 0.3 + 0.5 * casing.wear));
                cairo_move_to(cairo, x, y);
                cairo_line_to(cairo, x + run, y);
                cairo_stroke(cairo);
            }
            x += run;
        }
    }
    for (const double x : {0.0, length}) {
        for (const double y : {0.0, thickness}) {
            if (happens(random, casing.wear)) {
                cairo_new_sub_path(cairo);
                cairo_arc(cairo, x, y, random.between(0.2, 1.4), 0, 2 * M_PI);
                sheet.paint(bare, random.between(0.3, 0.9));
            }
        }
    }
    const int scratches = static_cast<int>(casing.wear * 30);
    for (int i = 0; i < scratches; ++i) {
        const double x = random.between(0, length);
        sheet.set(bare, random.between(0.05, 0.4));
        cairo_set_line_width(cairo, random.between(0.06, 0.2));
        cairo_move_to(cairo, x, random.between(0, thickness));
        cairo_line_to(cairo, x + random.between(-3, 3), random.between(0, thickness));
        cairo_stroke(cairo);
    }
}

void draw_card(Sheet& sheet, const Casing& casing, Random& random) {
    const double length = casing.size.length;
    const double thickness = casing.size.thickness;
    if (casing.shows_print) {
        press_print(sheet, casing.print, 0, 0);
    } else { // the open side: layers of card or a block of pages
        sheet.box(0, 0, length, thickness);
        sheet.paint(mixed(casing.cover, casing.plastic, 0.3));
        sheet.box(0.3, thickness * 0.12, length - 0.6, thickness * 0.76);
        sheet.paint(casing.plastic);
        const int layers = std::clamp(static_cast<int>(thickness * 1.5), 2, 40);
        for (int i = 0; i < layers; ++i) {
            const double y = random.between(0.12, 0.88) * thickness;
            sheet.set(grey(random.between(0.1, 0.6)), random.between(0.1, 0.4));
            cairo_set_line_width(sheet.cairo(), random.between(0.08, 0.25));
            cairo_move_to(sheet.cairo(), 0, y);
            cairo_line_to(sheet.cairo(), length, y + random.between(-0.2, 0.2));
            cairo_stroke(sheet.cairo());
        }
    }
    const bool is_round = casing.kind == Kind::Book && happens(random, 0.6);
    const double dark = is_round ? random.between(0.2, 0.55) : random.between(0.02, 0.25);
    const double reach = is_round ? thickness * 0.45 : std::min(1.2, thickness * 0.3);
    sheet.box(0, 0, length, thickness);
    sheet.fade(0, 0, 0, reach, grey(0), dark, grey(0), 0);
    sheet.box(0, 0, length, thickness);
    sheet.fade(0, thickness, 0, thickness - reach, grey(0), dark, grey(0), 0);
    if (casing.kind == Kind::Digipak || casing.kind == Kind::Sleeve || casing.kind == Kind::Lp ||
        casing.kind == Kind::Box || casing.kind == Kind::Book) {
        draw_wear(sheet, casing, random);
    }
}

void draw_sheath(Sheet& sheet, const Casing& casing, Random& random) {
    const double length = casing.size.length;
    const double thickness = casing.size.thickness;
    sheet.rounded(0, 0, length, thickness, 0.8);
    cairo_clip(sheet.cairo());
    sheet.box(0, 0, length, thickness);
    sheet.paint(casing.plastic);
    if (casing.shows_print) {
        press_print(sheet, casing.print, casing.print_x, casing.print_y);
        if (casing.kind == Kind::BluRay) {
            sheet.box(0, 0, 11, thickness);
            sheet.paint(casing.plastic);
        }
    } else {
        sheet.box(3, thickness * 0.3, length - 6, thickness * 0.25);
        sheet.paint(grey(0.02), 0.6);
    }
    for (const double y : {0.2, thickness - 0.2}) {
        draw_gleam(sheet, 0, y, length, y, 0.4, random.between(0.1, 0.6), random);
    }
    sheet.box(0, 0, length, thickness);
    const double y = random.between(0.1, 0.9) * thickness;
    sheet.fade(0, y, 0, y + random.between(-0.4, 0.4) * thickness, grey(1), random.between(0, 0.2),
               grey(1), 0);
}

/// Streaks: lens-shaped lights, each a soft core in a softer halo. Returns what they hide.
cv::Mat light_of(const Casing& casing, cv::Size size) {
    Sheet light(casing.size.length, casing.size.thickness, size.width / casing.size.length,
                size.height / casing.size.thickness);
    cairo_t* cairo = light.cairo();
    for (const Streak& streak : casing.streaks) {
        cairo_save(cairo);
        cairo_translate(cairo, streak.along, streak.across);
        cairo_scale(cairo, streak.length / 2, streak.width / 2);
        cairo_pattern_t* glow = cairo_pattern_create_radial(0, 0, 0, 0, 0, 1);
        const double core = streak.softness;
        cairo_pattern_add_color_stop_rgba(glow, 0, 1, 1, 1, streak.strength);
        cairo_pattern_add_color_stop_rgba(glow, 1 - core, 1, 1, 1, streak.strength * 0.85);
        cairo_pattern_add_color_stop_rgba(glow, 1 - core * 0.5, 1, 1, 1, streak.strength * 0.3);
        cairo_pattern_add_color_stop_rgba(glow, 1, 1, 1, 1, 0);
        cairo_set_source(cairo, glow);
        cairo_pattern_destroy(glow);
        cairo_arc(cairo, 0, 0, 1, 0, 2 * M_PI);
        cairo_fill(cairo);
        cairo_restore(cairo);
    }
    cv::Mat alpha;
    cv::extractChannel(light.pixels(), alpha, 3);
    return alpha;
}

/// Adds light to the sheet where `alpha` says, and tells how much of the print it hides.
double add_light(Sheet& sheet, const Casing& casing) {
    cv::Mat& pixels = sheet.pixels();
    const cv::Mat alpha = light_of(casing, pixels.size());
    const cv::Mat strong = alpha > 115;
    for (int y = 0; y < pixels.rows; ++y) {
        auto* row = pixels.ptr<cv::Vec4b>(y);
        const auto* lit = alpha.ptr<std::uint8_t>(y);
        for (int x = 0; x < pixels.cols; ++x) {
            for (int c = 0; c < 3; ++c) {
                row[x][c] = static_cast<std::uint8_t>(
                    row[x][c] + (row[x][3] - std::min(row[x][c], row[x][3])) * lit[x] / 255);
            }
        }
    }
    sheet.touched();
    const double across = pixels.cols / casing.size.length;
    const double down = pixels.rows / casing.size.thickness;
    const cv::Rect print =
        cv::Rect(static_cast<int>(casing.print_x * across), static_cast<int>(casing.print_y * down),
                 std::max(1, static_cast<int>(casing.print.length * across)),
                 std::max(1, static_cast<int>(casing.print.thickness * down))) &
        cv::Rect(0, 0, pixels.cols, pixels.rows);
    return print.empty() ? 0 : cv::countNonZero(strong(print)) / static_cast<double>(print.area());
}

} // namespace

FaceArt draw_spine(const Casing& casing, double across, double down) {
    Random random(derive_seed(casing.seed, "spine"));
    Sheet sheet(casing.size.length, casing.size.thickness, across, down);
    switch (casing.kind) {
    case Kind::Jewel:
    case Kind::FatJewel:
        draw_jewel(sheet, casing, random);
        break;
    case Kind::Slim:
        draw_slim(sheet, casing, random);
        break;
    case Kind::Dvd:
    case Kind::BluRay:
        draw_sheath(sheet, casing, random);
        break;
    default:
        draw_card(sheet, casing, random);
        break;
    }
    if (casing.haze > 0) {
        sheet.box(0, 0, casing.size.length, casing.size.thickness);
        const double more = casing.haze * random.between(0, 1);
        sheet.fade(0, 0, casing.size.length, random.between(-40, 40), grey(0.8), casing.haze,
                   grey(0.8), more);
    }
    FaceArt art;
    if (!casing.streaks.empty()) {
        art.glare = add_light(sheet, casing);
    }
    art.pixels = sheet.pixels();
    cv::Mat own = art.pixels.clone(); // the sheet's pixels outlive it, Cairo's surface does not
    art.pixels = own;
    return art;
}

cv::Mat draw_other_face(const Casing& casing, OtherFace which, double width, double height,
                        double across, double down) {
    Random random(derive_seed(casing.seed, which == OtherFace::Side ? "side" : "end"));
    Sheet sheet(width, height, across, down);
    const bool is_clear = casing.kind <= Kind::Slim;
    const bool is_card_end = !is_clear && which == OtherFace::End;
    sheet.box(0, 0, width, height);
    if (which == OtherFace::Side) {
        sheet.paint(casing.cover);
        const int shapes = whole(random, 0, 5);
        for (int i = 0; i < shapes; ++i) {
            sheet.box(random.between(0, width), random.between(0, height),
                      random.between(0.1, 0.6) * width, random.between(0.02, 0.4) * height);
            sheet.paint(draw_ground(random), 0.8);
        }
    } else {
        sheet.paint(is_card_end ? mixed(casing.plastic, grey(0.8), 0.4) : casing.plastic);
        for (int i = 0; i < 4; ++i) {
            const bool along = width > height;
            const double at = random.unit();
            sheet.set(grey(random.between(0, 0.9)), random.between(0.1, 0.5));
            cairo_set_line_width(sheet.cairo(), random.between(0.2, 0.8));
            cairo_move_to(sheet.cairo(), along ? 0 : at * width, along ? at * height : 0);
            cairo_line_to(sheet.cairo(), along ? width : at * width, along ? at * height : height);
            cairo_stroke(sheet.cairo());
        }
    }
    if (is_clear && which == OtherFace::Side) { // rim around the cover
        sheet.set(grey(random.between(0.1, 0.5)), 0.6);
        cairo_set_line_width(sheet.cairo(), 5);
        sheet.box(0, 0, width, height);
        cairo_stroke(sheet.cairo());
    }
    return sheet.pixels().clone();
}

cv::Mat draw_cover(const Casing& casing, const Fonts& fonts, double width, double height,
                   double across, double down) {
    Random random(derive_seed(casing.seed, "cover"));
    Sheet sheet(width, height, across, down);
    Print art;
    art.length = width;
    art.thickness = height;
    art.ground = casing.cover;
    art.picture = happens(random, 0.7) ? random.between(0.3, 1) : 0;
    art.picture_seed = casing.seed;
    const int shapes = whole(random, 0, 7);
    for (int i = 0; i < shapes; ++i) {
        const double w = random.between(0.05, 0.7) * width;
        const double h = random.between(0.03, 0.7) * height;
        art.patches.push_back(
            {static_cast<Patch::Shape>(whole(random, 0, 3)), random.between(-0.2, 0.9) * width,
             random.between(-0.2, 0.9) * height, w, h, draw_ground(random), happens(random, 0.2)});
    }
    for (const PrintedText& text : casing.print.texts) { // the same words, large
        PrintedText large = text;
        large.ink = draw_ink(random, casing.cover);
        large.typeface = text.typeface != nullptr ? text.typeface : fonts.draw(random, "Aa");
        const double room = width * random.between(0.4, 0.9);
        large.capital = std::min(random.between(0.04, 0.16) * height,
                                 room / std::max(0.1, text.set.advance * text.narrowed));
        large.x = random.between(0.03, 0.1) * width;
        large.baseline = random.between(0.15, 0.95) * height;
        art.texts.push_back(std::move(large));
    }
    press_print(sheet, art, 0, 0);
    if (casing.kind <= Kind::Slim) { // the hinge's bar at the left, and a rim
        sheet.box(0, 0, width * 0.085, height);
        sheet.paint(mixed(casing.plastic, grey(0.1), 0.5), 0.8);
        for (int i = 0; i < 6; ++i) {
            const double x = width * 0.085 * random.unit();
            draw_gleam(sheet, x, 0, x, height, 0.4, random.between(0.05, 0.5), random);
        }
        sheet.set(grey(0.75), 0.35);
        cairo_set_line_width(sheet.cairo(), 2);
        sheet.box(0, 0, width, height);
        cairo_stroke(sheet.cairo());
    }
    return sheet.pixels().clone();
}

} // namespace spindle::made_shelf
