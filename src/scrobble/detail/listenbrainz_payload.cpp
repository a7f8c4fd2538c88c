// SPDX-License-Identifier: Apache-2.0
#include "scrobble/detail/listenbrainz_payload.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::scrobble::detail {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json track_of(const Listen& listen, std::string_view version) {
    Json info{{"media_player", kClientName},
              {"submission_client", kClientName},
              {"submission_client_version", version}};
    const auto put = [&info](const char* name, const std::string& value) {
        if (!value.empty()) {
            info[name] = value;
        }
    };
    put("tracknumber", listen.track_number);
    put("recording_mbid", listen.recording_mbid);
    put("release_mbid", listen.release_mbid);
    put("release_artist_name", listen.album_artist);
    put("vinyl_side", listen.side);
    if (listen.duration > Seconds{0}) {
        info["duration_ms"] =
            std::max<std::int64_t>(1, std::llround(listen.duration.count() * 1000));
    }
    if (listen.played >= Seconds{0.5}) {
        info["duration_played"] = std::llround(listen.played.count());
    }
    if (listen.rpm > 0) {
        info["rpm"] = std::round(listen.rpm * 100) / 100;
    }
    if (listen.discogs_release.value > 0) {
        info["discogs_release"] =
            fmt::format("https://www.discogs.com/release/{}", listen.discogs_release.value);
    }
    Json track{{"artist_name", listen.artist}, {"track_name", listen.title}};
    if (!listen.album.empty()) {
        track["release_name"] = listen.album;
    }
    track["additional_info"] = std::move(info);
    return track;
}

} // namespace

std::string submission(std::span<const Listen> listens, std::string_view version) {
    Json payload = Json::array();
    for (const Listen& listen : listens) {
        payload.push_back(
            {{"listened_at", listen.started_at}, {"track_metadata", track_of(listen, version)}});
    }
    return text_of({{"listen_type", listens.size() == 1 ? "single" : "import"},
                    {"payload", std::move(payload)}});
}

std::string playing_now(const Listen& listen, std::string_view version) {
    Json payload = Json::array();
    payload.push_back({{"track_metadata", track_of(listen, version)}});
    return text_of({{"listen_type", "playing_now"}, {"payload", std::move(payload)}});
}

std::string nothing_playing() {
    return text_of({{"client", kClientName}});
}

} // namespace spindle::scrobble::detail
