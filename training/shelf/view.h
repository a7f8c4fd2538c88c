// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "image/quad.h"
#include "training/shelf/chance.h"
#include "training/shelf/solid.h"

namespace spindle::made_shelf {

/// A pinhole camera with square pixels, and the slight barrel of a phone's lens.
struct View {
    int width = 0; ///< of the photo, in pixels
    int height = 0;
    Vec eye;
    Vec right; ///< unit vectors of the picture's axes in the room
    Vec down;
    Vec forward;
    double focal = 1;  ///< pixels
    double barrel = 0; ///< k1 of Brown (1971), radius in half diagonals; -0.03 to 0.03

    /// Where a straight lens shows it. Meaningless for places behind the camera: see is_before().
    image::Point project(Vec place) const;
    bool is_before(Vec place) const { return dot(place - eye, forward) > 20; }
    image::Quad project(const Face& face) const;
    bool is_before(const Face& face) const;
    /// Does the face turn its printed side towards the camera?
    bool faces(const Face& face) const { return dot(face.normal(), eye - face.corner) > 0; }

    /// Where this lens shows what a straight one would show at `point`.
    image::Point bent(image::Point point) const;
    image::Quad bent(const image::Quad& quad) const;
    /// The inverse of bent().
    image::Point straight(image::Point point) const;
};

/// The camera moved by up to a fortieth of its distance to the room's middle, and held a little
/// more askew: what a hand does between two photos of one thing.
View moved(View view, Random& random);

/// A camera that looks at `target` from `distance` mm, `turned` radians to the side, `raised`
/// radians above it, and held askew by `roll` radians.
View looking_at(Vec target, double distance, double turned, double raised, double roll);

} // namespace spindle::made_shelf
