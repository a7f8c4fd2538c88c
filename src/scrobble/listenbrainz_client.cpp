// SPDX-License-Identifier: Apache-2.0
#include "scrobble/listenbrainz_client.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "io/web_text.h"
#include "scrobble/detail/exchange.h"
#include "scrobble/detail/listenbrainz_answers.h"
#include "scrobble/detail/listenbrainz_payload.h"

namespace spindle::scrobble {
namespace {

// ListenBrainz takes 1,000 in one request; a bad one among them is found by halving, so fewer.
constexpr std::size_t kTogether = 100;
constexpr std::size_t kHistoryPage = 1000;
constexpr int kMostPages = 10;
constexpr Seconds kLongestReset{3600}; // windows are 10 s; what is longer is nonsense

using Conflict = ListenBrainzProfile::Conflict;
using BareOk = ListenBrainzProfile::BareOk;

const std::array kProfiles{
    ListenBrainzProfile{"listenbrainz",
                        "ListenBrainz",
                        "https://api.listenbrainz.org",
                        "",
                        Conflict::Error,
                        BareOk::Unreadable,
                        {kTogether, {}, {}, true}},
    ListenBrainzProfile{"maloja",
                        "Maloja",
                        "",
                        "/apis/listenbrainz",
                        Conflict::Success,
                        BareOk::Unreadable,
                        {1, {}, {}, false}},
    ListenBrainzProfile{"koito",
                        "Koito",
                        "",
                        "/apis/listenbrainz",
                        Conflict::Error,
                        BareOk::Unreadable,
                        {1, {}, {}, false}},
    ListenBrainzProfile{"multi-scrobbler",
                        "multi-scrobbler",
                        "",
                        "",
                        Conflict::Error,
                        BareOk::Success,
                        {1, {}, {}, false}},
    ListenBrainzProfile{"listenbrainz-like",
                        "the service",
                        "",
                        "",
                        Conflict::Success,
                        BareOk::Success,
                        {1, {}, {}, true}},
};

/// X-RateLimit-Reset-In, whole seconds.
std::optional<Seconds> reset_in(const io::HttpHead& head) {
    const std::string_view text = head.header("x-ratelimit-reset-in");
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return std::min(Seconds{static_cast<double>(value)}, kLongestReset);
}

/// After the last request of a window: until the next one begins.
std::optional<Seconds> pause_after(const io::HttpHead& head) {
    const auto reset = reset_in(head);
    if (!reset || head.header("x-ratelimit-remaining") != "0") {
        return std::nullopt;
    }
    return *reset + Seconds{1};
}

std::string with_path(std::string url, std::string_view path) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    if (url.ends_with("/1")) {
        url.resize(url.size() - 2);
    }
    if (!path.empty() && !url.ends_with(path)) {
        url += path;
    }
    return url;
}

} // namespace

const ListenBrainzProfile* listenbrainz_profile(std::string_view name) {
    const auto* const found =
        std::find_if(kProfiles.begin(), kProfiles.end(),
                     [name](const ListenBrainzProfile& one) { return one.name == name; });
    return found == kProfiles.end() ? nullptr : &*found;
}

