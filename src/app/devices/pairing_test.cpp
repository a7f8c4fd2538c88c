// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/devices/pairing.h"
#include "app/devices/secret_word.h"
#include "store/sqlite/sqlite_device_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PairingTest : public ::testing::Test {
protected:
    testing::TempFolder folder{testing::memory_folder()};
    std::unique_ptr<store::DeviceStore> store =
        *store::open_sqlite_devices(folder.path(), store::Access::Write);
};

TEST_F(PairingTest, gives_a_device_a_token_of_its_own) {
    const auto pairing = begin_pairing(*store, 1000);
    ASSERT_TRUE(pairing.has_value());
    EXPECT_EQ(pairing->expires, 1000 + kPairingTime);
    const auto paired = finish_pairing(*store, pairing->token, "  Ann's \x1bphone ", 2000);
    ASSERT_TRUE(paired.has_value()) << paired.error().message;
    EXPECT_NE(paired->token, pairing->token);
    EXPECT_THAT(paired->device.name, Not(HasSubstr("\x1b")));
    const auto kept = store->devices()->front();
    EXPECT_NE(kept.token_hash, paired->token); // no token is kept
    const auto again = finish_pairing(*store, pairing->token, "thief", 3000);
    EXPECT_EQ(again.error().code, Code::NoAccess);
    EXPECT_THAT(again.error().message, Not(HasSubstr(pairing->token)));
}

TEST_F(PairingTest, waits_ten_minutes) {
    const auto pairing = begin_pairing(*store, 1000);
    EXPECT_FALSE(finish_pairing(*store, pairing->token, "late", pairing->expires).has_value());
    EXPECT_FALSE(finish_pairing(*store, "", "none", 2000).has_value());
    EXPECT_FALSE(finish_pairing(*store, std::string(100'000, 'x'), "long", 2000).has_value());
}

TEST_F(PairingTest, recognises_devices_until_they_are_revoked) {
    store::Milliseconds now = 1000;
    DeviceBook book([&] { return store::open_sqlite_devices(folder.path(), store::Access::Write); },
                    [&now] { return now; });
    const auto pairing = begin_pairing(*store, now);
    const auto paired = finish_pairing(*store, pairing->token, "phone", now);
    EXPECT_EQ(book.device_of(paired->token), paired->device.id);
    EXPECT_EQ(book.device_of(pairing->token), std::nullopt);
    EXPECT_EQ(book.device_of(""), std::nullopt);
    now += 120'000;
    EXPECT_EQ(book.device_of(paired->token), paired->device.id);
    EXPECT_EQ(store->devices()->front().last_seen, now);
    ASSERT_TRUE(store->revoke(paired->device.id, now).has_value());
    now += 1000; // remembered for so long
    EXPECT_EQ(book.device_of(paired->token), std::nullopt);
}

TEST(SecretWord, is_another_each_time) {
    EXPECT_EQ(secret_word()->size(), 32);
    EXPECT_NE(*secret_word(), *secret_word());
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "ab"));
}

} // namespace
} // namespace spindle::app
