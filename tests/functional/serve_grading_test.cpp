// SPDX-License-Identifier: Apache-2.0
// Gradings through `spindle serve`: a recording goes up, everything about it comes back.
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <gmock/gmock.h>

#include "serve_fixture.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServeGradingTest : public ServeTest {
protected:
    /// 20 s of music over noise, with a click each second.
    std::string recording() const {
        const auto music = testing::synthetic_music(3, 20, kRate);
        const auto noise = testing::white_noise(1, 20, 0.002, kRate);
        std::vector<float> both;
        for (std::size_t i = 0; i < std::min(music.size(), noise.size()); ++i) {
            const bool clicks = i % kRate < 3;
            both.push_back(noise[i] + 0.4F * music[i] + (clicks ? 0.4F : 0));
            both.push_back(noise[i] + 0.3F * music[i]);
        }
        const auto path = folder_ / "side.wav";
        testing::write_wav(path, both, kRate, 2);
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(ServeGradingTest, TellsShowsAndLabelsWhatItHeard) {
    start_server();
    const auto posted = ask("POST", "/api/gradings?name=side%20A&side=A", recording(),
                            "Content-Type: audio/wav\r\n");
    ASSERT_EQ(posted.status, 202) << posted.body;
    const std::string path = "/api/gradings/" + posted.json()["id"].get<std::string>();
    Json job = Json::object();
    for (int i = 0; i < 600 && job.value("state", "") != "done"; ++i) {
        job = ask("GET", path).json();
        ASSERT_NE(job["state"], "failed") << job.dump();
        std::this_thread::sleep_for(100ms);
    }
    ASSERT_EQ(job["state"], "done");
    EXPECT_EQ(job["name"], "side A");
    EXPECT_EQ(job["grade"], job["grading"]["grade"]);
    EXPECT_EQ(job["grading"]["recording"], "side A");
    EXPECT_GE(job["grading"]["defects"].size(), 10U);
    const Json wave = ask("GET", path + "/waveform?points=100").json();
    EXPECT_EQ(wave["low"].size(), 100U);
    EXPECT_NEAR(wave["to_s"].get<double>(), 20, 0.1);
    const Json part = ask("GET", path + "/waveform?points=50&from_s=5&to_s=6").json();
    EXPECT_NEAR(part["from_s"].get<double>(), 5, 0.01);
    EXPECT_THAT(ask("GET", path + "/plot").body, StartsWith("\x89PNG"));
    EXPECT_THAT(ask("GET", path + "/plot?picture=spectrogram").body, StartsWith("\x89PNG"));
    EXPECT_THAT(ask("GET", path + "/labels").body, HasSubstr("click"));
    EXPECT_THAT(ask("GET", path + "/audio").body, StartsWith("RIFF"));
    EXPECT_EQ(ask("GET", path + "/audio", {}, "Range: bytes=0-3\r\n").status, 206);
    EXPECT_THAT(ask("GET", path + "/events").body, HasSubstr("drawing"));
    EXPECT_EQ(ask("POST", "/api/gradings", "no sound", "Content-Type: audio/wav\r\n").status, 415);
    EXPECT_EQ(ask("DELETE", path).status, 204);
    EXPECT_EQ(ask("GET", path).status, 404);
}

} // namespace
} // namespace spindle::functional
