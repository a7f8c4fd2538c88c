// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/scrobble_account.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ScrobbleAccountsTest : public ::testing::Test {
protected:
    ScrobbleAccount lastfm() const {
        ScrobbleAccount account;
        account.family = ScrobbleAccount::Family::Lastfm;
        account.profile = "lastfm";
        account.username = "ann of old";
        account.token = "secretSession";
        account.api_key = "key";
        account.api_secret = "secretSecret";
        return account;
    }
    testing::TempFolder folder_;
    ScrobbleAccounts accounts_{folder_ / "config"};
};

TEST_F(ScrobbleAccountsTest, GiveBackWhatWasSavedForTheOwnerAlone) {
    EXPECT_THAT(accounts_.all().value(), SizeIs(0));
    ASSERT_TRUE(accounts_.save(lastfm()));
    struct stat status {};
    ASSERT_EQ(::stat(accounts_.path_of("lastfm").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto all = accounts_.all().value();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].username, "ann of old");
    EXPECT_EQ(all[0].api_secret, "secretSecret");
    EXPECT_EQ(all[0].family, ScrobbleAccount::Family::Lastfm);
    EXPECT_TRUE(accounts_.remove("lastfm").value());
    EXPECT_FALSE(accounts_.remove("lastfm").value());
    EXPECT_FALSE(accounts_.find("lastfm").value());
}

TEST_F(ScrobbleAccountsTest, AreNotTakenFromFilesOthersMayReadOrThatAreDamaged) {
    ASSERT_TRUE(accounts_.save(lastfm()));
    ::chmod(accounts_.path_of("lastfm").c_str(), 0644);
    EXPECT_EQ(accounts_.all().error().code, Code::NoAccess);
    ::chmod(accounts_.path_of("lastfm").c_str(), 0600);
    std::ofstream(accounts_.path_of("lastfm")) << "secretSession";
    const auto damaged = accounts_.all();
    ASSERT_FALSE(damaged);
    EXPECT_THAT(damaged.error().message, Not(HasSubstr("secretSession")));
}

TEST_F(ScrobbleAccountsTest, RefuseWhatWouldNotComeBack) {
    auto account = lastfm();
    account.username = "a\nb";
    EXPECT_FALSE(accounts_.save(account));
    account = lastfm();
    account.profile = "../lastfm";
    EXPECT_FALSE(accounts_.save(account));
    EXPECT_FALSE(accounts_.find("../lastfm").value());
}

} // namespace
} // namespace spindle::store
