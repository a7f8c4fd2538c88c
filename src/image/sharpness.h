// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "image/picture.h"

namespace spindle::image {

/// How well a photo was taken: whether small print can be expected to be legible, and if not, why.
struct PhotoQuality {
    /// How far its edges spread: the standard deviation of the blur, in pixels of the picture as it
    /// is, as if the photo were sharp and then blurred by a Gaussian. 0.2 to 1.3 on
    /// phones' photos at full size, which sharpen; at 2 or more, print of 10 pixels is lost. Half
    /// of the photo's edges are sharper. NaN without edges: a wall, a lens cap.
    double blur = 0;

    /// Luminance, 0 (black) to 1 (white), as stored (sRGB, not light): what a twentieth of the
    /// pixels is below, half of them, and all but a twentieth.
    double dark = 0;
    double middle = 0;
    double bright = 0;

    /// Part of the pixels that are as white as can be: glare and burnt-out places, 0 to 1.
    double burnt = 0;
};

/// Measures a photo. Blur is found where there are edges, from how much their slope falls when the
/// photo is blurred a little and a little more (after Zhuo & Sim 2011, "Defocus map estimation from
/// a single image", with two known blurs instead of one and none, so that noise and JPEG blocks are
/// gone from both); the strongest edges of each part of the photo count alike. Pure; may be called
/// from any thread. 12 MP: 0.5 s. Errors: Code::BadInput for a picture of less than 16 x 16.
Result<PhotoQuality> measure_quality(const Picture& picture);

} // namespace spindle::image
