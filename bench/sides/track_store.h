// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <list>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/side.h"
#include "simulator/side_sound.h"

namespace spindle::sides {

/// Decoded music, the latest kept up to a number of bytes. One for each thread.
class TrackStore {
public:
    /// @param files by number; @param channels 1 (the mean of two) or 2.
    TrackStore(std::vector<std::filesystem::path> files, SampleRate rate, int channels,
               std::size_t most_bytes = std::size_t{300} << 20U)
        : files_(std::move(files)), rate_(rate), channels_(channels), most_bytes_(most_bytes) {}

    /// The whole file, interleaved. Errors name the file.
    Result<simulator::SharedSamples> samples(std::size_t number);

    /// Its length, and between which places it sounds: from the first to the last 50 ms that are
    /// within 40 dB of the track's own level.
    Result<simulator::SideTrackInfo> info(std::size_t number);

private:
    struct Kept {
        std::size_t number = 0;
        simulator::SharedSamples samples;
    };
    std::vector<std::filesystem::path> files_;
    SampleRate rate_;
    int channels_;
    std::size_t most_bytes_;
    std::list<Kept> kept_;
};

} // namespace spindle::sides
