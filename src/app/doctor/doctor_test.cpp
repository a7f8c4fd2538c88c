// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/doctor/doctor.h"
#include "testing/sound_card.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;

class Doctor : public ::testing::Test {
protected:
    Doctor() {
        examination_.data_folder = folder_ / "data";
        examination_.device = "turntable";
        examination_.listen = Seconds{7};
        examination_.capture_clock = clock_;
        examination_.clocks = {.boot = [] { return BootTime{}; },
                               .utc = [this] { return utc_; },
                               .kernel_synchronized = [] { return true; },
                               .service_synchronized = [] { return false; }};
        card_.script().signal = testing::CardScript::Sine;
    }
    Health examine_all() {
        said_.clear();
        return examine(examination_, [this](const Diagnosis& diagnosis) {
            said_ += fmt::format("{} {}: {}\n", diagnosis.subject, name_of(diagnosis.health),
                                 diagnosis.message);
        });
    }

    testing::TempFolder folder_;
    std::shared_ptr<testing::FastClock> clock_ = std::make_shared<testing::FastClock>(10);
    testing::SoundCard card_{*clock_};
    UtcTime utc_{std::chrono::seconds{1'795'000'000}};
    Examination examination_;
    std::string said_;
};

TEST_F(Doctor, FindsNothingWrongWhereNothingIs) {
    EXPECT_NE(examine_all(), Health::Bad) << said_;
    EXPECT_THAT(said_, HasSubstr("clock good"));
    EXPECT_THAT(said_, HasSubstr("disk "));
    EXPECT_THAT(said_, HasSubstr("mixer good"));
    EXPECT_THAT(said_, HasSubstr("device good: turntable: records 2 channels at 48000 Hz, -15.1 "
                                 "and -15.1 dBFS"));
}

TEST_F(Doctor, FindsTheFaultsThatTheOwnerWouldLookForByHand) {
    card_.script().signal = testing::CardScript::Silence;
    card_.script().line_on = 0;
    utc_ = {};
    EXPECT_EQ(examine_all(), Health::Bad);
    EXPECT_THAT(said_, HasSubstr("clock bad"));
    EXPECT_THAT(said_, HasSubstr("mixer bad"));
    EXPECT_THAT(said_, HasSubstr("signal bad: turntable: nothing but zeros"));
    card_.script().signal = testing::CardScript::LeftOnly;
    EXPECT_EQ(examine_all(), Health::Bad);
    EXPECT_THAT(said_, HasSubstr("right channel is silent"));
}

TEST_F(Doctor, SaysWhyADeviceCannotBeUsed) {
    card_.script().open_error = EACCES;
    EXPECT_EQ(examine_all(), Health::Bad);
    EXPECT_THAT(said_, HasSubstr("group audio"));
    card_.script().open_error = 0;
    card_.script().stalled = true;
    EXPECT_EQ(examine_all(), Health::Bad);
    EXPECT_THAT(said_, HasSubstr("has given nothing"));
    examination_.device = "";
    card_.script().stalled = false;
    EXPECT_NE(examine_all(), Health::Bad) << "the one there is, is chosen: " << said_;
}

TEST_F(Doctor, SaysThatTheDataFolderCannotBeWritten) {
    examination_.data_folder = "/proc/self";
    EXPECT_EQ(examine_all(), Health::Bad);
    EXPECT_THAT(said_, HasSubstr("disk bad"));
}

} // namespace
} // namespace spindle::app
