// SPDX-License-Identifier: Apache-2.0
#include "testing/listenbrainz_server.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "testing/form_text.h"
#include "testing/listenbrainz_rules.h"

namespace spindle::testing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kPage = 25; // listens, unless asked for more
constexpr std::size_t kLargestPage = 1000;

FaultyServer::Reply answer_of(int status, const Json& json) {
    return {status,
            {"Content-Type: application/json"},
            json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

FaultyServer::Reply error_of(int status, const std::string& words) {
    return answer_of(status, {{"code", status}, {"error", words}});
}

} // namespace

struct ListenBrainzServer::State {
    Options options;
    mutable std::mutex mutex;
    TroubleScript troubles;
    bool token_valid = true;
    std::vector<Stored> stored;
    std::optional<Stored> playing;
    std::string playing_client;
    std::map<std::string, int> calls;
    std::int64_t window = 0; ///< number of the current one
    int in_window = 0;
    int refused = 0;

    std::int64_t now() const { return options.now ? options.now() : system_seconds(); }

    std::string prefix() const {
        return options.kind == Kind::ListenBrainz ? "" : "/apis/listenbrainz";
    }

    Reply answer(const Seen& seen) {
        const std::lock_guard lock(mutex);
        const auto question = seen.target.find('?');
        std::string path = seen.target.substr(0, question);
        if (!path.starts_with(prefix() + "/1/")) {
            return {404, {}, "<html>no such page</html>"};
        }
        path.erase(0, prefix().size());
        ++calls[path];
        if (now() / options.window != window) {
            window = now() / options.window;
            in_window = 0;
        }
        Reply reply;
        const auto trouble = troubles.take(path);
        if (in_window >= options.requests) {
            ++refused;
            reply = error_of(429, "You have exceeded your rate limit. See the X-RateLimit-* "
                                  "response headers for more information on your current rate "
                                  "limit.");
        } else {
            ++in_window;
            if (!trouble || trouble->does_the_work()) {
                reply = work(path, seen,
                             form_values(question == std::string::npos
                                             ? ""
                                             : seen.target.substr(question + 1)));
            }
            if (trouble && trouble->status != 0) {
                reply = {trouble->status, {}, trouble->content};
            }
        }
        if (options.kind == Kind::ListenBrainz) {
            const std::int64_t reset = (window + 1) * options.window - now();
            reply.headers.push_back(fmt::format("X-RateLimit-Limit: {}", options.requests));
            reply.headers.push_back(
                fmt::format("X-RateLimit-Remaining: {}", options.requests - in_window));
            reply.headers.push_back(fmt::format("X-RateLimit-Reset-In: {}", reset));
            reply.headers.push_back(fmt::format("X-RateLimit-Reset: {}", now() + reset));
        }
        if (trouble) {
            reply.headers.insert(reply.headers.begin(), trouble->headers.begin(),
                                 trouble->headers.end());
            reply.fault = trouble->fault;
        }
        return reply;
    }

    bool may(const Seen& seen) const {
        const auto given = seen.headers.find("authorization");
        return token_valid && given != seen.headers.end() &&
               given->second == fmt::format("Token {}", kToken);
    }

    Reply work(const std::string& path, const Seen& seen,
               const std::map<std::string, std::string>& query) {
        if (path == "/1/validate-token") {
            if (!seen.headers.contains("authorization")) {
                return error_of(400, "You need to provide an Authorization token.");
            }
            if (options.kind == Kind::Koito && !may(seen)) {
                return error_of(401, "invalid token");
            }
            return may(seen)
                       ? answer_of(200, {{"code", 200},
                                         {"message", "Token valid."},
                                         {"valid", true},
                                         {"user_name", kUser}})
                       : answer_of(
                             200, {{"code", 200}, {"message", "Token invalid."}, {"valid", false}});
        }
        const bool has_history = options.kind == Kind::ListenBrainz;
        if (has_history && path == fmt::format("/1/user/{}/listens", kUser)) {
            return history(query);
        }
        if (path != "/1/submit-listens" && path != "/1/playing-now/delete") {
            return error_of(404, "Not Found");
        }
        if (!may(seen)) {
            return error_of(401, "Invalid authorization token.");
        }
        return path == "/1/submit-listens" ? submit(seen) : clear(seen);
    }

    Reply submit(const Seen& seen) {
        const auto verdict = judge_submission(seen.body, now());
        if (verdict.status != 200) {
            return error_of(verdict.status, verdict.words);
        }
        if (verdict.type == "playing_now") {
            playing = verdict.listens.front();
            const Json json = Json::parse(seen.body);
            playing_client = json.value("/payload/0/track_metadata/additional_info/"
                                        "submission_client"_json_pointer,
                                        std::string());
            return answer_of(200, {{"status", "ok"}});
        }
        if (std::any_of(verdict.listens.begin(), verdict.listens.end(), [&](const Stored& one) {
                return !options.poison.empty() && one.title == options.poison;
            })) {
            return error_of(400, "track_metadata.track_name is not to our taste.");
        }
        for (const Stored& listen : verdict.listens) {
            const bool conflict = options.kind == Kind::Maloja &&
                                  std::any_of(stored.begin(), stored.end(), [&](const Stored& one) {
                                      return one.at == listen.at;
                                  });
            if (conflict) {
                return answer_of(
                    409, {{"error",
                           {{"type", "duplicate_timestamp"},
                            {"desc", "Scrobble with the same timestamp already exists."}}}});
            }
            const bool known = std::find(stored.begin(), stored.end(), listen) != stored.end();
            if (!known || !options.deduplicates) {
                stored.push_back(listen);
            }
        }
        return answer_of(200, {{"status", options.kind == Kind::Koito ? "accepted" : "ok"}});
    }

    Reply clear(const Seen& seen) {
        const Json json = Json::parse(seen.body, nullptr, false);
        const bool mine = json.is_object() && json.value("client", "") == playing_client;
        if (!playing || !mine) {
            return error_of(404, "No playing now of this client");
        }
        playing.reset();
        return answer_of(200, {{"status", "ok"}});
    }

    /// Both bounds are exclusive; only one may be given.
    Reply history(const std::map<std::string, std::string>& query) const {
        const auto number = [&](const char* name, std::int64_t otherwise) {
            const auto found = query.find(name);
            return found == query.end() ? otherwise
                                        : std::strtoll(found->second.c_str(), nullptr, 10);
        };
        if (query.contains("min_ts") && query.contains("max_ts")) {
            return error_of(400, "You may only specify max_ts or min_ts, not both.");
        }
        const auto count = std::min(static_cast<std::size_t>(number("count", kPage)), kLargestPage);
        std::vector<Stored> found;
        std::copy_if(
            stored.begin(), stored.end(), std::back_inserter(found), [&](const Stored& one) {
                return one.at > number("min_ts", 0) && one.at < number("max_ts", INT64_MAX);
            });
        std::sort(found.begin(), found.end(),
                  [](const Stored& a, const Stored& b) { return a.at < b.at; });
        const std::size_t size = std::min(count, found.size());
        if (query.contains("min_ts")) {
            found.resize(size); // those nearest to the bound
        } else {
            found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(size));
        }
        Json listens = Json::array();
        for (auto one = found.rbegin(); one != found.rend(); ++one) {
            listens.push_back({{"listened_at", one->at},
                               {"track_metadata",
                                {{"artist_name", one->artist},
                                 {"track_name", one->title},
                                 {"release_name", one->album}}}});
        }
        return answer_of(
            200,
            {{"payload", {{"count", listens.size()}, {"user_id", kUser}, {"listens", listens}}}});
    }
};

