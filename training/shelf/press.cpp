// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/press.h"

#include <algorithm>

#include "training/shelf/detail/pattern.h"

namespace spindle::made_shelf {
namespace {

void press_patch(Sheet& sheet, const Patch& patch) {
    cairo_t* cairo = sheet.cairo();
    switch (patch.shape) {
    case Patch::Shape::Rectangle:
        sheet.box(patch.x, patch.y, patch.width, patch.height);
        break;
    case Patch::Shape::Rounded:
        sheet.rounded(patch.x, patch.y, patch.width, patch.height, patch.height * 0.3);
        break;
    case Patch::Shape::Ellipse:
        cairo_save(cairo);
        cairo_translate(cairo, patch.x + patch.width / 2, patch.y + patch.height / 2);
        cairo_scale(cairo, std::max(patch.width, 0.1) / 2, std::max(patch.height, 0.1) / 2);
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, 0, 0, 1, 0, 2 * M_PI);
        cairo_restore(cairo);
        break;
    case Patch::Shape::Triangle:
        cairo_move_to(cairo, patch.x, patch.y + patch.height);
        cairo_line_to(cairo, patch.x + patch.width / 2, patch.y);
        cairo_line_to(cairo, patch.x + patch.width, patch.y + patch.height);
        cairo_close_path(cairo);
        break;
    }
    if (patch.is_outline) {
        sheet.set(patch.colour);
        cairo_set_line_width(cairo, 0.2);
        cairo_stroke(cairo);
    } else {
        sheet.paint(patch.colour);
    }
}

void press_text(Sheet& sheet, const PrintedText& text) {
    cairo_t* cairo = sheet.cairo();
    cairo_save(cairo);
    cairo_matrix_t place;
    cairo_matrix_init(&place, text.capital * text.narrowed, 0, -text.slant * text.capital,
                      text.capital, text.x, text.baseline);
    cairo_transform(cairo, &place);
    cairo_new_path(cairo);
    text.typeface->outline(text.set, cairo);
    if (text.second_ink) {
        const Colour a = text.ink;
        const Colour b = *text.second_ink;
        cairo_pattern_t* foil = cairo_pattern_create_linear(0, -1, 2, 0.2);
        cairo_pattern_set_extend(foil, CAIRO_EXTEND_REFLECT);
        cairo_pattern_add_color_stop_rgb(foil, 0, a.red, a.green, a.blue);
        cairo_pattern_add_color_stop_rgb(foil, 1, b.red, b.green, b.blue);
        cairo_set_source(cairo, foil);
        cairo_pattern_destroy(foil);
    } else {
        sheet.set(text.ink);
    }
    if (text.weight > 0) {
        cairo_set_line_width(cairo, text.weight);
        cairo_fill_preserve(cairo);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

void press_ground(Sheet& sheet, const Print& print) {
    cairo_t* cairo = sheet.cairo();
    cairo_new_path(cairo);
    sheet.box(0, 0, print.length, print.thickness);
    if (print.far_ground) {
        sheet.fade(0, 0, print.length, 0, print.ground, 1, *print.far_ground, 1);
    } else {
        sheet.paint(print.ground);
    }
    if (print.picture > 0) {
        Random random(print.picture_seed);
        cv::Mat picture = photo_like(
            random, 160, std::clamp(static_cast<int>(160 * print.thickness / print.length), 8, 160),
            print.ground, print.picture * 0.8);
        cairo_surface_t* surface =
            cairo_image_surface_create_for_data(picture.data, CAIRO_FORMAT_ARGB32, picture.cols,
                                                picture.rows, static_cast<int>(picture.step));
        cairo_save(cairo);
        sheet.box(0, 0, print.length, print.thickness);
        cairo_clip(cairo);
        cairo_scale(cairo, print.length / picture.cols, print.thickness / picture.rows);
        cairo_set_source_surface(cairo, surface, 0, 0);
        cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
        cairo_paint_with_alpha(cairo, print.far_ground ? 0.6 : 1);
        cairo_restore(cairo);
        cairo_surface_destroy(surface);
    }
}

} // namespace

void press_print(Sheet& sheet, const Print& print, double x, double y) {
    cairo_t* cairo = sheet.cairo();
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_new_path(cairo);
    sheet.box(0, 0, print.length, print.thickness);
    cairo_clip(cairo);
    press_ground(sheet, print);
    for (const Patch& patch : print.patches) {
        press_patch(sheet, patch);
    }
    for (const PrintedText& text : print.texts) {
        press_text(sheet, text);
    }
    for (const Patch& sticker : print.stickers) {
        press_patch(sheet, sticker);
    }
    for (const PrintedText& text : print.sticker_texts) {
        press_text(sheet, text);
    }
    cairo_restore(cairo);
}

} // namespace spindle::made_shelf
