// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "grade/clicks/click_count.h"

namespace spindle::grade {
namespace {

constexpr SampleRate kRate{44100};

Defect click(double at, double peak, double energy = 1e-4) {
    return {.at = Seconds(at), .peak = peak, .energy = energy};
}

TEST(CountClicks, SortsThemByLevel) {
    const std::vector<Defect> defects{click(1, 0.001), click(2, 0.0021), click(3, 0.021),
                                      click(4, 0.5)};
    const std::vector<TimeSpan> span{{Seconds(0), Seconds(60)}};
    const auto count = count_clicks(defects, span, 0.2, kRate); // -46, -40, -20, +8 dB
    EXPECT_EQ(count.per_minute, (std::array<double, 5>{4, 3, 2, 2, 1}));
    // 4e-4 over 60 s of two channels, against 0.04
    EXPECT_NEAR(count.energy_db, 10 * std::log10(4e-4 / (2 * 60 * 44100) / 0.04), 1e-9);
}

TEST(CountClicks, LooksOnlyWithinTheSpans) {
    const std::vector<Defect> defects{click(1, 0.1), click(5, 0.1), click(11, 0.1), click(20, 0.1)};
    const std::vector<TimeSpan> spans{{Seconds(0), Seconds(2)}, {Seconds(10), Seconds(20)}};
    const auto count = count_clicks(defects, spans, 0.1, kRate);
    EXPECT_NEAR(count.time.count(), 12, 1e-12);
    EXPECT_NEAR(count.per_minute[4], 10, 1e-12);
}

TEST(CountClicks, CountsOnceWhatIsWithinTheDeadTime) {
    const std::vector<Defect> defects{click(1, 0.1), click(1.002, 0.1), click(1.004, 0.1),
                                      click(1.006, 0.1)};
    const std::vector<TimeSpan> span{{Seconds(0), Seconds(60)}};
    EXPECT_EQ(count_clicks(defects, span, 0.1, kRate).per_minute[4], 2);
}

TEST(CountClicks, LeavesOutWhatIsUnlikelyOrNoClick) {
    std::vector<Defect> defects{click(1, 0.1), click(2, 0.1)};
    defects[0].probability = 0.2;
    defects[1].kind = DefectKind::Skip;
    const std::vector<TimeSpan> span{{Seconds(0), Seconds(60)}};
    const auto count = count_clicks(defects, span, 0.1, kRate);
    EXPECT_EQ(count.per_minute[0], 0);
    EXPECT_NEAR(count.expected_per_minute, 0.2, 1e-12);
    EXPECT_EQ(count.energy_db, -120);
}

TEST(CountClicks, HasNothingToSayWithoutProgrammeOrTime) {
    const std::vector<Defect> defects{click(1, 0.1)};
    const std::vector<TimeSpan> span{{Seconds(0), Seconds(60)}};
    EXPECT_EQ(count_clicks(defects, span, 0, kRate).per_minute[0], 0);
    EXPECT_EQ(count_clicks(defects, {}, 0.1, kRate).per_minute[0], 0);
}

RC_GTEST_PROP(CountClicks, NeverFallsWhenADefectIsAdded, ()) {
    const auto defects = [] {
        std::vector<Defect> some;
        for (const int at : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20000))) {
            some.push_back(click(at / 1000.0, *rc::gen::inRange(1, 1000) / 1000.0));
        }
        return some;
    }();
    const auto in_time = [](std::vector<Defect> some) {
        std::stable_sort(some.begin(), some.end(),
                         [](const Defect& a, const Defect& b) { return a.at < b.at; });
        return some;
    };
    std::vector<Defect> more = defects;
    more.push_back(
        click(*rc::gen::inRange(0, 20000) / 1000.0, *rc::gen::inRange(1, 1000) / 1000.0));
    const std::vector<TimeSpan> span{{Seconds(0), Seconds(20)}};
    const auto before = count_clicks(in_time(defects), span, 0.1, kRate);
    const auto after = count_clicks(in_time(more), span, 0.1, kRate);
    for (std::size_t n = 0; n < before.per_minute.size(); ++n) {
        RC_ASSERT(after.per_minute[n] >= before.per_minute[n]);
    }
    RC_ASSERT(after.energy_db >= before.energy_db);
    RC_ASSERT(after.expected_energy_db >= before.expected_energy_db);
}

} // namespace
} // namespace spindle::grade
