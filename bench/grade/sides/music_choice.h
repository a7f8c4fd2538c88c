// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "grade/sides/damaged_side.h"
#include "material/manifest.h"

namespace spindle::damaged_sides {

/// A part of a file, to be read.
struct MusicPart {
    std::filesystem::path file;
    Seconds length{0}; ///< from its beginning
};

/// Tracks of one set for a side of about so long: those of one package, in random order, each at
/// most half of the side (so that there is a band between two), until it is full; other packages'
/// when one has too few. Nothing for a set without music of 20 s.
std::vector<MusicPart> choose_music(const material::Manifest& manifest, material::Set set,
                                    Seconds length, std::uint64_t seed);

/// The whole files, each at most `length` long.
std::vector<MusicPart> whole_files(std::span<const std::filesystem::path> files, Seconds length);

/// Reads them; what was cut off fades out. The name is the path as given.
Result<std::vector<SideMusic>> read_side(std::span<const MusicPart> parts, SampleRate rate);

} // namespace spindle::damaged_sides
