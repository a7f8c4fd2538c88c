// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "market/discogs_client.h"
#include "testing/discogs_server.h"

namespace spindle::market {
namespace {

using ::testing::AllOf;
using testing::DiscogsServer;
using testing::Fault;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ReleaseId kFive{5};

/// A clock that stands still but for pauses, which it counts.
struct Pauses {
    std::vector<double> seconds;
    std::chrono::steady_clock::time_point now{std::chrono::hours{1}};

    Waiting waiting() {
        return {[this] { return now; },
                [this](Seconds length, const std::stop_token&) {
                    seconds.push_back(length.count());
                    now += std::chrono::ceil<std::chrono::steady_clock::duration>(length);
                }};
    }
};

class Discogs : public ::testing::Test {
protected:
    std::unique_ptr<DiscogsClient> client(const std::string& token = DiscogsServer::kToken) {
        DiscogsOptions options;
        options.url = server_.url("");
        options.token = token;
        options.user_agent = io::user_agent("1.2");
        options.http.stall_timeout = stall_timeout_;
        options.waiting = pauses_.waiting();
        return DiscogsClient::create(options).value();
    }
    DiscogsError error_after(const Fault& fault, const std::string& token = DiscogsServer::kToken) {
        server_.fail_always(target_, fault);
        const auto figures = client(token)->figures(kFive, "USD", {});
        EXPECT_FALSE(figures);
        return figures ? DiscogsError{} : figures.error();
    }

