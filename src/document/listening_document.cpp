// SPDX-License-Identifier: Apache-2.0
#include "document/listening_document.h"

#include <chrono>

#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "document/play_document.h"

namespace spindle::document {
namespace {

std::string utc(UtcTime time) {
    return utc_text(std::chrono::floor<std::chrono::milliseconds>(time.since_1970).count());
}

std::string_view state_of(const app::ListeningStatus& status) {
    switch (status.status.sound) {
    case turntable::Sound::Silence:
        return "silence";
    case turntable::Sound::Surface:
        return "groove";
    case turntable::Sound::Music:
        break;
    }
    return status.now ? "playing" : "music";
}

Json playing_json(const app::ListeningStatus& status, const ClockReading& now) {
    const turntable::Status& turning = status.status;
    Json json = to_json(app::ListeningEvent(*status.now), now);
    json.erase("event");
    if (turning.now) {
        json["at"] = utc(to_utc(status.at, now));
        json["position_s"] = rounded(turning.now->position.count(), 100);
        json["confirmed"] = turning.now->confirmed;
    }
    json["speed"] = turning.speed_error > 0 ? Json(rounded(turning.speed, 1e6)) : Json(nullptr);
    json["wow"] = nullptr;
    if (turning.wow) {
        json["wow"] =
            wow_json(turning.wow->peak, turning.wow->weighted, turning.wow->turns_per_minute);
    }
    json["locked_groove"] = turning.locked;
    return json;
}

} // namespace

Json to_json(const app::ListeningStatus& status, UtcTime since, const ClockReading& now) {
    Json json{{"active", true},
              {"since", utc(since)},
              {"state", status.now ? "playing" : state_of(status)},
              {"playing", nullptr},
              {"level_db", rounded(status.status.level_dbfs, 10)},
              {"channels_db", Json::array()}};
    if (status.now) {
        json["playing"] = playing_json(status, now);
    }
    for (const audio::ChannelLevel& channel : status.levels) {
        json["channels_db"].push_back(rounded(channel.rms_dbfs, 10));
    }
    return json;
}

Json not_listening() {
    return {{"active", false},
            {"since", nullptr},
            {"state", nullptr},
            {"playing", nullptr},
            {"level_db", nullptr},
            {"why", "Nobody listens. On the machine with the turntable: spindle listen (on another "
                    "one: spindle listen --server with this address)."}};
}

} // namespace spindle::document
