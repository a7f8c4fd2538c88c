// SPDX-License-Identifier: Apache-2.0
#include "turntable/track_split.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "turntable/frame_level.h"

namespace spindle::turntable {
namespace {

std::string clock(Seconds time) {
    const auto whole = std::llround(time.count());
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

/// Medians of nearly a second: ticks and pops are shorter, and edges stay where they are.
std::vector<std::uint8_t> smoothed(const std::vector<std::uint8_t>& levels) {
    constexpr std::size_t kReach = 4;
    std::vector<std::uint8_t> smooth(levels.size());
    std::vector<std::uint8_t> near;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::size_t reach = std::min({kReach, i, levels.size() - 1 - i});
        const auto at = levels.begin() + static_cast<std::ptrdiff_t>(i);
        const auto steps = static_cast<std::ptrdiff_t>(reach);
        near.assign(at - steps, at + steps + 1);
        std::nth_element(near.begin(), near.begin() + steps, near.end());
        smooth[i] = near[reach];
    }
    return smooth;
}

/// The groove between the tracks. What was learned of it may be music that never paused for the
/// gate, or the equipment at rest, where a quiet record is hardly louder: the quietest moment
/// between the first loud music and the last is taken, unless it is much louder.
/// @param levels smoothed
double groove_of(const HeardSide& side, const std::vector<std::uint8_t>& levels,
                 const SplitOptions& options) {
    if (levels.empty()) {
        return side.groove_dbfs;
    }
    std::vector<std::uint8_t> sorted = levels;
    const auto tenth = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 10);
    std::nth_element(sorted.begin(), tenth, sorted.end());
    const std::uint8_t music = level_byte(level_of(*tenth) - options.least_programme);
    // Loud for most of three seconds: the needle going up or down is not.
    std::vector<std::size_t> loud(levels.size() + 1, 0);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        loud[i + 1] = loud[i] + (levels[i] <= music ? 1 : 0); // bytes count down
    }
    constexpr std::size_t kReach = 15;
    std::size_t first = levels.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::size_t from = i < kReach ? 0 : i - kReach;
        const std::size_t to = std::min(levels.size(), i + kReach);
        if (loud[to] - loud[from] > kReach) {
            first = std::min(first, i);
            last = i + 1;
        }
    }
    if (first >= last) {
        return side.groove_dbfs;
    }
    const double found =
        level_of(*std::max_element(levels.begin() + static_cast<std::ptrdiff_t>(first),
                                   levels.begin() + static_cast<std::ptrdiff_t>(last)));
    const bool is_known = side.groove_dbfs > level_of(255);
    return !is_known || found < side.groove_dbfs + options.near_groove ? found : side.groove_dbfs;
}

/// From the first music to the last, and the pauses between.
struct Programme {
    Seconds from{0};
    Seconds to{0};
    std::vector<Pause> pauses;
};

Programme programme_of(const HeardSide& side, const SplitOptions& options) {
    Programme found{Seconds{0}, side.length, pauses_of(side, options)};
    auto& pauses = found.pauses;
    while (!pauses.empty() && pauses.front().from - found.from < options.least_music) {
        found.from = pauses.front().to;
        pauses.erase(pauses.begin());
    }
    while (!pauses.empty() && found.to - pauses.back().to < options.least_music) {
        found.to = pauses.back().from;
        pauses.pop_back();
    }
    return found;
}

/// Every gap, but for those that would leave something too short to be a track.
std::vector<Pause> every_gap(const std::vector<Pause>& pauses, Seconds music, Seconds end,
                             const SplitOptions& options) {
    std::vector<Pause> chosen;
    for (const Pause& pause : pauses) {
        const Seconds before = pause.from - (chosen.empty() ? music : chosen.back().to);
        if (pause.length() >= options.gap && before >= options.least_track &&
            end - pause.to >= options.least_track) {
            chosen.push_back(pause);
        }
    }
    return chosen;
}

