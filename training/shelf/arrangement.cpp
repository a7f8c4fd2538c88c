// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/arrangement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace spindle::made_shelf {
namespace {

// Within one floor: what is painted before the things on it, and after.
constexpr double kSurface = -50;
constexpr double kShadow = -40;
constexpr double kEdge = 40;

} // namespace

Arranger::Arranger(Family family, Extent extent, const SceneOptions& options, const Fonts& fonts,
                   Releases& releases, Random& random, Scene& scene)
    : family_(family), extent_(extent), options_(options), fonts_(fonts), releases_(releases),
      random_(random), scene_(scene) {}

double Arranger::group_nearness(double x) const {
    return -std::abs(x - scene_.view.eye.x) * 1e-3;
}

void Arranger::draw_room() {
    const double which = random_.unit();
    look_ = which < 0.55   ? Panel::Look::Wood
            : which < 0.95 ? Panel::Look::Paint
                           : Panel::Look::Cloth;
    const double wood = random_.unit();
    colour_ = look_ == Panel::Look::Wood
                  ? from_hsv(random_.between(0.05, 0.11), random_.between(0.25, 0.75),
                             random_.between(0.15, 0.8))
              : wood < 0.5  ? grey(random_.between(0.75, 0.95))
              : wood < 0.75 ? grey(random_.between(0.03, 0.2))
                            : draw_ground(random_);
    wall_ = happens(random_, 0.5) ? colour_ : mixed(draw_ground(random_), grey(0.7), 0.4);
    board_ = random_.between(10, 28);
    deep_ = random_.between(150, 330);
    stack_share_ = happens(random_, 0.4)   ? random_.between(0.6, 1)
                   : happens(random_, 0.6) ? random_.between(0, 0.12)
                                           : random_.between(0.1, 0.6);
    if (family_ == Family::Records) {
        stack_share_ *= 0.15;
    }
    lean_share_ = happens(random_, 0.6) ? random_.between(0, 0.08) : random_.between(0.08, 0.5);
    series_ = random_.below(1U << 30U);
    tallest_ = family_ == Family::Records ? 316
               : family_ == Family::Films ? 191
               : family_ == Family::Books ? random_.between(200, 290)
               : family_ == Family::Mixed ? random_.between(190, 290)
                                          : 126;
    glare_ = happens(random_, 0.65) ? random_.between(0.1, 1) : 0;
    glare_x_ = random_.between(-0.5, 0.5) * extent_.width;
    glare_y_ = random_.between(-0.5, 0.5) * extent_.height;
}

