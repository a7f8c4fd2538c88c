// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <ctime>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/listenbrainz_server.h"
#include "testing/media.h"
#include "testing/sound_card.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

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
    EXPECT_TRUE(unknown[0]["heard"].get<bool>());
    EXPECT_EQ(run({"plays", "--of", id, "--name", "White label"}).exit_code, 0);
    EXPECT_EQ(run_json({"plays", "--unknown"}).at(0)["name"], "White label");
    // The next play, on a platter that runs fast, is known.
    std::vector<float> again = testing::white_noise(5, 6, 0.003, kRate);
    append(again, testing::at_speed(testing::synthetic_music(77, kLength, kRate), 1.01), 0.4F);
    append(again, testing::white_noise(6, 20, 0.003, kRate));
    const auto plays = of(run_json({"listen", "--input", write(again)}), "play");
    ASSERT_EQ(plays.size(), 1U);
    EXPECT_EQ(plays[0]["album"], "White label");
    EXPECT_NEAR(plays[0]["speed"].get<double>(), 1.01, 0.0005);
    EXPECT_NEAR(plays[0]["played_s"].get<double>(), kLength / 1.01, 1);
    EXPECT_EQ(run({"library", "verify"}).exit_code, 0);
}

TEST_F(Listen, KnowsARecordThatWasEnrolledByPlayingItOnce) {
    // A record no file has, two tracks on its side.
    const auto side_of = [](double speed, std::uint32_t noise, double lead_in) {
        std::vector<float> sound = testing::white_noise(noise, lead_in, 0.003, kRate);
        for (const std::uint32_t music : {81U, 82U}) {
            append(sound, testing::at_speed(testing::synthetic_music(music, kLength, kRate), speed),
                   0.5F);
            append(sound, testing::white_noise(noise + music, 3, 0.003, kRate));
        }
        append(sound, testing::white_noise(noise + 9, 10, 0.003, kRate));
        return sound;
    };
    const auto enrolled = run_json({"library", "enrol", "--artist", "The Haves", "--title",
                                    "White Label", "--side", "b", "--track", "Morning", "--track",
                                    "Noon", "--input", write(side_of(0.99, 100, 5))})
                              .at(0);
    EXPECT_TRUE(enrolled["folder"].is_null());
    ASSERT_EQ(enrolled["tracks"].size(), 2U);
    EXPECT_EQ(enrolled["tracks"][1]["title"], "Noon");
    EXPECT_EQ(enrolled["tracks"][1]["side"], "B");
    EXPECT_EQ(enrolled["tracks"][1]["medium"], "vinyl");
    EXPECT_TRUE(enrolled["tracks"][1]["path"].is_null());
    EXPECT_NEAR(enrolled["enrolled"][1]["begins_s"].get<double>(), kLength / 0.99 + 3, 0.3);

    const auto played = of(run_json({"listen", "--input", write(side_of(1.02, 200, 7))}), "play");
    ASSERT_EQ(played.size(), 2U);
    EXPECT_EQ(played[0]["title"], "Morning");
    EXPECT_EQ(played[1]["title"], "Noon");
    EXPECT_EQ(played[1]["artist"], "The Haves");
    EXPECT_EQ(played[1]["side"], "B");
    EXPECT_NEAR(played[1]["speed"].get<double>(), 1.02 / 0.99, 0.0005);

    // The rest of the library treats it as what it is.
    const auto verified = run_json({"library", "verify", "--deep"}).at(0);
    EXPECT_EQ(verified["files"], 2);
    EXPECT_EQ(verified["vinyl"], 2);
    EXPECT_TRUE(verified["findings"].empty());
    EXPECT_EQ(run_json({"library", "add"}).at(0)["missing"].size(), 0U);
    EXPECT_THAT(run({"library", "show", "white label"}).out, HasSubstr("on vinyl only"));
    EXPECT_THAT(run({"library", "list"}).out, HasSubstr("vinyl"));
    const auto clip = (folder_ / "clip.wav").string();
    testing::ffmpeg({"-ss", "20", "-i", (folder_ / "side.wav").string(), "-t", "10", clip});
    const auto named = run_json({"identify", clip}).at(0)["match"];
    EXPECT_EQ(named["title"], "Morning");
    EXPECT_TRUE(named["path"].is_null());
    // The index can be lost: what the record taught is in the library.
    std::filesystem::remove_all(data() / "index");
    run({"library", "add"});
    EXPECT_EQ(run_json({"identify", clip}).at(0)["match"]["title"], "Morning");
    // Other names, then gone.
    EXPECT_EQ(run({"library", "enrol", "--artist", "the haves", "--title", "WHITE LABEL", "--side",
                   "B", "--track", "Dawn", "--track", "Dusk", "--names-only"})
                  .exit_code,
              0);
    EXPECT_EQ(run_json({"identify", clip}).at(0)["match"]["title"], "Dawn");
    const auto id = "R" + std::to_string(enrolled["record_id"].get<int>());
    const auto removed = run_json({"library", "remove", id}).at(0);
    EXPECT_EQ(removed["vinyl"].size(), 2U);
    EXPECT_TRUE(removed["files"].empty());
    run_json({"identify", clip}, 1);
}

