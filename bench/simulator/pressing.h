// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "simulator/surface.h"
#include "simulator/transport.h"

namespace spindle::simulator {

/// The ranges that a turntable and a record are drawn from.
struct PressingOptions {
    double most_speed_error = 0.04;
    double most_wow = 0.003; ///< peak, once per turn; IEC 98 allows a hole 0.2 mm off: 0.14 %
    double most_flutter = 0.0005;
    double loudest_db = -6; ///< where the peaks of usual music lie, dBFS: drawn between these
    double quietest_db = -30;
    double best_surface_db = 40; ///< programme over surface, RMS: a clean record
    double worst_surface_db = 15;
    double most_equaliser_db = 6; ///< pickup, equaliser curve and tone controls together
    std::optional<double> line_noise_dbfs = -75; ///< of a cheap sound card; nothing: digital zero
};

/// One turntable with one record on it, and how it is connected.
struct Pressing {
    std::uint64_t seed = 1; ///< of all noise
    Transport transport;
    double peak_dbfs = -12; ///< where the peaks of usual music lie: RMS is 15 dB below
    double surface_db = 25; ///< programme over surface
    double rumble_db = 10;  ///< surface over rumble
    double equaliser_db = 4;
    std::optional<double> line_noise_dbfs = -75;
    double thump_db = 6;     ///< height of the thump of a needle over the programme's RMS
    double left_db = 0;      ///< balance
    double right_db = 0;     ///< ...
    bool is_swapped = false; ///< left and right
    SurfaceShares surface;
    double crackles_per_second = 40;
    double pops_per_second = 0.8;
    std::optional<std::size_t> real_bed; ///< recorded surface noise that is half of the surface

    double programme_rms() const;
};

/// @param beds how many recorded surfaces there are; a third of the records has one.
Pressing draw_pressing(std::uint64_t seed, std::size_t beds, const PressingOptions& options = {});

} // namespace spindle::simulator
