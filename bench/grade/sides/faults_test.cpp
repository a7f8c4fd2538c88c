// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <gtest/gtest.h>

#include "grade/sides/faults.h"

namespace spindle::damaged_sides {
namespace {

TEST(Faults, AreWhatTheDefinitionSaysAtEachGrade) {
    for (std::size_t i = 0; i < grade::kDefinition.size(); ++i) {
        const auto step = static_cast<double>(i + 1);
        const auto figures = figures_at({step, step, step, step, 0, 0});
        const auto& row = grade::kDefinition[i];
        EXPECT_NEAR(figures.noise_db, row.noise_db, 1e-9);
        EXPECT_NEAR(figures.clicks_per_minute, row.clicks_per_minute, 1e-9);
        EXPECT_NEAR(figures.crackles_per_second, row.crackles_per_second, 1e-9);
        EXPECT_NEAR(figures.wear_db, row.wear_db, 1e-9);
        EXPECT_EQ(figures.grade, row.grade);
    }
}

TEST(Faults, AreTheDefinitionTheOtherWayRound) {
    for (double step = 1; step < 7.4; step += 0.13) {
        const auto figures = figures_at({step, step, step, step, 0, 0});
        const auto back =
            grade::fault_severities({figures.noise_db, figures.clicks_per_minute,
                                     figures.crackles_per_second, figures.wear_db, 0, 0});
        for (const double severity : back) {
            EXPECT_NEAR(severity, step, 1e-9);
        }
    }
}

TEST(Faults, GiveEveryGradeAndFewSkipsToGoodRecords) {
    std::map<Grade, int> grades;
    int skipping = 0;
    int off_centre = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const Faults faults = draw_faults(seed);
        const auto figures = figures_at(faults);
        const double severity =
            grade::severity_of({figures.noise_db, figures.clicks_per_minute,
                                figures.crackles_per_second, figures.wear_db, 0, 0});
        ++grades[grade::grade_of(severity)];
        skipping += severity < 5 && faults.skips > 0 ? 1 : 0;
        off_centre += faults.eccentricity_mm > 0.2 ? 1 : 0;
    }
    EXPECT_EQ(grades.size(), 7U);
    for (const auto& [grade, count] : grades) {
        EXPECT_GT(count, 150) << full_name(grade);
    }
    EXPECT_LT(skipping, 40);
    EXPECT_NEAR(off_centre, 200, 70);
}

TEST(Faults, WorseChangesOneOfThem) {
    const Faults faults = draw_faults(1);
    for (const Fault fault : kFaults) {
        const Faults more = worse(faults, fault, 1);
        EXPECT_EQ(more.noise > faults.noise, fault == Fault::Noise);
        EXPECT_EQ(more.clicks > faults.clicks, fault == Fault::Clicks);
        EXPECT_EQ(more.crackle > faults.crackle, fault == Fault::Crackle);
        EXPECT_EQ(more.wear > faults.wear, fault == Fault::Wear);
        EXPECT_EQ(more.eccentricity_mm > faults.eccentricity_mm, fault == Fault::OffCentre);
        EXPECT_EQ(more.skips > faults.skips, fault == Fault::Skips);
        EXPECT_EQ(fault_named(name_of(fault)), fault);
    }
    EXPECT_FALSE(fault_named("mould"));
}

} // namespace
} // namespace spindle::damaged_sides