ListenBrainzServer::ListenBrainzServer(Options options) : state_(std::make_shared<State>()) {
    state_->options = std::move(options);
    answer_by([state = state_](const Seen& seen) { return state->answer(seen); });
}
ListenBrainzServer::~ListenBrainzServer() = default;

std::string ListenBrainzServer::api() const {
    return url(state_->prefix());
}

void ListenBrainzServer::fail_next(const std::string& path, std::vector<Trouble> troubles) {
    const std::lock_guard lock(state_->mutex);
    state_->troubles.next(path, std::move(troubles));
}

void ListenBrainzServer::fail_always(const std::string& path, std::optional<Trouble> trouble) {
    const std::lock_guard lock(state_->mutex);
    state_->troubles.always(path, std::move(trouble));
}

void ListenBrainzServer::revoke_token() {
    const std::lock_guard lock(state_->mutex);
    state_->token_valid = false;
}

void ListenBrainzServer::accept_token() {
    const std::lock_guard lock(state_->mutex);
    state_->token_valid = true;
}

std::vector<Stored> ListenBrainzServer::stored() const {
    const std::lock_guard lock(state_->mutex);
    return state_->stored;
}

std::optional<Stored> ListenBrainzServer::playing() const {
    const std::lock_guard lock(state_->mutex);
    return state_->playing;
}

int ListenBrainzServer::calls(const std::string& path) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->calls.find(path);
    return found == state_->calls.end() ? 0 : found->second;
}

int ListenBrainzServer::refused() const {
    const std::lock_guard lock(state_->mutex);
    return state_->refused;
}

} // namespace spindle::testing
