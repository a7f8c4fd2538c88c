// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "store/sqlite/sqlite_grade_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

class SqliteGradeStoreTest : public ::testing::Test {
protected:
    std::unique_ptr<GradeStore> open(Access access = Access::Write) {
        return open_sqlite_gradings(folder_.path(), access).value();
    }
    static StoredGrading a_grading(std::int64_t graded, std::uint32_t copy) {
        StoredGrading grading;
        grading.graded = graded;
        grading.recording = "/music/side a.flac";
        grading.copy.value = copy;
        grading.release.value = 249504;
        grading.record.value = 3;
        grading.side = "A";
        grading.length = Seconds{1201.5};
        grading.grade = Grade::VeryGoodPlus;
        grading.severity = 2.25;
        grading.probabilities = {0.1, 0.6, 0.25, 0.05, 0, 0, 0};
        grading.evidence = "{\"reasons\":[]}";
        return grading;
    }
    testing::TempFolder folder_;
};

TEST_F(SqliteGradeStoreTest, GivesBackWhatWasKeptNewestFirst) {
    {
        auto store = open();
        ASSERT_TRUE(store->add(a_grading(1000, 5)));
        ASSERT_TRUE(store->add(a_grading(2000, 6)));
    }
    auto store = open(Access::Read);
    const auto all = store->gradings({}).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].graded, 2000);
    const StoredGrading wanted = a_grading(1000, 5);
    EXPECT_EQ(all[1].recording, wanted.recording);
    EXPECT_EQ(all[1].copy, wanted.copy);
    EXPECT_EQ(all[1].release, wanted.release);
    EXPECT_EQ(all[1].record, wanted.record);
    EXPECT_EQ(all[1].side, wanted.side);
    EXPECT_EQ(all[1].length, wanted.length);
    EXPECT_EQ(all[1].grade, wanted.grade);
    EXPECT_EQ(all[1].severity, wanted.severity);
    EXPECT_EQ(all[1].probabilities, wanted.probabilities);
    EXPECT_EQ(all[1].evidence, wanted.evidence);
}

TEST_F(SqliteGradeStoreTest, KeepsTheHistoryOfOneCopy) {
    auto store = open();
    ASSERT_TRUE(store->add(a_grading(1000, 5)));
    const auto id = store->add(a_grading(2000, 5)).value();
    ASSERT_TRUE(store->add(a_grading(3000, 6)));
    GradingFilter filter;
    filter.copy.value = 5;
    EXPECT_EQ(store->gradings(filter).value().size(), 2U);
    filter.since = 1500;
    EXPECT_EQ(store->gradings(filter).value().size(), 1U);
    ASSERT_TRUE(store->remove(id));
    EXPECT_TRUE(store->gradings(filter).value().empty());
    EXPECT_EQ(store->remove(id).error().code, Code::NotFound);
}

TEST_F(SqliteGradeStoreTest, SaysHowToBeginWhereThereIsNothing) {
    const auto none = open_sqlite_gradings(folder_ / "nowhere", Access::Read);
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("spindle grade"), std::string::npos);
}

} // namespace
} // namespace spindle::store