TEST_F(Listen, SaysWhatIsWrongWithAnEnrolment) {
    const auto enrol = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"library", "enrol"});
        return run(words);
    };
    EXPECT_EQ(enrol({"--artist", "Ann"}).exit_code, 2);
    EXPECT_EQ(enrol({"--title", "X", "--side", "12"}).exit_code, 2);
    EXPECT_EQ(enrol({"--title", "X", "--track", "One@1:75", "--input", "x"}).exit_code, 2);
    EXPECT_EQ(enrol({"--title", "X", "--names-only"}).exit_code, 2);
    EXPECT_EQ(enrol({"--title", "X", "--unknown", "1", "--input", "x"}).exit_code, 2);
    EXPECT_THAT(enrol({"--title", "X", "--unknown", "99"}).err, HasSubstr("99"));
    const auto silent =
        enrol({"--title", "X", "--input", write(testing::white_noise(1, 20, 0.003, kRate))});
    EXPECT_EQ(silent.exit_code, 1);
    EXPECT_THAT(silent.err, HasSubstr("no music was heard"));
    const auto few = enrol(
        {"--title", "X", "--track", "1", "--track", "2", "--track", "3", "--input", write(side())});
    EXPECT_EQ(few.exit_code, 1);
    EXPECT_THAT(few.err, HasSubstr("Name@3:25"));
    EXPECT_EQ(enrol({"--title", "X", "--track", "1", "--names-only"}).exit_code, 1);
}

/// The same through libasound: in the time it takes, so with short tracks.
class ListenToACard : public Listen {
protected:
    static constexpr int kCardRate = 48'000;
    static constexpr double kFirst = 18;
    static constexpr double kSecond = 16;
    static constexpr double kGap = 2.5;

    void SetUp() override {
        SpindleTest::SetUp();
        for (const std::uint32_t number : {1U, 2U}) {
            const std::string title = number == 1 ? "First" : "Second";
            const auto wav = folder_ / "track.wav";
            testing::write_wav(wav, music_of(number), kCardRate);
            testing::ffmpeg({"-i", wav.string(), "-metadata", "title=" + title, "-metadata",
                             "artist=Ann", "-metadata", "album=Record", "-metadata",
                             "track=" + std::to_string(number),
                             (music() / (title + ".flac")).string()});
        }
        ASSERT_EQ(add()["added"], 2);
    }
    static std::vector<float> music_of(std::uint32_t number) {
        return testing::synthetic_music(number, number == 1 ? kFirst : kSecond, kCardRate);
    }
    /// What the card plays round and round: 3 s of groove, both tracks, 40 s of groove.
    std::filesystem::path frames() const {
        std::vector<float> sound;
        append(sound, testing::white_noise(1, 3, 0.003, kCardRate));
        append(sound, music_of(1), 0.5F);
        append(sound, testing::white_noise(2, kGap, 0.003, kCardRate));
        append(sound, music_of(2), 0.5F);
        append(sound, testing::white_noise(3, 40, 0.003, kCardRate));
        std::string bytes;
        for (const float sample : sound) {
            const auto value = static_cast<std::int16_t>(std::lround(32'000 * sample));
            for (int channel = 0; channel < 2; ++channel) {
                bytes += static_cast<char>(static_cast<unsigned>(value) & 0xFFU);
                bytes += static_cast<char>((static_cast<unsigned>(value) >> 8U) & 0xFFU);
            }
        }
        const auto path = folder_ / "frames.raw";
        testing::write_bytes(path, bytes);
        return path;
    }
};

TEST_F(ListenToACard, KeepsThePlaysOfASideAndWhenEachBegan) {
    const auto sound = frames();
    const testing::FastClock clock{1}; // the program has the machine's clock
    const auto needle_down = std::chrono::system_clock::now();
    testing::SoundCard card{clock, SPINDLE_SOUND_CARD, sound};
    const auto listening = start({"listen", "--device", "turntable", "--no-scrobble", "--json"});
    const auto plays = [&] {
        const std::string out = listening->output_so_far();
        std::size_t count = 0;
        for (auto at = out.find("\"event\":\"play\""); at != std::string::npos;
             at = out.find("\"event\":\"play\"", at + 1)) {
            ++count;
        }
        return count;
    };
    for (int i = 0; i < 4 && plays() < 2; ++i) {
        listening->wait_until([&] { return plays() >= 2; });
    }
    listening->send(SIGINT);
    const auto ended = listening->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.err << ended.out;

    const auto kept = run_json({"plays"});
    ASSERT_EQ(kept.size(), 2U) << ended.out;
    EXPECT_EQ(kept[1]["title"], "First");
    EXPECT_EQ(kept[0]["title"], "Second");
    EXPECT_NEAR(kept[1]["played_s"].get<double>(), kFirst, 0.6);
    EXPECT_NEAR(kept[0]["played_s"].get<double>(), kSecond, 0.6);
    EXPECT_NEAR(kept[0]["speed"].get<double>(), 1, 0.001);
    const double begun = std::chrono::duration<double>(needle_down.time_since_epoch()).count() + 3;
    EXPECT_NEAR(kept[1]["started_ms"].get<double>() / 1000, begun, 0.5);
    EXPECT_NEAR(kept[0]["started_ms"].get<double>() / 1000, begun + kFirst + kGap, 0.5);
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
