// SPDX-License-Identifier: Apache-2.0
// Two machines: `spindle listen --server` on a box, `spindle serve` where the library is.
#include <csignal>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/media.h"
#include "testing/raw_client.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;

class DistantEar : public SpindleTest {
protected:
    static constexpr double kLength = 40;

    void SetUp() override {
        SpindleTest::SetUp();
        for (const std::uint32_t number : {1U, 2U}) {
            const auto wav = folder_ / "track.wav";
            testing::write_wav(wav, testing::synthetic_music(number, kLength, kRate), kRate);
            const std::string title = number == 1 ? "First" : "Second";
            testing::ffmpeg({"-i", wav.string(), "-metadata", "title=" + title, "-metadata",
                             "artist=Ann", "-metadata", "album=Record", "-metadata",
                             "track=" + std::to_string(number),
                             (music() / (title + ".flac")).string()});
        }
        ASSERT_EQ(add()["added"], 2);
        std::vector<float> sound = testing::white_noise(1, 4, 0.003, kRate);
        for (const std::uint32_t number : {1U, 2U}) {
            for (const float sample : testing::synthetic_music(number, kLength, kRate)) {
                sound.push_back(0.5F * sample);
            }
            const auto pause = testing::white_noise(number + 5, 3, 0.003, kRate);
            sound.insert(sound.end(), pause.begin(), pause.end());
        }
        testing::write_wav(side(), sound, kRate);
    }
    std::filesystem::path side() const { return folder_ / "side.wav"; }

    void start_server(const std::string& port = "0") {
        server_ = start({"serve", "--port", port, "--json", "--no-scrobble"});
        ASSERT_TRUE(server_->wait_until([this] {
            return server_->output_so_far().find('\n') != std::string::npos;
        })) << server_->words_so_far();
        address_ = lines_of(server_->output_so_far()).at(0).at("address").get<std::string>();
    }
    std::string port() const { return address_.substr(address_.rfind(':') + 1); }
    /// On the box: its own data and settings.
    std::vector<std::string> listen(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"listen",  "--data",        (folder_ / "box").string(),
                                       "--input", side().string(), "--server",
                                       address_};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    std::vector<std::string> titles() {
        std::vector<std::string> all;
        for (const Json& play : run_lines({"plays"})) {
            all.push_back(play["title"]);
        }
        return all;
    }
    std::vector<Json> run_lines(std::vector<std::string> words) {
        words.emplace_back("--json");
        return lines_of(run(words).out);
    }

    std::unique_ptr<Program> server_;
    std::string address_;
};

TEST_F(DistantEar, HearsForAServerThatKnowsTheMusic) {
    start_server();
    const auto heard = run(listen({"--json"}));
    EXPECT_EQ(heard.exit_code, 0) << heard.err;
    EXPECT_EQ(lines_of(heard.out).at(0).at("waiting_batches"), 0);
    EXPECT_THAT(titles(), ::testing::UnorderedElementsAre("First", "Second"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "box" / "library.db"));
    const auto answer = RawClient::ask(
        static_cast<std::uint16_t>(std::stoi(port())),
        "GET /api/listening HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("\"active\":true"));
}

TEST_F(DistantEar, KeepsWhatItHeardWhileTheServerIsAway) {
    start_server();
    const std::string same = port();
    server_->send(SIGTERM);
    server_->wait();
    const auto away = run(listen());
    EXPECT_EQ(away.exit_code, 1);
    EXPECT_THAT(away.err, HasSubstr("cannot be reached"));
    EXPECT_TRUE(titles().empty());
    start_server(same);
    const auto silence = folder_ / "side.wav";
    testing::write_wav(silence, testing::white_noise(9, 3, 0.0002, kRate), kRate);
    const auto back = run(listen());
    EXPECT_EQ(back.exit_code, 0) << back.err;
    EXPECT_THAT(titles(), ::testing::UnorderedElementsAre("First", "Second"));
}

TEST_F(DistantEar, IsPairedOnceAndTellsWhenItIsNotLetIn) {
    start_server();
    const auto wrong = run(listen({"--pair", "no-such-token"}));
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, HasSubstr("spindle devices pair"));
    const auto token = run_json({"devices", "pair"}).at(0).at("token").get<std::string>();
    const auto paired = run(listen({"--pair", token}));
    EXPECT_EQ(paired.exit_code, 0) << paired.err;
    EXPECT_THAT(paired.err + paired.out, Not(HasSubstr(token)));
    EXPECT_EQ(run(listen()).exit_code, 0); // by the token of its own
    EXPECT_EQ(run({"listen", "--pair", "x", "--input", side().string()}).exit_code, 2);
}

} // namespace
} // namespace spindle::functional
