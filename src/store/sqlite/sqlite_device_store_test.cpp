// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite/sqlite_device_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeviceStoreTest : public ::testing::Test {
protected:
    testing::TempFolder folder{testing::memory_folder()};
    std::unique_ptr<DeviceStore> store = *open_sqlite_devices(folder.path(), Access::Write);
    const Device phone{"1f", "phone", "hash", 1000, 1000};
};

TEST_F(DeviceStoreTest, pairs_a_device_once_with_each_token) {
    ASSERT_TRUE(store->add_pairing("token", 500, 2000).has_value());
    EXPECT_FALSE(*store->pair("other", phone));
    EXPECT_TRUE(*store->pair("token", phone));
    EXPECT_THAT(*store->devices(), ElementsAre(phone));
    Device second = phone;
    second.id = "2f";
    second.token_hash = "another";
    EXPECT_FALSE(*store->pair("token", second));
}

TEST_F(DeviceStoreTest, takes_no_token_that_is_too_old) {
    ASSERT_TRUE(store->add_pairing("token", 0, 1000).has_value());
    EXPECT_FALSE(*store->pair("token", phone)); // created at 1000
    EXPECT_THAT(*store->devices(), IsEmpty());
}

TEST_F(DeviceStoreTest, keeps_a_token_where_the_device_could_not_be_kept) {
    ASSERT_TRUE(store->add_pairing("one", 0, 5000).has_value());
    ASSERT_TRUE(store->add_pairing("two", 0, 5000).has_value());
    ASSERT_TRUE(*store->pair("one", phone));
    EXPECT_FALSE(store->pair("two", phone).has_value()); // the same id
    Device second = phone;
    second.id = "2f";
    second.token_hash = "another";
    EXPECT_TRUE(*store->pair("two", second));
}

TEST_F(DeviceStoreTest, forgets_revoked_devices_also_for_other_processes) {
    ASSERT_TRUE(store->add_pairing("token", 0, 5000).has_value());
    ASSERT_TRUE(*store->pair("token", phone));
    ASSERT_TRUE(store->touch("1f", 9000).has_value());
    const auto other = *open_sqlite_devices(folder.path(), Access::Write);
    EXPECT_EQ(other->devices()->front().last_seen, 9000);
    ASSERT_TRUE(other->revoke("1f", 9500).has_value());
    EXPECT_THAT(*store->devices(), IsEmpty());
    EXPECT_EQ(store->revoke("1f", 9500).error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::store