void Arranger::arrange() {
    draw_room();
    is_table_ = happens(random_, 0.2);
    const double high = is_table_
                            ? std::max(tallest_ * 3, extent_.height * 1.5)
                            : tallest_ + (happens(random_, 0.6) ? log_between(random_, 8, 60)
                                                                : log_between(random_, 60, 260));
    const double half = extent_.height / 2;
    left_ = -extent_.width / 2 - 160;
    right_ = extent_.width / 2 + 160;
    if (happens(random_, 0.3)) {
        left_ = -extent_.width * random_.between(0.2, 0.5);
    }
    if (happens(random_, 0.3)) {
        right_ = extent_.width * random_.between(0.2, 0.5);
    }
    // The lowest board is at or below the picture's foot, or the picture is of one board only.
    const double pitch = high + board_;
    double y = high < extent_.height ? random_.between(0.15, 1) * pitch - half
                                     : random_.between(0.1, 0.9) * half + tallest_ * 0.3;
    y = std::min(y, half + tallest_ * 0.7);
    std::vector<Floor> floors;
    for (; y - high < half + 40 && floors.size() < 9; y += pitch) {
        if (y > -half - 40) {
            floors.push_back({y, y - high});
        }
    }
    if (floors.empty() || is_table_) {
        const double level = half * random_.between(0.5, 1.1);
        floors.assign(1, {level, level - high});
    }
    // Some hundred spines are enough for one photo: of small ones there are fewer boards, which may
    // be anywhere in the picture.
    const double in_a_row = extent_.width / usual_thickness(family_);
    const auto most = static_cast<std::size_t>(std::max(1.0, 450 / in_a_row));
    const double aim = random_.between(-0.3, 0.3) * extent_.height + tallest_ / 2;
    while (floors.size() > most) {
        const bool is_first_farther =
            std::abs(floors.front().y - aim) > std::abs(floors.back().y - aim);
        floors.erase(is_first_farther ? floors.begin() : floors.end() - 1);
    }
    const Floor lowest = floors.back();
    const double tall = 4 * extent_.height + 2000;
    const double wide = 4 * extent_.width + 4000;
    scene_.panels.push_back({{{-wide / 2, lowest.y - tall, deep_}, {wide, 0, 0}, {0, 2 * tall, 0}},
                             happens(random_, 0.15) ? Panel::Look::Paper : look_,
                             wall_,
                             random_.between(0.35, 0.9),
                             random_.below(1U << 30U),
                             false,
                             -1e9});
    // Far from the eye's height first.
    std::sort(floors.begin(), floors.end(), [&](const Floor& a, const Floor& b) {
        return std::abs(a.y - scene_.view.eye.y) > std::abs(b.y - scene_.view.eye.y);
    });
    // What stands on a floor hides, and is hidden by, the boards between it and the eye.
    for (std::size_t i = 0; i < floors.size(); ++i) {
        const std::size_t first_item = scene_.items.size();
        const std::size_t first_panel = scene_.panels.size();
        build_shelf(floors[i]);
        fill(floors[i]);
        const double level = 100.0 * static_cast<double>(i);
        for (std::size_t k = first_item; k < scene_.items.size(); ++k) {
            scene_.items[k].nearness += level;
        }
        for (std::size_t k = first_panel; k < scene_.panels.size(); ++k) {
            scene_.panels[k].nearness += level;
        }
    }
    place_hand_or_cable();
}

void Arranger::build_shelf(const Floor& floor) {
    const double wide = right_ - left_;
    const double front = -random_.between(2, 40);
    const auto add = [&](Face face, double shade, double nearness) {
        scene_.panels.push_back(
            {face, look_, colour_, shade, random_.below(1U << 30U), nearness < 0, nearness});
    };
    if (is_table_) {
        scene_.panels.push_back({{{-4000, floor.y, deep_ + 400}, {8000, 0, 0}, {0, 0, -1200}},
                                 look_,
                                 colour_,
                                 0.85,
                                 random_.below(1U << 30U),
                                 true,
                                 kSurface});
        return;
    }
    // Upper surface of the board, underside of the next, side boards, front edges.
    add({{left_, floor.y, deep_}, {wide, 0, 0}, {0, 0, front - deep_}}, 0.75, kSurface);
    if (floor.ceiling > -extent_.height) {
        add({{left_, floor.ceiling, front}, {wide, 0, 0}, {0, 0, deep_ - front}}, 0.45, kSurface);
        add({{left_ - 20, floor.ceiling - board_, front}, {wide + 40, 0, 0}, {0, board_, 0}},
            random_.between(0.85, 1), kEdge);
        scene_.ceilings.push_back(
            {{left_, floor.ceiling, 0}, {wide, 0, 0}, {0, (floor.y - floor.ceiling) * 0.5, 0}});
    }
    add({{left_ - 20, floor.y, front}, {wide + 40, 0, 0}, {0, board_, 0}}, random_.between(0.85, 1),
        kEdge);
    const double high = floor.y - floor.ceiling;
    add({{left_, floor.ceiling, front}, {0, 0, deep_ - front}, {0, high, 0}}, 0.6, kSurface);
    add({{right_, floor.ceiling, deep_}, {0, 0, front - deep_}, {0, high, 0}}, 0.6, kSurface);
    for (const double x : {left_ - 20, right_}) {
        add({{x, floor.ceiling - board_, front}, {20, 0, 0}, {0, high + 2 * board_, 0}}, 0.95,
            kEdge);
    }
    if (happens(random_, 0.12)) { // price tags or names of sections on the board's edge
        for (int i = whole(random_, 1, 5); i > 0; --i) {
            const double w = random_.between(20, 60);
            const double h = std::min(board_ * 1.3, random_.between(12, 30));
            scene_.panels.push_back(
                {{{random_.between(left_, right_ - w), floor.y + random_.between(-3, 3), front - 1},
                  {w, 0, 0},
                  {0, h, 0}},
                 Panel::Look::Tag,
                 happens(random_, 0.7) ? grey(0.95) : draw_ground(random_),
                 1,
                 random_.below(1U << 30U),
                 false,
                 kEdge});
        }
    }
}

