// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/play_store.h"

namespace spindle::app {

/// How much of something was played.
struct Played {
    std::int64_t plays = 0;
    Seconds music{0};
};

/// Plays counted together, for plots. Inferred plays count: they were played.
struct PlaySummary {
    struct Artist {
        std::string artist;
        Played played;
    };
    struct Record {
        std::string artist, album;
        Played played;
    };
    std::map<std::string, Played> days; ///< "2026-11-21" by this machine's clock on the wall
    std::vector<Artist> artists;        ///< most music first
    std::vector<Record> records;        ///< most music first
};

/// Of the plays that began at `since` or later. Memory: one entry a day, artist and record.
Result<PlaySummary> summarize_plays(store::PlayStore& store, store::Milliseconds since);

} // namespace spindle::app
