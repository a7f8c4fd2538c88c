// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/needle.h"
#include "simulator/side.h"

namespace spindle::simulator {

/// A stretch of the stream in which one track sounds without a break: place in the file = from +
/// speed * (stream time - start), but for wow and flutter (below 1 ms at 0.3 %).
struct TruePiece {
    Seconds start{0}; ///< stream time
    Seconds end{0};
    Seconds from{0}; ///< in the file
    Seconds to{0};
    bool repeated = false; ///< one more turn of a locked groove
};

/// A track that was played, or a part of it.
struct TruePlay {
    std::size_t track = 0; ///< SideTrackInfo::track
    std::size_t side = 0;
    std::size_t index = 0; ///< on the side
    std::size_t hearing = 0;
    std::vector<TruePiece> pieces;
    Seconds start{0}; ///< stream time of the first piece's start
    Seconds end{0};   ///< ... and of the last one's end
    /// Stream time at which something of it is first and last to be heard, where the file begins or
    /// ends with silence; else start and end.
    Seconds audible_start{0};
    Seconds audible_end{0};
    Seconds played{0}; ///< stream seconds that it sounded, without repeated turns
    Seconds length{0}; ///< of the file
    double speed = 1;
    int skips = 0;
};

/// The needle in the groove from where it was let down anew until it was lifted for good.
struct TrueHearing {
    std::size_t side = 0;
    Seconds down{0};
    Seconds music_start{0}; ///< `down` when there was none
    Seconds music_end{0};
    Seconds up{0};
};

/// What truly happened.
struct SideTruth {
    std::vector<TruePlay> plays; ///< by start
    std::vector<TrueHearing> hearings;
    Seconds length{0}; ///< of the stream
};

/// Exact to the sample grid: worked out from the path, not measured.
SideTruth truth_of(std::span<const Stretch> path, std::span<const Side> sides,
                   const Transport& transport);

} // namespace spindle::simulator
