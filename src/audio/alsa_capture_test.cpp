// SPDX-License-Identifier: Apache-2.0
// Real libasound, with a sound card of our own inside it: what every capture must survive. Faults
// and their timing are in alsa_faults_test.cpp.
#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/alsa_capture.h"
#include "audio/detail/device_name.h"
#include "testing/counted_sound.h"
#include "testing/media.h"
#include "testing/program.h"
#include "testing/sound_card.h"

namespace spindle::audio {
namespace {

using ::testing::HasSubstr;

/// The next block of sound; a machine that is busy may bring some waiting first.
CaptureBlock next_sound(Capture& capture) {
    for (int i = 0; i < 100; ++i) {
        const auto block = capture.next();
        EXPECT_TRUE(block);
        if (!block || block->event != CaptureEvent::Waiting) {
            EXPECT_TRUE(block && block->event == CaptureEvent::Sound) << block->note;
            return block.value_or(CaptureBlock{});
        }
    }
    ADD_FAILURE() << "no sound";
    return {};
}

class AlsaCapture : public ::testing::Test {
protected:
    AlsaCaptureOptions options() const {
        AlsaCaptureOptions options;
        options.clock = clock_;
        return options;
    }
    std::string message_of(const std::string& device, const AlsaCaptureOptions& options) {
        const auto opened = open_alsa_capture(device, options);
        EXPECT_FALSE(opened);
        code_ = opened ? Code::Failed : opened.error().code;
        return opened ? "" : opened.error().message;
    }

