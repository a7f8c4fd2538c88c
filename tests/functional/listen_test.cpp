// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <ctime>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/listenbrainz_server.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

constexpr int kRate = 44'100;

/// A record of two tracks in the library, and that record on a turntable.
class Listen : public SpindleTest {
protected:
    static constexpr double kLength = 45;

    void SetUp() override {
        SpindleTest::SetUp();
        put_track(1, "First");
        put_track(2, "Second");
        ASSERT_EQ(add()["added"], 2);
    }
    void put_track(std::uint32_t number, const std::string& title) const {
        const auto wav = folder_ / "track.wav";
        testing::write_wav(wav, testing::synthetic_music(number, kLength, kRate), kRate);
        testing::ffmpeg({"-i", wav.string(), "-metadata", "title=" + title, "-metadata",
                         "artist=Ann", "-metadata", "album=Record", "-metadata",
                         "track=" + std::to_string(number),
                         (music() / (title + ".flac")).string()});
    }
    static void append(std::vector<float>& to, const std::vector<float>& more, float gain = 1) {
        for (const float sample : more) {
            to.push_back(gain * sample);
        }
    }
    /// Lead-in, both tracks with 3 s of groove between, run-out.
    static std::vector<float> side() {
        std::vector<float> sound;
        append(sound, testing::white_noise(1, 4, 0.003, kRate));
        append(sound, testing::synthetic_music(1, kLength, kRate), 0.5F);
        append(sound, testing::white_noise(2, 3, 0.003, kRate));
        append(sound, testing::synthetic_music(2, kLength, kRate), 0.5F);
        append(sound, testing::white_noise(3, 20, 0.003, kRate));
        return sound;
    }
    std::string write(const std::vector<float>& sound) const {
        const auto path = folder_ / "side.wav";
        testing::write_wav(path, sound, kRate);
        return path.string();
    }
    static std::string utc_text(std::int64_t seconds) {
        std::tm parts{};
        const std::time_t time = seconds;
        ::gmtime_r(&time, &parts);
        std::array<char, 32> text{};
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
        return text.data();
    }
    static std::vector<Json> of(const std::vector<Json>& events, const std::string& kind) {
        std::vector<Json> found;
        for (const Json& event : events) {
            if (event["event"] == kind) {
                found.push_back(event);
            }
        }
        return found;
    }
};

TEST_F(Listen, KeepsWhatASidePlaysWithTheTimesItSounded) {
    const auto events =
        run_json({"listen", "--input", write(side()), "--start", "2026-11-20T20:00:00Z"});
    const auto plays = of(events, "play");
    ASSERT_EQ(plays.size(), 2U);
    EXPECT_EQ(plays[0]["title"], "First");
    EXPECT_EQ(plays[1]["title"], "Second");
    EXPECT_EQ(plays[0]["started"], "2026-11-20T20:00:04.0Z");
    const double second =
        plays[1]["started_ms"].get<double>() - plays[0]["started_ms"].get<double>();
    EXPECT_NEAR(second / 1000, kLength + 3, 0.1);
    EXPECT_NEAR(plays[0]["played_s"].get<double>(), kLength, 0.5);
    EXPECT_NEAR(plays[0]["speed"].get<double>(), 1, 0.0005);
    EXPECT_GE(of(events, "now_playing").size(), 3U);
    EXPECT_EQ(of(events, "needle_down").size(), 1U);
    EXPECT_EQ(of(events, "side_over").size(), 1U);

    const auto kept = run_json({"plays"});
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0]["title"], "Second"); // newest first
    EXPECT_THAT(run({"plays"}).out, HasSubstr("First"));
    EXPECT_NEAR(run_json({"plays", "--stylus"}).at(0)["hours"].get<double>(), 2 * kLength / 3600,
                0.002);
    // The same recording again is the same plays.
    run_json(
        {"listen", "--input", (folder_ / "side.wav").string(), "--start", "2026-11-20T20:00:00Z"});
    EXPECT_EQ(run_json({"plays"}).size(), 2U);
}

