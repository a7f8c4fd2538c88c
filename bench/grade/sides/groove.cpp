// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/groove.h"

#include <algorithm>
#include <cmath>

#include "simulator/groove_noise.h"
#include "simulator/level.h"
#include "simulator/programme_level.h"
#include "simulator/random.h"
#include "simulator/wear.h"

namespace spindle::damaged_sides {

namespace {

using simulator::derive_seed;
using simulator::gain_of;
using simulator::Impulse;
using simulator::ImpulseOrigin;
using simulator::Random;
using simulator::StereoSound;

constexpr double kLevel = 0.1;     // of a track: room for clicks of 20 dB more
constexpr double kMostOffset = 2;  // dB, of a track from the others
constexpr double kQuietest = 1e-4; // level of a track; what is quieter is not made louder
constexpr double kClick = -20;     // dB over the programme: grade/definition.h
constexpr double kCrackle = -50;
constexpr double kBorder = 1e-6; // dB: rounding moves none across
constexpr double kFaintest = -62;
constexpr double kLoudest = 12;
constexpr double kLoudestMiddle = -3;
constexpr std::size_t kShapes = 48;
constexpr std::size_t kRareShapes = 8;
constexpr std::size_t kEnoughRealClicks = 5;

/// What the impulses of one record sound like.
struct Shapes {
    std::vector<simulator::ClickShape> clicks, thumps, statics;

