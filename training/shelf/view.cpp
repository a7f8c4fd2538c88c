// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/view.h"

#include <algorithm>
#include <cmath>

namespace spindle::made_shelf {

image::Point View::project(Vec place) const {
    const Vec from = place - eye;
    const double depth = std::max(dot(from, forward), 1.0);
    return {width / 2.0 + focal * dot(from, right) / depth,
            height / 2.0 + focal * dot(from, down) / depth};
}

image::Quad View::project(const Face& face) const {
    image::Quad quad;
    const auto corners = face.corners();
    std::transform(corners.begin(), corners.end(), quad.corners.begin(),
                   [&](Vec corner) { return project(corner); });
    return quad;
}

bool View::is_before(const Face& face) const {
    const auto corners = face.corners();
    return std::all_of(corners.begin(), corners.end(),
                       [&](Vec corner) { return is_before(corner); });
}

image::Point View::bent(image::Point point) const {
    const double x = point.x - width / 2.0;
    const double y = point.y - height / 2.0;
    const double radius = (x * x + y * y) / (0.25 * (width * width + height * height));
    // Far outside the picture the formula would turn around.
    const double factor = 1 + barrel * std::min(radius, 2.0);
    return {width / 2.0 + x * factor, height / 2.0 + y * factor};
}

image::Quad View::bent(const image::Quad& quad) const {
    image::Quad result;
    std::transform(quad.corners.begin(), quad.corners.end(), result.corners.begin(),
                   [&](image::Point corner) { return bent(corner); });
    return result;
}

image::Point View::straight(image::Point point) const {
    image::Point guess = point;
    for (int i = 0; i < 4; ++i) { // converges fast: the bend is a few per cent
        const image::Point there = bent(guess);
        guess.x += point.x - there.x;
        guess.y += point.y - there.y;
    }
    return guess;
}

View moved(View view, Random& random) {
    constexpr double kFarthest = 1.0 / 40;
    constexpr double kAskew = 0.01; // radians
    const double distance = std::sqrt(dot(view.eye, view.eye));
    const auto step = [&] { return random.between(-kFarthest, kFarthest) * distance; };
    view.eye = view.eye + view.right * step() + view.down * step() + view.forward * step();
    const double roll = random.between(-kAskew, kAskew);
    const Vec right = view.right;
    view.right = right * std::cos(roll) + view.down * std::sin(roll);
    view.down = view.down * std::cos(roll) - right * std::sin(roll);
    return view;
}

View looking_at(Vec target, double distance, double turned, double raised, double roll) {
    View view;
    view.forward = unit({std::sin(turned) * std::cos(raised), std::sin(raised),
                         std::cos(turned) * std::cos(raised)});
    view.eye = target - view.forward * distance;
    const Vec level = unit(cross({0, 1, 0}, view.forward));
    const Vec steep = cross(view.forward, level);
    view.right = level * std::cos(roll) + steep * std::sin(roll);
    view.down = steep * std::cos(roll) - level * std::sin(roll);
    return view;
}

} // namespace spindle::made_shelf
