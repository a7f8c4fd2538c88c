// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scrobble/lastfm_client.h"
#include "scrobble/listenbrainz_client.h"
#include "scrobble/sender.h"
#include "store/sqlite/sqlite_scrobble_store.h"
#include "testing/lastfm_server.h"
#include "testing/listenbrainz_server.h"
#include "testing/temp_folder.h"

namespace spindle::scrobbling {

/// For tests: a store, services on the loopback interface, and a clock that jumps to the moment
/// something is due. The services keep what is sent twice, so that a test sees it.
class ScrobbleStage : public ::testing::Test {
protected:
    static constexpr std::int64_t kNoon = 1'795'262'400;
    static constexpr std::int64_t kDay = 24 * 3600;

    std::function<std::int64_t()> clock() {
        return [this] { return now_; };
    }
    testing::LastfmServer::Options lastfm_options() {
        testing::LastfmServer::Options options;
        options.now = clock();
        options.deduplicates = false;
        options.poison = "Poison";
        return options;
    }
    testing::ListenBrainzServer::Options listenbrainz_options() {
        testing::ListenBrainzServer::Options options;
        options.now = clock();
        options.deduplicates = false;
        options.poison = "Poison";
        return options;
    }

    static scrobble::Wire wire() {
        scrobble::Wire wire;
        wire.user_agent = "Spindle/test";
        wire.limits.stall_timeout = Seconds{2}; // a busy machine is not a silent server
        return wire;
    }
    std::unique_ptr<scrobble::LastfmClient> lastfm_at(const std::string& url,
                                                      const std::string& profile = "lastfm") {
        scrobble::LastfmAccount account;
        account.name = "lastfm";
        account.profile = *scrobble::lastfm_profile(profile);
        account.url = url;
        account.api_key = testing::LastfmServer::kKey;
        account.api_secret = testing::LastfmServer::kSecret;
        account.session_key = testing::LastfmServer::kSession;
        account.username = testing::LastfmServer::kUser;
        account.password =
            profile == "maloja-lastfm" ? testing::LastfmServer::kPassword : std::string();
        return scrobble::LastfmClient::create(account, wire(), clock()).value();
    }
    static std::unique_ptr<scrobble::ListenBrainzClient>
    listenbrainz_at(const std::string& url, const std::string& profile = "listenbrainz") {
        scrobble::ListenBrainzAccount account;
        account.name = "listenbrainz";
        account.profile = *scrobble::listenbrainz_profile(profile);
        account.url = url;
        account.token = testing::ListenBrainzServer::kToken;
        account.username = testing::ListenBrainzServer::kUser;
        account.version = "0.1.0";
        return scrobble::ListenBrainzClient::create(account, wire()).value();
    }

    static scrobble::Listen listen_of(int number, std::int64_t at) {
        scrobble::Listen listen;
        listen.artist = "Bj\xC3\xB6rk & Co";
        listen.title = fmt::format("Song {}", number);
        listen.album = "Album";
        listen.duration = Seconds{180};
        listen.played = Seconds{180};
        listen.started_at = at;
        return listen;
    }
    /// Queues "Song 0" ... three minutes apart, the last one three minutes ago.
    void queue(int count, const std::vector<std::string>& services = {"lastfm"}) {
        for (int i = 0; i < count; ++i) {
            queue_one(listen_of(i, now_ - 200 * (count - i)), services);
        }
    }
    void queue_one(const scrobble::Listen& listen,
                   const std::vector<std::string>& services = {"lastfm"}) {
        ASSERT_TRUE(store_->queue({listen, {}}, services, now_));
    }

    scrobble::SenderOptions sender_options() {
        scrobble::SenderOptions options;
        options.now = clock();
        options.pause = [this](Seconds length, const std::stop_token&) {
            pauses_ += length;
            now_ += static_cast<std::int64_t>(length.count());
        };
        return options;
    }
    /// Does steps, the clock jumping to the next each time, until nothing is left to do, the owner
    /// must act, or `until` is over.
    scrobble::Step run(scrobble::Service& service, std::int64_t until = kNoon + 60 * kDay) {
        scrobble::Sender sender(service, *store_, sender_options());
        for (int i = 0; i < 5000; ++i) {
            auto step = sender.step(stop_.get_token());
            EXPECT_TRUE(step) << step.error().message;
            if (!step) {
                return {};
            }
            accepted_ += step->accepted;
            if (!step->reason.empty()) {
                reasons_.push_back(step->reason);
            }
            if (step->next == scrobble::Step::Next::Again) {
                continue;
            }
            if (step->next != scrobble::Step::Next::Later || step->at > until) {
                return *step;
            }
            EXPECT_GT(step->at, now_) << "a wait for what is past would spin";
            now_ = std::max(now_ + 1, step->at);
        }
        ADD_FAILURE() << "does not come to an end";
        return {};
    }

    /// Has the far side "Song `first`" ... each once and in order?
    static void expect_songs(const std::vector<testing::Stored>& stored, int first, int count) {
        ASSERT_EQ(stored.size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(stored[static_cast<std::size_t>(i)].title, fmt::format("Song {}", first + i));
        }
    }
    store::ServiceSummary summary(const std::string& service) {
        const auto summaries = store_->summaries().value();
        for (const auto& one : summaries) {
            if (one.service == service) {
                return one;
            }
        }
        return {};
    }
    bool a_reason_says(const std::string& words) const {
        for (const std::string& one : reasons_) {
            if (one.find(words) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    std::int64_t now_ = kNoon;
    Seconds pauses_{0};
    int accepted_ = 0;
    std::vector<std::string> reasons_;
    std::stop_source stop_;
    testing::TempFolder folder_{testing::memory_folder()};
    std::unique_ptr<store::ScrobbleStore> store_ =
        store::open_sqlite_scrobbles(folder_.path(), store::Access::Write).value();
};

/// One service of Last.fm's kind.
class LastfmStage : public ScrobbleStage {
protected:
    scrobble::Step send() { return run(*client_); }
    /// The trouble meets the first request of 60 listens; then all is well.
    void survives(const testing::Trouble& trouble) {
        queue(60);
        server_.fail_next("track.scrobble", {trouble});
        EXPECT_EQ(send().next, scrobble::Step::Next::Idle);
        expect_songs(server_.stored(), 0, 60);
        EXPECT_EQ(accepted_, 60);
    }

    testing::LastfmServer server_{lastfm_options()};
    std::unique_ptr<scrobble::LastfmClient> client_ = lastfm_at(server_.api());
};

} // namespace spindle::scrobbling
