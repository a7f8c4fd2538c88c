// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/track_id.h"
#include "base/units.h"
#include "fingerprint/index.h"
#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// A place in the library that a clip may come from: reference time = offset + speed * clip time.
struct Candidate {
    TrackId track;
    Seconds offset{0};     ///< position in the track at the clip's first sample; may be negative
    double speed = 1;      ///< 1.008 = the clip runs 0.8 % fast
    double score = 0;      ///< log likelihood ratio, natural: same recording against chance
    double hit_rate = 0;   ///< share of the reference's landmarks found again, 0..1
    int matched = 0;       ///< landmarks found again
    int expected = 0;      ///< landmarks the reference has there
    double in_library = 0; ///< chance that the clip is this music at all
    double confidence = 0; ///< 1 - the chance that naming this track is wrong
    Index::Place place;    ///< the track in the index it was found in
};

/// Below this chance of being in the library at all a clip is "not in the library".
inline constexpr double kLeastCertainty = 0.9;

/// A landmark that the clip and a track have in common.
struct LandmarkPair {
    Landmark clip;      ///< ticks from the clip's start
    Landmark reference; ///< ticks from the track's start
};

class VerifiableClip;
struct SpeedRange;

/// What is known before a clip is heard, as a turntable that has been running for a while knows.
struct Prior {
    std::optional<double> speed; ///< only within +- 0.6 % of this
};

/// How wide a search is. Every figure from bench/ (development set).
struct SearchEffort {
    double gap_jitter;    ///< ticks a gap may be off
    double step_jitter;   ///< 1/192 octave a pitch step may be off
    int most_gap;         ///< ticks; longer gaps are rare in the reference
    std::uint64_t budget; ///< postings read at most; about 4 ns each
    int candidates;       ///< places verified at most; about 20 us each
};

struct MatchOptions {
    double most_speed_error = 0.045; ///< +-4 % and a little for rounding
    SearchEffort glance{2, 1, 120, 60'000, 24};
    /// For clips that the glance leaves in doubt.
    SearchEffort search{3, 1.5, 150, 1'200'000, 96};
    int glanced = 8; ///< quota (ExtractorOptions) of the landmarks looked up in a glance
    /// In up to so much music a search looks all landmarks of the clip up; in more the budget does
    /// not pay for the weak ones.
    Seconds searched_whole{200 * 3600.0};
    double plain = 30; ///< score from which a glance is enough; chance fits stay below 20
};

/// Finds where in the index a clip comes from. Thread-safe; const after construction.
class Matcher {
public:
    explicit Matcher(const Index& index, const MatchOptions& options = {});

    /// Memory while it works grows with the clip's length: about 40 bytes a tick up to the last
    /// landmark (10 kB a second), nearly all of it for ChanceDensity. Ask about long recordings in
    /// windows.
    /// @param clip landmarks of Density::Query in order of time, ticks from the clip's start.
    /// @return one candidate a track, best first; empty when nothing matches at all.
    std::vector<Candidate> match(std::span<const Landmark> clip, const Prior& prior = {}) const;

    /// How well a clip fits one place that is suspected already: what following a track costs
    /// instead of a search, some 50 us. Its in_library and confidence are those of the first of a
    /// search's candidates.
    Candidate at(std::span<const Landmark> clip, const Index::Place& place, Seconds offset,
                 double speed) const;

    /// The landmarks that speak for a candidate of match(): for pictures and explanations.
    std::vector<LandmarkPair> pairs(std::span<const Landmark> clip,
                                    const Candidate& candidate) const;

private:
    std::vector<Candidate> look(const VerifiableClip& verifiable, std::span<const Landmark> voters,
                                const Prior& prior, const SearchEffort& effort) const;
    SpeedRange speeds(const Prior& prior) const;
    std::vector<Landmark> reference(const Index::Place& place, double offset, double speed,
                                    std::uint32_t length) const;

    const Index& index_;
    MatchOptions options_;
};

} // namespace spindle::fingerprint
