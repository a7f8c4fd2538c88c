// SPDX-License-Identifier: Apache-2.0
#include "scrobble/lastfm_client.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/clock.h"
#include "io/web_text.h"
#include "scrobble/detail/exchange.h"
#include "scrobble/detail/lastfm_answers.h"

namespace spindle::scrobble {
namespace {

using detail::LastfmError;

// Last.fm loses what is older than 14 days without a word; half a day for queues and clocks.
constexpr Seconds kLastfmOldest{13.5 * 24 * 3600};
// Last.fm takes some 600 to 2,800 a day from one address, and less every year.
constexpr int kLastfmDaily = 500;
constexpr std::size_t kLastfmBatch = 50; // what track.scrobble takes
// Shorter tracks are ignored, the same without their length is taken.
constexpr Seconds kShortestTold{30};
// Guidance is five requests a second from one address, on average.
constexpr Seconds kBetweenRequests{0.25};
constexpr std::int64_t kMostPages = 10; // of history, 200 each
constexpr std::size_t kLongestName = 200;

using Login = LastfmProfile::Login;
using Sessions = LastfmProfile::Sessions;
using BareOk = LastfmProfile::BareOk;

const std::array kProfiles{
    LastfmProfile{"lastfm",
                  "Last.fm",
                  "https://ws.audioscrobbler.com/2.0/",
                  "https://www.last.fm/api/auth/",
                  Login::Page,
                  Sessions::Lasting,
                  BareOk::Unreadable,
                  {kLastfmBatch, kLastfmOldest, kLastfmDaily, true}},
    LastfmProfile{"librefm",
                  "Libre.fm",
                  "https://libre.fm/2.0/",
                  "https://libre.fm/api/auth/",
                  Login::Page,
                  Sessions::Lasting,
                  BareOk::Unreadable,
                  {kLastfmBatch, {}, {}, true}},
    LastfmProfile{"gnufm",
                  "GNU FM",
                  "",
                  "",
                  Login::Page,
                  Sessions::Lasting,
                  BareOk::Unreadable,
                  {kLastfmBatch, {}, {}, true}},
    // Maloja's way through batches fails; it has no history in this language.
    LastfmProfile{"maloja-lastfm",
                  "Maloja",
                  "",
                  "",
                  Login::Password,
                  Sessions::Renewed,
                  BareOk::Unreadable,
                  {1, {}, {}, false}},
    // It echoes only the first item of a batch.
    LastfmProfile{"multi-scrobbler-lastfm",
                  "multi-scrobbler",
                  "",
                  "",
                  Login::Page,
                  Sessions::Lasting,
                  BareOk::Success,
                  {1, {}, {}, false}},
};

std::string form_of(const Parameters& parameters) {
    std::string form;
    for (const auto& [name, value] : parameters) {
        form += fmt::format("{}{}={}", form.empty() ? "" : "&", io::percent_encoded(name),
                            io::percent_encoded(value));
    }
    return form;
}

std::string whole_seconds(Seconds length) {
    return fmt::format("{}", static_cast<std::int64_t>(std::lround(length.count())));
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 4 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// What is known of a track, under names that end in `index` ("[3]", or nothing).
void put_track(Parameters& parameters, const Listen& listen, const std::string& index) {
    const auto put = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            parameters[name + index] = value;
        }
    };
    put("artist", listen.artist);
    put("track", listen.title);
    put("album", listen.album);
    put("albumArtist", listen.album_artist == listen.artist ? std::string() : listen.album_artist);
    put("trackNumber", is_number(listen.track_number) ? listen.track_number : std::string());
    put("mbid", listen.recording_mbid);
    put("duration",
        listen.duration >= kShortestTold ? whole_seconds(listen.duration) : std::string());
}

LastfmFailure::Kind kind_of(const LastfmError& error) {
    switch (error.code) {
    case 14:
        return LastfmFailure::Kind::NotYet;
    case 15:
        return LastfmFailure::Kind::Expired;
    case 8:
    case 11:
    case 16:
    case 29:
        return LastfmFailure::Kind::Passing;
    default:
        return LastfmFailure::Kind::Refused;
    }
}

} // namespace

