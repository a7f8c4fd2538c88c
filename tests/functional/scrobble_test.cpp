// SPDX-License-Identifier: Apache-2.0
// Scrobbling by the program: logins, the queue, and what a kill, a second daemon, a full disk or a
// damaged database does to it.
#include <csignal>
#include <fstream>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "io/file.h"
#include "spindle_fixture.h"
#include "testing/lastfm_server.h"
#include "testing/listenbrainz_server.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::LastfmServer;
using testing::ListenBrainzServer;
using ::testing::Not;
using ::testing::SizeIs;
using testing::Trouble;

const std::string kListenToken = ListenBrainzServer::kToken;

class Scrobble : public SpindleTest {
protected:
    static LastfmServer::Options lastfm_options() {
        LastfmServer::Options options;
        options.deduplicates = false; // so that the test sees what was sent twice
        options.poison = "Poison";
        return options;
    }
    static ListenBrainzServer::Options listenbrainz_options() {
        ListenBrainzServer::Options options;
        options.deduplicates = false;
        return options;
    }

    Program::Options options() const {
        Program::Options options;
        options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
        options.environment["SPINDLE_LASTFM_API_KEY"] = LastfmServer::kKey;
        options.environment["SPINDLE_LASTFM_API_SECRET"] = LastfmServer::kSecret;
        options.environment["SPINDLE_SCROBBLE_HURRY"] = "0.02";
        options.environment["TZ"] = "UTC";
        return options;
    }
    std::filesystem::path account(const std::string& name) const {
        return folder_ / "config" / "spindle" / ("scrobble-" + name);
    }
    Ended spindle(const std::vector<std::string>& words, const std::string& input = {}) {
        auto with = options();
        if (!input.empty()) {
            with.standard_input = (folder_ / "input").string();
            std::ofstream(with.standard_input) << input;
        }
        const auto ended = run(words, with);
        for (const std::string& secret :
             {kListenToken, std::string(LastfmServer::kSecret), std::string(LastfmServer::kSession),
              std::string("session-0")}) {
            EXPECT_THAT(ended.out + ended.err, Not(HasSubstr(secret))); // in any run of any test
        }
        return ended;
    }
    std::vector<Json> spindle_json(std::vector<std::string> words, int expected_exit = 0) {
        words.emplace_back("--json");
        const auto ended = spindle(words);
        EXPECT_EQ(ended.exit_code, expected_exit) << ended.err;
        return lines_of(ended.out);
    }
    /// Approves every page Spindle shows, as the owner does.
    void log_in_to_lastfm(const std::string& profile = "lastfm") {
        const auto program = start({"login", "lastfm", "--profile", profile, "--url", lastfm_.api(),
                                    "--every", "0.1", "--json"},
                                   options());
        ASSERT_TRUE(program->wait_until(
            [&] { return program->output_so_far().find('\n') != std::string::npos; }));
        const std::string line = program->output_so_far();
        const std::string page = Json::parse(line.substr(0, line.find('\n')))["page"];
        EXPECT_THAT(page, HasSubstr(lastfm_.url("/api/auth/?api_key=")));
        lastfm_.approve(page.substr(page.find("token=") + 6));
        const auto ended = program->wait();
        ASSERT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_THAT(ended.err, AllOf(HasSubstr(page), HasSubstr("\xE2\x96\x88")));
    }
    void log_in_to_listenbrainz() {
        const auto ended =
            spindle({"login", "listenbrainz", "--url", listenbrainz_.api(), "--token-stdin"},
                    kListenToken + "\n");
        ASSERT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("as tester"));
    }
    void add(int number, const std::string& title = {}) {
        const auto ended =
            spindle({"scrobble", "add", "--artist", "Ann", "--title",
                     title.empty() ? fmt::format("Song {}", number) : title, "--duration", "200",
                     "--started", std::to_string(now_ - 900'000 + number * 200), "--quiet"});
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
    }
    static void expect_songs(const std::vector<testing::Stored>& stored, int count) {
        ASSERT_EQ(stored.size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(stored[static_cast<std::size_t>(i)].title, fmt::format("Song {}", i));
        }
    }

    std::int64_t now_ = std::time(nullptr);
    LastfmServer lastfm_{lastfm_options()};
    ListenBrainzServer listenbrainz_{listenbrainz_options()};
};

TEST_F(Scrobble, LogsInThroughAPageAndKeepsTheKeyForTheOwnerAlone) {
    log_in_to_lastfm();
    struct stat status {};
    ASSERT_EQ(::stat(account("lastfm").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    add(0);
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 0);
    expect_songs(lastfm_.stored(), 1);
    EXPECT_THAT(spindle({"logout", "lastfm"}).out, HasSubstr("settings/applications"));
    EXPECT_FALSE(std::filesystem::exists(account("lastfm")));
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 1);
}

TEST_F(Scrobble, StoresNoLoginThatDoesNotWork) {
    const auto wrong = spindle(
        {"login", "listenbrainz", "--url", listenbrainz_.api(), "--token-stdin"}, "aWrongToken\n");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, AllOf(HasSubstr("nothing was stored"), HasSubstr("not valid"),
                                 Not(HasSubstr("aWrongToken"))));
    EXPECT_FALSE(std::filesystem::exists(account("listenbrainz")));
    lastfm_.fail_next("auth.getSession", {Trouble::code(14), Trouble::code(11), Trouble::code(15)});
    EXPECT_THAT(spindle({"login", "lastfm", "--url", lastfm_.api(), "--every", "0.1"}).err,
                HasSubstr("not approved within an hour"));
    lastfm_.fail_next("auth.getToken", {Trouble::code(10)});
    EXPECT_THAT(spindle({"login", "lastfm", "--url", lastfm_.api()}).err,
                HasSubstr("API key is not valid"));
    EXPECT_FALSE(std::filesystem::exists(account("lastfm")));
    for (const char* url : {"http://example.com/2.0/", "ftp://x", "https://user:pw@x/2.0/"}) {
        const auto refused = spindle({"login", "lastfm", "--profile", "gnufm", "--url", url});
        EXPECT_EQ(refused.exit_code, 1);
        EXPECT_THAT(refused.err, AllOf(HasSubstr("https://"), Not(HasSubstr("pw"))));
    }
    EXPECT_EQ(spindle({"login", "lastfm", "--profile", "gnufm"}).exit_code, 2);
    EXPECT_EQ(spindle({"login", "listenbrainz", "--profile", "nobody"}).exit_code, 2);
}

TEST_F(Scrobble, NeverPutsASecretIntoAnAddressOrAnswersWord) {
    log_in_to_lastfm();
    log_in_to_listenbrainz();
    const std::string echo =
        fmt::format(R"({{"error":8,"message":"{} {}"}})", kListenToken, LastfmServer::kSecret);
    lastfm_.fail_next("track.scrobble", {Trouble::answer(500, echo), Trouble::answer(400, echo)});
    listenbrainz_.fail_next(
        ListenBrainzServer::kSubmit,
        {Trouble::answer(400, fmt::format(R"({{"code":400,"error":"{}"}})", kListenToken))});
    add(0);
    spindle({"scrobble", "send"});
    spindle({"scrobble", "status", "--json"});
    for (const auto& request : lastfm_.requests()) {
        EXPECT_EQ(request.target, "/2.0/?format=json");
    }
    for (const auto& request : listenbrainz_.requests()) {
        EXPECT_THAT(request.target, Not(HasSubstr(kListenToken)));
    }
    std::ifstream database(data() / "library.db", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(database)), {});
    EXPECT_THAT(bytes, AllOf(Not(HasSubstr(kListenToken)), Not(HasSubstr(LastfmServer::kSecret))));
}

