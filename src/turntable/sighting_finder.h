// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fingerprint/index.h"
#include "fingerprint/matcher.h"
#include "turntable/hearing.h"
#include "turntable/recent_sound.h"

namespace spindle::turntable {

/// Where in the library is what was heard lately? Stateless but for the index; thread-safe.
class SightingFinder {
public:
    /// @param index must outlive it.
    explicit SightingFinder(const fingerprint::Index& index) : index_(index), matcher_(index) {}

    /// Does the track that is heard go on where it should be? Some 100 us.
    std::optional<Sighting> follow(const RecentSound::Clip& clip, const Hearing& hearing) const;

    /// What in the whole library is it? 1 to 20 ms; a tenth of it when the speed is known.
    /// @param speed of the platter, if known; others are tried as well.
    /// @param hearing what was heard until now: found again, it need not be as sure.
    std::optional<Sighting> search(const RecentSound::Clip& clip, std::optional<double> speed,
                                   const std::optional<Hearing>& hearing) const;

    /// Is this clip on the line of that sighting, too?
    bool is_on(const RecentSound::Clip& clip, const Sighting& sighting) const;

    /// The sighting with the file's beginning where the music began, if that fits about as well and
    /// is not where it is anyway: music that repeats fits a bar later, or a verse, too.
    /// @param clip of the sighting. @param onset stream time at which music began to sound.
    std::optional<Sighting> from_the_beginning(const RecentSound::Clip& clip,
                                               const Sighting& sighting, Seconds onset) const;

    /// The sighting with the file at `position` at the stream time `at`, `reach` before or after,
    /// if that fits about as well: music that repeats is found in one verse now and in another
    /// then. Some 100 us for each 0.04 s of that range.
    std::optional<Sighting> elsewhere(const RecentSound::Clip& clip, const Sighting& sighting,
                                      Seconds at, Seconds position, Seconds reach) const;

    /// The landmarks that speak for a sighting.
    std::vector<fingerprint::LandmarkPair> pairs(const RecentSound::Clip& clip,
                                                 const Sighting& sighting) const {
        return matcher_.pairs(clip.landmarks, sighting.candidate);
    }

private:
    const fingerprint::Index& index_;
    fingerprint::Matcher matcher_;
};

} // namespace spindle::turntable
