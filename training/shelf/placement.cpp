// SPDX-License-Identifier: Apache-2.0
// The part of an Arranger that puts cases side by side, aslant and one upon another.
#include <algorithm>
#include <cmath>
#include <utility>

#include "training/shelf/arrangement.h"

namespace spindle::made_shelf {

double Arranger::place_row(const Floor& floor, double x) {
    const Habit habit = draw_habit();
    const int count = static_cast<int>(log_between(random_, 3, 80));
    const double begin = x;
    const double set_back = happens(random_, 0.7) ? 0 : random_.between(0, 15);
    double tilt = happens(random_, 0.5) ? 0 : around(random_, 0, 0.02);
    const std::size_t first_kept = scene_.items.size();
    double highest = 0;
    double z_max = 0;
    for (int i = 0; i < count && x < right_; ++i) {
        Item item = make_item(habit, draw_kind(habit));
        const Size& size = item.casing.size;
        if (size.length > floor.y - floor.ceiling) {
            continue;
        }
        if (happens(random_, 0.03)) {
            tilt = around(random_, 0, 0.02);
        }
        if (x + size.thickness > right_) {
            break;
        }
        const bool upward = random_.unit() < habit.bottom_to_top;
        const double sign = upward ? -1 : 1;
        double z = set_back + around(random_, 0, habit.uneven);
        if (happens(random_, habit.pulled)) {
            z += random_.between(-15, 10);
        }
        const double angle = tilt + around(random_, 0, 0.002);
        const double wide = size.thickness * std::cos(angle);
        item.solid.reading =
            Vec{std::sin(angle) * -1, std::cos(angle), around(random_, 0, 0.003)} * sign;
        item.solid.reading = unit(item.solid.reading);
        item.solid.below =
            unit(Vec{-std::cos(angle), -std::sin(angle), around(random_, 0, 0.01)} * sign);
        item.solid.length = size.length;
        item.solid.thickness = size.thickness;
        item.solid.depth = size.depth;
        const double lift = happens(random_, 0.05) ? random_.between(0, 3) : 0;
        item.solid.centre = {x + wide / 2 + std::sin(angle) * size.length / 2,
                             floor.y - lift - size.length / 2 * std::cos(angle), z};
        item.nearness = group_nearness(item.solid.centre.x);
        highest = std::max(highest, size.length);
        z_max = std::max(z_max, z);
        x += wide + habit.loose * random_.unit();
        keep(std::move(item), habit);
    }
    if (scene_.items.size() > first_kept) {
        put_shadow(begin, floor.y - highest * 0.98, x, floor.y, z_max + 6);
        if (happens(random_, 0.2) && x - begin > 150 &&
            floor.y - highest - floor.ceiling > 14) { // things lying on top of the row
            const double at = begin + random_.between(0, std::max(1.0, x - begin - 145));
            const bool eye_is_above = scene_.view.eye.y < floor.y - highest;
            const Floor top{floor.y - highest, floor.ceiling};
            const std::size_t first = scene_.items.size();
            if (happens(random_, 0.3)) {
                place_leaning(top, at);
            } else {
                place_stack(top, at, top.y, 0, 5);
            }
            for (std::size_t i = first; i < scene_.items.size(); ++i) {
                scene_.items[i].nearness += eye_is_above ? 10 : -10;
            }
        }
    }
    return x + (happens(random_, 0.5) ? 0 : random_.between(0, 10));
}

double Arranger::place_leaning(const Floor& floor, double x) {
    const Habit habit = draw_habit();
    const int count = whole(random_, 1, 9);
    double angle = random_.between(0.12, 0.8);
    const double direction = happens(random_, 0.5) ? 1 : -1; // 1: the head is to the right
    std::vector<Item> items;
    double run = 0;
    double longest = 0;
    for (int i = 0; i < count; ++i) {
        Item item = make_item(habit, draw_kind(habit));
        const Size& size = item.casing.size;
        if (size.length * std::cos(angle) + size.thickness * std::sin(angle) >
            floor.y - floor.ceiling) {
            continue;
        }
        run += (size.thickness + habit.loose * random_.unit()) / std::cos(angle);
        longest = std::max(longest, size.length);
        items.push_back(std::move(item));
    }
    const double lean = longest * std::sin(angle);
    if (items.empty() || x + run + lean > right_) {
        return x + 3;
    }
    // Feet stand on the floor one beside the other; heads lean to `direction`.
    double foot = direction > 0 ? x : x + lean;
    const bool upward_habit = random_.unit() < habit.bottom_to_top;
    for (Item& item : items) {
        const Size& size = item.casing.size;
        const double sine = std::sin(angle) * direction;
        const double cosine = std::cos(angle);
        const double sign = upward_habit ? -1 : 1;
        item.solid.reading = Vec{-sine, cosine, 0} * sign;
        item.solid.below = Vec{-cosine, -sine, around(random_, 0, 0.01)} * sign;
        item.solid.below = unit(item.solid.below);
        item.solid.length = size.length;
        item.solid.thickness = size.thickness;
        item.solid.depth = size.depth;
        // The corner that touches the floor is the right one when the head leans right.
        const double wide = size.thickness / cosine;
        const Vec right_way{cosine, sine, 0};
        const Vec up{sine, -cosine, 0};
        const Vec touch{direction > 0 ? foot + wide : foot, floor.y, 0};
        const Vec middle_foot =
            touch + right_way * (direction > 0 ? -size.thickness / 2 : size.thickness / 2);
        item.solid.centre = middle_foot + up * (size.length / 2);
        item.solid.centre.z = around(random_, 0, habit.uneven + 1);
        item.nearness = group_nearness(item.solid.centre.x);
        foot += wide + habit.loose * random_.unit();
        keep(std::move(item), habit);
    }
    return x + run + lean + random_.between(0, 8);
}

double Arranger::place_stack(const Floor& floor, double x, double base, double nearness, int most) {
    Habit habit = draw_habit();
    const double room = base - floor.ceiling - 2;
    const double high =
        room * (happens(random_, 0.4) ? random_.between(0.7, 1) : random_.between(0.1, 0.9));
    const double ragged = log_between(random_, 0.4, 9);
    const double upside_down = happens(random_, 0.7) ? random_.between(0, 0.15) : random_.unit();
    double y = base;
    const std::size_t first_kept = scene_.items.size();
    double widest = 0;
    double left = 1e9;
    double right = -1e9;
    const double centre = x + ragged + 62.5;
    double usual = 0;
    for (int i = 0; i < most && base - y < high; ++i) {
        Item item = make_item(habit, draw_kind(habit));
        const Size& size = item.casing.size;
        if (usual == 0) {
            usual = size.length;
        }
        if (base - y + size.thickness > room) {
            break;
        }
        if (x + size.length + ragged > right_) {
            break;
        }
        const double turned = around(random_, 0, happens(random_, 0.1) ? 0.06 : 0.012);
        const double askew = happens(random_, 0.06) ? around(random_, 0, 0.02) : 0;
        const double sign = random_.unit() < upside_down ? -1 : 1;
        item.solid.reading = unit(Vec{1, askew, turned}) * sign;
        item.solid.below = unit(Vec{-askew, 1, 0}) * sign;
        item.solid.length = size.length;
        item.solid.thickness = size.thickness;
        item.solid.depth = size.depth;
        y -= std::abs(askew) * size.length / 2;
        item.solid.centre = {centre + (usual - 125) / 2 + around(random_, 0, ragged / 2.5),
                             y - size.thickness / 2, around(random_, 0, habit.uneven + 1)};
        y -=
            size.thickness + std::abs(askew) * size.length / 2 + habit.loose * 0.3 * random_.unit();
        item.nearness = nearness - std::abs(item.solid.centre.y - scene_.view.eye.y) * 1e-6;
        widest = std::max(widest, size.length);
        left = std::min(left, item.solid.centre.x - size.length / 2);
        right = std::max(right, item.solid.centre.x + size.length / 2);
        keep(std::move(item), habit);
    }
    if (scene_.items.size() > first_kept) {
        put_shadow(left + ragged, y, right - ragged, base, 12);
    }
    return widest > 0 ? right + ragged : x + 20;
}

} // namespace spindle::made_shelf
