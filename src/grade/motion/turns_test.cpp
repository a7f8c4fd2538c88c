// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "grade/motion/turns.h"

namespace spindle::grade {
namespace {

Defect click(double at, double peak = 0.1) {
    Defect defect;
    defect.at = Seconds(at);
    defect.peak = peak;
    return defect;
}

std::vector<Defect> dust(double per_second, double seconds, unsigned seed) {
    std::mt19937 random(seed);
    std::exponential_distribution<double> wait(per_second);
    std::vector<Defect> defects;
    for (double at = wait(random); at < seconds; at += wait(random)) {
        defects.push_back(click(at));
    }
    return defects;
}

void add_scratch(std::vector<Defect>& defects, double from, int turns, double turn, double drift,
                 unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> jitter(0, 0.0005);
    for (int i = 0; i < turns; ++i) {
        defects.push_back(click(from + i * (turn + drift) + jitter(random), 0.2));
    }
    std::ranges::sort(defects, {}, &Defect::at);
}

TEST(Turns, ProveTheSpeedAndTellTheScratch) {
    for (const double rpm : kRecordSpeeds) {
        const double turn = turn_of(rpm).count() * 1.003;
        std::vector<Defect> defects = dust(0.5, 300, 1);
        add_scratch(defects, 40, 12, turn, 0, 2);
        add_scratch(defects, 100.3, 20, turn, 0.001, 3);
        const TurnFigures figures = find_turns(defects);
        ASSERT_TRUE(figures.rpm) << rpm;
        EXPECT_EQ(*figures.rpm, rpm);
        EXPECT_NEAR(figures.turn.count(), turn, 0.003);
        ASSERT_GE(figures.scratches.size(), 2U);
        EXPECT_NEAR(static_cast<double>(figures.scratches[0].turns), 20, 1);
        EXPECT_NEAR(figures.scratches[0].from.count(), 100.3, 2 * turn);
        EXPECT_NEAR(static_cast<double>(figures.scratches[1].turns), 12, 3); // dust may lengthen it
        EXPECT_NEAR(figures.scratches[1].from.count(), 40, 2 * turn);
        EXPECT_EQ(figures.scratches[0].defects.size(), figures.scratches[0].heard);
    }
}

TEST(Turns, FollowAScratchThatIsNotHeardInEveryGroove) {
    std::vector<Defect> defects;
    for (int i = 0; i < 30; ++i) {
        if (i % 4 != 2) {
            defects.push_back(click(10 + 1.8 * i));
        }
    }
    const TurnFigures figures = find_turns(defects);
    ASSERT_FALSE(figures.scratches.empty());
    EXPECT_EQ(figures.scratches[0].turns, 30U);
    EXPECT_EQ(figures.scratches[0].heard, 23U);
    EXPECT_NEAR(figures.scratches[0].angle, 360 * (10 / 1.8 - 5), 2);
}

TEST(Turns, AreNotProvenByDust) {
    int proven = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        const TurnFigures figures = find_turns(dust(0.2 * (1 + seed % 10), 400, seed));
        proven += figures.rpm ? 1 : 0;
        EXPECT_TRUE(figures.rpm || figures.scratches.empty());
    }
    EXPECT_EQ(proven, 0);
}

TEST(Turns, AreNotProvenByABeatThatFitsThem) {
    // 100 a minute: three beats are 1.8 s; 90: two are 1.333 s.
    for (const double beat : {0.6, 0.45, 0.9, 0.6667, 0.3333, 0.38333}) {
        std::vector<Defect> defects = dust(0.3, 120, 7);
        for (double at = 0.1; at < 120; at += beat) {
            defects.push_back(click(at, 0.3));
        }
        std::ranges::sort(defects, {}, &Defect::at);
        EXPECT_FALSE(find_turns(defects).rpm) << beat;
    }
}

TEST(Turns, LeaveOutWhatIsNoImpulse) {
    std::vector<Defect> defects;
    for (int i = 0; i < 30; ++i) {
        defects.push_back(click(1.8 * i));
        defects.back().kind = DefectKind::Dropout;
    }
    EXPECT_FALSE(find_turns(defects).rpm);
}

TEST(Turns, AreBoundedInWork) {
    const TurnFigures figures = find_turns(dust(150, 600, 3)); // 90000 defects
    EXPECT_FALSE(figures.rpm);
}

TEST(Turns, OfNothingAreNothing) {
    EXPECT_FALSE(find_turns({}).rpm);
    const std::vector<Defect> one{click(3)};
    EXPECT_FALSE(find_turns(one).rpm);
    const std::vector<Defect> together(50, click(3));
    EXPECT_FALSE(find_turns(together).rpm);
}

} // namespace
} // namespace spindle::grade
