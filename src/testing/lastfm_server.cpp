// SPDX-License-Identifier: Apache-2.0
#include "testing/lastfm_server.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/text.h"
#include "io/md5.h"
#include "testing/form_text.h"
#include "testing/lastfm_words.h"

namespace spindle::testing {
namespace {

using Json = nlohmann::json;
using Values = std::map<std::string, std::string>;

constexpr std::int64_t kTokenLife = 3600;
constexpr std::int64_t kOldest = 14 * 24 * 3600;
constexpr std::int64_t kFuture = 24 * 3600;
constexpr int kMostItems = 50;
constexpr int kShortest = 30; // seconds

std::string value_of(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
}

/// A text with what the service made of it; an empty one has no "#text", as met.
Json corrected(const std::string& text) {
    return text.empty() ? Json{{"corrected", "0"}} : Json{{"corrected", "0"}, {"#text", text}};
}

struct Item {
    Stored listen;
    int ignored = 0;
    Json answer;
};

} // namespace

struct LastfmServer::State {
    Options options;
    mutable std::mutex mutex;
    TroubleScript troubles;
    struct Token {
        std::int64_t made = 0;
        bool approved = false;
    };
    std::map<std::string, Token> tokens;
    std::set<std::string> sessions{kSession};
    int made = 0; // tokens and sessions
    std::vector<Stored> stored;
    std::optional<Stored> playing;
    std::map<std::string, int> calls;

    std::int64_t now() const { return options.now ? options.now() : system_seconds(); }

    static Reply error(int code, bool json, std::string words = {}) {
        words = words.empty() ? lastfm_words(code) : words;
        return {lastfm_status(code),
                {},
                json ? Json{{"error", code}, {"message", words}}.dump()
                     : fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<lfm "
                                   "status=\"failed\"><error code=\"{}\">{}</error></lfm>",
                                   code, xml_escaped(words))};
    }

