// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "store/sqlite/sqlite_collection_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

Copy copy_of(std::uint32_t release, const std::string& artist) {
    Copy copy;
    copy.release = ReleaseId{release};
    copy.folder = "Uncategorized";
    copy.artist = artist;
    copy.title = "Title";
    copy.number = "CK 85176";
    copy.media = "Very Good Plus (VG+)";
    copy.year = 2001;
    return copy;
}

class CollectionStoreTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto opened = open_sqlite_collection(folder_.path(), Access::Write);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
    }
    testing::TempFolder folder_;
    std::unique_ptr<CollectionStore> store_;
};

TEST_F(CollectionStoreTest, KeepsCopiesOfOneReleaseApart) {
    const std::vector copies{copy_of(7, "B"), copy_of(7, "a")};
    const auto ids = store_->add(copies);
    ASSERT_TRUE(ids) << ids.error().message;
    auto kept = store_->copies();
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 2U);
    EXPECT_EQ(kept->front().artist, "a"); // by artist, whatever the case
    Copy expected = copies[1];
    expected.id = (*ids)[1];
    EXPECT_EQ(kept->front(), expected);
    EXPECT_EQ(store_->holding(ReleaseId{7})->copies, 2);
}

TEST_F(CollectionStoreTest, ChangesAndRemovesOneCopy) {
    const auto ids = store_->add(std::vector{copy_of(7, "A"), copy_of(8, "B")});
    ASSERT_TRUE(ids);
    Copy changed = copy_of(7, "A");
    changed.id = ids->front();
    changed.instance = 123456789012;
    changed.attempted = true;
    ASSERT_TRUE(store_->update(std::vector{changed}));
    ASSERT_TRUE(store_->remove(std::vector{ids->back()}));
    const auto kept = store_->copies();
    ASSERT_EQ(kept->size(), 1U);
    EXPECT_EQ(kept->front(), changed);
}

TEST_F(CollectionStoreTest, RefusesTwoCopiesWithOneInstanceAndKeepsNeither) {
    Copy copy = copy_of(7, "A");
    copy.instance = 5;
    EXPECT_FALSE(store_->add(std::vector{copy, copy}));
    EXPECT_TRUE(store_->copies()->empty());
}

TEST_F(CollectionStoreTest, KnowsWhatIsWanted) {
    Wish wish{ReleaseId{9}, WantState::ToAdd, "A", "T", "CD", 1999, 4, "cheap"};
    ASSERT_TRUE(store_->put(std::vector{wish}));
    EXPECT_TRUE(store_->holding(ReleaseId{9})->wanted);
    wish.state = WantState::ToRemove;
    ASSERT_TRUE(store_->put(std::vector{wish}));
    EXPECT_FALSE(store_->holding(ReleaseId{9})->wanted);
    EXPECT_EQ(store_->wishes()->front(), wish);
    ASSERT_TRUE(store_->drop(std::vector{wish.release}));
    EXPECT_TRUE(store_->wishes()->empty());
}

TEST(CollectionStore, SaysHowToBegin) {
    const testing::TempFolder folder;
    const auto opened = open_sqlite_collection(folder.path(), Access::Read);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("spindle collection sync"), std::string::npos);
}

} // namespace
} // namespace spindle::store
