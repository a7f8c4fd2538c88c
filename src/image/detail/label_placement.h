// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "image/quad.h"

namespace spindle::image::detail {

/// How large a label is, in pixels of the picture.
struct LabelSize {
    double width = 0;
    double height = 0;
};

enum class From { Beginning, End };

/// Finds places for labels on a picture, so that none covers another. Places are quads in reading
/// order, rectangles of the size asked for.
class LabelPlacement {
public:
    /// @param gap to be kept between labels, and to the picture's edge.
    LabelPlacement(int width, int height, double gap);

    /// A place along the middle of `spine` (turned so that it is not read upside down), the first
    /// free one from the end named; none when all are taken.
    std::optional<Quad> along(const Quad& spine, const LabelSize& size, From from) const;

    /// An upright place not far from the spine, the nearest that is free and on no spine: there it
    /// would seem to speak of that one.
    std::optional<Quad> beside(const Quad& spine, const LabelSize& size) const;

    void take(const Quad& place) { taken_.push_back(place); }
    void keep_off(const Quad& spine) { spines_.push_back(spine); }

private:
    bool is_free(const Quad& place) const;

    double width_;
    double height_;
    double gap_;
    std::vector<Quad> taken_;
    std::vector<Quad> spines_;
};

/// The middle of the four corners.
Point middle_of(const Quad& quad);

/// The direction, in radians clockwise from "to the right", in which a label along `spine` is read.
double label_direction(const Quad& spine);

/// A rectangle about `center`, its length turned by `direction`.
Quad rectangle(const Point& center, const LabelSize& size, double direction);

} // namespace spindle::image::detail