    static Reply good(const std::string& name, const Json& content, bool json) {
        return {200,
                {},
                json ? Json{{name, content}}.dump()
                     : fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<lfm "
                                   "status=\"ok\">{}</lfm>",
                                   lastfm_xml(name, content))};
    }

    Reply answer(const Seen& seen) {
        const std::lock_guard lock(mutex);
        const auto question = seen.target.find('?');
        const std::string path = seen.target.substr(0, question);
        Values values = form_values(seen.body);
        const Values query =
            form_values(question == std::string::npos ? "" : seen.target.substr(question + 1));
        const bool json =
            value_of(values, "format") == "json" || value_of(query, "format") == "json";
        values.insert(query.begin(), query.end());
        if (path == "/api/auth/") {
            const auto token = tokens.find(value_of(query, "token"));
            if (token == tokens.end() || value_of(query, "api_key") != kKey) {
                return {400, {}, "<html>no such token</html>"};
            }
            token->second.approved = true;
            return {200, {}, "<html>approved</html>"};
        }
        if (path != "/2.0/") {
            return {404, {}, "<html>no such page</html>"};
        }
        const std::string method = value_of(values, "method");
        ++calls[method];
        const auto trouble = troubles.take(method);
        if (!trouble) {
            return work(method, values, seen.method, json);
        }
        Reply reply;
        if (trouble->does_the_work()) {
            reply = work(method, values, seen.method, json);
        }
        if (trouble->error != 0) {
            reply = error(trouble->error, json);
        } else if (trouble->status != 0) {
            reply = {trouble->status, {}, trouble->content};
        }
        reply.headers.insert(reply.headers.end(), trouble->headers.begin(), trouble->headers.end());
        reply.fault = trouble->fault;
        return reply;
    }

    static bool is_signed(const Values& values) {
        std::string text;
        for (const auto& [name, value] : values) {
            if (name != "format" && name != "callback" && name != "api_sig") {
                text += name + value;
            }
        }
        return value_of(values, "api_sig") == io::md5_hex(text + kSecret);
    }

    Reply work(const std::string& method, const Values& values, const std::string& verb,
               bool json) {
        const std::string name = text::ascii_lower(method);
        if (options.kind == Kind::MultiScrobbler) {
            return bare_ok(values);
        }
        if (options.kind == Kind::Maloja) {
            return maloja(name, values, json);
        }
        if (value_of(values, "api_key") != kKey) {
            return error(10, json);
        }
        if ((name == "auth.gettoken" && values.contains("api_sig") && !is_signed(values)) ||
            (name != "auth.gettoken" && !name.starts_with("user.") && !is_signed(values))) {
            return error(13, json);
        }
        if (name == "auth.gettoken") {
            const std::string token = fmt::format("{:032}", ++made);
            tokens[token] = {now(), false};
            return good("token", token, json);
        }
        if (name == "auth.getsession") {
            return session_for(value_of(values, "token"), json);
        }
        if (name == "auth.getmobilesession") {
            // The older way, which GNU FM still wants: the password hashed twice.
            const std::string hashed = io::md5_hex(kUser + io::md5_hex(kPassword));
            const bool right = value_of(values, "password") == kPassword ||
                               value_of(values, "authToken") == hashed;
            return verb == "POST" && right ? new_session(json) : error(4, json);
        }
        if (name == "user.getrecenttracks" || name == "user.getinfo") {
            return about_user(name, values, json);
        }
        if (name != "track.scrobble" && name != "track.updatenowplaying" && name != "track.love") {
            return error(3, json);
        }
        if (verb != "POST") {
            return error(6, json, "Writes are POST");
        }
        if (!sessions.contains(value_of(values, "sk"))) {
            return error(9, json);
        }
        if (name == "track.love") {
            return good("status", "ok", json);
        }
        return name == "track.scrobble" ? scrobble(values, json) : play(values, json);
    }

    Reply session_for(const std::string& token, bool json) {
        const auto found = tokens.find(token);
        if (found == tokens.end()) {
            return error(4, json);
        }
        if (now() - found->second.made > kTokenLife) {
            return error(15, json);
        }
        if (!found->second.approved) {
            return error(14, json);
        }
        tokens.erase(found);
        return new_session(json);
    }

    Reply new_session(bool json) {
        const std::string key = fmt::format("session-{:024}", ++made);
        sessions.insert(key);
        return good("session", {{"name", kUser}, {"key", key}, {"subscriber", 0}}, json);
    }

    Reply about_user(const std::string& name, const Values& values, bool json) {
        if (name == "user.getinfo" && !values.contains("user")) { // whose session it is
            return sessions.contains(value_of(values, "sk"))
                       ? good("user", {{"name", kUser}, {"playcount", stored.size()}}, json)
                       : error(9, json);
        }
        if (options.private_history && !sessions.contains(value_of(values, "sk"))) {
            return error(17, json);
        }
        if (value_of(values, "user") != kUser) {
            return error(6, json, "User not found");
        }
        if (name == "user.getinfo") {
            return good("user", {{"name", kUser}, {"playcount", stored.size()}}, json);
        }
        const auto number = [&](const char* field, std::int64_t otherwise) {
            const std::string text = value_of(values, field);
            return text.empty() ? otherwise : std::strtoll(text.c_str(), nullptr, 10);
        };
        std::vector<Stored> found;
        std::copy_if(stored.begin(), stored.end(), std::back_inserter(found),
                     [&](const Stored& one) {
                         return one.at >= number("from", 0) && one.at <= number("to", INT64_MAX);
                     });
        std::stable_sort(found.begin(), found.end(),
                         [](const Stored& a, const Stored& b) { return a.at > b.at; });
        const auto limit = static_cast<std::size_t>(number("limit", 50));
        const auto page = static_cast<std::size_t>(number("page", 1));
        Json tracks = Json::array();
        if (playing) {
            tracks.push_back({{"artist", {{"#text", playing->artist}}},
                              {"name", playing->title},
                              {"@attr", {{"nowplaying", "true"}}}});
        }
        for (std::size_t i = (page - 1) * limit; i < std::min(found.size(), page * limit); ++i) {
            tracks.push_back({{"artist", {{"#text", found[i].artist}}},
                              {"name", found[i].title},
                              {"album", {{"#text", found[i].album}}},
                              {"date", {{"uts", std::to_string(found[i].at)}, {"#text", "then"}}}});
        }
        const std::size_t pages = (found.size() + limit - 1) / limit;
        return good("recenttracks",
                    {{"track", tracks.size() == 1 ? tracks[0] : tracks},
                     {"@attr",
                      {{"user", kUser},
                       {"total", std::to_string(found.size())},
                       {"totalPages", std::to_string(pages)}}}},
                    json);
    }

    /// Takes item `index` ("[3]" or "") out of a form.
    Item item_of(const Values& values, const std::string& index) {
        const auto field = [&](const char* name) { return value_of(values, name + index); };
        Item item;
        item.listen = {field("artist"), field("track"), field("album"),
                       std::strtoll(field("timestamp").c_str(), nullptr, 10)};
        const std::string duration = field("duration");
        if (item.listen.artist == "Unknown Artist" ||
            (!duration.empty() && std::strtoll(duration.c_str(), nullptr, 10) < kShortest)) {
            item.ignored = 1;
        }
        item.answer = {{"artist", corrected(item.listen.artist)},
                       {"track", corrected(item.listen.title)},
                       {"album", corrected(item.listen.album)},
                       {"albumArtist", {{"corrected", "0"}, {"#text", field("albumArtist")}}}};
        return item;
    }

    void store(Item& item) {
        const bool old = now() - item.listen.at > kOldest;
        if (item.ignored == 0 && old && options.too_old != TooOld::AcceptedAndLost) {
            item.ignored = options.too_old == TooOld::Code3 ? 3 : 1;
        }
        if (item.ignored == 0 && item.listen.at > now() + kFuture) {
            item.ignored = 4;
        }
        const bool known = std::any_of(stored.begin(), stored.end(), [&](const Stored& one) {
            return one.artist == item.listen.artist && one.title == item.listen.title &&
                   one.at == item.listen.at;
        });
        if (item.ignored == 0 && !known && options.daily_limit &&
            static_cast<int>(stored.size()) >= *options.daily_limit) {
            item.ignored = 5;
        }
        if (item.ignored == 0 && !old && !(known && options.deduplicates)) {
            stored.push_back(item.listen);
        }
        item.answer["timestamp"] = std::to_string(item.listen.at);
        item.answer["ignoredMessage"] = {{"code", std::to_string(item.ignored)}, {"#text", ""}};
    }

    Reply scrobble(const Values& values, bool json) {
        std::vector<std::string> indices;
        if (values.contains("artist") || values.contains("track")) {
            indices.emplace_back();
        }
        for (int i = 0; i <= kMostItems; ++i) {
            const std::string index = fmt::format("[{}]", i);
            if (values.contains("artist" + index) || values.contains("track" + index)) {
                indices.push_back(index);
            }
        }
        if (indices.empty() || indices.size() > kMostItems) {
            return error(6, json);
        }
        for (const std::string& index : indices) {
            for (const char* needed : {"artist", "track", "timestamp"}) {
                if (value_of(values, needed + index).empty()) {
                    return error(6, json, fmt::format("Missing required parameter {}", needed));
                }
            }
            if (!options.poison.empty() && value_of(values, "track" + index) == options.poison) {
                return error(6, json, "Invalid parameter track");
            }
        }
        Json entries = Json::array();
        int ignored = 0;
        for (const std::string& index : indices) {
            Item item = item_of(values, index);
            store(item);
            ignored += item.ignored != 0 ? 1 : 0;
            entries.push_back(item.answer);
        }
        const int accepted = static_cast<int>(entries.size()) - ignored;
        const Json counts =
            options.counts_as_text
                ? Json{{"accepted", std::to_string(accepted)}, {"ignored", std::to_string(ignored)}}
                : Json{{"accepted", accepted}, {"ignored", ignored}};
        return good("scrobbles",
                    {{"scrobble", entries.size() == 1 ? entries[0] : entries}, {"@attr", counts}},
                    json);
    }

    Reply play(const Values& values, bool json) {
        for (const char* needed : {"artist", "track"}) {
            if (value_of(values, needed).empty()) {
                return error(6, json, fmt::format("Missing required parameter {}", needed));
            }
        }
        Item item = item_of(values, {});
        if (item.ignored == 0) {
            playing = item.listen;
        }
        item.answer["ignoredMessage"] = {{"code", std::to_string(item.ignored)}, {"#text", ""}};
        return good("nowplaying", item.answer, json);
    }

    /// Maloja knows two calls, takes one listen at a time, and forgets sessions when it restarts.
    Reply maloja(const std::string& name, const Values& values, bool json) {
        if (name == "auth.getmobilesession") {
            return value_of(values, "password") == kPassword ? new_session(json) : error(4, json);
        }
        if (name != "track.scrobble") {
            Reply reply = error(3, json);
            reply.status = 200;
            return reply;
        }
        if (!sessions.contains(value_of(values, "sk"))) {
            return error(9, json);
        }
        if (values.contains("artist[0]")) {
            return error(8, json);
        }
        Item item = item_of(values, {});
        item.ignored = 0;
        store(item);
        return good("scrobbles", {{"@attr", {{"ignored", 0}}}}, json);
    }

    Reply bare_ok(const Values& values) {
        const std::string index = values.contains("artist[0]") ? "[0]" : "";
        if (values.contains("timestamp" + index)) {
            Item item = item_of(values, index);
            store(item);
        }
        return {200, {}, "OK"};
    }
};

