// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "material/manifest.h"
#include "simulator/click_shape.h"
#include "simulator/stereo_sound.h"

namespace spindle::damaged_sides {

/// A recording of a silent groove taken apart: its noise, and what its clicks look like.
struct NoiseSource {
    std::string name;
    simulator::StereoSound noise; ///< the clicks taken out
    bool is_mono = false;         ///< both channels are the same: it says nothing of the walls
    std::vector<simulator::ClickShape> clicks;
};

/// Clicks are taken out until hardly any stands out of the noise: what stays in it would be damage
/// that the truth of a side does not tell.
/// @param groove at least a second of it, with nothing but the surface. Code::BadInput otherwise,
/// and for what crackles so much that no noise is left.
Result<NoiseSource> take_apart(std::string name, const simulator::StereoSound& groove);

/// So many samples of a source's noise, never the same twice: pieces of 1.3 s from random places,
/// cross-faded. Both channels stay together, but those of a mono recording: as each wall of a
/// groove has noise of its own, they are taken from different places.
simulator::StereoSound noise_of(const NoiseSource& source, std::size_t count, SampleRate rate,
                                std::uint64_t seed);

/// Which set a recording of noise belongs to, by its name: both channels of one recording
/// ("calf-NoiseL", "calf-NoiseR") and all cuts of it up to the second "-" or "_" are in one.
material::Set set_of_noise(std::string_view name);

/// The sources of one set among the audio files of a folder; what cannot be taken apart is left
/// out.
Result<std::vector<NoiseSource>> read_noise(const std::filesystem::path& folder, material::Set set,
                                            SampleRate rate);

} // namespace spindle::damaged_sides
