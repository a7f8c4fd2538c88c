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

    /// The sighting with the needle put back where it had been lifted, `reach` before or after, if
    /// that fits about as well: music that repeats is found in a verse before, too. Some 100 us for
    /// each 0.04 s of it.
    /// @param at stream time at which it was put back. @param left position in the file
    std::optional<Sighting> where_left(const RecentSound::Clip& clip, const Sighting& sighting,
                                       Seconds at, Seconds left, Seconds reach) const;

    /// The landmarks that speak for a sighting.
    std::vector<fingerprint::LandmarkPair> pairs(const RecentSound::Clip& clip,
                                                 const Sighting& sighting) const {
        return matcher_.pairs(clip.landmarks, sighting.candidate);
    }

private:
    /// The best with the clip's start at `offset` in the file, `reach` before or after, if it fits
    /// about as well as `sighting`.
    std::optional<Sighting> about_as_well(const RecentSound::Clip& clip, const Sighting& sighting,
                                          Seconds offset, Seconds reach) const;

    const fingerprint::Index& index_;
    fingerprint::Matcher matcher_;
};

} // namespace spindle::turntable
