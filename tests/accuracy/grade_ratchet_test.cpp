// SPDX-License-Identifier: Apache-2.0
// How well the shipped model grades simulated sides of music it has never heard (made here), and
// that more damage never grades better. The whole measurement: bench/README.md.
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "app/grade/grade_recording.h"
#include "grade/model/agreement.h"
#include "grade/sides/damaged_side.h"
#include "testing/synthetic_music.h"

namespace spindle {
namespace {

constexpr SampleRate kRate{44100};
constexpr double kLength = 12; // seconds of each of two tracks

// Never lower, but on purpose.
constexpr std::size_t kSides = 16;
constexpr std::size_t kLeastExact = 9;
constexpr std::size_t kLeastWithinOne = 14;
constexpr std::size_t kMostRefused = 1;

std::vector<damaged_sides::SideMusic> music(std::uint32_t seed) {
    std::vector<damaged_sides::SideMusic> tracks;
    for (std::uint32_t i = 0; i < 2; ++i) {
        const auto mono = testing::synthetic_music(10 * seed + i, kLength, kRate.hz);
        damaged_sides::SideMusic track{"made", Seconds{0}, {mono.size(), kRate}};
        for (std::size_t n = 0; n < mono.size(); ++n) {
            track.sound.left[n] = 0.4F * mono[n];
            track.sound.right[n] = 0.3F * mono[n];
        }
        tracks.push_back(std::move(track));
    }
    return tracks;
}

grade::GradeReport graded(const damaged_sides::DamagedSide& side,
                          const grade::GradeModels& models) {
    grade::SideMeter meter = grade::SideMeter::create(kRate).value();
    meter.feed({side.sound.left, side.sound.right});
    return grade::grade_side({meter.finish()}, models);
}

const grade::GradeModels& models() {
    static const grade::GradeModels all = app::open_grade_models(SPINDLE_GRADE_MODEL).value();
    return all;
}

TEST(GradeRatchet, GradesUnheardSidesAsWellAsItDid) {
    grade::Agreement agreement(grade::kHeardGrades);
    std::size_t refused = 0;
    for (std::uint32_t seed = 1; seed <= kSides; ++seed) {
        auto faults = damaged_sides::draw_faults(seed);
        faults.skips = 0; // a gate of its own
        damaged_sides::DamagedSideOptions options;
        options.faults = faults;
        const auto side = damaged_sides::make_damaged_side(music(seed), {}, options, seed);
        ASSERT_TRUE(side) << side.error().message;
        const auto report = graded(*side, models());
        const auto truth = grade::class_of(side->truth.grade);
        if (report.graded) {
            agreement.add(truth, report.probabilities);
        } else { // it hardly clicks, and the music covers its noise: a miss, but no lie
            ++refused;
        }
    }
    EXPECT_LE(refused, kMostRefused);
    EXPECT_GE(agreement.exact().hits, kLeastExact);
    EXPECT_GE(agreement.within_one().hits, kLeastWithinOne);
    RecordProperty("exact", static_cast<int>(agreement.exact().hits));
    printf("exact %zu of %zu, within one %zu\n", agreement.exact().hits, kSides,
           agreement.within_one().hits);
}

TEST(GradeRatchet, NeverGradesMoreDamageBetter) {
    for (std::uint32_t seed = 31; seed < 32; ++seed) {
        const auto tracks = music(seed);
        for (const auto fault : {damaged_sides::Fault::Noise, damaged_sides::Fault::Clicks,
                                 damaged_sides::Fault::Crackle}) {
            damaged_sides::Faults faults{.noise = 1.5, .clicks = 1.5, .crackle = 1.5, .wear = 1.5};
            double before = 0;
            std::size_t grade_before = 0;
            for (int step = 0; step < 3; ++step) {
                damaged_sides::DamagedSideOptions options;
                options.faults = faults;
                const auto side = damaged_sides::make_damaged_side(tracks, {}, options, seed);
                ASSERT_TRUE(side) << side.error().message;
                const auto report = graded(*side, models());
                EXPECT_GE(grade::class_of(report.grade), grade_before)
                    << damaged_sides::name_of(fault) << " at step " << step << ", seed " << seed;
                // Masking moves single figures by a little; a tenth of a grade is not heard.
                EXPECT_GE(report.severity, before - 0.1)
                    << damaged_sides::name_of(fault) << " at step " << step << ", seed " << seed;
                before = report.severity;
                grade_before = grade::class_of(report.grade);
                faults = damaged_sides::worse(faults, fault, 2);
            }
        }
    }
}

} // namespace
} // namespace spindle
