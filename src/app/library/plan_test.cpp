// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/library/plan.h"

namespace spindle::app {
namespace {

store::KnownFile known(std::uint32_t id, const std::string& path, store::FileStamp stamp = {1, 1}) {
    return {store::FileId{id}, TrackId{id}, path, stamp, false, store::IndexState::Indexed};
}

using Files = std::vector<FoundFile>;

Plan plan_of(const Files& found, const std::vector<store::KnownFile>& files,
             const Scope& scope = {{"/m"}, {}, {}},
             const std::vector<store::Problem>& problems = {}, Retry retry = Retry::Changed) {
    return make_plan(found, files, problems, scope, retry);
}

TEST(Plan, SkipsWhatHasNotChanged) {
    const auto plan = plan_of({{"/m/a", {1, 1}}}, {known(1, "/m/a")});
    EXPECT_EQ(plan.unchanged, 1U);
    EXPECT_TRUE(plan.changed.empty() && plan.fresh.empty() && plan.missing.empty());
}

TEST(Plan, SeesChangesOfSizeAndTime) {
    const auto plan = plan_of({{"/m/a", {2, 1}}, {"/m/b", {1, 2}}, {"/m/c", {1, 1}}},
                              {known(1, "/m/a"), known(2, "/m/b")});
    EXPECT_EQ(plan.changed.size(), 2U);
    EXPECT_EQ(plan.fresh.size(), 1U);
}

TEST(Plan, CallsMissingOnlyWhatWasLookedFor) {
    const Scope scope{{"/m"}, {"/single.mp3"}, {"/m/locked"}};
    const auto plan = plan_of({},
                              {known(1, "/m/a"), known(2, "/mm/a"), known(3, "/m/locked/a"),
                               known(4, "/single.mp3"), known(5, "/other.mp3")},
                              scope);
    ASSERT_EQ(plan.missing.size(), 2U);
    EXPECT_EQ(plan.missing[0].path, "/m/a");
    EXPECT_EQ(plan.missing[1].path, "/single.mp3");
}

TEST(Plan, GoesOnWithWhatWasNotFinished) {
    auto file = known(1, "/m/a");
    file.state = store::IndexState::Pending;
    EXPECT_EQ(plan_of({{"/m/a", {1, 1}}}, {file}).unfinished.size(), 1U);
}

TEST(Plan, WelcomesBackWhatWasMissing) {
    auto file = known(1, "/m/a");
    file.missing = true;
    EXPECT_EQ(plan_of({{"/m/a", {1, 1}}}, {file}).returned.size(), 1U);
}

TEST(Plan, DoesNotTryBrokenFilesAgainUntilTheyChange) {
    const std::vector<store::Problem> broken{{"/m/a", {1, 1}, Code::BadInput, "broken", 0}};
    EXPECT_EQ(plan_of({{"/m/a", {1, 1}}}, {}, {{"/m"}, {}, {}}, broken).known_problems.size(), 1U);
    EXPECT_EQ(plan_of({{"/m/a", {2, 1}}}, {}, {{"/m"}, {}, {}}, broken).fresh.size(), 1U);
    EXPECT_EQ(
        plan_of({{"/m/a", {1, 1}}}, {}, {{"/m"}, {}, {}}, broken, Retry::Everything).fresh.size(),
        1U);
    EXPECT_EQ(plan_of({}, {}, {{"/m"}, {}, {}}, broken).solved_problems.size(), 1U);
}

TEST(Plan, TriesUnreadableFilesAgainAtOnce) {
    const std::vector<store::Problem> locked{{"/m/a", {1, 1}, Code::NoAccess, "locked", 0}};
    EXPECT_EQ(plan_of({{"/m/a", {1, 1}}}, {}, {{"/m"}, {}, {}}, locked).fresh.size(), 1U);
}

TEST(Within, IsAboutWholeNamesOfFolders) {
    EXPECT_TRUE(is_within("/m/a", "/m"));
    EXPECT_TRUE(is_within("/m", "/m"));
    EXPECT_TRUE(is_within("/m", "/"));
    EXPECT_FALSE(is_within("/mm/a", "/m"));
}

} // namespace
} // namespace spindle::app