TEST_F(Scrobble, FollowsNoRedirectWithItsToken) {
    testing::FaultyServer elsewhere;
    elsewhere.fail_always("/1/validate-token",
                          testing::Fault::redirect(listenbrainz_.url("/1/validate-token")));
    const auto ended =
        spindle({"login", "listenbrainz", "--url", elsewhere.url(""), "--token-stdin"},
                kListenToken + "\n");
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(listenbrainz_.requests(), SizeIs(0));
}

TEST_F(Scrobble, ShowsAndMendsWhatAServiceRefused) {
    log_in_to_lastfm();
    log_in_to_listenbrainz();
    add(0);
    add(1, "Poison");
    add(2);
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 1);
    EXPECT_THAT(lastfm_.stored(), SizeIs(2));
    EXPECT_THAT(listenbrainz_.stored(), SizeIs(3));
    const auto status = spindle({"scrobble", "status"});
    EXPECT_EQ(status.exit_code, 1);
    EXPECT_THAT(status.out, AllOf(HasSubstr("Last.fm: 0 waiting, 2 sent, 1 refused"),
                                  HasSubstr("Ann - Poison"), HasSubstr("error 6")));
    const auto lines = spindle_json({"scrobble", "status"}, 1);
    const std::string id = std::to_string(lines.back()["id"].get<int>());
    EXPECT_EQ(spindle({"scrobble", "edit", id, "--title", "Remedy"}).exit_code, 0);
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 0);
    EXPECT_EQ(lastfm_.stored().back().title, "Remedy");
    EXPECT_EQ(listenbrainz_.stored().size(), 3U); // has it already
    EXPECT_EQ(spindle({"scrobble", "status"}).exit_code, 0);
    add(4, "Poison");
    spindle({"scrobble", "send"});
    const std::string other =
        std::to_string(spindle_json({"scrobble", "status"}, 1).back()["id"].get<int>());
    EXPECT_EQ(spindle_json({"scrobble", "retry", other}).at(0)["changed"], 1);
    EXPECT_EQ(spindle_json({"scrobble", "drop", other}).at(0)["changed"], 1);
    EXPECT_EQ(spindle({"scrobble", "drop", other}).exit_code, 1);
    EXPECT_EQ(spindle({"scrobble", "status"}).exit_code, 0);
    EXPECT_EQ(spindle({"scrobble", "drop", "x"}).exit_code, 2);
    EXPECT_EQ(spindle({"scrobble", "edit", "999", "--title", "x"}).exit_code, 1);
}

