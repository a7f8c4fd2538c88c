// SPDX-License-Identifier: Apache-2.0
// Interrupted and killed at any moment, `library add` loses nothing that it had finished.
#include <random>

#include <gmock/gmock.h>

#include "spindle_fixture.h"

namespace spindle::functional {
namespace {

class Interruption : public SpindleTest {
protected:
    void put_many(unsigned count) {
        for (unsigned i = 1; i <= count; ++i) {
            put(std::to_string(i % 5) + "/" + std::to_string(i) + ".wav", i, 6.0);
        }
    }

    /// Tracks whose landmarks are in the index, by path, as the store has them.
    std::map<std::string, int> finished() {
        std::map<std::string, int> tracks;
        const auto ended = run({"library", "list", "--json"});
        for (const auto& track : lines_of(ended.out)) {
            if (track.contains("indexed") && track["indexed"].get<bool>()) {
                tracks[track["path"]] = track["track_id"];
            }
        }
        return tracks;
    }
};

TEST_F(Interruption, ByAKillAtAnyMomentLosesNothing) {
    put_many(60);
    std::mt19937 random(7);
    std::map<std::string, int> before;
    int killed = 0;
    for (int round = 0; round < 12; ++round) {
        const auto program = start({"library", "add", music().string(), "--jobs", "2"});
        std::this_thread::sleep_for(std::chrono::milliseconds{60 + random() % 250});
        program->send(SIGKILL);
        killed += program->wait().signal == SIGKILL ? 1 : 0;
        const auto now = finished();
        for (const auto& [path, id] : before) {
            const auto still = now.find(path);
            ASSERT_NE(still, now.end()) << path << " was lost in round " << round;
            EXPECT_EQ(still->second, id);
        }
        before = now;
    }
    EXPECT_GT(killed, 0);
    const auto report = add();
    EXPECT_EQ(report["failed"].size(), 0U);
    const auto all = finished();
    EXPECT_EQ(all.size(), 60U);
    for (const auto& [path, id] : before) {
        EXPECT_EQ(all.at(path), id);
    }
    EXPECT_EQ(run_json({"library", "verify", "--deep"}).at(0)["findings"].size(), 0U);
}

TEST_F(Interruption, ByCtrlCStopsSoonAndSaysHowToGoOn) {
    put_many(60);
    const auto program = start({"library", "add", music().string(), "--jobs", "1"});
    ASSERT_TRUE(program->wait_until([&] { return finished().size() >= 2; }));
    const auto asked = std::chrono::steady_clock::now();
    program->send(SIGINT);
    const auto ended = program->wait();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds{3});
    EXPECT_EQ(ended.signal, SIGINT); // so that a shell loop around it ends too
    EXPECT_THAT(ended.err, ::testing::HasSubstr("goes on from here"));
    const auto kept = finished().size();
    EXPECT_GE(kept, 2U);
    EXPECT_LT(kept, 60U);
    EXPECT_EQ(run_json({"library", "verify"}).at(0)["findings"].size(), 0U);
    const auto report = add();
    EXPECT_EQ(report["unchanged"], kept);
    EXPECT_EQ(finished().size(), 60U);
}

TEST_F(Interruption, ByASecondCtrlCEndsAtOnce) {
    put("1.wav", 1);
    const auto program = start({"library", "watch", music().string()});
    ASSERT_TRUE(program->wait_until(
        [&] { return program->words_so_far().find("Watching") != std::string::npos; }));
    program->send(SIGTERM);
    program->send(SIGTERM);
    const auto ended = program->wait();
    EXPECT_TRUE(ended.signal == SIGTERM || ended.exit_code == 0);
}

} // namespace
} // namespace spindle::functional