LastfmServer::LastfmServer(Options options) : state_(std::make_shared<State>()) {
    state_->options = std::move(options);
    answer_by([state = state_](const Seen& seen) { return state->answer(seen); });
}
LastfmServer::~LastfmServer() = default;

std::string LastfmServer::api() const {
    return url("/2.0/");
}

void LastfmServer::fail_next(const std::string& method, std::vector<Trouble> troubles) {
    const std::lock_guard lock(state_->mutex);
    state_->troubles.next(method, std::move(troubles));
}

void LastfmServer::fail_always(const std::string& method, std::optional<Trouble> trouble) {
    const std::lock_guard lock(state_->mutex);
    state_->troubles.always(method, std::move(trouble));
}

void LastfmServer::end_sessions() {
    const std::lock_guard lock(state_->mutex);
    state_->sessions.clear();
}

void LastfmServer::begin_session(const std::string& key) {
    const std::lock_guard lock(state_->mutex);
    state_->sessions.insert(key);
}

void LastfmServer::approve(const std::string& token) {
    const std::lock_guard lock(state_->mutex);
    state_->tokens[token].approved = true;
}

void LastfmServer::lift_daily_limit() {
    const std::lock_guard lock(state_->mutex);
    state_->options.daily_limit.reset();
}

std::vector<Stored> LastfmServer::stored() const {
    const std::lock_guard lock(state_->mutex);
    return state_->stored;
}

std::optional<Stored> LastfmServer::playing() const {
    const std::lock_guard lock(state_->mutex);
    return state_->playing;
}

int LastfmServer::calls(const std::string& method) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->calls.find(method);
    return found == state_->calls.end() ? 0 : found->second;
}

} // namespace spindle::testing
