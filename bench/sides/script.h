// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sides/happening.h"
#include "simulator/needle.h"
#include "simulator/random.h"
#include "simulator/side.h"

namespace spindle::sides {

/// A sound that is no record, for Happening::Radio.
struct OtherSound {
    std::size_t number = 0;
    Seconds length{0};
};

/// What the arm does with a record's sides (one, or two where the happening is about two), from
/// silence to silence.
std::vector<simulator::Stretch> write_script(Happening happening,
                                             std::span<const simulator::Side> sides,
                                             const simulator::Transport& transport,
                                             const OtherSound& radio, simulator::Random& random);

} // namespace spindle::sides
