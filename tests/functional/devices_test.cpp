// SPDX-License-Identifier: Apache-2.0
// `spindle devices` and `spindle doctor` with a simulated sound card inside libasound.
#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/sound_card.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

class Devices : public SpindleTest {
protected:
    Devices() { card_.script().signal = testing::CardScript::Sine; }

    static const Json* named(const std::vector<Json>& lines, const std::string& key,
                             const std::string& value) {
        for (const Json& line : lines) {
            if (line.value(key, "") == value) {
                return &line;
            }
        }
        return nullptr;
    }

    testing::FastClock clock_{1}; // the program has the machine's clock
    testing::SoundCard card_{clock_};
};

TEST_F(Devices, AreListedWithTheirLevels) {
    const auto lines = run_json({"devices", "--seconds", "0.5"});
    const Json* turntable = named(lines, "device", "turntable");
    ASSERT_NE(turntable, nullptr);
    EXPECT_EQ((*turntable)["rate_hz"], 48'000);
    EXPECT_EQ((*turntable)["channels"], 2);
    EXPECT_NEAR((*turntable)["levels"][1]["rms_dbfs"].get<double>(), -15.1, 0.2);
    EXPECT_NEAR((*turntable)["levels"][0]["peak_dbfs"].get<double>(), -12.0, 0.2);
    const auto text = run({"devices", "turntable", "--seconds", "0.3"});
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_THAT(text.out, HasSubstr("48000 Hz, 2 channels, left -15."));
    EXPECT_THAT(run({"devices", "--seconds", "0"}).out, HasSubstr("A simulated turntable"));
}

TEST_F(Devices, ThatCannotBeOpenedSayWhyAndTheExitCodeToo) {
    card_.script().open_error = EBUSY;
    const auto ended = run({"devices", "turntable"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("another program has it open"));
    const auto lines = run_json({"devices", "turntable"}, 1);
    EXPECT_EQ(lines.at(0)["error"]["code"], "busy");
    EXPECT_EQ(run({"devices", "--seconds", "-1"}).exit_code, 2);
}

TEST_F(Devices, TheDoctorFindsAMutedInputAndSaysSoInItsExitCode) {
    const auto good = run({"doctor", "--device", "turntable", "--seconds", "1.2"});
    EXPECT_EQ(good.exit_code, 0) << good.out;
    EXPECT_THAT(good.out, HasSubstr("records 2 channels at 48000 Hz"));
    card_.script().signal = testing::CardScript::Silence;
    card_.script().line_on = 0;
    const auto lines = run_json({"doctor", "--device", "turntable", "--seconds", "1.2"}, 1);
    EXPECT_EQ((*named(lines, "subject", "mixer"))["health"], "bad");
    EXPECT_EQ((*named(lines, "subject", "signal"))["health"], "bad");
}

} // namespace
} // namespace spindle::functional