void Arranger::put_shadow(double left, double top, double right, double bottom, double z) {
    scene_.panels.push_back({{{left, top, z}, {right - left, 0, 0}, {0, bottom - top, 0}},
                             Panel::Look::Shadow,
                             grey(0.02),
                             1,
                             0,
                             false,
                             kShadow});
}

void Arranger::fill(const Floor& floor) {
    double x = left_ + (happens(random_, 0.6) ? random_.between(0, 6) : random_.between(0, 80));
    if (left_ < -extent_.width / 2 - 100) {
        x -= random_.between(0, 100);
    }
    int parts = 0;
    while (x < right_ - 4 && ++parts < 300) {
        const double which = random_.unit();
        if (which < 0.04) {
            x = place_cover(floor, x);
        } else if (which < 0.07) {
            x = place_clutter(floor, x);
        } else if (which < 0.15) {
            x += log_between(random_, 4, 150);
        } else if (random_.unit() < stack_share_) {
            x = place_stack(floor, x, floor.y, group_nearness(x + 70), 200) +
                random_.between(1, happens(random_, 0.2) ? 50 : 12);
        } else if (random_.unit() < lean_share_) {
            x = place_leaning(floor, x);
        } else {
            x = place_row(floor, x);
        }
    }
}

Arranger::Habit Arranger::draw_habit() {
    Habit habit;
    const double which = random_.unit();
    switch (family_) {
    case Family::Discs:
        habit.kind = which < 0.82 ? Kind::Jewel : which < 0.94 ? Kind::Digipak : Kind::Slim;
        break;
    case Family::Films:
        habit.kind = which < 0.75 ? Kind::Dvd : Kind::BluRay;
        break;
    case Family::Records:
        habit.kind = Kind::Lp;
        break;
    case Family::Books:
        habit.kind = Kind::Book;
        break;
    case Family::Mixed: {
        constexpr std::array kinds{Kind::Jewel, Kind::Digipak, Kind::Dvd, Kind::Book, Kind::Box};
        habit.kind = one_of(random_, kinds);
        break;
    }
    }
    habit.same_kind = random_.between(0.75, 1);
    habit.backs = happens(random_, 0.75) ? 0.01 : happens(random_, 0.8) ? 0.1 : 0.9;
    habit.bottom_to_top = happens(random_, 0.8) ? random_.between(0, 0.12) : random_.unit();
    habit.pulled = random_.between(0, 0.15);
    habit.uneven = log_between(random_, 0.2, 4);
    habit.loose = happens(random_, 0.75) ? random_.between(0, 0.4) : random_.between(0, 2.5);
    if (happens(random_, 0.14)) {
        habit.ground = happens(random_, 0.75) ? grey(happens(random_, 0.5) ? 0.05 : 0.93)
                                              : draw_ground(random_);
    }
    if (happens(random_, 0.10)) {
        habit.series = random_.below(1U << 30U);
    }
    return habit;
}

Kind Arranger::draw_kind(const Habit& habit) {
    if (random_.unit() < habit.same_kind) {
        return habit.kind;
    }
    const double which = random_.unit();
    switch (family_) {
    case Family::Films:
        return which < 0.6 ? Kind::Dvd : which < 0.85 ? Kind::BluRay : Kind::Box;
    case Family::Records:
        return Kind::Lp;
    case Family::Books:
        return Kind::Book;
    default:
        return which < 0.4    ? Kind::Jewel
               : which < 0.65 ? Kind::Digipak
               : which < 0.77 ? Kind::Slim
               : which < 0.86 ? Kind::Sleeve
               : which < 0.94 ? Kind::FatJewel
                              : Kind::Box;
    }
}