/// The `count` longest pauses within (from, to), in order of time.
Result<std::vector<Pause>> longest(const std::vector<Pause>& pauses, Seconds from, Seconds to,
                                   std::size_t count) {
    std::vector<Pause> within;
    std::copy_if(pauses.begin(), pauses.end(), std::back_inserter(within),
                 [&](const Pause& pause) { return pause.from > from && pause.to < to; });
    if (within.size() < count) {
        return fail(Code::BadInput,
                    "between {} and {} {} tracks are to begin, but the music pauses only {} times; "
                    "say where they begin, as \"Name@3:25\", or \"Name@0:00\" for one",
                    clock(from), clock(to), count, within.size());
    }
    std::stable_sort(within.begin(), within.end(),
                     [](const Pause& a, const Pause& b) { return a.length() > b.length(); });
    within.resize(count);
    std::sort(within.begin(), within.end(),
              [](const Pause& a, const Pause& b) { return a.from < b.from; });
    return within;
}

/// The pause that is meant by a time on a sleeve; none where the tracks run into each other.
Pause pause_at(const std::vector<Pause>& pauses, Seconds at, Seconds reach) {
    Pause best{at, at};
    for (const Pause& pause : pauses) {
        if (const Seconds off{std::abs((pause.to - at).count())}; off < reach) {
            reach = off;
            best = pause;
        }
    }
    return best;
}

} // namespace

std::vector<Pause> pauses_of(const HeardSide& side, const SplitOptions& options) {
    constexpr Seconds kFrame = FrameLevel::kFrame;
    const std::vector<std::uint8_t> levels = smoothed(side.levels);
    const std::uint8_t least = level_byte(groove_of(side, levels, options) + options.above_groove);
    std::vector<Pause> pauses;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] < least) {
            continue;
        }
        const std::size_t begin = i;
        while (i < levels.size() && levels[i] >= least) {
            ++i;
        }
        const Pause pause{kFrame * static_cast<double>(begin), kFrame * static_cast<double>(i)};
        if (pause.length() >= options.least_pause) {
            pauses.push_back(pause);
        }
    }
    return pauses;
}

Result<std::vector<TrackStretch>> split_tracks(const HeardSide& side,
                                               std::span<const std::optional<Seconds>> begins,
                                               const SplitOptions& options) {
    const auto [music, end, pauses] = programme_of(side, options);
    if (end - music < options.least_music) {
        return fail(Code::BadInput, "there is no music on it");
    }
    std::vector<Pause> between; // each track and the next
    if (begins.empty()) {
        between = every_gap(pauses, music, end, options);
    }
    Seconds from = music;
    for (std::size_t i = 1; i < begins.size();) {
        std::size_t pinned = i;
        while (pinned < begins.size() && !begins[pinned]) {
            ++pinned;
        }
        Pause pin{end, end};
        if (pinned < begins.size()) {
            const Seconds at = music + *begins[pinned];
            if (at <= from || at >= end) {
                return fail(Code::BadInput,
                            "track {} cannot begin at {}: the one before it begins at {}, and the "
                            "music ends at {}",
                            pinned + 1, clock(*begins[pinned]), clock(from - music),
                            clock(end - music));
            }
            pin = pause_at(pauses, at, options.pin_reach);
        }
        SPINDLE_TRY(const auto found, longest(pauses, from, pin.from, pinned - i));
        between.insert(between.end(), found.begin(), found.end());
        if (pinned < begins.size()) {
            between.push_back(pin);
            from = pin.to;
        }
        i = pinned + 1;
    }
    std::vector<TrackStretch> tracks{{music, end}};
    for (const Pause& pause : between) {
        tracks.back().to = pause.from;
        tracks.push_back({pause.to, end});
    }
    return tracks;
}

std::vector<fingerprint::Landmark> landmarks_in(const HeardSide& side,
                                                const TrackStretch& stretch) {
    const auto tick = [](Seconds time) {
        return static_cast<std::uint32_t>(std::llround(std::max(0.0, time / fingerprint::kTick)));
    };
    const std::uint32_t first = tick(stretch.from);
    const std::uint32_t last = tick(stretch.to);
    std::vector<fingerprint::Landmark> landmarks;
    for (fingerprint::Landmark landmark : side.landmarks) {
        if (landmark.tick >= first && landmark.tick < last) {
            landmark.tick -= first;
            landmarks.push_back(landmark);
        }
    }
    return landmarks;
}

} // namespace spindle::turntable