const LastfmProfile* lastfm_profile(std::string_view name) {
    const auto* const found =
        std::find_if(kProfiles.begin(), kProfiles.end(),
                     [name](const LastfmProfile& one) { return one.name == name; });
    return found == kProfiles.end() ? nullptr : &*found;
}

bool looks_like_lastfm_key(std::string_view text) {
    return text.size() >= 16 && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

LastfmClient::LastfmClient(LastfmAccount account, Wire wire, std::function<std::int64_t()> now)
    : account_(std::move(account)), exchange_(std::make_unique<detail::Exchange>(
                                        std::string(account_.profile.shown), std::move(wire),
                                        std::vector{account_.api_key, account_.api_secret,
                                                    account_.session_key, account_.password})),
      now_(now ? std::move(now) : system_seconds) {}
LastfmClient::~LastfmClient() = default;

Result<std::unique_ptr<LastfmClient>> LastfmClient::create(LastfmAccount account, Wire wire,
                                                           std::function<std::int64_t()> now) {
    if (account.url.empty()) {
        account.url = account.profile.url;
    }
    const io::Reach reach = io::reach_of(account.url);
    if (reach != io::Reach::Secure && reach != io::Reach::Nearby) {
        return fail(Code::BadInput,
                    "{}: the address of {} must begin with https://, or with http:// and lead to "
                    "your own network",
                    io::shown_url(account.url), account.profile.shown);
    }
    for (const std::string* key : {&account.api_key, &account.api_secret}) {
        if (account.profile.login == Login::Page && !looks_like_lastfm_key(*key)) {
            return fail(Code::BadInput,
                        "{}: an API key and a shared secret have 32 letters and digits; "
                        "make them at https://www.last.fm/api/account/create",
                        account.profile.shown);
        }
    }
    return std::unique_ptr<LastfmClient>(
        new LastfmClient(std::move(account), std::move(wire), std::move(now)));
}

io::HttpResult<io::HttpReply> LastfmClient::send(const std::string& method, Parameters parameters,
                                                 const std::stop_token& stop) {
    parameters["method"] = method;
    parameters["api_key"] = account_.api_key;
    parameters["api_sig"] = lastfm_signature(parameters, account_.api_secret);
    parameters["format"] = "json";
    // Some look-alikes read the format only here.
    return exchange_->post_form(account_.url + "?format=json", form_of(parameters), stop);
}

tl::expected<std::string, Outcome>
LastfmClient::call(const std::string& method, Parameters parameters, const std::stop_token& stop) {
    auto reply = send(method, std::move(parameters), stop);
    if (!reply) {
        return tl::unexpected(exchange_->outcome_of(reply.error()));
    }
    if (const auto error = detail::read_lastfm_error(reply->body)) {
        return tl::unexpected(
            exchange_->worded(detail::outcome_of(*error, reply->head.retry_after())));
    }
    if (reply->head.status == 429) {
        return tl::unexpected(exchange_->worded(
            Outcome{Fate::RetryLater, "too many requests", reply->head.retry_after()}));
    }
    if (reply->head.status != 200) {
        return tl::unexpected(
            exchange_->worded(Outcome{Fate::Unknown, exchange_->describe(*reply), {}}));
    }
    return std::move(reply->body);
}

std::string LastfmClient::session_key() {
    const std::lock_guard lock(mutex_);
    return account_.session_key;
}

bool LastfmClient::renew_session(const std::stop_token& stop) {
    const auto session = session_by_password(account_.username, account_.password, stop);
    if (!session) {
        return false;
    }
    const std::lock_guard lock(mutex_);
    account_.session_key = session->key;
    return true;
}

tl::expected<std::string, Outcome> LastfmClient::call_in_session(const std::string& method,
                                                                 const Parameters& parameters,
                                                                 const std::stop_token& stop) {
    Parameters with_key = parameters;
    with_key["sk"] = session_key();
    auto answer = call(method, with_key, stop);
    const bool ended = !answer && answer.error().fate == Fate::Reauthorise;
    if (ended && account_.profile.sessions == Sessions::Renewed && !account_.password.empty() &&
        renew_session(stop)) {
        with_key["sk"] = session_key();
        answer = call(method, with_key, stop);
    }
    return answer;
}

Standing LastfmClient::standing(const std::stop_token& stop) {
    using Kind = Standing::Kind;
    if (account_.profile.sessions == Sessions::Renewed && !account_.password.empty()) {
        const auto session = session_by_password(account_.username, account_.password, stop);
        if (session) {
            return {Kind::Known, {}};
        }
        return {session.error().kind == LastfmFailure::Kind::Refused ? Kind::Refused
                                                                     : Kind::Unreachable,
                session.error().error.message};
    }
    // Without a user's name it is whose session it is. Look-alikes want the name, and then tell
    // nothing about the session.
    const bool is_lastfm = account_.profile.name == "lastfm";
    const Parameters about{{"user", account_.username}, {"limit", "1"}};
    const auto answer = is_lastfm ? call_in_session("user.getInfo", {}, stop)
                                  : call_in_session("user.getRecentTracks", about, stop);
    if (answer && is_lastfm && detail::read_user_name(*answer)) {
        return {Kind::Known, {}};
    }
    if (answer && !is_lastfm && detail::read_recent_tracks(*answer)) {
        return {Kind::Reached, {}};
    }
    if (answer) { // a network with a login page
        return {Kind::Unreachable, exchange_->worded(std::string("its answer cannot be read"))};
    }
    const bool refuses =
        answer.error().fate == Fate::Reauthorise || answer.error().fate == Fate::Stopped;
    const bool answers = answer.error().fate == Fate::Refused; // "no such method", "no such user"
    return {refuses                 ? Kind::Refused
            : answers && !is_lastfm ? Kind::Reached
                                    : Kind::Unreachable,
            answer.error().reason};
}

BatchReply LastfmClient::submit(std::span<const Listen> listens, const std::stop_token& stop) {
    Parameters parameters;
    const bool numbered = account_.profile.traits.most_together > 1;
    for (std::size_t i = 0; i < listens.size(); ++i) {
        const std::string index = numbered ? fmt::format("[{}]", i) : std::string();
        put_track(parameters, listens[i], index);
        parameters["timestamp" + index] = fmt::format("{}", listens[i].started_at);
    }
    const auto body = call_in_session("track.scrobble", parameters, stop);
    if (!body) {
        return for_all(listens.size(), body.error());
    }
    if (*body == "OK" && account_.profile.bare_ok == BareOk::Success) {
        return for_all(listens.size(), {Fate::Accepted, {}, {}});
    }
    BatchReply reply{detail::read_scrobbles(*body, listens, now_()), kBetweenRequests};
    for (Outcome& outcome : reply.items) {
        outcome = exchange_->worded(std::move(outcome));
    }
    return reply;
}

tl::expected<std::vector<Heard>, Outcome>
LastfmClient::history(std::int64_t first, std::int64_t last, const std::stop_token& stop) {
    std::vector<Heard> heard;
    std::int64_t pages = 1;
    for (std::int64_t page = 1; page <= pages; ++page) {
        if (page > kMostPages) {
            return tl::unexpected(exchange_->worded(
                Outcome{Fate::Unknown, "too much was played in that time to look through", {}}));
        }
        const auto body = call_in_session("user.getRecentTracks",
                                          {{"user", account_.username},
                                           {"from", fmt::format("{}", first)},
                                           {"to", fmt::format("{}", last)},
                                           {"limit", "200"},
                                           {"page", fmt::format("{}", page)}},
                                          stop);
        if (!body) {
            return tl::unexpected(body.error());
        }
        auto recent = detail::read_recent_tracks(*body);
        if (!recent) {
            return tl::unexpected(exchange_->worded(
                Outcome{Fate::Unknown, "its list of what was played cannot be read", {}}));
        }
        heard.insert(heard.end(), recent->tracks.begin(), recent->tracks.end());
        pages = recent->pages;
    }
    return heard;
}

Outcome LastfmClient::now_playing(const Listen& listen, const std::stop_token& stop) {
    Parameters parameters;
    put_track(parameters, listen, {});
    const auto body = call_in_session("track.updateNowPlaying", parameters, stop);
    if (!body) {
        return body.error();
    }
    const bool bare = *body == "OK" && account_.profile.bare_ok == BareOk::Success;
    return bare ? Outcome{Fate::Accepted, {}, {}}
                : exchange_->worded(detail::read_now_playing(*body));
}

/// There is no word for it: Last.fm forgets by itself once the track's length is over.
Outcome LastfmClient::clear_now_playing(const std::stop_token&) {
    return {Fate::Accepted, {}, {}};
}

LastfmResult<std::string> LastfmClient::login_call(const std::string& method, Parameters parameters,
                                                   const std::stop_token& stop) {
    using Kind = LastfmFailure::Kind;
    const auto reply = send(method, std::move(parameters), stop);
    if (!reply) {
        const bool stopped = reply.error().kind == io::HttpFailure::Cancelled;
        return tl::unexpected(LastfmFailure{
            stopped ? Kind::Cancelled : Kind::Passing,
            {reply.error().error.code, exchange_->worded(reply.error().error.message)}});
    }
    if (const auto error = detail::read_lastfm_error(reply->body)) {
        return tl::unexpected(LastfmFailure{
            kind_of(*error),
            {Code::NoAccess, exchange_->worded(detail::outcome_of(*error, {})).reason}});
    }
    if (reply->head.status != 200) {
        return tl::unexpected(LastfmFailure{
            Kind::Passing, {Code::Failed, exchange_->worded(exchange_->describe(*reply))}});
    }
    return reply->body;
}

LastfmResult<std::string> LastfmClient::token(const std::stop_token& stop) {
    SPINDLE_TRY(const std::string body, login_call("auth.getToken", {}, stop));
    const auto token = detail::read_token(body);
    if (!token) {
        return tl::unexpected(LastfmFailure{
            LastfmFailure::Kind::Refused,
            {Code::Failed,
             exchange_->worded(std::string("it gave no token; is the address right?"))}});
    }
    return *token;
}

std::string LastfmClient::approval_page(const std::string& token) const {
    std::string page(account_.profile.page);
    if (page.empty() || account_.url != account_.profile.url) { // http://host/2.0/ -> /api/auth/
        page = account_.url.substr(0, account_.url.rfind("/2.0"));
        page += page.ends_with('/') ? "api/auth/" : "/api/auth/";
    }
    return fmt::format("{}?api_key={}&token={}", page, io::percent_encoded(account_.api_key),
                       io::percent_encoded(token));
}

LastfmResult<LastfmSession> LastfmClient::session(const std::string& token,
                                                  const std::stop_token& stop) {
    SPINDLE_TRY(const std::string body, login_call("auth.getSession", {{"token", token}}, stop));
    auto session = detail::read_session(body);
    if (!session) {
        return tl::unexpected(
            LastfmFailure{LastfmFailure::Kind::Refused,
                          {Code::Failed, exchange_->worded(std::string("it gave no session"))}});
    }
    return *std::move(session);
}

LastfmResult<LastfmSession> LastfmClient::session_by_password(const std::string& username,
                                                              const std::string& password,
                                                              const std::stop_token& stop) {
    if (username.size() > kLongestName || password.size() > kLongestName) {
        return tl::unexpected(LastfmFailure{LastfmFailure::Kind::Refused,
                                            {Code::BadInput, "too long for a name or password"}});
    }
    SPINDLE_TRY(const std::string body,
                login_call("auth.getMobileSession",
                           {{"username", username}, {"password", password}}, stop));
    auto session = detail::read_session(body);
    if (!session) {
        return tl::unexpected(
            LastfmFailure{LastfmFailure::Kind::Refused,
                          {Code::Failed, exchange_->worded(std::string("it gave no session"))}});
    }
    if (session->username.empty()) {
        session->username = username; // Maloja tells none
    }
    return *std::move(session);
}

} // namespace spindle::scrobble