Item Arranger::make_item(const Habit& habit, Kind kind) {
    Item item;
    item.facing = random_.unit() < habit.backs ? Facing::Back : Facing::Spine;
    // The hinged side without print is what a slim case shows most often.
    if (kind == Kind::Slim && happens(random_, 0.45)) {
        item.facing = Facing::Back;
    }
    const Size size = draw_size(kind, random_);
    item.casing = draw_casing(kind, size, item.facing == Facing::Spine, random_);
    item.shade = random_.between(0.9, 1.0);
    return item;
}

bool Arranger::is_seen(const Solid& solid) const {
    const View& view = scene_.view;
    const Face face = solid.spine();
    if (!view.is_before(face)) {
        return false;
    }
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;
    for (const image::Point corner : view.project(face).corners) {
        left = std::min(left, corner.x);
        right = std::max(right, corner.x);
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    // A case outside the frame may still show a side in it.
    const double margin = 0.05 * view.width;
    return right > -margin && bottom > -margin && left < view.width + margin &&
           top < view.height + margin;
}

void Arranger::keep(Item&& item, const Habit& habit) {
    if (!is_seen(item.solid) || scene_.items.size() >= kMostItems) {
        return;
    }
    add_print(item, habit);
    if (item.facing != Facing::Cover) {
        add_streaks(item, item.solid.centre.x, item.solid.centre.y);
    }
    scene_.items.push_back(std::move(item));
}

void Arranger::add_print(Item& item, const Habit& habit) {
    const catalog::Release release = releases_.at(random_.below(options_.catalog_size));
    item.release = release.id.value;
    const PrintArea area = draw_print_area(item.casing.kind, item.casing.size, random_);
    item.casing.print_x = area.x;
    item.casing.print_y = area.y;
    PrintStyle style;
    style.seed = habit.series && happens(random_, 0.9) ? *habit.series : random_.below(1U << 30U);
    if (habit.ground && happens(random_, 0.9)) {
        style.ground = habit.ground;
    }
    item.casing.print = design_print(style, release, fonts_, item.casing.kind, area.length,
                                     area.thickness, random_);
    item.casing.cover = happens(random_, 0.7) ? item.casing.print.ground : draw_ground(random_);
    if (item.facing != Facing::Spine) {
        return;
    }
    for (const PrintedText& text : item.casing.print.texts) {
        const auto joined = [&] {
            std::string all;
            for (const SetText::Word& word : text.set.words) {
                all += (all.empty() ? "" : " ") + word.text;
            }
            return all;
        };
        switch (text.role) {
        case Role::Artist:
            item.artist = joined();
            break;
        case Role::Title:
            item.title = joined();
            break;
        case Role::Number:
            item.number = joined();
            break;
        case Role::Label:
            item.label = joined();
            break;
        case Role::Other:
            break;
        }
    }
}

/// Lamps show in plastic at the same height or distance for many neighbours.
void Arranger::add_streaks(Item& item, double x, double y) {
    const Kind kind = item.casing.kind;
    const bool is_glossy = kind == Kind::Jewel || kind == Kind::FatJewel || kind == Kind::Slim ||
                           kind == Kind::Dvd || kind == Kind::BluRay;
    const double strength = glare_ * (is_glossy ? 1 : 0.35);
    if (strength <= 0 || !happens(random_, 0.25 + 0.6 * strength)) {
        return;
    }
    // From the lamp's place to the case's own length, as it is read.
    const Vec from = Vec{glare_x_, glare_y_, 0} - Vec{x, y, 0};
    const double along = dot(from, item.solid.reading) + item.casing.size.length / 2;
    const double across = dot(from, item.solid.below);
    const double reach = random_.between(0.15, 0.6) * extent_.width;
    if (std::abs(across) > reach) {
        return;
    }
    const double thickness = item.casing.size.thickness;
    // Thin bright lines where edges and bulges catch the lamp, and at times a pale patch.
    const int count = whole(random_, 1, 6);
    for (int i = 0; i < count; ++i) {
        Streak streak;
        const bool is_patch = happens(random_, 0.28);
        streak.length = is_patch ? log_between(random_, 12, 70) : log_between(random_, 4, 45);
        streak.along = along + around(random_, 0, 16);
        streak.across = is_patch ? random_.between(0.3, 0.7) * thickness
                                 : random_.between(0.05, 0.97) * thickness;
        streak.width = is_patch ? thickness * random_.between(0.6, 2)
                                : log_between(random_, 0.3, 0.3 * thickness + 0.5);
        streak.strength = std::min(
            1.0, strength * (is_patch ? random_.between(0.15, 0.9) : random_.between(0.4, 1.5)));
        streak.softness = is_patch ? random_.between(0.3, 0.9) : random_.between(0.15, 1);
        if (streak.along > -streak.length &&
            streak.along < item.casing.size.length + streak.length) {
            item.casing.streaks.push_back(streak);
        }
    }
}

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

double Arranger::place_cover(const Floor& floor, double x) {
    Item item;
    const Kind kind = happens(random_, 0.7) ? Kind::Jewel : Kind::Digipak;
    const Habit habit;
    item = make_item(habit, kind);
    item.facing = Facing::Cover;
    const double lean = random_.between(0.03, 0.3); // backwards
    item.solid.reading = {1, 0, around(random_, 0, 0.05)};
    item.solid.reading = unit(item.solid.reading);
    item.solid.below = unit(Vec{0, std::cos(lean), -std::sin(lean)});
    item.solid.length = 142;
    item.solid.thickness = 125;
    item.solid.depth = item.casing.size.thickness;
    item.solid.centre = {x + 71, floor.y - 62.5 * std::cos(lean), random_.between(-30, 20)};
    item.nearness = 5;
    if (floor.y - floor.ceiling < 130 || x + 142 > right_) {
        return x + 2;
    }
    keep(std::move(item), habit);
    // Some stand before others, whose spines they hide.
    return happens(random_, 0.6) ? x + 145 : x + random_.between(0, 60);
}

double Arranger::place_clutter(const Floor& floor, double x) {
    const double wide = random_.between(20, 160);
    const double high = std::min(random_.between(20, 200), (floor.y - floor.ceiling) * 0.95);
    Panel panel{{{x, floor.y - high, random_.between(-15, 60)}, {wide, 0, 0}, {0, high, 0}},
                happens(random_, 0.3)   ? Panel::Look::Tag
                : happens(random_, 0.5) ? Panel::Look::Paint
                                        : Panel::Look::Paper,
                draw_ground(random_),
                random_.between(0.6, 1),
                random_.below(1U << 30U),
                false,
                group_nearness(x + wide / 2)};
    scene_.panels.push_back(std::move(panel));
    return x + wide + random_.between(0, 10);
}

void Arranger::place_hand_or_cable() {
    if (!happens(random_, 0.1)) {
        return;
    }
    const double w = extent_.width * random_.between(0.05, 0.25);
    const double h = extent_.height * random_.between(0.05, 0.4);
    scene_.panels.push_back({{{random_.between(-0.5, 0.4) * extent_.width,
                               random_.between(-0.5, 0.5) * extent_.height, -60},
                              {w, random_.between(-0.5, 0.5) * w, 0},
                              {random_.between(-0.5, 0.5) * h, h, 0}},
                             Panel::Look::Blob,
                             happens(random_, 0.6)
                                 ? from_hsv(random_.between(0.03, 0.08), random_.between(0.3, 0.6),
                                            random_.between(0.3, 0.9))
                                 : grey(random_.between(0.02, 0.2)),
                             1,
                             random_.below(1U << 30U),
                             false,
                             1e9});
}

} // namespace spindle::made_shelf
