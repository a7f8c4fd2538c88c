// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/collection/collection_files.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

constexpr const char* kExport =
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,"
    "Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\n"
    "CK 85176,Mary,\"time, sex, love\",Columbia,\"CD, Album\",4,2001,7,Jazz,2020-01-02 03:04:05,"
    "Very Good Plus (VG+),Very Good (VG),\"from \"\"Bob\"\"\"\r\n"
    "CK 85176,Mary,\"time, sex, love\",Columbia,\"CD, Album\",,2001,7,Jazz,2021-01-02 "
    "03:04:05,,,\r\n"
    "X,Nobody,None,L,CD,,,not a number,Jazz,,,,\r\n";

class CollectionFiles : public ::testing::Test {
protected:
    void SetUp() override {
        store_ = std::move(*store::open_sqlite_collection(folder_.path(), store::Access::Write));
    }
    testing::TempFolder folder_;
    std::unique_ptr<store::CollectionStore> store_;
};

TEST_F(CollectionFiles, AreTakenInOnceHoweverOftenTheyCome) {
    const auto first = import_collection(kExport, *store_);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->added, 2U);
    ASSERT_EQ(first->skipped.size(), 1U);
    EXPECT_EQ(first->skipped.front().line, 4U);
    const auto second = import_collection(kExport, *store_);
    EXPECT_EQ(second->added, 0U);
    EXPECT_EQ(store_->copies()->size(), 2U);
    EXPECT_EQ(store_->copies()->front().notes, "from \"Bob\"");
    EXPECT_EQ(store_->copies()->front().year, 2001);
}

TEST_F(CollectionFiles, ComeOutAsTheyWentIn) {
    ASSERT_TRUE(import_collection(kExport, *store_));
    const auto written = export_collection(*store_);
    ASSERT_TRUE(written);
    const auto kept = store_->copies().value();
    const testing::TempFolder other_folder;
    const auto other =
        std::move(*store::open_sqlite_collection(other_folder.path(), store::Access::Write));
    ASSERT_TRUE(import_collection(*written, *other));
    EXPECT_EQ(other->copies().value(), kept);
}

TEST_F(CollectionFiles, CompleteWhatIsNotedAlready) {
    store::Copy copy;
    copy.release = ReleaseId{7};
    copy.media = "Mint (M)"; // what is noted here stays
    ASSERT_TRUE(store_->add(std::span(&copy, 1)));
    const auto report = import_collection(kExport, *store_);
    EXPECT_EQ(report->changed, 1U);
    EXPECT_EQ(report->added, 1U);
    EXPECT_EQ(store_->copies()->front().media, "Mint (M)");
    EXPECT_EQ(store_->copies()->front().artist, "Mary");
}

TEST_F(CollectionFiles, OfWantsAskForEachReleaseOnce) {
    const auto report = import_wants(kExport, *store_);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->added, 1U);
    EXPECT_EQ(store_->wishes()->front().state, store::WantState::ToAdd);
    EXPECT_NE(export_wants(*store_)->find("Mary"), std::string::npos);
}

TEST_F(CollectionFiles, ThatAreNoneAreRefused) {
    EXPECT_FALSE(import_collection("<html>", *store_));
    EXPECT_FALSE(import_collection("", *store_));
    EXPECT_TRUE(store_->copies()->empty());
}

} // namespace
} // namespace spindle::app
