// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/random.h"

namespace spindle::damaged_sides {

namespace {

using simulator::derive_seed;
using simulator::Random;

constexpr double kSingles = 0.2; // share of the sides at 45
constexpr double kMostFlutter = 0.0005;
constexpr double kLocked = 0.4; // share of the skips
constexpr Seconds kRoomForSkip{4};

struct Skip {
    double place = 0;
    bool is_locked = false;
    int turns = 1;
};

std::vector<Skip> draw_skips(const Layout& layout, int count, std::uint64_t seed) {
    const double start = layout.side.cuts.front().start.count();
    const double end = layout.side.music_end().count();
    std::vector<Skip> skips;
    for (int i = 0; i < count; ++i) {
        Random random(
            derive_seed(derive_seed(seed, "skips") + static_cast<std::uint64_t>(i), "one"));
        Skip skip;
        skip.place = start + (end - start) * random.between(0.1, 0.9);
        skip.is_locked = random.unit() < kLocked;
        skip.turns = 1 + static_cast<int>(random.below(3));
        skip.turns += skip.is_locked ? static_cast<int>(random.below(4)) : 0;
        skips.push_back(skip);
    }
    std::ranges::sort(skips, {}, &Skip::place);
    return skips;
}

} // namespace

Layout draw_layout(std::span<const SideMusic> music, const DamagedSideOptions& options,
                   std::uint64_t seed) {
    Random random(derive_seed(seed, "layout"));
    std::vector<simulator::Following> tracks;
    for (std::size_t i = 0; i < music.size(); ++i) {
        const double lead_in = random.between(2, 8);
        const double gap = random.between(1, 3);
        const bool has_gap = i == 0 ? options.lead_in : options.bands;
        const Seconds length(music[i].sound.seconds());
        tracks.push_back({{i, length, Seconds(0), length},
                          Seconds(!has_gap ? 0
                                  : i == 0 ? lead_in
                                           : gap)});
    }
    Layout layout;
    layout.side = simulator::make_side(tracks);
    layout.end = layout.side.music_end();
    const double run_out = random.between(5, 15);
    layout.end += Seconds(options.run_out ? run_out : 0);
    return layout;
}

simulator::Transport draw_transport(double eccentricity_mm, Seconds groove,
                                    const DamagedSideOptions& options, std::uint64_t seed) {
    constexpr double two_pi = 2 * std::numbers::pi;
    Random random(derive_seed(seed, "transport"));
    const bool is_single = random.unit() < kSingles;
    const double outer = is_single ? 86 : 146; // mm
    const double inner = is_single ? 57 : 62;
    simulator::Transport transport;
    transport.turns_per_second = is_single ? 0.75 : simulator::kTurnsPerSecond;
    transport.speed = 1 + options.speed_error * std::clamp(random.normal(), -5.0, 5.0);
    transport.wow = eccentricity_mm / outer;
    transport.wow_growth = (outer / inner - 1) / std::max(groove.count() / transport.speed, 1.0);
    transport.wow_phase = random.between(0, two_pi);
    transport.flutter = random.between(0, kMostFlutter);
    transport.flutter_phase = random.between(0, two_pi);
    return transport;
}

std::vector<simulator::Stretch> draw_path(const Layout& layout,
                                          const simulator::Transport& transport, int skips,
                                          const DamagedSideOptions& options, std::uint64_t seed) {
    Random random(derive_seed(seed, "needle"));
    const Seconds before(random.between(0.3, 2));
    const Seconds after(random.between(0.1, 1));
    simulator::Arm arm(transport);
    if (options.lead_in) {
        arm.rest(before);
    }
    arm.drop(0, Seconds(0));
    const Seconds music_end = layout.side.music_end();
    for (const Skip& skip : draw_skips(layout, skips, seed)) {
        const Seconds turn(1 / transport.turns_per_second);
        const Seconds place(skip.place);
        const bool has_room = place > arm.place() + 1.5 * turn && place > 1.5 * turn &&
                              place + skip.turns * turn + kRoomForSkip < music_end;
        if (!has_room) {
            continue;
        }
        arm.play_to(place);
        if (skip.is_locked) {
            arm.lock(skip.turns * turn / transport.speed);
        } else {
            arm.jump(skip.turns);
        }
    }
    arm.play_to(layout.end);
    if (options.run_out) {
        arm.rest(after);
    }
    return arm.path();
}

} // namespace spindle::damaged_sides