bool looks_like_listenbrainz_token(std::string_view text) {
    return text.size() >= 8 && text.size() <= 200 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

ListenBrainzClient::ListenBrainzClient(ListenBrainzAccount account, Wire wire)
    : account_(std::move(account)),
      exchange_(std::make_unique<detail::Exchange>(std::string(account_.profile.shown),
                                                   std::move(wire), std::vector{account_.token})) {}
ListenBrainzClient::~ListenBrainzClient() = default;

Result<std::unique_ptr<ListenBrainzClient>> ListenBrainzClient::create(ListenBrainzAccount account,
                                                                       Wire wire) {
    account.url = account.url.empty() ? std::string(account.profile.url)
                                      : with_path(account.url, account.profile.path);
    const io::Reach reach = io::reach_of(account.url);
    if (reach != io::Reach::Secure && reach != io::Reach::Nearby) {
        return fail(Code::BadInput,
                    "{}: the address of {} must begin with https://, or with http:// and lead to "
                    "your own network",
                    io::shown_url(account.url), account.profile.shown);
    }
    if (!looks_like_listenbrainz_token(account.token)) {
        return fail(Code::BadInput,
                    "that is no token of {}: it has 8 to 200 letters, digits and signs and no "
                    "blanks",
                    account.profile.shown);
    }
    if (account.username.empty()) {
        account.profile.traits.has_history = false; // whose would it be?
    }
    return std::unique_ptr<ListenBrainzClient>(
        new ListenBrainzClient(std::move(account), std::move(wire)));
}

Result<std::string> ListenBrainzClient::username_of_token(const std::stop_token& stop) {
    const auto reply = exchange_->get(account_.url + "/1/validate-token", authorization(), stop);
    if (!reply) {
        return fail(reply.error().error.code, "{}", exchange_->worded(reply.error().error.message));
    }
    const auto answer = detail::read_token_answer(reply->body);
    const int status = reply->head.status;
    if ((answer && !answer->valid) || status == 401 || status == 403) {
        return fail(Code::NoAccess, "{}",
                    exchange_->worded(std::string("the token is not valid; copy it again")));
    }
    if (answer) {
        return answer->username;
    }
    const bool is_like = account_.profile.bare_ok == BareOk::Success;
    if (status == 404 && (is_like || detail::read_listenbrainz_error(reply->body))) {
        return std::string();
    }
    return fail(Code::Failed, "{}",
                exchange_->worded(exchange_->describe(*reply) + "; is the address right?"));
}

Standing ListenBrainzClient::standing(const std::stop_token& stop) {
    const auto username = username_of_token(stop);
    if (username) {
        // Those that know no such question are there, at least.
        return {username->empty() ? Standing::Kind::Reached : Standing::Kind::Known, {}};
    }
    return {username.error().code == Code::NoAccess ? Standing::Kind::Refused
                                                    : Standing::Kind::Unreachable,
            username.error().message};
}

Outcome ListenBrainzClient::outcome_of(const io::HttpReply& reply) const {
    const int status = reply.head.status;
    const auto error = detail::read_listenbrainz_error(reply.body);
    const std::string words =
        error && !error->empty() ? fmt::format(" (it says: {})", *error) : std::string();
    if (status >= 200 && status < 300) {
        const bool bare =
            account_.profile.bare_ok == BareOk::Success && text::trimmed(reply.body) == "OK";
        return bare || detail::is_success(reply.body)
                   ? Outcome{Fate::Accepted, {}, {}}
                   : Outcome{Fate::Unknown, exchange_->describe(reply), {}};
    }
    if (status == 429) {
        const auto wait = reset_in(reply.head);
        return {Fate::RetryLater, "too many requests" + words,
                wait ? std::optional(*wait + Seconds{1}) : reply.head.retry_after()};
    }
    if (status == 409 && account_.profile.conflict == Conflict::Success) {
        return {Fate::Accepted, {}, {}};
    }
    if (!error) { // not from the service: a network with a login page, or a server in trouble
        return {Fate::Unknown, exchange_->describe(reply), {}};
    }
    if (status == 401 || status == 403) {
        return {Fate::Reauthorise, "the token is not accepted" + words, {}};
    }
    if (status == 400 || status == 409 || status == 413 || status == 422) {
        return {Fate::Unreadable, "it does not take this" + words, {}};
    }
    if (status == 404 || status == 405) {
        return {Fate::Stopped, "it does not know such requests; is the address right?" + words, {}};
    }
    return {Fate::Unknown, fmt::format("in trouble, status {}{}", status, words), {}};
}

BatchReply ListenBrainzClient::submit(std::span<const Listen> listens,
                                      const std::stop_token& stop) {
    const auto reply =
        exchange_->post_json(account_.url + "/1/submit-listens",
                             detail::submission(listens, account_.version), authorization(), stop);
    if (!reply) {
        return for_all(listens.size(), exchange_->outcome_of(reply.error()));
    }
    BatchReply all = for_all(listens.size(), exchange_->worded(outcome_of(*reply)));
    all.pause = pause_after(reply->head);
    return all;
}

tl::expected<std::vector<Heard>, Outcome>
ListenBrainzClient::history(std::int64_t first, std::int64_t last, const std::stop_token& stop) {
    std::vector<Heard> heard;
    std::int64_t after = first - 1; // both bounds are exclusive, and only one may be given
    for (int page = 0; page < kMostPages; ++page) {
        const auto reply =
            exchange_->get(fmt::format("{}/1/user/{}/listens?min_ts={}&count={}", account_.url,
                                       io::percent_encoded(account_.username), after, kHistoryPage),
                           authorization(), stop);
        if (!reply) {
            return tl::unexpected(exchange_->outcome_of(reply.error()));
        }
        if (reply->head.status != 200) {
            return tl::unexpected(exchange_->worded(outcome_of(*reply)));
        }
        const auto listens = detail::read_listens(reply->body);
        if (!listens) {
            return tl::unexpected(exchange_->worded(
                Outcome{Fate::Unknown, "its list of what was played cannot be read", {}}));
        }
        std::int64_t newest = after;
        for (const Heard& one : *listens) {
            newest = std::max(newest, one.at);
            if (one.at >= first && one.at <= last) {
                heard.push_back(one);
            }
        }
        if (listens->size() < kHistoryPage || newest >= last || newest == after) {
            return heard;
        }
        after = newest;
    }
    return tl::unexpected(exchange_->worded(
        Outcome{Fate::Unknown, "too much was played in that time to look through", {}}));
}

Outcome ListenBrainzClient::now_playing(const Listen& listen, const std::stop_token& stop) {
    const auto reply =
        exchange_->post_json(account_.url + "/1/submit-listens",
                             detail::playing_now(listen, account_.version), authorization(), stop);
    return reply ? exchange_->worded(outcome_of(*reply)) : exchange_->outcome_of(reply.error());
}

Outcome ListenBrainzClient::clear_now_playing(const std::stop_token& stop) {
    const auto reply = exchange_->post_json(account_.url + "/1/playing-now/delete",
                                            detail::nothing_playing(), authorization(), stop);
    if (!reply) {
        return exchange_->outcome_of(reply.error());
    }
    // Older servers do not know it, and another client's is none of our business.
    if (reply->head.status == 404 || reply->head.status == 405) {
        return {Fate::Accepted, {}, {}};
    }
    return exchange_->worded(outcome_of(*reply));
}

} // namespace spindle::scrobble
