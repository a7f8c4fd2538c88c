// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accuracy/statistics.h"
#include "sides/score.h"

namespace spindle::sides {

/// Median, 95th percentile and greatest of some values' sizes.
struct Spread {
    std::size_t count = 0;
    double median = 0;
    double p95 = 0;
    double most = 0;

    static Spread of(std::vector<double> values);
};

/// Plays of one kind of session, or of all.
struct Group {
    std::string name;
    std::size_t sessions = 0;
    Share scrobbled; ///< of those that services count, how many were logged
    Share played;    ///< ... and of all that were played for 15 s or are shorter
    std::size_t doubled = 0;
    std::size_t inferred = 0;
    Spread start; ///< seconds, of heard plays
    Spread start_from_file;
    Spread end;
    Spread played_time;
    Spread speed;        ///< per cent, of plays of 30 s and more
    Share start_within;  ///< half a second
    Share speed_within;  ///< 0.05 %
    Spread wow;          ///< error in per cent, where it was measured
    Spread first_answer; ///< seconds, of plays from a track's beginning or within
    Spread confirmed;
};

/// Plays that were none, in so many hours.
struct FalseCount {
    double hours = 0;
    std::size_t plays = 0;      ///< of other music
    std::size_t same_music = 0; ///< of the very recording, under another name
    std::size_t inferred = 0;   ///< among them
    std::size_t shown = 0;      ///< confirmed on a display
};

struct Memory {
    double peak_mb = 0;
    double at_start_mb = 0; ///< the program and its libraries, before the index is opened
    double cpu_percent = 0;
};

struct SidesReport {
    std::vector<std::string> conditions;
    Group all;
    std::vector<Group> groups; ///< by happening
    FalseCount known;
    FalseCount unknown;
    FalseCount noise;
    SessionScore known_score; ///< for what is counted by session
    Cost unknown_searching;
    Cost noise_idle;
    std::optional<Memory> memory;     ///< of a process that only listens
    std::vector<std::string> remarks; ///< false and missed plays, one line each
};

/// Sums sessions up. @param hours of their sound
void summarise(const Pool& pool, SessionScore known, double hours, SidesReport& report);
FalseCount count_false(const SessionScore& score, double hours);
std::string describe(const FalsePlay& wrong);

std::string text(const SidesReport& report);
std::string json(const SidesReport& report);

} // namespace spindle::sides
