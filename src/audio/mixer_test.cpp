// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/devices.h"
#include "audio/mixer.h"
#include "testing/sound_card.h"

namespace spindle::audio {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Mixer : public ::testing::Test {
protected:
    static std::vector<std::string> faults() {
        const auto controls = capture_mixer("turntable");
        EXPECT_TRUE(controls) << controls.error().message;
        return mixer_faults("turntable", controls.value_or(std::vector<MixerControl>{}));
    }
    testing::FastClock clock_{1};
    testing::SoundCard card_{clock_};
};

TEST_F(Mixer, OneThatIsRightHasNoFaults) {
    EXPECT_THAT(faults(), IsEmpty());
    const auto controls = capture_mixer("turntable");
    ASSERT_TRUE(controls);
    bool line = false;
    for (const auto& control : *controls) {
        if (control.name == "Line") {
            line = true;
            EXPECT_EQ(control.on, true);
            EXPECT_NEAR(control.level.value_or(-1), 0.7, 1e-9);
        }
    }
    EXPECT_TRUE(line);
}

TEST_F(Mixer, SaysThatRecordingIsSwitchedOff) {
    card_.script().line_on = 0;
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("switched off")));
}

TEST_F(Mixer, SaysThatTheMicrophoneIsRecordedInsteadOfTheLine) {
    card_.script().line_on = 0;
    card_.script().microphone_on = 1;
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("records Mic")));
    card_.script().line_on = 1;
    card_.script().microphone_on = 0;
    card_.script().input_source = 0;
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("'Input Source' 'Line'")));
}

TEST_F(Mixer, SaysThatTheLevelIsAtZero) {
    card_.script().line_level = 0;
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("70%")));
}

TEST_F(Mixer, ADeviceWithoutOneIsSaidToHaveNone) {
    const auto none = capture_mixer("speaker");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::NotFound);
    EXPECT_EQ(mixer_of("plughw:CARD=CODEC,DEV=0"), "hw:CARD=CODEC");
    EXPECT_EQ(mixer_of("hw:1,0"), "hw:1");
    EXPECT_EQ(mixer_of("hw:CARD=CODEC"), "hw:CARD=CODEC");
    EXPECT_EQ(mixer_of("pipewire"), "pipewire");
}

TEST_F(Mixer, TheDeviceIsListedWithItsDescription) {
    const auto devices = capture_devices();
    ASSERT_TRUE(devices);
    bool listed = false;
    for (const auto& device : *devices) {
        listed = listed || (device.name == "turntable" &&
                            device.description.find("simulated") != std::string::npos);
        EXPECT_NE(device.name, "nothing");
    }
    EXPECT_TRUE(listed);
}

} // namespace
} // namespace spindle::audio
