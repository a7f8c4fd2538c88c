// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "training/shelf/arrangement.h"

namespace spindle::made_shelf {
namespace {

constexpr double kPi = 3.14159265358979;

/// Shares of what photos show: mostly CDs.
Family draw_family(Random& random) {
    const double which = random.unit();
    return which < 0.72   ? Family::Discs
           : which < 0.80 ? Family::Mixed
           : which < 0.87 ? Family::Films
           : which < 0.93 ? Family::Records
                          : Family::Books;
}

} // namespace

double usual_thickness(Family family) {
    switch (family) {
    case Family::Records:
        return 5;
    case Family::Films:
        return 14;
    case Family::Books:
        return 22;
    default:
        return 10;
    }
}

namespace {

View draw_view(Random& random, const SceneOptions& options, double millimetres, double& spread) {
    const int longest = std::max(options.width, options.height);
    const double field = random.between(30, 66) * kPi / 180; // a phone's main or longer lens
    const double distance = millimetres / 2 / std::tan(field / 2);
    const double turned =
        happens(random, 0.22) ? random.between(-0.75, 0.75) : around(random, 0, 0.12);
    const double raised =
        happens(random, 0.18) ? random.between(-0.55, 0.6) : around(random, 0.03, 0.09);
    double roll = happens(random, 0.07) ? random.between(-0.22, 0.22) : around(random, 0, 0.02);
    if (happens(random, 0.03)) { // the camera held the other way, and the file does not say so
        roll += happens(random, 0.5) ? kPi / 2 : -kPi / 2;
    }
    View view = looking_at({0, 0, 0}, distance, turned, raised, roll);
    view.width = options.width;
    view.height = options.height;
    view.focal = longest / 2.0 / std::tan(field / 2);
    view.barrel = around(random, 0, 0.008);
    spread = 1 + 1.4 * std::abs(std::sin(turned)) + 0.8 * std::abs(std::sin(raised));
    return view;
}

/// Spines that are whole in the picture.
int count_whole(const Scene& scene) {
    int count = 0;
    for (const Item& item : scene.items) {
        const image::Quad quad = scene.view.project(item.solid.spine());
        count +=
            item.facing == Facing::Spine && std::all_of(quad.corners.begin(), quad.corners.end(),
                                                        [&](image::Point corner) {
                                                            return corner.x > 0 && corner.y > 0 &&
                                                                   corner.x < scene.view.width &&
                                                                   corner.y < scene.view.height;
                                                        })
                ? 1
                : 0;
    }
    return count;
}

Scene try_scene(std::uint64_t seed, const SceneOptions& options, const Fonts& fonts,
                Releases& releases) {
    Random random(derive_seed(seed, "scene"));
    const Family family = draw_family(random);
    // How thick spines are in the picture, at 2048 px for its longer side.
    const double thick = family == Family::Records ? log_between(random, 12, 55)
                         : family == Family::Books ? log_between(random, 22, 190)
                         : happens(random, 0.2)    ? log_between(random, 9, 18)
                                                   : log_between(random, 18, 115);
    const double millimetres = 2048 / thick * usual_thickness(family);
    Scene scene;
    double spread = 1;
    scene.view = draw_view(random, options, millimetres, spread);
    scene.light = unit({random.between(-0.8, 0.8), random.between(-1.2, -0.2), -1});
    scene.ambient = random.between(0.45, 0.8);
    scene.background = grey(random.between(0.02, 0.3));
    const double share = static_cast<double>(options.height) / options.width;
    Extent extent;
    extent.width = millimetres * std::min(1.0, 1 / share) * spread;
    extent.height = millimetres * std::min(1.0, share) * spread;
    if (std::abs(scene.view.right.y) > 0.7) {
        std::swap(extent.width, extent.height);
    }
    Arranger(family, extent, options, fonts, releases, random, scene).arrange();
    std::stable_sort(scene.items.begin(), scene.items.end(),
                     [](const Item& a, const Item& b) { return a.nearness < b.nearness; });
    std::stable_sort(scene.panels.begin(), scene.panels.end(),
                     [](const Panel& a, const Panel& b) { return a.nearness < b.nearness; });
    return scene;
}

} // namespace

Scene make_scene(std::uint64_t seed, const SceneOptions& options, const Fonts& fonts,
                 Releases& releases) {
    // Nobody takes a photo of a bare board. One in twenty stays as it came.
    Random random(derive_seed(seed, "tries"));
    const int least = happens(random, 0.05) ? 0 : 5;
    Scene scene = try_scene(seed, options, fonts, releases);
    for (std::uint64_t again = 1; again < 6 && count_whole(scene) < least; ++again) {
        scene = try_scene(seed + again * 0x9e3779b97f4a7c15ULL, options, fonts, releases);
    }
    return scene;
}

} // namespace spindle::made_shelf