TEST_F(Scrobble, KnowsTheRule) {
    log_in_to_listenbrainz();
    const auto add_played = [&](const char* duration, const char* played, const char* repeat) {
        return spindle({"scrobble", "add", "--artist", "Ann", "--title", "Song", "--duration",
                        duration, "--played", played, "--repeat", repeat, "--started",
                        std::to_string(now_ - 3600)})
            .exit_code;
    };
    EXPECT_EQ(add_played("30", "30", "each-play"), 1);
    EXPECT_EQ(add_played("200", "98", "each-play"), 1);
    EXPECT_EQ(add_played("200", "102", "each-play"), 0);
    EXPECT_EQ(add_played("200", "102", "each-play"), 0); // the same play once more: kept once
    EXPECT_EQ(spindle({"scrobble", "add", "--artist", "Ann", "--title", "Song", "--duration", "200",
                       "--played", "150", "--repeat", "once-a-day"})
                  .exit_code,
              1);
    EXPECT_EQ(spindle_json({"scrobble", "status"}).front()["owed"], 1);
    EXPECT_EQ(spindle({"scrobble", "add", "--artist", "Ann"}).exit_code, 2);
    EXPECT_EQ(spindle({"scrobble", "add", "--artist", "A", "--title", "B", "--started", "soon"})
                  .exit_code,
              2);
}

TEST_F(Scrobble, SaysWhereToBeginWithoutAnAccount) {
    EXPECT_THAT(spindle({"scrobble", "add", "--artist", "A", "--title", "B"}).err,
                HasSubstr("spindle login lastfm"));
    EXPECT_THAT(spindle({"scrobble", "status"}).err, HasSubstr("spindle login lastfm"));
}

TEST_F(Scrobble, WaitsForALoginAndGoesOnAfterIt) {
    log_in_to_lastfm();
    add(0);
    lastfm_.end_sessions();
    const auto halted = spindle({"scrobble", "send"});
    EXPECT_EQ(halted.exit_code, 1);
    EXPECT_THAT(halted.out, HasSubstr("login is not valid"));
    EXPECT_THAT(spindle({"scrobble", "status"}).out, HasSubstr("log in again"));
    log_in_to_lastfm();
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 0);
    expect_songs(lastfm_.stored(), 1);
}

TEST_F(Scrobble, LetsOneProcessSendAtATimeAndNoSlowServiceHoldAnother) {
    log_in_to_lastfm();
    log_in_to_listenbrainz();
    lastfm_.fail_next("track.scrobble", {Trouble::hang()});
    for (int i = 0; i < 3; ++i) {
        add(i);
    }
    const auto first = start({"scrobble", "send", "--watch"}, options());
    ASSERT_TRUE(first->wait_until([&] { return listenbrainz_.stored().size() == 3; }));
    EXPECT_TRUE(lastfm_.stored().empty()); // it hangs
    const auto second = spindle({"scrobble", "send"});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_THAT(second.err, HasSubstr("scrobble.lock"));
    add(3); // while it runs
    ASSERT_TRUE(first->wait_until([&] { return listenbrainz_.stored().size() == 4; }));
    first->send(SIGTERM);
    EXPECT_EQ(first->wait().exit_code, 0);
    spindle({"scrobble", "send", "--patience", "20"});
    expect_songs(lastfm_.stored(), 4);
    expect_songs(listenbrainz_.stored(), 4);
}