    Seconds stall_timeout_{20}; // a busy machine is not a silent server
    Pauses pauses_;
    DiscogsServer server_;
    std::string target_ = DiscogsServer::release_target(5);
};

TEST_F(Discogs, AsksWithNameAndTokenAndUnderstandsTheAnswer) {
    const auto figures = client()->figures(kFive, "USD", {}).value();
    EXPECT_EQ(figures.lowest, (Money{4.22, "USD"}));
    const auto seen = server_.requests().at(0);
    EXPECT_EQ(seen.target, target_);
    EXPECT_THAT(seen.headers.at("user-agent"), ::testing::StartsWith("Spindle/1.2 +https://"));
    EXPECT_EQ(seen.headers.at("authorization"),
              fmt::format("Discogs token={}", DiscogsServer::kToken));
    EXPECT_TRUE(client("")->figures(kFive, "USD", {}));
    EXPECT_FALSE(server_.requests().at(1).headers.contains("authorization"));
}

TEST_F(Discogs, KnowsTheOwnerAndWhatSheHas) {
    const auto discogs = client();
    server_.sell();
    server_.own(5, {{1, "Mint (M)"}});
    server_.want(5, "cheap");
    EXPECT_EQ(discogs->identity({}).value().username, "example");
    EXPECT_NEAR(discogs->suggestions(kFive, {}).value()[1]->amount, 12.81, 1e-9);
    EXPECT_EQ(discogs->versions(MasterId{42}, {}).value(), 23U);
    EXPECT_EQ(discogs->folders("an other", {}).value().at(0).name, "All");
    EXPECT_EQ(server_.requests().back().target, "/users/an%20other/collection/folders");
    EXPECT_EQ(discogs->fields("example", {}).value().at(0).options.at(0), "Mint (M)");
    const auto owned = discogs->collection("example", 0, 1, {}).value();
    EXPECT_EQ(owned.items.at(0).artist, "Ann");
    EXPECT_EQ(owned.items.at(0).notes.at(0).value, "Mint (M)");
    EXPECT_EQ(discogs->add_to_collection("example", 1, kFive, {}).value(),
              owned.items.at(0).instance + 1);
    EXPECT_TRUE(discogs->set_field("example", owned.items.at(0), {1, "Very Good Plus (VG+)"}, {}));
    EXPECT_THAT(server_.requests().back().target,
                HasSubstr("/instances/101/fields/1?value=Very%20Good%20Plus%20%28VG%2B%29"));
    EXPECT_EQ(discogs->wants("example", 1, {}).value().items.at(0).notes, "cheap");
    EXPECT_TRUE(discogs->add_want("example", kFive, {}));
    EXPECT_EQ(server_.requests().back().method, "PUT");
    EXPECT_TRUE(discogs->remove_want("example", kFive, {}));
    EXPECT_EQ(server_.requests().back().method, "DELETE");
}

TEST_F(Discogs, SearchesForDiscs) {
    SearchQuery query;
    query.number = "32XD-723";
    query.artist = "Ann & Ben";
    const auto hits = client()->search(query, {}).value();
    EXPECT_EQ(hits.items.at(0).number, "CAT 5");
    EXPECT_EQ(server_.requests().back().target,
              "/database/search?type=release&per_page=50&format=CD&artist=Ann%20%26%20Ben&"
              "catno=32XD-723&page=1");
}

TEST_F(Discogs, SaysWhatToDoAboutARefusal) {
    auto error = error_after({}, "aWrongTokenOfTests");
    EXPECT_EQ(error.kind, DiscogsFailure::Token);
    EXPECT_THAT(error.error.message,
                AllOf(HasSubstr("settings/developers"), HasSubstr("spindle login discogs")));
    error = error_after(Fault::answer_with(403, R"({"message":"No."})"));
    EXPECT_EQ(error.kind, DiscogsFailure::Refused);
    EXPECT_THAT(error.error.message, HasSubstr("No."));
    error = error_after(Fault::answer_with(403, "<html>Just a moment...</html>"));
    EXPECT_EQ(error.kind, DiscogsFailure::Refused);
    EXPECT_THAT(error.error.message, HasSubstr("wall against robots"));
    error = error_after(Fault::answer_with(404, R"({"message":"Release not found."})"));
    EXPECT_EQ(error.kind, DiscogsFailure::Missing);
    EXPECT_EQ(error.error.code, Code::NotFound);
    EXPECT_THAT(error.error.message, HasSubstr("release 5"));
    EXPECT_TRUE(pauses_.seconds.empty()); // none of these is worth another attempt
}

TEST_F(Discogs, TriesAgainAfterPassingTrouble) {
    server_.fail_next(target_, {Fault::answer(500), Fault::cut(20), Fault::answer(503)});
    EXPECT_TRUE(client()->figures(kFive, "USD", {}));
    EXPECT_EQ(server_.requests(target_).size(), 4U);
    ASSERT_EQ(pauses_.seconds.size(), 3U);
    for (int i = 0; i < 3; ++i) {
        EXPECT_GE(pauses_.seconds[static_cast<std::size_t>(i)], 0.5 * (1 << i));
        EXPECT_LE(pauses_.seconds[static_cast<std::size_t>(i)], 1.5 * (1 << i));
    }
}

TEST_F(Discogs, GivesUpAfterAFewAttempts) {
    auto error = error_after(Fault::answer(500));
    EXPECT_EQ(error.kind, DiscogsFailure::Server);
    EXPECT_EQ(server_.requests(target_).size(), 4U);
    stall_timeout_ = Seconds{0.3};
    error = error_after(Fault::stall(20));
    EXPECT_EQ(error.kind, DiscogsFailure::Server);
    EXPECT_THAT(error.error.message, HasSubstr("nothing came"));
    stall_timeout_ = Seconds{20};
    error = error_after(Fault::cut(20));
    EXPECT_THAT(error.error.message, HasSubstr("cut"));
}

TEST_F(Discogs, WaitsAsLongAsItIsToldAndNoLongerThanMakesSense) {
    server_.fail_next(target_, {Fault::answer(429, {"Retry-After: 7"}), Fault::answer(429)});
    EXPECT_TRUE(client()->figures(kFive, "USD", {}));
    ASSERT_EQ(pauses_.seconds.size(), 2U);
    EXPECT_NEAR(pauses_.seconds[0], 7, 0.001);
    EXPECT_NEAR(pauses_.seconds[1], 60, 0.001); // without a time: a whole window
    pauses_.seconds.clear();
    const auto error = error_after(Fault::answer(429, {"Retry-After: 3600"}));
    EXPECT_EQ(error.kind, DiscogsFailure::Busy);
    EXPECT_EQ(error.error.code, Code::Busy);
    EXPECT_THAT(error.error.message, HasSubstr("3600 s"));
    EXPECT_TRUE(pauses_.seconds.empty());
}

TEST_F(Discogs, DoesNotAddTwice) {
    const std::string target = "/users/example/collection/folders/1/releases/5";
    server_.fail_next(target, {Fault::answer(500)});
    EXPECT_FALSE(client()->add_to_collection("example", 1, kFive, {}));
    EXPECT_EQ(server_.requests(target).size(), 1U);
    server_.fail_next(target, {Fault::answer(429, {"Retry-After: 1"})}); // was not taken
    EXPECT_TRUE(client()->add_to_collection("example", 1, kFive, {}));
    EXPECT_EQ(server_.requests(target).size(), 3U);
}

TEST_F(Discogs, SaysThatAnAnswerIsNone) {
    server_.put_release(5, "<html>Log in to our network</html>");
    EXPECT_THAT(client()->figures(kFive, "USD", {}).error().error.message,
                AllOf(HasSubstr("Discogs, release 5"), HasSubstr("web page")));
    server_.put_release(5, "{\"id\":5," + std::string(5'000'000, ' ') + "\"title\":\"T\"}");
    const auto huge = client()->figures(kFive, "USD", {}).error();
    EXPECT_EQ(huge.kind, DiscogsFailure::Nonsense);
    EXPECT_THAT(huge.error.message, HasSubstr("larger than"));
}

TEST_F(Discogs, SaysThatThereIsNoLine) {
    DiscogsOptions options;
    {
        const testing::FaultyServer closed;
        options.url = closed.url("");
    }
    options.waiting = pauses_.waiting();
    const auto error = DiscogsClient::create(options).value()->figures(kFive, "USD", {}).error();
    EXPECT_EQ(error.kind, DiscogsFailure::Unreachable);
    EXPECT_TRUE(error.concerns_all());
    EXPECT_THAT(error.error.message, HasSubstr("is there a line"));
}

TEST_F(Discogs, NeverSaysTheToken) {
    const std::string token = DiscogsServer::kToken;
    const std::string echo = fmt::format("{{\"message\":\"who is {}?\"}}", token);
    for (const int status : {400, 401, 403, 404, 422, 500}) {
        EXPECT_THAT(error_after(Fault::answer_with(status, echo)).error.message,
                    Not(HasSubstr(token)));
    }
    for (const auto& seen : server_.requests()) {
        EXPECT_THAT(seen.target, Not(HasSubstr(token)));
    }
    EXPECT_THAT(error_after(Fault::answer_with(302, "")).error.message, Not(HasSubstr(token)));
}

TEST_F(Discogs, KeepsItsTokenFromOtherPlaces) {
    for (const char* url :
         {"http://api.discogs.com", "http://127.0.0.1@evil.example",
          "http://127.0.0.1.evil.example", "http://127.0.0.1:80@evil.example", "ftp://127.0.0.1",
          "", "https://", "https:///x", "https://user:pass@host", "http://127.0.0.1:8x/",
          "https://host/?a=b"}) {
        DiscogsOptions options;
        options.url = url;
        EXPECT_FALSE(DiscogsClient::create(options)) << url;
    }
    for (const char* token :
         {"short", "with a blank in it", "line\r\nX-Evil: 1", "uml\xc3\xa4utetoken"}) {
        DiscogsOptions options;
        options.token = token;
        const auto refused = DiscogsClient::create(options);
        ASSERT_FALSE(refused) << token;
        EXPECT_THAT(refused.error().message, Not(HasSubstr(token)));
    }
    EXPECT_TRUE(DiscogsClient::create({}));
}

TEST_F(Discogs, StopsWhileItWaits) {
    server_.fail_always(target_, Fault::answer(429));
    DiscogsOptions options;
    options.url = server_.url("");
    const auto discogs = DiscogsClient::create(options).value();
    std::stop_source stop;
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        stop.request_stop();
    });
    const auto begun = std::chrono::steady_clock::now();
    const auto error = discogs->figures(kFive, "USD", stop.get_token()).error();
    later.join();
    EXPECT_EQ(error.kind, DiscogsFailure::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

TEST(DiscogsPace, StaysWithinTheLimitOfAServerThatCounts) {
    constexpr std::chrono::duration<double> kWindow{1.5};
    DiscogsServer server({55, kWindow, {}});
    server.be_slow(std::chrono::milliseconds{10});
    DiscogsOptions options;
    options.url = server.url("");
    options.limit = RateLimit{55, Seconds{kWindow}};
    const auto discogs = DiscogsClient::create(options).value();
    std::atomic<int> answered{0};
    std::atomic<int> next{0};
    const auto ask = [&] {
        while (next++ < 150) {
            answered += discogs->figures(ReleaseId{7}, "USD", {}).has_value() ? 1 : 0;
        }
    };
    const auto begun = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(ask);
    }
    for (std::thread& one : threads) {
        one.join();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    EXPECT_EQ(answered, 150);
    EXPECT_EQ(server.refused(), 0);
    EXPECT_LE(server.most_in_a_window(), 55U);
    EXPECT_GE(took.count(), 2 * kWindow.count());
    EXPECT_LE(took.count(), 2 * kWindow.count() + 2); // loose: the machine may be busy
}

} // namespace
} // namespace spindle::market
