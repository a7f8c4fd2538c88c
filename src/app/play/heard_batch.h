// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/boot_time.h"
#include "base/result.h"
#include "base/wall_time.h"
#include "turntable/ear.h"

namespace spindle::app {

/// What an ear heard in a second, and when that ended.
struct HeardPiece {
    turntable::Heard heard;
    BootTime end{}; ///< by the clock of the machine the ear is in
};

/// Pieces of one stream on their way from a box beside the turntable to the machine with the
/// library. A few kilobytes; no sound.
struct HeardBatch {
    static constexpr std::size_t kMostPieces = 600;
    static constexpr std::uint64_t kLargest = 8U << 20U; ///< bytes; ten minutes are some 500 kB

    std::uint64_t first = 0; ///< number of its first piece in the stream, from 0
    std::string boot;        ///< which run of the box heard it (boot_id())
    ClockReading clock;      ///< of the box, of that run, as late as possible
    std::vector<HeardPiece> pieces;

    std::uint64_t next() const { return first + pieces.size(); } ///< number of what comes after it
};

/// As bytes for the wire and for the disk: "SPH1", then numbers little-endian, pieces as
/// turntable/heard_bytes.h.
std::string to_bytes(const HeardBatch& batch);

/// The way back. Nothing is trusted: Code::BadInput for what is damaged or of another version.
Result<HeardBatch> heard_batch_of(std::string_view bytes);

/// The same batch in the calendar of the machine that gets it: its pieces' `end` counts from 1970
/// (UTC) instead of from the box's start. A box whose clock was never set is believed as to how
/// long ago something was, if it is still in the same run; else it is taken for just heard.
/// @param now of the machine that gets it.
HeardBatch in_utc(HeardBatch batch, UtcTime now);

/// Clocks for a Listening that is told of times in_utc().
ClockSources utc_clock_sources();

} // namespace spindle::app
