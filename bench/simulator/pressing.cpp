// SPDX-License-Identifier: Apache-2.0
#include "simulator/pressing.h"

#include <cmath>
#include <numbers>

#include "simulator/level.h"
#include "simulator/random.h"

namespace spindle::simulator {

namespace {
constexpr double kUsualCrestDb = 15; // of popular music; the range is 8 to 20
}

double Pressing::programme_rms() const {
    return gain_of(peak_dbfs - kUsualCrestDb);
}

Pressing draw_pressing(std::uint64_t seed, std::size_t beds, const PressingOptions& options) {
    constexpr double turn = 2 * std::numbers::pi;
    Pressing pressing;
    pressing.seed = seed;
    Random platter(derive_seed(seed, "platter"));
    pressing.transport.speed =
        1 + platter.between(-options.most_speed_error, options.most_speed_error);
    pressing.transport.wow = platter.between(0, options.most_wow);
    pressing.transport.wow_phase = platter.between(0, turn);
    pressing.transport.flutter = platter.between(0, options.most_flutter);
    pressing.transport.flutter_phase = platter.between(0, turn);

    Random level(derive_seed(seed, "level"));
    pressing.peak_dbfs = level.between(options.quietest_db, options.loudest_db);
    pressing.surface_db = level.between(options.worst_surface_db, options.best_surface_db);
    pressing.rumble_db = level.between(-6, 15);
    pressing.equaliser_db = level.between(0, options.most_equaliser_db);
    pressing.line_noise_dbfs = options.line_noise_dbfs;
    pressing.thump_db = level.between(-5, 12);
    pressing.left_db = level.between(-1.5, 1.5);
    pressing.right_db = -pressing.left_db;
    pressing.is_swapped = level.unit() < 0.1;

    // As in make_surface(): every record has its own mixture.
    Random surface(derive_seed(seed, "surface"));
    const auto vary = [&](double share) { return share * std::exp2(surface.between(-1, 1)); };
    const SurfaceShares usual;
    pressing.surface = {vary(usual.hiss), vary(usual.crackle), vary(usual.pops), vary(usual.ticks)};
    pressing.crackles_per_second = surface.between(15, 80);
    pressing.pops_per_second = surface.between(0.3, 1.5);
    if (surface.unit() < 1.0 / 3 && beds > 0) {
        pressing.real_bed = surface.below(beds);
    }
    return pressing;
}

} // namespace spindle::simulator
