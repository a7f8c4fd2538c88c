// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "testing/faulty_server.h"
#include "testing/owned_discs.h"

namespace spindle::testing {

/// A release as Discogs answers it, with one copy for sale at `lowest` ("null", "4.22", ...).
inline std::string release_json(std::uint32_t id, const std::string& lowest = "4.22",
                                const std::string& blocked = "false") {
    return fmt::format(
        R"j({{"id":{0},"status":"Accepted","year":1985,"title":"Title {0}","country":"Germany",)j"
        R"j("artists":[{{"name":"Ann (2)","anv":"","join":"&","role":"","tracks":"","id":7}},)j"
        R"j({{"name":"Ben","anv":"Benny","join":"","role":"","tracks":"","id":8}}],)j"
        R"j("formats":[{{"name":"CD","qty":"1","descriptions":["Album","Reissue"]}}],)j"
        R"j("community":{{"have":164,"want":101,"rating":{{"count":18,"average":4.61}}}},)j"
        R"j("master_id":42,"num_for_sale":14,"lowest_price":{1},"blocked_from_sale":{2}}})j",
        id, lowest, blocked);
}

inline std::string suggestions_json(double near_mint) {
    static const std::pair<const char*, double> kLadder[] = {{"Mint (M)", 0.95},
                                                             {"Near Mint (NM or M-)", 0.85},
                                                             {"Very Good Plus (VG+)", 0.65},
                                                             {"Very Good (VG)", 0.45},
                                                             {"Good Plus (G+)", 0.25},
                                                             {"Good (G)", 0.15},
                                                             {"Fair (F)", 0.1},
                                                             {"Poor (P)", 0.05}};
    std::string json = "{";
    for (const auto& [grade, share] : kLadder) {
        json += fmt::format(R"({}"{}":{{"currency":"EUR","value":{}}})", json.size() > 1 ? "," : "",
                            grade, near_mint / 0.85 * share);
    }
    return json + "}";
}

/// Stands in for api.discogs.com: counts requests in a moving window and refuses those beyond its
/// limit, knows tokens, has every release but those told otherwise, and fails as FaultyServer does.
class DiscogsServer : public FaultyServer {
public:
    struct Rate {
        int requests = 60;
        std::chrono::duration<double> window{60};
        std::optional<int> retry_after; ///< seconds, sent with 429
    };

    DiscogsServer() : DiscogsServer(Rate{}) {}
    explicit DiscogsServer(Rate rate) : state_(std::make_shared<State>()) {
        state_->rate = rate;
        answer_by([state = state_](const Seen& seen) { return state->answer(seen); });
    }

    static constexpr const char* kToken = "aRightTokenOfTestsOnly";

    /// What /releases/N answers from now on.
    void put_release(std::uint32_t id, std::string json) {
        const std::lock_guard lock(state_->mutex);
        state_->releases[id] = std::move(json);
    }
    /// The owner of the token sells: there are suggestions.
    void sell() {
        const std::lock_guard lock(state_->mutex);
        state_->sells = true;
    }
    /// A search in whose address these words stand, encoded ("CDP%207"), finds this hit (JSON);
    /// any other finds a record nobody looks for.
    void put_hit(std::string words, std::string hit) {
        const std::lock_guard lock(state_->mutex);
        state_->hits.emplace_back(std::move(words), std::move(hit));
    }

    // What the owner of the token has and looks for.
    void own(std::uint32_t release, std::map<int, std::string> notes = {}) {
        const std::lock_guard lock(state_->mutex);
        state_->discs.own(release, std::move(notes));
    }
    void lose_first() {
        const std::lock_guard lock(state_->mutex);
        state_->discs.copies.erase(state_->discs.copies.begin());
    }
    void note(std::size_t copy, int field, const std::string& value) {
        const std::lock_guard lock(state_->mutex);
        state_->discs.copies.at(copy).notes[field] = value;
    }
    void want(std::uint32_t release, const std::string& notes = {}) {
        const std::lock_guard lock(state_->mutex);
        state_->discs.wants.push_back({release, notes});
    }
    std::vector<OwnedDiscs::Copy> copies() const {
        const std::lock_guard lock(state_->mutex);
        return state_->discs.copies;
    }
    std::vector<std::uint32_t> wants() const {
        const std::lock_guard lock(state_->mutex);
        std::vector<std::uint32_t> releases;
        for (const OwnedDiscs::Wanted& want : state_->discs.wants) {
            releases.push_back(want.release);
        }
        return releases;
    }

    /// Every answer takes this long; what was asked for is done before it leaves.
    void be_slow(std::chrono::milliseconds delay) {
        const std::lock_guard lock(state_->mutex);
        state_->delay = delay;
    }

