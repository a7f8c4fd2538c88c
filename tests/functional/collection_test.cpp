// SPDX-License-Identifier: Apache-2.0
// `spindle collection` and `spindle wants` from outside, against a server that keeps an owner's
// discs.
#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/discogs_server.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class CollectionCommands : public SpindleTest {
protected:
    Program::Options options() const {
        Program::Options options;
        options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
        options.environment["SPINDLE_DISCOGS_URL"] = server_.url("");
        options.environment["SPINDLE_DISCOGS_WINDOW"] = "0.05";
        return options;
    }
    Ended spindle(const std::vector<std::string>& words) { return run(words, options()); }
    void log_in() {
        auto with = options();
        with.standard_input = (folder_ / "token").string();
        std::ofstream(with.standard_input) << testing::DiscogsServer::kToken << "\n";
        ASSERT_EQ(run({"login", "discogs", "--token-stdin"}, with).exit_code, 0);
    }
    testing::DiscogsServer server_{{100'000, std::chrono::seconds{1}, {}}};
};

TEST_F(CollectionCommands, KeepDiscogsInStep) {
    log_in();
    server_.own(5, {{1, "Mint (M)"}});
    EXPECT_EQ(
        spindle({"collection", "add", "7", "--media", "VG+", "--sleeve", "Generic"}).exit_code, 0);
    const auto sync = spindle({"collection", "sync", "--json"});
    ASSERT_EQ(sync.exit_code, 0) << sync.err;
    const Json report = lines_of(sync.out).at(0);
    EXPECT_EQ(report["added"], 1);
    EXPECT_EQ(report["sent"], 1);
    EXPECT_TRUE(report["complete"].get<bool>());
    ASSERT_EQ(server_.copies().size(), 2U);
    EXPECT_EQ(server_.copies().back().notes.at(1), "Very Good Plus (VG+)");
    EXPECT_EQ(server_.copies().back().notes.at(2), "Generic");
    EXPECT_EQ(lines_of(spindle({"collection", "list", "--json"}).out).size(), 2U);
    EXPECT_EQ(spindle({"collection", "list", "--pending"}).exit_code, 1);

    server_.want(3);
    EXPECT_EQ(spindle({"wants", "add", "4"}).exit_code, 0);
    EXPECT_EQ(spindle({"wants", "sync"}).exit_code, 0);
    EXPECT_EQ(spindle({"wants", "remove", "3"}).exit_code, 0);
    EXPECT_EQ(spindle({"wants", "sync"}).exit_code, 0);
    EXPECT_EQ(server_.wants(), std::vector<std::uint32_t>{4});
}

TEST_F(CollectionCommands, TakeAndGiveFilesWithoutAnAccount) {
    ASSERT_EQ(spindle({"collection", "add", "7", "9", "--media", "NM", "--notes", "a \"b\", c"})
                  .exit_code,
              0);
    const auto file = (folder_ / "mine.csv").string();
    ASSERT_EQ(spindle({"collection", "export", file}).exit_code, 0);
    const auto again = spindle({"collection", "import", file, "--json"});
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(lines_of(again.out).at(0)["known"], 2);
    const auto other = (folder_ / "other").string();
    EXPECT_EQ(spindle({"--data", other, "collection", "import", file}).exit_code, 0);
    EXPECT_EQ(spindle({"--data", other, "collection", "export", "-"}).out,
              spindle({"collection", "export", "-"}).out);
    std::ofstream(folder_ / "bad.csv") << "a,b\n1,2\n";
    const auto bad = spindle({"collection", "import", (folder_ / "bad.csv").string()});
    EXPECT_EQ(bad.exit_code, 1);
    EXPECT_THAT(bad.err, HasSubstr("bad.csv"));
    EXPECT_THAT(spindle({"collection", "sync"}).err, HasSubstr("spindle login discogs"));
}

TEST_F(CollectionCommands, RefuseWhatMakesNoSense) {
    EXPECT_EQ(spindle({"collection", "add", "seven"}).exit_code, 2);
    EXPECT_EQ(spindle({"collection", "add", "7", "--media", "great"}).exit_code, 2);
    EXPECT_EQ(spindle({"collection", "add", "7", "--sleeve", "great"}).exit_code, 2);
    EXPECT_EQ(spindle({"wants", "remove", "7"}).exit_code, 1);
    EXPECT_EQ(spindle({"collection", "list"}).exit_code, 1);
}

TEST_F(CollectionCommands, SendEverythingOnceThoughKilledAgainAndAgain) {
    log_in();
    server_.be_slow(std::chrono::milliseconds{15});
    ASSERT_EQ(spindle({"collection", "add", "1", "2", "2", "3", "4", "5"}).exit_code, 0);
    std::mt19937 random(5); // NOLINT(cert-msc51-cpp): the same every time
    for (int i = 0; i < 12; ++i) {
        const auto program = start({"collection", "sync"}, options());
        std::this_thread::sleep_for(std::chrono::milliseconds{20 + random() % 250});
        program->send(SIGKILL);
        program->wait();
    }
    const auto last = spindle({"collection", "sync"});
    EXPECT_EQ(last.exit_code, 0) << last.err;
    EXPECT_EQ(server_.copies().size(), 6U);
    EXPECT_EQ(lines_of(spindle({"collection", "list", "--json"}).out).size(), 6U);
}

TEST_F(CollectionCommands, WriteWhatDiscogsTakesToSell) {
    ASSERT_EQ(spindle({"collection", "add", "7", "--media", "VG+"}).exit_code, 0);
    ASSERT_EQ(spindle({"collection", "add", "9", "--media", "NM"}).exit_code, 0);
    ASSERT_EQ(spindle({"market", "price", "7"}).exit_code, 0);
    const auto file = (folder_ / "sell.csv").string();
    const auto ended = spindle({"collection", "export", "--inventory", file, "--price", "lowest"});
    EXPECT_EQ(ended.exit_code, 1); // of 9 nothing is known
    EXPECT_THAT(ended.err, HasSubstr("spindle market price 9"));
    EXPECT_THAT(ended.err, HasSubstr("Data provided by Discogs."));
    std::ifstream written(file);
    const std::string table(std::istreambuf_iterator<char>(written), {});
    EXPECT_THAT(table, ::testing::StartsWith("release_id,price,media_condition,"));
    EXPECT_THAT(table, HasSubstr("7,4.22,Very Good Plus (VG+),"));
    EXPECT_THAT(table, ::testing::Not(HasSubstr("\n9,")));
    ASSERT_EQ(spindle({"market", "price", "9"}).exit_code, 0);
    EXPECT_EQ(spindle({"collection", "export", "--inventory", file}).exit_code, 0);
    EXPECT_EQ(spindle({"collection", "export", "--inventory", "--price", "dear"}).exit_code, 2);
    EXPECT_EQ(spindle({"collection", "export", "--inventory", "--grade", "shiny"}).exit_code, 2);
}

} // namespace
} // namespace spindle::functional
