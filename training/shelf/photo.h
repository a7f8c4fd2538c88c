// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "training/shelf/fonts.h"
#include "training/shelf/releases.h"
#include "training/shelf/scene.h"
#include "training/shelf/truth.h"

namespace spindle::made_shelf {

/// A photo of a made-up shelf and all that is true of it.
struct Photo {
    std::vector<std::uint8_t> jpeg;
    Truth truth;
};

/// Makes one. The same seed, options, fonts and releases give the same bytes (with the same version
/// of OpenCV). About half a second of one core for three million pixels.
Photo make_photo(std::uint64_t seed, const SceneOptions& options, const Fonts& fonts,
                 Releases& releases);

/// A size phones have, for those who do not care: 3 to 12 million pixels, mostly the fewer, four to
/// three or three to four.
SceneOptions draw_size(std::uint64_t seed);

/// Photos of one program run on several threads: OpenCV shall not start more of its own.
void keep_to_one_thread();

} // namespace spindle::made_shelf
