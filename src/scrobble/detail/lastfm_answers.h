// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scrobble/lastfm_client.h"
#include "scrobble/listen.h"
#include "scrobble/outcome.h"

// What Last.fm and its look-alikes answer, as values. Pure; any bytes may come.
namespace spindle::scrobble::detail {

/// The error a body tells, whatever the status it came with: JSON {"error":9,"message":"..."} or
/// XML <error code="9">...</error>.
struct LastfmError {
    int code = 0;
    std::string message;
};
std::optional<LastfmError> read_lastfm_error(std::string_view body);

/// What to do after that error of a call that sends listens (last.fm/api/errorcodes, and what
/// clients have met). The reason says what the service said only if `message` is given.
Outcome outcome_of(const LastfmError& error, std::optional<Seconds> retry_after);

/// One outcome for each of `sent`. Where the answer does not tell which one failed, all are
/// Unknown.
/// @param now seconds since 1970-01-01 UTC, to name the true reason of a refusal
std::vector<Outcome> read_scrobbles(std::string_view body, std::span<const Listen> sent,
                                    std::int64_t now);

/// The answer of updateNowPlaying.
Outcome read_now_playing(std::string_view body);

std::optional<std::string> read_token(std::string_view body);

std::optional<LastfmSession> read_session(std::string_view body);

/// Whose session it is: the answer of user.getInfo without a name.
std::optional<std::string> read_user_name(std::string_view body);

/// One page of user.getRecentTracks. What plays now is left out.
struct RecentTracks {
    std::vector<Heard> tracks;
    std::int64_t pages = 1;
};
std::optional<RecentTracks> read_recent_tracks(std::string_view body);

} // namespace spindle::scrobble::detail
