// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "grade/model/condition_text.h"

namespace spindle::grade {
namespace {

TEST(ConditionText, KnowsWhatSellersWrite) {
    const std::pair<const char*, Grade> said[]{
        {"VG++", Grade::VeryGoodPlus},
        {"EX", Grade::VeryGoodPlus},
        {"E-", Grade::VeryGoodPlus},
        {"NM/M-", Grade::NearMint},
        {"VG to VG+", Grade::VeryGood},
        {"VG to VG+, light marks and improving", Grade::VeryGood},
        {"VG-", Grade::GoodPlus},
        {"Near Mint (NM or M-)", Grade::NearMint},
        {"Very Good Plus (VG+)", Grade::VeryGoodPlus},
        {"Good Plus (G+)", Grade::GoodPlus},
        {"Media: VG+ / Sleeve: G", Grade::VeryGoodPlus},
        {"sleeve VG, vinyl NM", Grade::NearMint},
        {"M", Grade::Mint},
        {"still sealed!", Grade::Mint},
        {"plays fine, a clean VG copy", Grade::VeryGood},
        {"very good, some ticks", Grade::VeryGood},
        {"G", Grade::Good},
        {"P", Grade::Poor},
        {"excellent condition", Grade::VeryGoodPlus},
        {"G+ to VG-", Grade::GoodPlus},
    };
    for (const auto& [words, grade] : said) {
        const auto found = grade_in_words(words);
        ASSERT_TRUE(found) << words;
        EXPECT_EQ(short_name(*found), short_name(grade)) << words;
    }
}

TEST(ConditionText, KnowsTheNamesOfAllGrades) {
    for (const Grade grade : kGrades) {
        EXPECT_EQ(grade_in_words(full_name(grade)), grade);
        EXPECT_EQ(grade_in_words(short_name(grade)), grade);
    }
}

TEST(ConditionText, NamesNoGradeWhereThereIsNone) {
    for (const char* words : {"", "a record", "as seen in the pictures", "12 inch", "e", "f"}) {
        EXPECT_FALSE(grade_in_words(words)) << words;
    }
}

} // namespace
} // namespace spindle::grade
