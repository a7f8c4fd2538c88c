// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/picture.h"
#include "image/quad.h"

/// Parts of a photo, upright and in the size a reader wants. All functions are pure, may be called
/// from any thread, and give an empty picture for an empty one.
namespace spindle::image {

/// The longest side these functions make; they give an empty picture for a size outside 1 to this.
inline constexpr int kLongestSide = 32'000; // OpenCV addresses pixels with 16 bits when it warps

/// How much around a quad is shown, in parts of its thickness, 0 to 10.
struct Margin {
    double along = 0;  ///< before its beginning and after its end
    double across = 0; ///< above and below
};

/// The part of a photo in `quad`, as if it were held upright before the eyes: a strip of width x
/// height pixels, margins included, its top left the quad's first corner. The size need not have
/// the quad's proportions. Where it shrinks, all pixels count (averaged), where it grows, the curve
/// is cubic. Outside the photo its outermost pixels go on. A quad that is not convex is taken as
/// the parallelogram nearest to it; one with corners that are no numbers, or a million pixels away,
/// gives a black strip. Some 6 ms for a spine of 1200 x 100 pixels.
Picture rectify(const Picture& photo, const Quad& quad, int width, int height,
                const Margin& margin = {});

/// Where a place in such a strip lies in the photo: a word found in the strip, for example. To be
/// given the same quad, size and margin as `rectify`.
Point in_photo(const Point& in_strip, const Quad& quad, int width, int height,
               const Margin& margin = {});
Quad in_photo(const Quad& in_strip, const Quad& quad, int width, int height,
              const Margin& margin = {});

/// The whole picture in another size: averaged where it shrinks, cubic where it grows.
Picture scaled(const Picture& picture, int width, int height);

/// Luminance only (Rec. 601 weights). A grey picture is given back as it is.
Picture grey(const Picture& picture);

/// Upside down.
Picture turned_around(const Picture& picture);

} // namespace spindle::image
