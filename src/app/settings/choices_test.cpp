// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings/choices.h"
#include "app/settings/settings.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;

class ChosenCovers : public ::testing::Test {
protected:
    std::filesystem::path config() const { return folder_ / "config" / "spindle"; }
    CoverPermission now() const { return cover_permission(config()).value(); }
    void write(const char* name, const std::string& text) const {
        std::filesystem::create_directories(config());
        std::ofstream(config() / name) << text;
    }
    testing::TempFolder folder_;
};

TEST_F(ChosenCovers, AreAskedForUntilSomebodySaysNo) {
    EXPECT_EQ(now().internet, Internet::Ask);
    EXPECT_EQ(now().by, SetBy::Nobody);
    ASSERT_TRUE(choose_covers(config(), Internet::Leave)); // makes the folder
    EXPECT_EQ(now().internet, Internet::Leave);
    EXPECT_EQ(now().by, SetBy::Page);
    ASSERT_TRUE(choose_covers(config(), Internet::Ask));
    EXPECT_EQ(now().internet, Internet::Ask);
    EXPECT_EQ(now().by, SetBy::Page);
}

TEST_F(ChosenCovers, AreTheOwnersFileToDecideWhereItSaysSo) {
    ASSERT_TRUE(choose_covers(config(), Internet::Ask));
    write(kSettingsFile, "[covers]\ninternet = false\n");
    EXPECT_EQ(now().internet, Internet::Leave);
    EXPECT_EQ(now().by, SetBy::File);
    const auto refused = choose_covers(config(), Internet::Ask);
    EXPECT_EQ(refused.error().code, Code::BadInput);
    EXPECT_THAT(refused.error().message, HasSubstr((config() / kSettingsFile).string()));
    write(kSettingsFile, "[rules]\ngood = 3\n"); // says nothing of covers
    EXPECT_EQ(now().internet, Internet::Ask);
    EXPECT_EQ(now().by, SetBy::Page);
}

TEST_F(ChosenCovers, AreNotAskedForWhenTheChoiceCannotBeRead) {
    for (const std::string& text : {std::string("[covers\n"), std::string("[covers]\ninternet=3\n"),
                                    std::string(5000, '#')}) {
        write(kChoicesFile, text);
        EXPECT_EQ(now().internet, Internet::Leave);
        ASSERT_TRUE(choose_covers(config(), Internet::Ask)); // mends it
        EXPECT_EQ(now().internet, Internet::Ask);
    }
    write(kSettingsFile, "[covers\n");
    EXPECT_FALSE(cover_permission(config()));
    EXPECT_FALSE(choose_covers(config(), Internet::Ask));
}

} // namespace
} // namespace spindle::app
