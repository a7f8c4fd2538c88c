// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/photo.h"

#include <string>

#include <opencv2/core/utility.hpp>

#include "training/shelf/detail/painter.h"
#include "training/shelf/detail/sensor.h"
#include "training/shelf/detail/witness.h"

namespace spindle::made_shelf {

Photo make_photo(std::uint64_t seed, const SceneOptions& options, const Fonts& fonts,
                 Releases& releases) {
    Photo photo;
    Scene scene = make_scene(seed, options, fonts, releases);
    std::uint64_t taken = seed;
    if (options.look > 0) {
        taken = derive_seed(seed, "look " + std::to_string(options.look));
        Random random(taken);
        scene.view = moved(scene.view, random);
    }
    const Painted painted = paint(scene, fonts, seed);
    photo.truth = witness(scene, painted);
    photo.jpeg = as_jpeg(photograph(painted, scene.view, taken), taken);
    return photo;
}

SceneOptions draw_size(std::uint64_t seed) {
    Random random(derive_seed(seed, "size"));
    SceneOptions options;
    const double longest =
        happens(random, 0.75) ? random.between(2000, 2400) : random.between(2400, 4032);
    const double shape = happens(random, 0.8) ? 0.75 : random.between(0.5, 0.8);
    options.width = static_cast<int>(longest);
    options.height = static_cast<int>(longest * shape);
    if (happens(random, 0.4)) {
        std::swap(options.width, options.height);
    }
    return options;
}

void keep_to_one_thread() {
    cv::setNumThreads(1);
}

} // namespace spindle::made_shelf
