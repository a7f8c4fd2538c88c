// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/login.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LoginTest : public ::testing::Test {
protected:
    testing::TempFolder folder_;
    LoginFile file_{folder_ / "config"};
};

TEST_F(LoginTest, GivesBackWhatWasSavedAndForgetsIt) {
    EXPECT_FALSE(file_.load().value());
    ASSERT_TRUE(file_.save({"secretToken", "ann"}));
    const auto login = file_.load().value();
    ASSERT_TRUE(login);
    EXPECT_EQ(login->token, "secretToken");
    EXPECT_EQ(login->username, "ann");
    EXPECT_TRUE(file_.remove().value());
    EXPECT_FALSE(file_.load().value());
    EXPECT_FALSE(file_.remove().value());
}

TEST_F(LoginTest, IsForTheOwnerAloneEvenWhereItWasNot) {
    ASSERT_TRUE(file_.save({"secretToken", "ann"}));
    struct stat status {};
    ASSERT_EQ(::stat(file_.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ::chmod(file_.path().c_str(), 0644);
    const auto refused = file_.load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::NoAccess);
    EXPECT_THAT(refused.error().message, HasSubstr("chmod 600"));
    ASSERT_TRUE(file_.save({"otherToken", "ann"}));
    EXPECT_TRUE(file_.load().value());
}

TEST_F(LoginTest, RefusesWhatIsNoLogin) {
    EXPECT_FALSE(file_.save({"two words", "ann"}));
    EXPECT_FALSE(file_.save({"line\nbreak", "ann"}));
    EXPECT_FALSE(file_.save({"", "ann"}));
    ASSERT_TRUE(file_.save({"secretToken", "ann"}));
    for (const std::string& content :
         {std::string(), std::string("secretToken"), std::string("a b\nann"),
          std::string("secretToken\nann\nmore"), std::string(9000, 'x')}) {
        std::ofstream(file_.path()) << content;
        const auto refused = file_.load();
        ASSERT_FALSE(refused) << content;
        EXPECT_THAT(refused.error().message, Not(HasSubstr("secretToken")));
    }
}

} // namespace
} // namespace spindle::store
