// SPDX-License-Identifier: Apache-2.0
#include "turntable/sighting_finder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace spindle::turntable {
namespace {

using fingerprint::kTick;
using fingerprint::Landmark;

constexpr double kSure = 0.9;        ///< confidence of a search's answer (kLeastCertainty)
constexpr double kFollows = 10;      ///< score at a known place; chance has 0, rarely 5
constexpr double kStillThere = 8;    ///< the same in a search that was not sure
constexpr double kStill = 3;         ///< the same in the last seconds only
constexpr Seconds kSlowStart{10};    ///< a file may begin with silence
constexpr Seconds kOnsetReach{0.4};  ///< how exactly the gate tells when music began
constexpr Seconds kOnsetStep{0.04};  ///< what verification finds by itself
constexpr double kAboutAsWell = 0.8; ///< of the score

Sighting sighting_of(const RecentSound::Clip& clip) {
    Sighting sighting;
    sighting.window_start = clip.start;
    sighting.window = clip.length();
    return sighting;
}

} // namespace

std::optional<Sighting> SightingFinder::follow(const RecentSound::Clip& clip,
                                               const Hearing& hearing) const {
    if (clip.empty()) {
        return std::nullopt;
    }
    Sighting sighting = sighting_of(clip);
    sighting.candidate = matcher_.at(clip.landmarks, hearing.index_place(),
                                     hearing.position(clip.start), hearing.speed());
    return sighting.candidate.score >= kFollows && hearing.is_on_line(sighting)
               ? std::optional(sighting)
               : std::nullopt;
}

std::optional<Sighting> SightingFinder::search(const RecentSound::Clip& clip,
                                               std::optional<double> speed,
                                               const std::optional<Hearing>& hearing) const {
    if (clip.empty()) {
        return std::nullopt;
    }
    auto candidates = matcher_.match(clip.landmarks, {speed});
    if (speed && (candidates.empty() || candidates.front().confidence < kSure)) {
        // The speed may have been changed by hand, or another source is playing.
        candidates = matcher_.match(clip.landmarks);
    }
    Sighting sighting = sighting_of(clip);
    for (const fingerprint::Candidate& candidate : candidates) {
        sighting.candidate = candidate;
        if (hearing && candidate.score >= kStillThere && hearing->is_on_line(sighting)) {
            return sighting;
        }
    }
    if (candidates.empty() || candidates.front().confidence < kSure) {
        return std::nullopt;
    }
    sighting.candidate = candidates.front();
    return sighting;
}

bool SightingFinder::is_on(const RecentSound::Clip& clip, const Sighting& sighting) const {
    return !clip.empty() && matcher_.at(clip.landmarks, sighting.candidate.place,
                                        sighting.position(clip.start), sighting.candidate.speed)
                                    .score >= kStill;
}

std::optional<Sighting> SightingFinder::from_the_beginning(const RecentSound::Clip& clip,
                                                           const Sighting& sighting,
                                                           Seconds onset) const {
    std::vector<Landmark> beginning;
    index_.landmarks(sighting.candidate.place, 0, static_cast<std::uint32_t>(kSlowStart / kTick),
                     beginning);
    if (beginning.empty()) {
        return std::nullopt;
    }
    const auto first =
        std::min_element(beginning.begin(), beginning.end(),
                         [](const Landmark& a, const Landmark& b) { return a.tick < b.tick; });
    const double speed = sighting.candidate.speed;
    const Seconds start = onset - kTick * first->tick / speed;
    const Seconds found = sighting.window_start - sighting.candidate.offset / speed;
    if (std::abs((start - found).count()) < kOnsetReach.count()) {
        return std::nullopt;
    }
    return elsewhere(clip, sighting, start, Seconds{0}, kOnsetReach);
}

std::optional<Sighting> SightingFinder::elsewhere(const RecentSound::Clip& clip,
                                                  const Sighting& sighting, Seconds at,
                                                  Seconds position, Seconds reach) const {
    const double speed = sighting.candidate.speed;
    Sighting best = sighting;
    best.window_start = clip.start;
    best.candidate.score = 0;
    for (Seconds shift = -reach; shift <= reach; shift += kOnsetStep) {
        const auto candidate = matcher_.at(clip.landmarks, sighting.candidate.place,
                                           position + (clip.start - at + shift) * speed, speed);
        if (candidate.score > best.candidate.score) {
            best.candidate = candidate;
        }
    }
    best.candidate.confidence = sighting.candidate.confidence;
    return best.candidate.score > kAboutAsWell * sighting.candidate.score ? std::optional(best)
                                                                          : std::nullopt;
}

} // namespace spindle::turntable