    static std::string release_target(std::uint32_t id, const std::string& currency = "USD") {
        return fmt::format("/releases/{}?curr_abbr={}", id, currency);
    }

    /// The most requests that came within any stretch of the window.
    std::size_t most_in_a_window() const {
        std::vector<std::chrono::steady_clock::time_point> times;
        for (const Seen& one : requests()) {
            times.push_back(one.at);
        }
        std::sort(times.begin(), times.end());
        std::size_t most = 0;
        std::size_t first = 0;
        for (std::size_t last = 0; last < times.size(); ++last) {
            while (times[last] - times[first] >= state_->rate.window) {
                ++first;
            }
            most = std::max(most, last - first + 1);
        }
        return most;
    }
    /// How often 429 was answered because of the limit.
    int refused() const {
        const std::lock_guard lock(state_->mutex);
        return state_->refused;
    }

private:
    struct State {
        mutable std::mutex mutex;
        Rate rate;
        std::map<std::uint32_t, std::string> releases;
        std::deque<std::chrono::steady_clock::time_point> times;
        std::chrono::milliseconds delay{0};
        bool sells = false;
        OwnedDiscs discs;
        std::vector<std::pair<std::string, std::string>> hits; ///< words, hit
        int refused = 0;

        std::optional<Reply> answer(const Seen& seen) {
            std::chrono::milliseconds wait{0};
            std::optional<Reply> reply;
            {
                const std::lock_guard lock(mutex);
                reply = limited(seen);
                wait = delay;
            }
            std::this_thread::sleep_for(wait);
            return reply;
        }

        Reply limited(const Seen& seen) {
            while (!times.empty() && seen.at - times.front() >= rate.window) {
                times.pop_front();
            }
            Reply reply;
            if (static_cast<int>(times.size()) >= rate.requests) {
                ++refused;
                reply = {429, {}, R"({"message":"You are making requests too quickly."})"};
                if (rate.retry_after) {
                    reply.headers.push_back(fmt::format("Retry-After: {}", *rate.retry_after));
                }
            } else {
                times.push_back(seen.at);
                reply = content(seen);
            }
            const auto used = static_cast<int>(times.size());
            reply.headers.push_back(fmt::format("X-Discogs-Ratelimit: {}", rate.requests));
            reply.headers.push_back(fmt::format("X-Discogs-Ratelimit-Used: {}", used));
            reply.headers.push_back(
                fmt::format("X-Discogs-Ratelimit-Remaining: {}", rate.requests - used));
            return reply;
        }

        Reply content(const Seen& seen) {
            const auto given = seen.headers.find("authorization");
            const bool known = given != seen.headers.end() &&
                               given->second == fmt::format("Discogs token={}", kToken);
            if (given != seen.headers.end() && !known) {
                return {401, {}, R"({"message":"Invalid consumer token."})"};
            }
            const std::string path = seen.target.substr(0, seen.target.find('?'));
            if (path.starts_with("/releases/")) {
                const auto id = static_cast<std::uint32_t>(std::stoul(path.substr(10)));
                const auto found = releases.find(id);
                return {200, {}, found == releases.end() ? release_json(id) : found->second};
            }
            if (!known) {
                return {401, {}, R"({"message":"You must authenticate to access this resource."})"};
            }
            if (path == "/oauth/identity") {
                return {200, {}, R"({"id":1,"username":"example","consumer_name":"Test"})"};
            }
            if (path.starts_with("/marketplace/price_suggestions/")) {
                return sells
                           ? Reply{200, {}, suggestions_json(12.81)}
                           : Reply{403, {}, R"({"message":"You must fill out seller settings."})"};
            }
            if (path.starts_with("/masters/")) {
                return {
                    200, {}, R"({"pagination":{"items":23,"page":1,"pages":23},"versions":[]})"};
            }
            if (path == "/database/search") {
                return search(seen);
            }
            return discs.answer(seen);
        }

        Reply search(const Seen& seen) const {
            static const std::string kOther =
                R"j({"id":5,"master_id":42,"title":"Ann - Title 5","country":"UK",)j"
                R"j("catno":"CAT 5","year":"1985","label":["L"],"format":["CD"],)j"
                R"j("barcode":["4 988003 123456","(ASCAP)","MATRIX 1"]})j";
            std::string results;
            for (const auto& [words, hit] : hits) {
                if (seen.target.find(words) != std::string::npos) {
                    results += (results.empty() ? "" : ",") + hit;
                }
            }
            return {
                200,
                {},
                fmt::format(R"({{"pagination":{{"page":1,"pages":1,"items":1}},"results":[{}]}})",
                            results.empty() ? kOther : results)};
        }
    };

    std::shared_ptr<State> state_;
};

} // namespace spindle::testing
