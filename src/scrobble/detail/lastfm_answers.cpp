// SPDX-License-Identifier: Apache-2.0
#include "scrobble/detail/lastfm_answers.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "scrobble/detail/json_answer.h"

namespace spindle::scrobble::detail {
namespace {

constexpr std::int64_t kOldest = 14 * 24 * 3600; // seconds; Last.fm's limit
constexpr std::size_t kLongestSecret = 200;
constexpr std::size_t kMostTracks = 1000; // of a page

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kLongestSecret &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// <lfm status="failed"><error code="9">Invalid session key</error></lfm>
std::optional<LastfmError> read_xml_error(std::string_view body) {
    constexpr std::string_view kOpening = "<error code=\"";
    const auto begin = body.find(kOpening);
    if (begin == std::string_view::npos || body.find("status=\"failed\"") > begin) {
        return std::nullopt;
    }
    const std::string_view rest = body.substr(begin + kOpening.size());
    LastfmError error;
    const auto [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), error.code);
    const auto text = rest.find('>');
    if (wrong != std::errc{} || text == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view message = rest.substr(text + 1);
    error.message = text::shortened(
        text::printable(message.substr(0, std::min<std::size_t>(message.find('<'), 300))), 200);
    return error;
}

/// The reason from what we know ourselves: Last.fm answers code 1 (artist) for much else.
std::string refusal(std::int64_t code, const std::string& message, const Listen& listen,
                    std::int64_t now) {
    if (now - listen.started_at > kOldest) {
        return "played more than 14 days ago, which the service does not take";
    }
    const std::string words = message.empty() ? std::string() : fmt::format(": {}", message);
    switch (code) {
    case 1:
        return "the service does not take this artist" + words;
    case 2:
        return "the service does not take this title" + words;
    case 3:
        return "the service says it was played too long ago" + words;
    default:
        return fmt::format("the service ignored it (code {}){}", code, words);
    }
}

Outcome outcome_of_item(const Json& item, const Listen& listen, std::int64_t now) {
    const Json* const ignored = member(item, "ignoredMessage");
    const auto code = ignored == nullptr ? std::nullopt : whole_number(member(*ignored, "code"));
    if (!code) {
        return {Fate::Unknown, "the service's answer does not tell whether it took this", {}};
    }
    const std::string message = text_of(ignored);
    switch (*code) {
    case 0:
        return {Fate::Accepted, {}, {}};
    case 4:
        return {Fate::ClockWrong, "the service says this was played in the future", {}};
    case 5:
        return {Fate::DailyLimit, "the service takes no more today", {}};
    default:
        return {Fate::Refused, refusal(*code, message, listen, now), {}};
    }
}

} // namespace

std::optional<LastfmError> read_lastfm_error(std::string_view body) {
    const auto json = read_object(body);
    if (!json) {
        return read_xml_error(body);
    }
    const auto code = whole_number(member(*json, "error"));
    if (!code || *code < 0 || *code > 1'000'000) {
        return std::nullopt;
    }
    return LastfmError{static_cast<int>(*code), text_of(member(*json, "message"))};
}

Outcome outcome_of(const LastfmError& error, std::optional<Seconds> retry_after) {
    const std::string words =
        error.message.empty() ? std::string() : fmt::format(" (it says: {})", error.message);
    const auto say = [&](Fate fate, std::string_view what) {
        return Outcome{fate, fmt::format("{}, error {}{}", what, error.code, words), {}};
    };
    switch (error.code) {
    case 4: // also what a revoked session gives now and then
    case 9:
    case 14:
    case 15:
        return say(Fate::Reauthorise, "the login is not valid any more");
    case 6:
        return say(Fate::Unreadable, "something in it is not as the service wants it");
    case 10:
        return say(Fate::Stopped, "the API key is not valid");
    case 13:
        return say(Fate::Stopped, "the signature is wrong: the shared secret does not fit the key");
    case 26:
        return say(Fate::Stopped, "the service has suspended the API key");
    case 17: // a private history
        return say(Fate::Stopped, "the service shows that to nobody but its owner");
    case 2:
    case 3:
    case 5:
    case 7:
    case 27:
        return say(Fate::Stopped, "the service does not know such requests; is the address right?");
    case 11:
        return say(Fate::RetryLater, "the service is offline");
    case 29: {
        Outcome outcome = say(Fate::RetryLater, "too many requests from this address");
        outcome.after = retry_after;
        return outcome;
    }
    default: // 8 and 16 were seen to have stored what they refused
        return say(Fate::Unknown, "the service could not do it just now");
    }
}

std::vector<Outcome> read_scrobbles(std::string_view body, std::span<const Listen> sent,
                                    std::int64_t now) {
    std::vector<Outcome> outcomes(
        sent.size(),
        {Fate::Unknown, "the service's answer does not tell which listens it took", {}});
    const auto json = read_object(body);
    const Json* const scrobbles = json ? member(*json, "scrobbles") : nullptr;
    if (scrobbles == nullptr) {
        for (Outcome& outcome : outcomes) {
            outcome.reason = "the answer is not one of the service's; a network with a login page "
                             "in front, or a server in trouble?";
        }
        return outcomes;
    }
    const Json* const entries = member(*scrobbles, "scrobble");
    if (entries != nullptr && entries->is_object() && sent.size() == 1) {
        outcomes[0] = outcome_of_item(*entries, sent[0], now);
        return outcomes;
    }
    if (entries != nullptr && entries->is_array() && entries->size() == sent.size()) {
        for (std::size_t i = 0; i < sent.size(); ++i) {
            outcomes[i] = outcome_of_item((*entries)[i], sent[i], now);
        }
        return outcomes;
    }
    // No details (Maloja sends none): the counts tell only if nothing was ignored.
    const Json* const counts = member(*scrobbles, "@attr");
    if (counts == nullptr) {
        return outcomes;
    }
    const auto ignored = whole_number(member(*counts, "ignored"));
    const auto accepted = whole_number(member(*counts, "accepted"));
    const auto all = static_cast<std::int64_t>(sent.size());
    const bool none_said = !accepted && sent.size() == 1;
    if (ignored == 0 && (accepted == all || none_said)) {
        std::fill(outcomes.begin(), outcomes.end(), Outcome{Fate::Accepted, {}, {}});
    }
    return outcomes;
}

Outcome read_now_playing(std::string_view body) {
    const auto json = read_object(body);
    const Json* const now = json ? member(*json, "nowplaying") : nullptr;
    if (now == nullptr) {
        return {Fate::Unknown, "the answer is not one of the service's", {}};
    }
    const Json* const ignored = member(*now, "ignoredMessage");
    const auto code = ignored == nullptr ? 0 : whole_number(member(*ignored, "code")).value_or(0);
    return code == 0 ? Outcome{Fate::Accepted, {}, {}}
                     : Outcome{Fate::Refused, fmt::format("ignored, code {}", code), {}};
}

std::optional<std::string> read_token(std::string_view body) {
    const auto json = read_object(body);
    const std::string token = json ? text_of(member(*json, "token")) : std::string();
    return is_word(token) ? std::optional(token) : std::nullopt;
}

std::optional<LastfmSession> read_session(std::string_view body) {
    const auto json = read_object(body);
    const Json* const session = json ? member(*json, "session") : nullptr;
    if (session == nullptr) {
        return std::nullopt;
    }
    LastfmSession read{text_of(member(*session, "name")), text_of(member(*session, "key"))};
    return is_word(read.key) ? std::optional(read) : std::nullopt;
}

std::optional<std::string> read_user_name(std::string_view body) {
    const auto json = read_object(body);
    const Json* const user = json ? member(*json, "user") : nullptr;
    std::string name = user == nullptr ? std::string() : text_of(member(*user, "name"));
    return name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::optional<RecentTracks> read_recent_tracks(std::string_view body) {
    const auto json = read_object(body);
    const Json* const recent = json ? member(*json, "recenttracks") : nullptr;
    if (recent == nullptr || !recent->is_object()) {
        return std::nullopt;
    }
    RecentTracks page;
    const auto add = [&page](const Json& track) {
        const Json* const date = member(track, "date");
        const auto at = date == nullptr ? std::nullopt : whole_number(member(*date, "uts"));
        if (at && page.tracks.size() < kMostTracks) {
            page.tracks.push_back(
                {text_of(member(track, "artist")), text_of(member(track, "name")), *at});
        }
    };
    if (const Json* const tracks = member(*recent, "track")) {
        if (tracks->is_array()) {
            std::for_each(tracks->begin(), tracks->end(), add);
        } else {
            add(*tracks);
        }
    }
    if (const Json* const counts = member(*recent, "@attr")) {
        page.pages = whole_number(member(*counts, "totalPages")).value_or(1);
    }
    return page;
}

} // namespace spindle::scrobble::detail