    const simulator::ClickShape& of(const Impulse& impulse) const {
        const auto& set = impulse.origin == ImpulseOrigin::Thump    ? thumps
                          : impulse.origin == ImpulseOrigin::Static ? statics
                                                                    : clicks;
        return set[impulse.shape % set.size()];
    }
};

Shapes draw_shapes(SampleRate rate, const NoiseSource* source, std::uint64_t seed) {
    Random random(derive_seed(seed, "shapes"));
    Shapes shapes;
    for (std::size_t i = 0; i < kShapes; ++i) {
        shapes.clicks.push_back(draw_click_shape(rate, random));
    }
    for (std::size_t i = 0; i < kRareShapes; ++i) {
        shapes.thumps.push_back(draw_thump_shape(rate, random));
        shapes.statics.push_back(draw_static_shape(rate, random));
    }
    if (source != nullptr && source->clicks.size() >= kEnoughRealClicks) {
        for (std::size_t i = 0; i < kShapes; i += 2) { // half of them
            const auto& real = source->clicks[random.below(source->clicks.size())];
            shapes.clicks[i] = source->is_mono ? simulator::shape_of(real.left, random) : real;
        }
    }
    return shapes;
}

std::size_t whole(double expected, Random& random) {
    return static_cast<std::size_t>(std::max(0.0, expected + random.unit()));
}

std::vector<Impulse> draw_damage(const Layout& layout, double turn, const Faults& faults,
                                 const DamagedSideOptions& options, std::uint64_t seed) {
    const auto figures = figures_at(faults);
    Random random(derive_seed(seed, "damage"));
    const double end = layout.end.count();
    simulator::ImpulsePlan clicks;
    clicks.end = end;
    clicks.turn = turn;
    clicks.count = whole(figures.clicks_per_minute * end / 60, random);
    // Real clicks: each 5 dB half as many, from some 18 dB above the noise on. Far fainter ones
    // belong to the noise, so what is noisier crackles louder.
    clicks.spread_db = random.between(7, 9);
    clicks.middle_db = std::max(random.between(-23, -17) + 1.2 * faults.clicks,
                                std::min(figures.noise_db + 24, kLoudestMiddle));
    clicks.lowest_db = kClick + kBorder;
    clicks.highest_db = kLoudest;
    clicks.scratches = random.unit() < 0.5 ? 0.02 : random.between(0.02, 0.15);
    clicks.patches = random.between(0, 0.1);
    clicks.thumps = random.between(0, 0.12);
    clicks.statics = random.unit() < 0.3 ? random.between(0, 0.2) : 0;

    simulator::ImpulsePlan crackle = clicks;
    crackle.count = whole(figures.crackles_per_second * end, random);
    crackle.spread_db = random.between(5, 8);
    crackle.middle_db = std::clamp(figures.noise_db + random.between(18, 24), -42.0, kClick);
    crackle.lowest_db = kCrackle;
    crackle.highest_db = kClick - kBorder;
    crackle.scratches = random.between(0, 0.03);
    crackle.patches = random.between(0.02, 0.15);
    crackle.thumps = 0.002;
    crackle.statics = 0;

    simulator::ImpulsePlan faint = crackle; // too faint to count
    faint.count = whole(random.between(0.3, 2) * figures.crackles_per_second * end, random);
    faint.middle_db = kCrackle;
    faint.lowest_db = kFaintest;
    faint.highest_db = kCrackle - kBorder;

    auto all = draw_impulses(clicks, derive_seed(seed, "clicks"));
    for (const auto& [plan, name] : {std::pair(crackle, "crackle"), std::pair(faint, "faint")}) {
        const std::size_t groups = (std::size_t{1} << 24U) * (name[0] == 'c' ? 1 : 2);
        for (Impulse impulse : draw_impulses(plan, derive_seed(seed, name))) {
            impulse.group += groups;
            all.push_back(impulse);
        }
    }
    // Where the run-out groove closes, the needle is knocked once a turn; too softly to be a click.
    const double knock = random.between(-46, kClick - 2);
    const double first = layout.side.music_end().count() + random.between(0.5, 1.5) * turn;
    const bool has_knock = random.unit() < 0.7;
    const auto shape = static_cast<std::uint64_t>(random.below(1000));
    for (double at = first; options.run_out && has_knock && at < end; at += turn) {
        all.push_back({at, knock, ImpulseOrigin::RunOut, std::size_t{3} << 24U, shape});
    }
    std::ranges::stable_sort(all, {}, &Impulse::at);
    return all;
}

void cut_music(Groove& groove, std::span<const SideMusic> music, const Layout& layout,
               std::uint64_t seed) {
    Random random(derive_seed(seed, "cutting"));
    const SampleRate rate = groove.sound.rate;
    for (const auto& cut : layout.side.cuts) {
        const StereoSound& track = music[cut.info.track].sound;
        const double level = simulator::programme_level(track);
        const double gain = kLevel / std::max(level, kQuietest) *
                            gain_of(random.between(-kMostOffset, kMostOffset));
        groove.gains.push_back(gain);
        const auto first = static_cast<std::size_t>(std::llround(cut.start.count() * rate.hz));
        simulator::mix(std::span(groove.sound.left).subspan(first), track.left, gain);
        simulator::mix(std::span(groove.sound.right).subspan(first), track.right, gain);
    }
    const double level = simulator::programme_level(groove.sound);
    groove.level = level > kLevel / 100 ? level : kLevel; // silence has none
}

Result<void> wear_out(Groove& groove, double wear_db, std::uint64_t seed) {
    SPINDLE_TRY(auto worn, make_wear(groove.sound, simulator::draw_wear(seed), groove.level,
                                     derive_seed(seed, "worn")));
    SPINDLE_TRY(const double music, wear_band_energy(groove.sound));
    for (auto* const channel : worn.channels()) {
        simulator::scale(*channel, gain_of(wear_db));
    }
    SPINDLE_TRY(const double energy, wear_band_energy(worn));
    groove.wear_db = music > 0 && energy > 0 ? 10 * std::log10(energy / music) : -200;
    simulator::mix(groove.sound.left, worn.left, 1);
    simulator::mix(groove.sound.right, worn.right, 1);
    return {};
}

Result<void> add_noise(Groove& groove, double noise_db, double turn, const NoiseSource* source,
                       std::uint64_t seed) {
    const auto kind = simulator::draw_groove_noise(seed);
    StereoSound noise;
    if (source != nullptr) {
        noise = noise_of(*source, groove.sound.size(), groove.sound.rate, seed);
        let_turn(noise, kind, turn, seed);
        groove.noise = source->name;
    } else {
        SPINDLE_TRY(noise,
                    make_groove_noise(kind, groove.sound.size(), groove.sound.rate, turn, seed));
    }
    SPINDLE_TRY(const double made, weighted_level(noise));
    for (auto* const channel : noise.channels()) {
        simulator::scale(*channel, made > 0 ? groove.level * gain_of(noise_db) / made : 0);
    }
    SPINDLE_TRY(const double level, weighted_level(noise));
    groove.noise_db = level > 0 ? simulator::decibel_of(level / groove.level) : -200;
    simulator::mix(groove.sound.left, noise.left, 1);
    simulator::mix(groove.sound.right, noise.right, 1);
    return {};
}

void drop_some_out(Groove& groove, const Layout& layout, const Faults& faults, std::uint64_t seed) {
    Random random(derive_seed(seed, "dropouts"));
    const bool has_some = random.unit() < (faults.wear > 5 ? 0.3 : 0.04);
    const std::size_t count = has_some ? 1 + random.below(4) : 0;
    groove.dropouts = draw_dropouts(count, layout.side.cuts.front().start.count(),
                                    layout.side.music_end().count() - 0.5, random);
    for (const auto& dropout : groove.dropouts) {
        drop_out(groove.sound, dropout);
    }
}

} // namespace

Result<Groove> make_groove(std::span<const SideMusic> music, const Layout& layout, double turn,
                           const Faults& faults, std::span<const NoiseSource> noise,
                           const DamagedSideOptions& options, std::uint64_t seed) {
    const SampleRate rate = music.front().sound.rate;
    const auto figures = figures_at(faults);
    Groove groove;
    groove.sound =
        StereoSound(static_cast<std::size_t>((layout.end.count() + 0.1) * rate.hz), rate);
    cut_music(groove, music, layout, seed);
    SPINDLE_TRY_VOID(wear_out(groove, figures.wear_db, seed));

    Random random(derive_seed(seed, "noise"));
    const bool is_real = random.unit() < options.real_noise && !noise.empty();
    const NoiseSource* const source = is_real ? &noise[random.below(noise.size())] : nullptr;
    SPINDLE_TRY_VOID(add_noise(groove, figures.noise_db, turn, source, seed));
    const Shapes shapes = draw_shapes(rate, source, seed);
    for (const Impulse& impulse : draw_damage(layout, turn, faults, options, seed)) {
        const auto placed = add_click(groove.sound, impulse.at * rate.hz, shapes.of(impulse),
                                      groove.level * gain_of(impulse.level_db));
        if (placed.peak > 0) {
            groove.impulses.push_back({impulse, placed});
        }
    }
    drop_some_out(groove, layout, faults, seed);
    return groove;
}

} // namespace spindle::damaged_sides