TEST_F(Scrobble, GoesOnWithANewLoginWhileItRuns) {
    log_in_to_lastfm();
    const auto watch = start({"scrobble", "send", "--watch"}, options());
    add(0);
    ASSERT_TRUE(watch->wait_until([&] { return lastfm_.stored().size() == 1; }));
    lastfm_.end_sessions();
    add(1);
    ASSERT_TRUE(watch->wait_until(
        [&] { return watch->output_so_far().find("halted") != std::string::npos; }));
    log_in_to_lastfm();
    log_in_to_listenbrainz();
    ASSERT_TRUE(watch->wait_until([&] { return lastfm_.stored().size() == 2; }));
    add(2);
    ASSERT_TRUE(watch->wait_until(
        [&] { return listenbrainz_.stored().size() == 1 && lastfm_.stored().size() == 3; }));
    watch->send(SIGTERM);
    EXPECT_EQ(watch->wait().exit_code, 0);
    expect_songs(lastfm_.stored(), 3);
}

/// Killed at random moments while it queues and sends: each listen arrives once, in order. The
/// services take what they are sent twice, so nothing but the outbox makes it so.
TEST_F(Scrobble, LosesAndDoublesNothingWhenKilledAtAnyMoment) {
    log_in_to_lastfm("gnufm"); // which has no limit of listens a day
    log_in_to_listenbrainz();
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets any
    const char* const asked = std::getenv("SPINDLE_TEST_KILLS");
    const int kills = asked == nullptr ? 20 : std::max(1, std::atoi(asked));
    std::mt19937 random(11);
    int queued = 0;
    int killed = 0;
    for (int round = 0; round < kills; ++round) {
        if (random() % 3 == 0) { // a kill while it is being queued: then once more, as asked
            const std::vector<std::string> words{
                "scrobble",  "add",
                "--artist",  "Ann",
                "--title",   fmt::format("Song {}", queued),
                "--started", std::to_string(now_ - 900'000 + queued * 200)};
            const auto program = start(words, options());
            std::this_thread::sleep_for(std::chrono::microseconds{random() % 30'000});
            program->send(SIGKILL);
            killed += program->wait().signal == SIGKILL ? 1 : 0;
        }
        add(queued++);
        if (random() % 2 == 0) {
            add(queued++);
        }
        lastfm_.fail_always("track.scrobble", random() % 4 == 0
                                                  ? std::optional(Trouble::reset().stored())
                                                  : std::nullopt);
        const auto program = start({"scrobble", "send", "--patience", "5"}, options());
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 60'000});
        program->send(SIGKILL);
        killed += program->wait().signal == SIGKILL ? 1 : 0;
    }
    RecordProperty("killed", killed);
    EXPECT_GT(killed, kills / 4);
    lastfm_.fail_always("track.scrobble", {});
    EXPECT_EQ(spindle({"scrobble", "retry"}).exit_code, 0); // ends pauses
    for (int i = 0; i < 10; ++i) {
        if (spindle({"scrobble", "send", "--patience", "20"}).exit_code == 0) {
            break;
        }
    }
    expect_songs(lastfm_.stored(), queued);
    expect_songs(listenbrainz_.stored(), queued);
}

TEST_F(Scrobble, SaysSoWhenTheDiskIsFullAndLosesNothingOfBefore) {
    log_in_to_lastfm();
    add(0);
    auto small = options();
    small.largest_file = 40'000; // the write-ahead log cannot grow
    int refused = 0;
    for (int i = 1; i < 30; ++i) {
        const auto ended =
            run({"scrobble", "add", "--artist", "Ann", "--title", std::string(900, 'x'),
                 "--started", std::to_string(now_ - 50'000 + i * 200)},
                small);
        if (ended.exit_code == 1) {
            EXPECT_THAT(ended.err, HasSubstr("the disk is full"));
            ++refused;
        }
    }
    EXPECT_GT(refused, 0);
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 0);
    EXPECT_EQ(lastfm_.stored().front().title, "Song 0");
    EXPECT_EQ(lastfm_.stored().size(), 30U - static_cast<std::size_t>(refused));
}

TEST_F(Scrobble, KeepsADamagedDatabaseAsideAndSaysSoLoudly) {
    log_in_to_listenbrainz();
    add(0);
    std::ofstream(data() / "library.db", std::ios::binary) << std::string(9000, 'x');
    const auto ended =
        spindle({"scrobble", "add", "--artist", "Ann", "--title", "Song 0", "--quiet"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.err, AllOf(HasSubstr("warning: the database was damaged"),
                                 HasSubstr("library.db.damaged-")));
    EXPECT_EQ(spindle({"scrobble", "send"}).exit_code, 0);
    expect_songs(listenbrainz_.stored(), 1);
    int kept = 0;
    for (const auto& entry : std::filesystem::directory_iterator(data())) {
        const auto name = entry.path().filename().string();
        kept += name.find("damaged-") != std::string::npos && entry.file_size() == 9000 ? 1 : 0;
    }
    EXPECT_EQ(kept, 1);
}

} // namespace
} // namespace spindle::functional
