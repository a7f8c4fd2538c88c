// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/goldmine.h"

namespace spindle {
namespace {

TEST(Goldmine, KnowsGradesByAnyOfTheirNames) {
    EXPECT_EQ(grade_named("vg+"), Grade::VeryGoodPlus);
    EXPECT_EQ(grade_named(" Near Mint (NM or M-) "), Grade::NearMint);
    EXPECT_EQ(grade_named("M-"), Grade::NearMint);
    EXPECT_EQ(grade_named("good plus"), Grade::GoodPlus);
    EXPECT_FALSE(grade_named(""));
    EXPECT_FALSE(grade_named("excellent"));
    for (const Grade grade : kGrades) {
        EXPECT_EQ(grade_named(full_name(grade)), grade);
        EXPECT_EQ(grade_named(short_name(grade)), grade);
    }
}

} // namespace
} // namespace spindle
