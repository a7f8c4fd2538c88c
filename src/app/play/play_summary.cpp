// SPDX-License-Identifier: Apache-2.0
#include "app/play/play_summary.h"

#include <algorithm>
#include <ctime>
#include <limits>
#include <utility>

namespace spindle::app {
namespace {

std::string local_day(store::Milliseconds moment) {
    const auto seconds = static_cast<std::time_t>(moment / 1000);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

void count(Played& played, const store::StoredPlay& play) {
    ++played.plays;
    played.music += play.played;
}

template <typename Item>
void put_most_first(std::vector<Item>& items) {
    std::stable_sort(items.begin(), items.end(), [](const Item& one, const Item& other) {
        return one.played.music > other.played.music;
    });
}

} // namespace

Result<PlaySummary> summarize_plays(store::PlayStore& store, store::Milliseconds since) {
    PlaySummary summary;
    std::map<std::string, Played> artists;
    std::map<std::pair<std::string, std::string>, Played> records;
    SPINDLE_TRY_VOID(store.each_play(since, std::numeric_limits<store::Milliseconds>::max(),
                                     [&](const store::StoredPlay& play) {
                                         count(summary.days[local_day(play.started)], play);
                                         count(artists[play.artist], play);
                                         count(records[{play.artist, play.album}], play);
                                         return true;
                                     }));
    for (const auto& [artist, played] : artists) {
        summary.artists.push_back({artist, played});
    }
    for (const auto& [record, played] : records) {
        summary.records.push_back({record.first, record.second, played});
    }
    put_most_first(summary.artists);
    put_most_first(summary.records);
    return summary;
}

} // namespace spindle::app
