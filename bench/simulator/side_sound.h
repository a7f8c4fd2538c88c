// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/needle.h"
#include "simulator/pressing.h"
#include "simulator/side.h"

namespace spindle::simulator {

using SharedSamples = std::shared_ptr<const std::vector<float>>;

/// Where the music comes from, all interleaved at the rate and with the channels of the stream.
struct Supply {
    std::function<Result<SharedSamples>(std::size_t track)> track;
    std::function<Result<SharedSamples>(std::size_t sound)> other; ///< Source::Other
};

/// All that happens in one stream.
struct Performance {
    Pressing pressing;
    std::vector<Side> sides;
    std::vector<Stretch> path;
};

/// What comes out of the amplifier, block by block. A pure function of the performance, the supply
/// and the beds; block borders do not matter. Each track is brought to the programme's level (RMS)
/// with an offset of up to 6 dB of its own; equaliser and level are applied to the track, the
/// surface (which lies in the groove and is repeated with it) is added, then the platter plays
/// both; rumble, thumps and line noise come on top.
///
/// Memory: the tracks that sound (one, two in a cross-fade) twice, and 20 s of noise a channel.
/// Cost at 16 kHz mono: some 8 s for an hour of sound, besides decoding.
class SideSound {
public:
    /// @param rate a multiple of 100 Hz; @param channels 1 or 2; both must outlive this: @param
    /// performance, @param beds.
    SideSound(const Performance& performance, SampleRate rate, int channels, Supply supply,
              std::span<const RealBed> beds);
    ~SideSound();
    SideSound(SideSound&&) noexcept;
    SideSound& operator=(SideSound&&) noexcept;

    /// The next block, interleaved, within [-1, 1]; empty at the end. Valid until the next call.
    /// Errors: those of the supply.
    Result<std::span<const float>> next();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::simulator
