// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/index.h"
#include "sides/session.h"
#include "simulator/surface.h"
#include "turntable/listener.h"

namespace spindle::sides {

/// What sound is rendered at before it is brought to the engine's rate.
inline constexpr SampleRate kSessionRate{16000};

/// Processor time of the listener while a kind of thing went on.
struct Cost {
    Seconds cpu{0};
    Seconds sound{0};

    void add(const Cost& other);
    double percent_of_a_core() const { return sound.count() > 0 ? 100 * (cpu / sound) : 0; }
};

/// All that a listener said.
struct Heard {
    std::vector<turntable::Play> plays;
    std::vector<turntable::NowPlaying> now_playing;
    std::vector<turntable::SideOver> sides_over;
    std::vector<turntable::UnknownMusic> unknown;
    std::vector<turntable::LockedGroove> locked;
    Seconds sound{0};
    Cost following; ///< a track is playing and believed
    Cost searching; ///< music of which nothing is believed
    Cost idle;      ///< no music
};

/// A listener and what it said. @param shelf the sides it may ask for.
class Ear {
public:
    Ear(const fingerprint::Index& index, std::vector<turntable::Side> shelf);

    /// @param sound at fingerprint::kLandmarkRate; fed as a sound card would, 0.1 s at a time.
    void hear(std::span<const float> sound);
    /// Nothing follows.
    Heard finish();
    Seconds now() const { return heard_.sound; }

private:
    void tell(const turntable::Heard& heard);
    void take(const turntable::Event& event);
    template <typename Call>
    void timed(Seconds sound, Call call);

    turntable::Ear ear_;
    turntable::Listener listener_;
    Heard heard_;
    Cost* doing_ = nullptr; ///< as of the last second
    std::size_t blocks_ = 0;
};

/// A session's sound as the listener takes it. Errors: those of decoding.
Result<std::vector<float>> sound_of(const Session& session, TrackStore& store,
                                    std::span<const simulator::RealBed> beds);

/// Calls `sink` with stretches of noise, tones, silence and speech until `length` is reached.
Result<void> noise(Seconds length, std::uint64_t seed, const Pool& pool, TrackStore& store,
                   std::span<const simulator::RealBed> beds,
                   const std::function<void(std::span<const float>)>& sink);

} // namespace spindle::sides
