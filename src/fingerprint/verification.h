// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "fingerprint/chance_density.h"
#include "fingerprint/index.h"
#include "fingerprint/landmark.h"
#include "fingerprint/matcher.h"

namespace spindle::fingerprint {

/// The clip's landmarks, prepared once for many candidates.
class VerifiableClip {
public:
    explicit VerifiableClip(std::span<const Landmark> clip);

    /// Fits reference time = offset + speed * clip time by least squares over times and pitches,
    /// and scores the fit: log likelihood ratio of "these landmarks show through, with the usual
    /// scatter" against "chance" (ChanceDensity; marked point process; the scatter is measured, see
    /// kTimeScatter).
    /// @param reference the track's landmarks around the place; @param offset ticks.
    Candidate verify(std::span<const Landmark> reference, double offset, double speed) const;

    /// The landmarks of both that fall together under the map.
    std::vector<LandmarkPair> pairs(std::span<const Landmark> reference, double offset,
                                    double speed) const;

    std::uint32_t length() const { return length_; }

private:
    const Landmark* nearest(double tick, double pitch, double ticks, double steps,
                            double& distance) const;
    template <typename Visit>
    void near(double tick, double pitch, double ticks, double steps, Visit&& visit) const;

    std::span<const Landmark> clip_;
    std::uint32_t length_ = 0;
    ChanceDensity chance_;
    std::vector<std::uint32_t> starts_; // first landmark of each slice of time
};

} // namespace spindle::fingerprint
