// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// A recording of real surface noise, to be mixed in besides the synthetic one.
struct RealBed {
    std::string name; ///< reported with each query that uses it
    std::vector<float> samples;
    SampleRate rate;
};

/// What a surface is made of, as shares of its power (they add up to 1).
struct SurfaceShares {
    double hiss = 0.50;
    double crackle = 0.35;
    double pops = 0.10;
    double ticks = 0.05;
};

std::vector<float> make_hiss(std::size_t count, SampleRate rate, Random& random);

/// Many small clicks: a Poisson process, log-normal heights, each a damped ring of 0.05 to 0.4 ms.
/// @param per_second mean number of clicks.
std::vector<float> make_crackle(std::size_t count, SampleRate rate, double per_second,
                                Random& random);

/// Few large clicks of 0.5 to 2.5 ms.
std::vector<float> make_pops(std::size_t count, SampleRate rate, double per_second, Random& random);

/// One scratch across the grooves: the same tick once per turn.
/// @param speed of the platter against its nominal one.
std::vector<float> make_ticks(std::size_t count, SampleRate rate, double speed, Random& random);

/// Bearing and motor noise: below 40 Hz, with a line at 25 Hz.
std::vector<float> make_rumble(std::size_t count, SampleRate rate, Random& random);

/// A stretch of a real bed, from a random place, repeated with cross-fades when it is too short, at
/// `rate` (linear interpolation: noise does not mind).
std::vector<float> loop_bed(const RealBed& bed, std::size_t count, SampleRate rate, Random& random);

struct Surface {
    std::vector<float> bed;    ///< hiss, crackle, pops, ticks; RMS 1
    std::vector<float> rumble; ///< RMS 1
    std::string real_bed;      ///< name of the recording mixed in, or empty
};

/// The whole surface. One seed in three takes a real bed, where there are any: it then makes up
/// half of the power. Shares and densities vary with the seed around SurfaceShares.
Surface make_surface(std::size_t count, SampleRate rate, double speed,
                     std::span<const RealBed> real_beds, Random& random);

} // namespace spindle::simulator
