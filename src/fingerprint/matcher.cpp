// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/matcher.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fingerprint/certainty.h"
#include "fingerprint/options.h"
#include "fingerprint/peaks.h"
#include "fingerprint/segment_format.h"
#include "fingerprint/verification.h"
#include "fingerprint/voting.h"

namespace spindle::fingerprint {
namespace {

constexpr double kSpeedSlack = 0.004; // a fit over few landmarks may miss the speed by this much
/// A clip of which less than this lies in the track is a clip of something else.
constexpr double kLeastOverlap = 1.5 * 250; // ticks
constexpr double kPriorReach = 0.006;       // documented at Prior::speed

/// The landmarks that are among the `quota` strongest of their band and time.
std::vector<Landmark> strongest(std::span<const Landmark> clip, int quota) {
    auto options = ExtractorOptions::of(Density::Query);
    options.quota = quota;
    PeakSelector selector(options);
    selector.push({clip.begin(), clip.end()});
    std::vector<Landmark> kept;
    selector.finish(kept);
    return kept;
}

/// Ticks of the clip during which the track plays.
double overlap(const Candidate& candidate, const Index::Place& place, std::uint32_t clip_length) {
    const double begin = candidate.offset / kTick; // of the clip, in the track
    const double end = begin + candidate.speed * clip_length;
    const double track_end = static_cast<double>(place.length) * format::kTicksPerMoment;
    return (std::min(end, track_end) - std::max(begin, 0.0)) / candidate.speed;
}

} // namespace

Matcher::Matcher(const Index& index, const MatchOptions& options)
    : index_(index), options_(options) {}

SpeedRange Matcher::speeds(const Prior& prior) const {
    SpeedRange range{1 - options_.most_speed_error, 1 + options_.most_speed_error};
    if (prior.speed) {
        range.slowest = std::max(range.slowest, *prior.speed - kPriorReach);
        range.fastest = std::min(range.fastest, *prior.speed + kPriorReach);
    }
    return range;
}

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

std::vector<Candidate> Matcher::look(const VerifiableClip& verifiable,
                                     std::span<const Landmark> voters, const Prior& prior,
                                     const SearchEffort& effort) const {
    std::vector<Candidate> candidates;
    for (const Guess& guess : vote(index_, voters, speeds(prior), effort)) {
        const auto place = index_.place(guess.moment);
        if (!place) {
            continue;
        }
        const double start = static_cast<double>(place->start) * format::kTicksPerMoment;
        const double offset = guess.offset - start;
        Candidate candidate = verifiable.verify(
            reference(*place, offset, guess.speed, verifiable.length()), offset, guess.speed);
        if (std::abs(candidate.speed - 1) > options_.most_speed_error + kSpeedSlack) {
            continue; // no platter turns like this: a chance fit
        }
        if (overlap(candidate, *place, verifiable.length()) <
            std::min<double>(kLeastOverlap, 0.5 * verifiable.length())) {
            continue;
        }
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
    return candidates;
}

std::vector<Candidate> Matcher::match(std::span<const Landmark> clip, const Prior& prior) const {
    const VerifiableClip verifiable(clip);
    const auto glanced = strongest(clip, options_.glanced);
    auto candidates = look(verifiable, glanced, prior, options_.glance);
    if (candidates.empty() || candidates.front().score < options_.plain) {
        const bool is_large =
            index_.moments() * kTick * format::kTicksPerMoment > options_.searched_whole;
        auto more = look(verifiable, is_large ? std::span<const Landmark>(glanced) : clip, prior,
                         options_.search);
        if (!more.empty() &&
            (candidates.empty() || more.front().score > candidates.front().score)) {
            candidates = std::move(more);
        }
    }
    judge_certainty(candidates);
    return candidates;
}

Candidate Matcher::at(std::span<const Landmark> clip, const Index::Place& place, Seconds offset,
                      double speed) const {
    const VerifiableClip verifiable(clip);
    const double ticks = offset / kTick;
    std::vector<Candidate> one{
        verifiable.verify(reference(place, ticks, speed, verifiable.length()), ticks, speed)};
    one.front().track = place.track;
    one.front().place = place;
    judge_certainty(one);
    return one.front();
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
