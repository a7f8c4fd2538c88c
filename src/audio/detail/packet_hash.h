// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "audio/audio_hash.h"

// NOLINTNEXTLINE(bugprone-forward-declaration-namespace): xxHash's own name
struct XXH3_state_s;

namespace spindle::audio::detail {

/// Builds an AudioHash from the packets of one stream, in order. Where one packet ends and the next
/// begins does not matter, so that another demuxer version may cut the same bytes differently.
class PacketHash {
public:
    explicit PacketHash(std::string_view codec);
    void add(std::span<const std::uint8_t> packet);
    AudioHash value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

} // namespace spindle::audio::detail