    std::shared_ptr<testing::FastClock> clock_ = std::make_shared<testing::FastClock>(5);
    testing::SoundCard card_{*clock_};
    Code code_ = Code::Failed;
};

TEST_F(AlsaCapture, GivesEveryFrameOnceAndSaysWhenItSounded) {
    const auto capture = open_alsa_capture("turntable", options());
    ASSERT_TRUE(capture) << capture.error().message;
    testing::CountedSound heard(48'000);
    while (heard.frames() < 48'000 * 5) {
        const auto block = next_sound(**capture);
        ASSERT_EQ(block.rate.hz, 48'000);
        EXPECT_EQ(block.channels, 2);
        heard.hear(block.samples, block.time, block.first_frame, block.lost_before);
    }
    EXPECT_EQ(heard.doubled() + heard.wrong_frames() + heard.wrong_places(), 0);
    // On a machine that can keep up both are 0.
    EXPECT_NEAR(heard.truly_lost().count(), heard.announced_lost().count(), 0.2);
    EXPECT_LE(heard.mistimed(), heard.blocks() / 50) << heard.latest().count();
}

TEST_F(AlsaCapture, TakesTheRateAndTheSampleFormatThatTheDeviceHas) {
    for (const auto& [rate, bits] : {std::pair{44'100, 16}, {96'000, 24}, {48'000, 32}}) {
        card_.script().only_rate = rate;
        card_.script().bits = bits;
        const auto capture = open_alsa_capture("turntable", options());
        ASSERT_TRUE(capture) << capture.error().message;
        testing::CountedSound heard(rate);
        while (heard.blocks() < 20) {
            const auto block = next_sound(**capture);
            ASSERT_EQ(block.rate.hz, rate);
            heard.hear(block.samples, block.time, block.first_frame, block.lost_before);
        }
        EXPECT_EQ(heard.doubled() + heard.wrong_frames(), 0) << bits;
    }
}

TEST_F(AlsaCapture, TakesOneChannelWhereThereIsOneAndTheFirstTwoOfMany) {
    card_.script().channels = 1;
    {
        const auto capture = open_alsa_capture("turntable", options());
        ASSERT_TRUE(capture) << capture.error().message;
        EXPECT_EQ(next_sound(**capture).channels, 1);
    }
    card_.script().channels = 8;
    const auto capture = open_alsa_capture("turntable", options());
    ASSERT_TRUE(capture) << capture.error().message;
    const auto block = next_sound(**capture);
    ASSERT_EQ(block.channels, 2);
    EXPECT_NE(block.samples[0], block.samples[2]) << "the count of the first channel";
}

TEST_F(AlsaCapture, SaysWhatToDoWhenTheDeviceCannotBeOpened) {
    EXPECT_THAT(message_of("elsewhere", options()), HasSubstr("spindle devices"));
    EXPECT_EQ(code_, Code::NotFound);
    card_.script().open_error = EACCES;
    EXPECT_THAT(message_of("turntable", options()), HasSubstr("group audio"));
    EXPECT_EQ(code_, Code::NoAccess);
    card_.script().open_error = EBUSY;
    EXPECT_THAT(message_of("turntable", options()), HasSubstr("another program"));
    EXPECT_EQ(code_, Code::Busy);
    card_.script().open_error = ECONNREFUSED;
    EXPECT_THAT(message_of("turntable", options()), HasSubstr("sound server"));
    EXPECT_EQ(code_, Code::NotFound);
}

TEST_F(AlsaCapture, NamesTheRatesThereAreWhenTheOneAskedForIsNot) {
    card_.script().only_rate = 48'000;
    auto wish = options();
    wish.rate = SampleRate{44'100};
    EXPECT_THAT(message_of("turntable", wish),
                ::testing::AllOf(HasSubstr("44100"), HasSubstr("it has 48000")));
    EXPECT_EQ(code_, Code::BadInput);
    wish.rate = SampleRate{0};
    wish.first_channel = 4;
    EXPECT_THAT(message_of("turntable", wish), HasSubstr("has 2 channels"));
}

TEST_F(AlsaCapture, AServiceBeginsWithoutTheDeviceAndTakesItWhenItComes) {
    card_.script().open_error = ENOENT;
    auto wish = options();
    wish.when_absent = WhenAbsent::Wait;
    const auto capture = open_alsa_capture("turntable", wish);
    ASSERT_TRUE(capture);
    const auto first = (*capture)->next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->event, CaptureEvent::Gone);
    EXPECT_THAT(first->note, HasSubstr("plugged in"));
    const auto waiting = (*capture)->next();
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->event, CaptureEvent::Waiting);
    card_.script().open_error = 0;
    auto next = (*capture)->next();
    for (int i = 0; i < 100 && next && next->event == CaptureEvent::Waiting; ++i) {
        next = (*capture)->next();
    }
    ASSERT_TRUE(next);
    EXPECT_EQ(next->event, CaptureEvent::Back);
    next_sound(**capture);
}

TEST_F(AlsaCapture, EndsAtOnceWhenAskedToStop) {
    std::stop_source stop;
    auto wish = options();
    wish.stop = stop.get_token();
    const auto capture = open_alsa_capture("turntable", wish);
    ASSERT_TRUE(capture);
    ASSERT_TRUE((*capture)->next());
    stop.request_stop();
    const auto stopped = (*capture)->next();
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Code::Cancelled);
}

TEST_F(AlsaCapture, ADeviceWithoutTimeIsNoInput) {
    const auto capture = open_alsa_capture("nothing", options()); // ALSA's own type null
    ASSERT_TRUE(capture) << capture.error().message;
    for (int i = 0; i < 5000; ++i) {
        const auto block = (*capture)->next();
        ASSERT_TRUE(block);
        if (block->event == CaptureEvent::Gone) {
            EXPECT_THAT(block->note, HasSubstr("no real input"));
            return;
        }
        for (const float sample : block->samples) {
            ASSERT_EQ(sample, 0.0F) << "memory nobody wrote to was taken for sound";
        }
    }
    FAIL() << "5000 blocks of nothing";
}

TEST_F(AlsaCapture, CanBeHeardOnAnOutputWithoutChange) {
    auto wish = options();
    wish.play_to = "speaker";
    const auto capture = open_alsa_capture("turntable", wish);
    ASSERT_TRUE(capture) << capture.error().message;
    std::uint64_t frames = 0;
    while (frames < 48'000 * 4) {
        const auto block = next_sound(**capture);
        ASSERT_GT(block.frames(), 0U);
        frames += block.frames();
    }
    EXPECT_GT(card_.script().played_frames, 48'000);
    const std::string played = testing::read_bytes(card_.played());
    const auto number = [&](std::size_t frame) {
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(played[i]); };
        const std::size_t i = frame * 4;
        return at(i) + at(i + 1) * 256 + (at(i + 2) + at(i + 3) * 256) * 32'768;
    };
    ASSERT_GT(played.size(), 4 * 4'800U);
    int jumps = 0; // a machine that is too busy drops a block
    for (std::size_t i = 1; i < 4'800; ++i) {
        jumps += number(i) != number(i - 1) + 1 ? 1 : 0;
    }
    EXPECT_LE(jumps, 2);
}

TEST_F(AlsaCapture, AnOutputThatIsStuckDoesNotDisturbIt) {
    auto wish = options();
    wish.play_to = "speaker";
    const auto capture = open_alsa_capture("turntable", wish);
    ASSERT_TRUE(capture) << capture.error().message;
    card_.script().output_stuck = true;
    testing::CountedSound heard(48'000);
    const BootTime begun = clock_->now();
    while (heard.frames() < 48'000 * 4) {
        const auto block = next_sound(**capture);
        ASSERT_GT(block.frames(), 0U);
        heard.hear(block.samples, block.time, block.first_frame, block.lost_before);
    }
    EXPECT_LT(clock_->now() - begun, Seconds{10});
    EXPECT_LT(card_.script().played_frames, 48'000);
    EXPECT_LT(heard.truly_lost(), Seconds{2});
}

TEST_F(AlsaCapture, AnOutputThatIsNotThereIsAnErrorForAPersonAndNoneForAService) {
    auto wish = options();
    wish.play_to = "elsewhere";
    EXPECT_THAT(message_of("turntable", wish), HasSubstr("elsewhere"));
    wish.when_absent = WhenAbsent::Wait;
    const auto capture = open_alsa_capture("turntable", wish);
    ASSERT_TRUE(capture);
    next_sound(**capture);
}

TEST(AlsaDeviceName, ANumberBecomesTheIdOfTheCardSoThatRenumberingDoesNoHarm) {
    const auto id_of = [](int card) {
        return card == 1 ? std::optional<std::string>("CODEC") : std::nullopt;
    };
    EXPECT_EQ(detail::stable_name("hw:1", id_of), "hw:CARD=CODEC");
    EXPECT_EQ(detail::stable_name("plughw:1,2", id_of), "plughw:CARD=CODEC,DEV=2");
    EXPECT_EQ(detail::stable_name("plug:hw:1,0", id_of), "plug:hw:CARD=CODEC,DEV=0");
    for (const char* name :
         {"hw:2", "hw:CARD=CODEC", "default", "hw:", "hw:1,2,3", "hw:99999", ""}) {
        EXPECT_EQ(detail::stable_name(name, id_of), name);
    }
}

TEST(SimulatedSoundCard, IsRecordedBitForBitByArecordToo) {
    const testing::TempFolder folder;
    std::string bytes(48'000 * 4, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * 2'654'435'761U >> 24U);
    }
    testing::write_bytes(folder / "sound.raw", bytes);
    const testing::FastClock clock(20);
    const testing::SoundCard card(clock, SPINDLE_SOUND_CARD, folder / "sound.raw");
    testing::Program arecord({"/usr/bin/arecord", "-q", "-D", "turntable", "-f", "S16_LE", "-r",
                              "48000", "-c", "2", "-d", "1", "-t", "raw",
                              (folder / "taken.raw").string()},
                             {});
    const auto ended = arecord.wait();
    if (ended.exit_code == 127) {
        GTEST_SKIP() << "arecord is not installed";
    }
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_TRUE(testing::read_bytes(folder / "taken.raw") == bytes);
}

} // namespace
} // namespace spindle::audio
