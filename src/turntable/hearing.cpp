// SPDX-License-Identifier: Apache-2.0
#include "turntable/hearing.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

/// A place is right to some milliseconds; a groove is 1.3 to 1.8 s from its neighbour. Wow of 0.3 %
/// moves it by 1 ms, a window at a transition by more.
constexpr Seconds kSamePlace{0.4};

constexpr double kCompany = 0.5 / fingerprint::kTick.count(); ///< ticks
constexpr std::size_t kOthers = 2;

} // namespace

std::pair<Seconds, Seconds> found_between(std::span<const fingerprint::LandmarkPair> pairs) {
    std::vector<double> ticks;
    for (const fingerprint::LandmarkPair& pair : pairs) {
        ticks.push_back(pair.clip.tick);
    }
    std::sort(ticks.begin(), ticks.end());
    if (ticks.size() <= kOthers) {
        return {};
    }
    std::size_t first = 0;
    while (first + kOthers + 1 < ticks.size() && ticks[first + kOthers] - ticks[first] > kCompany) {
        ++first;
    }
    std::size_t last = ticks.size() - 1;
    while (last > kOthers && ticks[last] - ticks[last - kOthers] > kCompany) {
        --last;
    }
    return {fingerprint::kTick * ticks[first], fingerprint::kTick * ticks[last]};
}

bool Sighting::agrees_with(const Sighting& other) const {
    const Seconds at = middle();
    return candidate.track == other.candidate.track &&
           std::abs((position(at) - other.position(at)).count()) < kSamePlace.count();
}

Hearing::Hearing(const Sighting& first, std::optional<Place> place, Seconds duration,
                 Seconds entered)
    : track_(first.candidate.track), index_place_(first.candidate.place), place_(place),
      duration_(duration), entered_(entered), last_supported_(first.end()) {
    segments_.push_back({{}, entered, {}});
    support(first, {});
}

void Hearing::support(const Sighting& sighting, std::span<const fingerprint::LandmarkPair> pairs) {
    segments_.back().line.add(sighting.middle(), sighting.position(sighting.middle()),
                              sighting.candidate.speed);
    const Seconds until =
        pairs.empty() ? sighting.end() : sighting.window_start + found_between(pairs).second;
    last_supported_ = std::max(last_supported_, until);
    ++supports_;
    if (sighting.window_start >= counted_until_) {
        // Only of windows that have nothing in common is the evidence independent.
        confidence_ = std::min(0.9999, 1 - (1 - confidence_) * (1 - sighting.candidate.confidence));
        matched_ += sighting.candidate.matched;
        expected_ += sighting.candidate.expected;
        counted_until_ = sighting.end();
    }
    if (!pairs.empty() && sighting.window_start >= wow_until_) {
        wow_.add(pairs, sighting.window_start, sighting.candidate.speed);
        wow_until_ = sighting.end();
    }
}

void Hearing::jump(const Sighting& sighting, Seconds at) {
    ++skips_;
    resume(sighting, at);
}

void Hearing::resume(const Sighting& sighting, Seconds at) {
    segments_.back().to = std::min(last_supported_, at);
    segments_.push_back({{}, at, {}});
    support(sighting, {});
}

bool Hearing::is_on_line(const Sighting& sighting) const {
    const Seconds at = sighting.middle();
    return sighting.candidate.track == track_ &&
           std::abs((sighting.position(at) - position(at)).count()) < kSamePlace.count();
}

Seconds Hearing::natural_end() const {
    if (duration_ <= Seconds{0}) {
        return Seconds{1e12};
    }
    return segments_.back().line.start() + duration_ / speed();
}

Play Hearing::play(Seconds end) const {
    Play play;
    play.track = track_;
    play.place = place_;
    play.start = entered_;
    play.end = std::max(end, entered_);
    play.duration = duration_;
    for (const Segment& segment : segments_) {
        const Seconds to = &segment == &segments_.back() ? play.end : segment.to;
        play.played += std::max(Seconds{0}, to - segment.from);
    }
    play.from = std::max(Seconds{0}, segments_.front().line.position(entered_));
    play.to = std::max(Seconds{0}, position(play.end));
    if (duration_ > Seconds{0}) {
        play.to = std::min(play.to, duration_);
    }
    // The longest line knows the speed best.
    const auto longest = std::max_element(
        segments_.begin(), segments_.end(),
        [](const Segment& a, const Segment& b) { return a.line.count() < b.line.count(); });
    play.speed = longest->line.speed();
    play.speed_error = longest->line.speed_error();
    play.wow = wow();
    play.confidence = confidence_;
    play.skips = skips_;
    play.matched = matched_;
    play.expected = expected_;
    return play;
}

} // namespace spindle::turntable
