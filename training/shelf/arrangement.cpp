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
    glare_ = happens(random_, 0.7) ? random_.between(0.15, 1) : 0;
    wide_lamp_ = random_.unit();
    if (!happens(random_, 0.4)) {
        for (int i = whole(random_, 1, 5); i > 0; --i) {
            lamps_.push_back({random_.between(-0.4, 0.4) * extent_.width,
                              random_.between(-0.4, 0.4) * extent_.height, 0});
        }
    }
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
        habit.kind = which < 0.8 ? Kind::Jewel : which < 0.9 ? Kind::Digipak : Kind::Slim;
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
    habit.same_kind = random_.between(happens(random_, 0.7) ? 0.75 : 0.4, 1);
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
        return which < 0.35   ? Kind::Jewel
               : which < 0.55 ? Kind::Digipak
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
    double along = item.casing.size.length * wide_lamp_;
    if (!lamps_.empty()) {
        const Vec from = one_of(random_, lamps_) - Vec{x, y, 0};
        along = dot(from, item.solid.reading) + item.casing.size.length / 2;
        if (std::abs(dot(from, item.solid.below)) >
            random_.between(0.2, 0.6) * std::max(extent_.width, 400.0)) {
            return;
        }
    }
    const double thickness = item.casing.size.thickness;
    // Thin bright lines where edges and bulges catch the lamp, and at times a pale patch.
    const int count = whole(random_, 1, 6);
    for (int i = 0; i < count; ++i) {
        Streak streak;
        const bool is_patch = happens(random_, 0.4);
        streak.length = is_patch ? log_between(random_, 15, 100) : log_between(random_, 4, 45);
        streak.along = along + around(random_, 0, is_patch ? 10 : 18);
        streak.across = is_patch ? random_.between(0.3, 0.7) * thickness
                                 : random_.between(0.05, 0.97) * thickness;
        streak.width = is_patch ? thickness * random_.between(0.6, 2)
                                : log_between(random_, 0.3, 0.3 * thickness + 0.5);
        streak.strength = std::min(
            1.0, strength * (is_patch ? random_.between(0.35, 1.25) : random_.between(0.4, 1.5)));
        streak.softness = is_patch ? random_.between(0.3, 0.9) : random_.between(0.15, 1);
        if (streak.along > -streak.length &&
            streak.along < item.casing.size.length + streak.length) {
            item.casing.streaks.push_back(streak);
        }
    }
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
