// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "training/shelf/scene.h"

namespace spindle::made_shelf {

/// How much of the plane z = 0 is to be filled, mm around the origin.
struct Extent {
    double width = 0;
    double height = 0;
};

/// Fills a scene with boards and what stands and lies on them: rows, stacks, leaning groups, gaps,
/// covers to the front, things on top of rows.
class Arranger {
public:
    /// More would neither be read by anybody nor fit a detector's list.
    static constexpr std::size_t kMostItems = 700;

    Arranger(Family family, Extent extent, const SceneOptions& options, const Fonts& fonts,
             Releases& releases, Random& random, Scene& scene);
    void arrange();

private:
    /// A board and the room above it.
    struct Floor {
        double y = 0;       ///< of its upper surface
        double ceiling = 0; ///< of the underside of the board above
    };
    /// What neighbours have in common.
    struct Habit {
        Kind kind = Kind::Jewel;
        double same_kind = 0.8;
        double backs = 0.02; ///< share of cases that show their opening side
        double bottom_to_top = 0.15;
        double pulled = 0.06; ///< share that stands out
        double uneven = 1;    ///< mm in depth
        double loose = 0.2;   ///< mm between neighbours
        std::optional<Colour> ground;
        std::optional<std::uint64_t> series;
    };

    void draw_room();
    void build_shelf(const Floor& floor);
    void fill(const Floor& floor);
    double place_row(const Floor& floor, double x);
    double place_leaning(const Floor& floor, double x);
    double place_stack(const Floor& floor, double x, double base, double nearness, int most);
    double place_cover(const Floor& floor, double x);
    double place_clutter(const Floor& floor, double x);
    void place_hand_or_cable();
    void put_shadow(double left, double top, double right, double bottom, double z);

    Habit draw_habit();
    Kind draw_kind(const Habit& habit);
    Item make_item(const Habit& habit, Kind kind);
    bool is_seen(const Solid& solid) const;
    /// Prints on it and puts it into the scene, if the camera sees it.
    void keep(Item&& item, const Habit& habit);
    void add_print(Item& item, const Habit& habit);
    void add_streaks(Item& item, double x, double y);
    double group_nearness(double x) const;

    Family family_;
    Extent extent_;
    const SceneOptions& options_;
    const Fonts& fonts_;
    Releases& releases_;
    Random& random_;
    Scene& scene_;

    double left_ = 0; ///< of the space between side boards
    double right_ = 0;
    double board_ = 18; ///< thickness
    double deep_ = 200; ///< of the shelf
    double stack_share_ = 0.3;
    double lean_share_ = 0.1;
    double tallest_ = 125; ///< of what stands here
    Panel::Look look_ = Panel::Look::Wood;
    Colour colour_;
    Colour wall_;
    std::uint64_t series_ = 0;
    bool is_table_ = false; ///< things stand on a table or the floor: no boards above or beside
    double glare_ = 0;      ///< how strongly lamps show in plastic, 0 to 1
    /// Where small lamps show on the shelf, mm. Empty: a wide one, which shows at about the same
    /// place of each case.
    std::vector<Vec> lamps_;
    double wide_lamp_ = 0.5; ///< that place, as a share of the spine's length
};

} // namespace spindle::made_shelf
