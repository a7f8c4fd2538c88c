// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "grade/definition.h"

namespace spindle::grade {
namespace {

Damage damage_of(const GradeFigures& row) {
    return {.noise_db = row.noise_db,
            .clicks_per_minute = row.clicks_per_minute,
            .crackles_per_second = row.crackles_per_second,
            .wear_db = row.wear_db};
}

TEST(Definition, PutsTheFiguresOfAGradeInItsMiddle) {
    for (const GradeFigures& row : kDefinition) {
        EXPECT_NEAR(severity_of(damage_of(row)), severity_of(row.grade), 1e-9);
        EXPECT_EQ(grade_of(severity_of(damage_of(row))), row.grade);
    }
}

/// A side of which only this is wrong, and so much.
Damage only(Fault fault, double value) {
    Damage damage;
    switch (fault) {
    case Fault::Noise:
        damage.noise_db = value;
        break;
    case Fault::Clicks:
        damage.clicks_per_minute = value;
        break;
    case Fault::Crackle:
        damage.crackles_per_second = value;
        break;
    case Fault::Wear:
        damage.wear_db = value;
        break;
    }
    return damage;
}

double severity_alone(Fault fault, double value) {
    return fault_severities(only(fault, value))[static_cast<std::size_t>(fault)];
}

TEST(Definition, TellsTheRangeThatEachGradeAllows) {
    double weights = 0;
    for (const Fault fault : kFaults) {
        weights += weight_of(fault);
        const auto ranges = ranges_of(fault);
        EXPECT_FALSE(ranges.front().best);
        EXPECT_FALSE(ranges.back().worst);
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            EXPECT_EQ(grade_of(severity_alone(fault, ranges[i].middle)), ranges[i].grade);
            if (ranges[i].worst) {
                EXPECT_NEAR(severity_alone(fault, *ranges[i].worst), static_cast<double>(i) + 1.5,
                            1e-9)
                    << figure_of(fault) << " of " << short_name(ranges[i].grade);
                EXPECT_EQ(ranges[i].worst, ranges[i + 1].best);
            }
        }
    }
    EXPECT_NEAR(weights, 1, 1e-9);
    EXPECT_NEAR(*ranges_of(Fault::Clicks).front().worst, kAudibleClicks, 1e-9);
}

TEST(Definition, ExcludesWhatTheWordingExcludes) {
    Damage quiet{};
    EXPECT_EQ(grade_of(severity_of(quiet)), Grade::NearMint);
    quiet.off_centre_wow = 0.002;
    EXPECT_EQ(grade_of(severity_of(quiet)), Grade::VeryGoodPlus);
    quiet.skips = 1;
    EXPECT_EQ(grade_of(severity_of(quiet)), Grade::Fair);
    EXPECT_EQ(grade_of(severity_of(Damage{.clicks_per_minute = 1})), Grade::VeryGoodPlus);
}

TEST(Definition, PutsFaultsTogetherByWeightAndByTheWorst) {
    EXPECT_NEAR(severity_of(FaultSeverities{2, 3, 3, 3}), 0.35 * 2 + 0.65 * 3, 1e-9);
    EXPECT_NEAR(severity_of(FaultSeverities{1, 1, 1, 7}), 5.5, 1e-9);
}

TEST(Definition, LetsOneBadFaultCount) {
    EXPECT_EQ(grade_of(severity_of(Damage{.clicks_per_minute = 320})), Grade::Fair);
}

RC_GTEST_PROP(Definition, NeverGradesMoreDamageBetter, ()) {
    const auto level = [] { return *rc::gen::inRange(-700, -50) / 10.0; };
    const auto count = [] { return *rc::gen::inRange(0, 5000) / 10.0; };
    const auto more = [] { return *rc::gen::inRange(0, 200) / 10.0; };
    const Damage less{.noise_db = level(),
                      .clicks_per_minute = count(),
                      .crackles_per_second = count(),
                      .wear_db = level(),
                      .off_centre_wow = count() / 100'000,
                      .skips = *rc::gen::inRange(0, 2)};
    const Damage worse{.noise_db = less.noise_db + more(),
                       .clicks_per_minute = less.clicks_per_minute + more(),
                       .crackles_per_second = less.crackles_per_second + more(),
                       .wear_db = less.wear_db + more(),
                       .off_centre_wow = less.off_centre_wow + more() / 100'000,
                       .skips = less.skips + *rc::gen::inRange(0, 2)};
    RC_ASSERT(severity_of(worse) >= severity_of(less));
}

} // namespace
} // namespace spindle::grade
