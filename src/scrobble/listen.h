// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/release_id.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::scrobble {

/// One track that was heard, as it is told to services. Once queued neither its text nor its time
/// changes by itself: services know a listen by exactly these.
struct Listen {
    std::string artist, title;       ///< needed
    std::string album, album_artist; ///< may be empty
    std::string track_number;        ///< "3", "A1"; may be empty
    Seconds duration{0};             ///< of the track; 0 = not known
    std::int64_t started_at = 0;     ///< when it began, seconds since 1970-01-01 UTC
    Seconds played{0};               ///< seconds really heard; 0 = not known
    std::string side;                ///< "A"; may be empty
    double rpm = 0;                  ///< of the platter; 0 = not known
    std::string recording_mbid;      ///< MusicBrainz' number of the recording; may be empty
    std::string release_mbid;        ///< and of the pressing
    ReleaseId discogs_release{};     ///< 0 = not known

    friend bool operator==(const Listen&, const Listen&) = default;
};

/// The longest text of a field, in bytes: ten times the longest title of Discogs' and small enough
/// that no service's limit for one listen (10,240 bytes) is met.
inline constexpr std::size_t kLongestText = 1000;
/// 2002-10-01: the first scrobble ever. ListenBrainz takes none before.
inline constexpr std::int64_t kFirstScrobble = 1'033'430'400;

/// The listen as services can take it: blanks around texts gone, control characters replaced,
/// numbers in range, malformed MusicBrainz ids and impossible lengths left out.
/// Code::BadInput without artist or title, with text that is too long, or with a time before 2002.
Result<Listen> cleaned(Listen listen);

/// Do both name the same track: same artist and title, whatever the case of ASCII letters?
bool same_track(const Listen& a, const Listen& b);

/// "Kraftwerk - Autobahn"
std::string name_of(const Listen& listen);

} // namespace spindle::scrobble
