// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/release.h"
#include "training/shelf/colour.h"
#include "training/shelf/fonts.h"
#include "training/shelf/kind.h"

namespace spindle::made_shelf {

enum class Role : std::uint8_t { Artist, Title, Number, Label, Other };
std::string_view name_of(Role role);

/// A line of text on a print. Millimetres from the print's top left corner, as it is read.
struct PrintedText {
    Role role = Role::Other;
    SetText set;
    const Typeface* typeface = nullptr;
    double x = 0;        ///< where it begins
    double baseline = 0; ///< y
    double capital = 0;  ///< height of a capital letter
    double narrowed = 1; ///< width by this
    double slant = 0;    ///< sheared: x moves by this for each y upward
    double weight = 0;   ///< outline drawn this wide around it, in capitals
    Colour ink;
    std::optional<Colour> second_ink; ///< foil: fades to this and back
};

/// A coloured area of a print.
struct Patch {
    enum class Shape : std::uint8_t { Rectangle, Rounded, Ellipse, Triangle };
    Shape shape = Shape::Rectangle;
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    Colour colour;
    bool is_outline = false;
};

/// What is printed on (and stuck to) one spine.
struct Print {
    double length = 0; ///< of the printed strip, mm
    double thickness = 0;
    Colour ground;
    std::optional<Colour> far_ground; ///< fades to this at the end
    double picture = 0;               ///< how strongly a photo-like pattern lies under the text
    std::uint64_t picture_seed = 0;
    std::vector<Patch> patches;
    std::vector<PrintedText> texts;
    std::vector<Patch> stickers; ///< over the text: price tags, paper bands
    std::vector<PrintedText> sticker_texts;
};

/// The colour behind a place of a print, pictures and stickers aside.
Colour ground_at(const Print& print, double x, double y);

/// How a series looks: spines of one style have the same colours, typefaces and places.
struct PrintStyle {
    std::uint64_t seed = 0;
    std::optional<Colour> ground; ///< fixed where neighbours are to look alike
};

/// Designs the spine of a release for a strip of that size.
Print design_print(const PrintStyle& style, const catalog::Release& release, const Fonts& fonts,
                   Kind kind, double length, double thickness, Random& random);

} // namespace spindle::made_shelf
