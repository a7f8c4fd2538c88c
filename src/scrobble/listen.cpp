// SPDX-License-Identifier: Apache-2.0
#include "scrobble/listen.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace spindle::scrobble {
namespace {

constexpr Seconds kLongestTrack{24.0 * 24 * 3600}; // what ListenBrainz takes at most
constexpr double kFastest = 200;                   // rpm; a cylinder turned at 160

std::string line_of(std::string_view text) {
    std::string line = text::printable(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return std::string(text::trimmed(line));
}

/// 8-4-4-4-12 hexadecimal digits.
bool is_mbid(std::string_view text) {
    constexpr std::size_t kLength = 36;
    if (text.size() != kLength) {
        return false;
    }
    for (std::size_t i = 0; i < kLength; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool digit =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !digit) {
            return false;
        }
    }
    return true;
}

Seconds length_or_none(Seconds length) {
    const bool possible = std::isfinite(length.count()) && length > Seconds{0};
    return possible && length < kLongestTrack ? length : Seconds{0};
}

} // namespace

Result<Listen> cleaned(Listen listen) {
    for (std::string Listen::*field :
         {&Listen::artist, &Listen::title, &Listen::album, &Listen::album_artist,
          &Listen::track_number, &Listen::side, &Listen::recording_mbid, &Listen::release_mbid}) {
        listen.*field = line_of(listen.*field);
        if ((listen.*field).size() > kLongestText) {
            return fail(Code::BadInput, "{}...: longer than {} bytes; shorten it",
                        text::shortened(listen.*field, 40), kLongestText);
        }
    }
    if (listen.artist.empty() || listen.title.empty()) {
        return fail(Code::BadInput, "a listen needs an artist and a title");
    }
    if (listen.started_at < kFirstScrobble || listen.started_at > (std::int64_t{1} << 33)) {
        return fail(Code::BadInput,
                    "{}: began before 2002 or in a distant future; is the clock right?",
                    name_of(listen));
    }
    listen.duration = length_or_none(listen.duration);
    listen.played = length_or_none(listen.played);
    if (!(listen.rpm > 0 && listen.rpm < kFastest)) {
        listen.rpm = 0;
    }
    for (std::string Listen::*field : {&Listen::recording_mbid, &Listen::release_mbid}) {
        if (!is_mbid(listen.*field)) {
            (listen.*field).clear();
        }
    }
    if (listen.discogs_release.value >= kFirstOwnRelease) {
        listen.discogs_release = {}; // a number of our own means nothing to others
    }
    return listen;
}

bool same_track(const Listen& a, const Listen& b) {
    return text::ascii_lower(a.artist) == text::ascii_lower(b.artist) &&
           text::ascii_lower(a.title) == text::ascii_lower(b.title);
}

std::string name_of(const Listen& listen) {
    return fmt::format("{} - {}", listen.artist, listen.title);
}

} // namespace spindle::scrobble
