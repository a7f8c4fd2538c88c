// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/edit_distance.h"
#include "catalog/reading_errors.h"

namespace spindle::catalog {
namespace {

constexpr double kNoLimit = 1e6;
constexpr double kEpsilon = 1e-4; // costs are summed as floats

double cost_of(std::string_view seen, std::string_view truth, Alphabet alphabet = Alphabet::Words) {
    return reading_cost(seen, truth, alphabet, kNoLimit);
}

/// Words of signs that are confused and of halves of pairs that melt.
rc::Gen<std::string> word() {
    return rc::gen::scale(0.12, rc::gen::container<std::string>(rc::gen::elementOf(
                                    std::string("abcdehilmnorsuvwxyz0158rnclvvii"))));
}
rc::Gen<std::string> number() {
    return rc::gen::scale(0.12, rc::gen::container<std::string>(
                                    rc::gen::elementOf(std::string("0123456789ACEFHKMNPRTUVWXY"))));
}

RC_GTEST_PROP(ReadingCost, IsNothingJustForWhatWasReadRight, ()) {
    const std::string seen = *word();
    const std::string truth = *word();
    RC_ASSERT(cost_of(seen, seen) == 0.0);
    RC_ASSERT((cost_of(seen, truth) == 0.0) == (seen == truth));
}

TEST(ReadingCost, IsLessForKnownConfusionsThanForOddOnes) {
    EXPECT_LT(cost_of("n0ise", "noise"), cost_of("nkise", "noise"));
    EXPECT_LT(cost_of("l968", "1968"), cost_of("x968", "1968"));
    EXPECT_LT(cost_of("826585", "826535", Alphabet::Numbers),
              cost_of("826525", "826535", Alphabet::Numbers));
}

TEST(ReadingCost, KnowsPairsThatMeltIntoOneSign) {
    EXPECT_LT(cost_of("modem", "modern"), cost_of("modex", "modern"));
    EXPECT_LT(cost_of("dassic", "classic"), cost_of("xassic", "classic"));
    EXPECT_LT(cost_of("modern", "modem"), cost_of("modxxn", "modem"));
    EXPECT_EQ(cost_of("modem", "modern"), cost_of("modern", "modem"));
}

TEST(ReadingCost, KeepsMeltedPairsOutOfNumbers) {
    EXPECT_GT(cost_of("W12", "VV12", Alphabet::Numbers), cost_of("w12", "vv12", Alphabet::Words));
}

TEST(ReadingCost, GrowsWithEveryError) {
    EXPECT_LT(cost_of("metallico", "metallica"), cost_of("mefallico", "metallica"));
    EXPECT_LT(cost_of("mefallico", "metallica"), cost_of("mefallic", "metallica"));
}

TEST(ReadingCost, TakesALostSignForLikelierThanOneThatIsNotThere) {
    EXPECT_LT(cost_of("nirvna", "nirvana"), cost_of("nirvxana", "nirvana"));
}

RC_GTEST_PROP(ReadingCost, SaysMoreThanTheLimitJustWhenItIs, ()) {
    const std::string seen = *word();
    const std::string truth = *word();
    const double most = *rc::gen::inRange(0, 30);
    const double exact = cost_of(seen, truth);
    const double limited = reading_cost(seen, truth, Alphabet::Words, most);
    if (exact <= most) {
        RC_ASSERT(limited == exact);
    } else {
        RC_ASSERT(limited > most);
    }
}

TEST(ReadingCost, GivesUpOnTextsNoSpineHas) {
    EXPECT_GT(reading_cost(std::string(70, 'a'), std::string(70, 'b'), Alphabet::Words, 20), 20);
    EXPECT_EQ(reading_cost(std::string(70, 'a'), std::string(70, 'a'), Alphabet::Words, 20), 0);
}

RC_GTEST_PROP(LeastReadingCost, IsNeverMoreThanTheCost, ()) {
    const bool words = *rc::gen::arbitrary<bool>();
    const std::string seen = words ? *word() : *number();
    const std::string truth = words ? *word() : *number();
    const int pairs = words ? melting_pairs(seen) + melting_pairs(truth) : 0;
    const Alphabet alphabet = words ? Alphabet::Words : Alphabet::Numbers;
    RC_ASSERT(least_reading_cost(EditPattern(seen).distance(truth), pairs) <=
              cost_of(seen, truth, alphabet) + kEpsilon);
}

TEST(MeltingPairs, AreCountedAtEachPlace) {
    EXPECT_EQ(melting_pairs("modern"), 1);
    EXPECT_EQ(melting_pairs("corncl"), 2);
    EXPECT_EQ(melting_pairs("metal"), 0);
    EXPECT_EQ(melting_pairs(""), 0);
}

RC_GTEST_PROP(EachOneErrorAway, NamesNothingDearerThanItSays, ()) {
    const bool words = *rc::gen::arbitrary<bool>();
    const std::string seen = words ? *word() : *number();
    const Alphabet alphabet = words ? Alphabet::Words : Alphabet::Numbers;
    each_one_error_away(seen, alphabet, [&](std::string_view truth, double cost) {
        RC_ASSERT(truth != seen);
        RC_ASSERT(cost_of(seen, truth, alphabet) <= cost + kEpsilon);
    });
}

/// All that is one change, loss or extra sign away.
std::set<std::string> visited(const std::string& seen, Alphabet alphabet) {
    std::set<std::string> all;
    each_one_error_away(seen, alphabet,
                        [&](std::string_view truth, double) { all.emplace(truth); });
    return all;
}

RC_GTEST_PROP(EachOneErrorAway, LeavesNoneOut, ()) {
    const std::string signs = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::string truth = *rc::gen::nonEmpty(word());
    const std::string seen = truth;
    const auto at = *rc::gen::inRange<std::size_t>(0, truth.size());
    const char sign = *rc::gen::elementOf(signs);
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
        truth[at] = sign;
        break;
    case 1:
        truth.erase(at, 1);
        break;
    default:
        truth.insert(truth.begin() + static_cast<std::ptrdiff_t>(at), sign);
    }
    RC_PRE(truth != seen && !truth.empty());
    RC_ASSERT(visited(seen, Alphabet::Words).contains(truth));
}

TEST(EachOneErrorAway, FindsMeltedPairs) {
    EXPECT_TRUE(visited("modem", Alphabet::Words).contains("modern"));
    EXPECT_TRUE(visited("modern", Alphabet::Words).contains("modem"));
    EXPECT_FALSE(visited("M12", Alphabet::Numbers).contains("RN12"));
}

TEST(EachOneErrorAway, KnowsTheLettersOfTheScript) {
    const auto cyrillic = visited("кино", Alphabet::Words);
    EXPECT_TRUE(cyrillic.contains("кина"));
    EXPECT_TRUE(cyrillic.contains("кио"));
    EXPECT_TRUE(cyrillic.contains("кинро"));
    EXPECT_TRUE(visited("μικης", Alphabet::Words).contains("μιλης"));
    EXPECT_EQ(visited("久石", Alphabet::Words), (std::set<std::string>{"久", "石"}));
}

TEST(EachOneErrorAway, StaysInTheAlphabetOfNumbers) {
    for (const std::string& truth : visited("0123", Alphabet::Numbers)) {
        EXPECT_EQ(truth.find_first_not_of("0123456789ACEFHJKMNPRTUVWXY"), std::string::npos)
            << truth;
    }
}

TEST(EachOneErrorAway, LooksAtAboutSeventyFiveVariantsOfASign) {
    int variants = 0;
    each_one_error_away("metallica", Alphabet::Words,
                        [&](std::string_view, double) { ++variants; });
    EXPECT_GT(variants, 9 * 60);
    EXPECT_LT(variants, 9 * 90);
}

} // namespace
} // namespace spindle::catalog
