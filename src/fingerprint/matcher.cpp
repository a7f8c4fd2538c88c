// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/matcher.h"

#include <algorithm>
#include <cmath>

#include "fingerprint/certainty.h"
#include "fingerprint/segment_format.h"
#include "fingerprint/verification.h"
#include "fingerprint/voting.h"

namespace spindle::fingerprint {

Matcher::Matcher(const Index& index, const MatchOptions& options)
    : index_(index), options_(options) {}

std::vector<Landmark> Matcher::reference(const Index::Place& place, double offset, double speed,
                                         std::uint32_t length) const {
    constexpr double kMargin = 125; // ticks: the fit may move this far
    const double from = std::max(0.0, offset - kMargin);
    const double to = std::max(from, offset + speed * length + kMargin);
    std::vector<Landmark> landmarks;
    index_.landmarks(place, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to),
                     landmarks);
    return landmarks;
}

std::vector<Candidate> Matcher::match(std::span<const Landmark> clip, const Prior& prior) const {
    const VerifiableClip verifiable(clip);
    std::vector<Candidate> candidates;
    for (const Guess& guess : vote(index_, clip, prior, options_)) {
        const auto place = index_.place(guess.moment);
        if (!place) {
            continue;
        }
        const double start = static_cast<double>(place->start) * format::kTicksPerMoment;
        const double offset = guess.offset - start;
        Candidate candidate = verifiable.verify(
            reference(*place, offset, guess.speed, verifiable.length()), offset, guess.speed);
        candidate.track = place->track;
        candidate.place = *place;
        const auto same =
            std::find_if(candidates.begin(), candidates.end(),
                         [&](const Candidate& c) { return c.track == candidate.track; });
        if (same == candidates.end()) {
            candidates.push_back(candidate);
        } else if (same->score < candidate.score) {
            *same = candidate;
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    judge_certainty(candidates);
    return candidates;
}

std::vector<LandmarkPair> Matcher::pairs(std::span<const Landmark> clip,
                                         const Candidate& candidate) const {
    const VerifiableClip verifiable(clip);
    const double offset = candidate.offset / kTick;
    return verifiable.pairs(
        reference(candidate.place, offset, candidate.speed, verifiable.length()), offset,
        candidate.speed);
}

} // namespace spindle::fingerprint
