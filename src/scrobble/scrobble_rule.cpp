// SPDX-License-Identifier: Apache-2.0
#include "scrobble/scrobble_rule.h"

#include <algorithm>

namespace spindle::scrobble {
namespace {

bool is_repeat(const Listen& play, const Listen& last, const RuleOptions& options) {
    if (!same_track(play, last)) {
        return false;
    }
    const Seconds apart{static_cast<double>(play.started_at - last.started_at)};
    if (options.repeat == RepeatRule::OncePerDay) {
        return apart < options.repeat_after;
    }
    // Starts are exact to half a second, so the next play may seem to begin a little early.
    constexpr Seconds kExactness{1};
    return apart < last.played - kExactness && apart > kExactness - play.played;
}

} // namespace

RuleVerdict judge(const Listen& play, const std::optional<Listen>& last,
                  const RuleOptions& options) {
    const bool known = play.duration > Seconds{0};
    if (known && play.duration <= options.shortest) {
        return RuleVerdict::TooShort;
    }
    const Seconds needed =
        known ? std::min(play.duration * options.share, options.enough) : options.enough;
    if (play.played < needed) {
        return RuleVerdict::HeardTooLittle;
    }
    return last && is_repeat(play, *last, options) ? RuleVerdict::Repeated : RuleVerdict::Scrobble;
}

std::string_view reason_of(RuleVerdict verdict) {
    switch (verdict) {
    case RuleVerdict::TooShort:
        return "the track is 30 seconds or shorter";
    case RuleVerdict::HeardTooLittle:
        return "heard for less than half of it and less than 4 minutes";
    case RuleVerdict::Repeated:
        return "the same play as the last one, by the rule for repeats";
    default:
        return "a scrobble";
    }
}

} // namespace spindle::scrobble