TEST_F(Listen, TellsServicesWhatSoundedAndWhen) {
    testing::ListenBrainzServer server;
    const std::string token = testing::ListenBrainzServer::kToken;
    Program::Options options;
    options.environment["SPINDLE_SCROBBLE_HURRY"] = "0.02";
    auto with_token = options;
    with_token.standard_input = (folder_ / "token").string();
    testing::write_bytes(with_token.standard_input, token + "\n");
    ASSERT_EQ(run({"login", "listenbrainz", "--url", server.api(), "--token-stdin"}, with_token)
                  .exit_code,
              0);
    // Whole seconds: services count in them.
    const std::int64_t start = std::time(nullptr) - 3600;
    const auto listened =
        run({"listen", "--input", write(side()), "--start", utc_text(start)}, options);
    EXPECT_EQ(listened.exit_code, 0) << listened.err;
    EXPECT_THAT(listened.out + listened.err, ::testing::Not(HasSubstr(token)));
    EXPECT_EQ(run({"scrobble", "send", "--patience", "5"}, options).exit_code, 0);
    const auto stored = server.stored();
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_EQ(stored[0].title, "First");
    EXPECT_EQ(stored[0].album, "Record");
    EXPECT_NEAR(static_cast<double>(stored[0].at - start), 4, 1);
    EXPECT_EQ(stored[1].title, "Second");
    EXPECT_NEAR(static_cast<double>(stored[1].at - start), 7 + kLength, 1);
    // Heard again, told never.
    run({"listen", "--input", (folder_ / "side.wav").string(), "--start", utc_text(start)},
        options);
    run({"scrobble", "send"}, options);
    EXPECT_EQ(server.stored().size(), 2U);
}

TEST_F(Listen, TakesRawSamplesFromAPipe) {
    const auto wav = write(side());
    const auto raw = (folder_ / "side.raw").string();
    testing::ffmpeg({"-i", wav, "-f", "s16le", "-ac", "2", "-ar", "48000", raw});
    const auto events = run_json({"listen", "--raw", "s16le", "--rate", "48000", "--input", raw});
    EXPECT_EQ(of(events, "play").size(), 2U);
}

TEST_F(Listen, KeepsUnknownMusicForLater) {
    std::vector<float> sound = testing::white_noise(1, 4, 0.003, kRate);
    append(sound, testing::synthetic_music(77, kLength, kRate), 0.5F);
    append(sound, testing::white_noise(2, 20, 0.003, kRate));
    const auto events = run_json({"listen", "--input", write(sound)}, 1);
    EXPECT_TRUE(of(events, "play").empty());
    EXPECT_EQ(of(events, "unknown_music").size(), 1U);
    const auto unknown = run_json({"plays", "--unknown"});
    ASSERT_EQ(unknown.size(), 1U);
    const auto id = std::to_string(unknown[0]["unknown_id"].get<int>());
    EXPECT_EQ(run({"plays", "--of", id, "--name", "White label"}).exit_code, 0);
    EXPECT_EQ(run_json({"plays", "--unknown"}).at(0)["name"], "White label");
}

TEST_F(Listen, SaysWhatIsWrong) {
    EXPECT_EQ(run({"listen", "--input", "x", "--device", "y"}).exit_code, 2);
    EXPECT_EQ(run({"listen", "--start", "2026-11-20T20:00:00Z"}).exit_code, 2);
    const auto none = run({"listen", "--input", (folder_ / "none.wav").string()});
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_THAT(none.err, HasSubstr("none.wav"));
    const auto time = run({"listen", "--input", write(side()), "--start", "yesterday"});
    EXPECT_THAT(time.err, HasSubstr("2026-11-21T20:15:03Z"));
    const auto device = run({"listen", "--device", "hw:CARD=NoSuchCard"});
    EXPECT_EQ(device.exit_code, 1);
    EXPECT_THAT(device.err, HasSubstr("NoSuchCard"));
    EXPECT_EQ(run({"plays"}).exit_code, 1);
    EXPECT_EQ(run({"plays", "--of", "5"}).exit_code, 2);
}

} // namespace
} // namespace spindle::functional
