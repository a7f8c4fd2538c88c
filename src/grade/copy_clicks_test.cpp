// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "grade/clicks/click_meter.h"
#include "grade/clicks/click_samples.h"
#include "grade/copy_clicks.h"
#include "testing/synthetic_music.h"

namespace spindle::grade {
namespace {

constexpr Seconds kAt{5};

Defect click(Seconds at, double peak, double probability) {
    return {.at = at, .length = Seconds{1e-4}, .peak = peak, .probability = probability};
}

/// Ten seconds of music with its copy; what is left of it, and the copy's sudden rises.
CopyComparison comparison(Relation relation, std::vector<LeftOver> left,
                          std::vector<CopyImpulse> rises = {}) {
    CopyComparison made;
    made.relation = relation;
    made.start = Seconds{1};
    made.end = Seconds{11};
    made.suppression_db = relation == Relation::SameMaster ? 40 : 18;
    made.left_over = std::move(left);
    made.impulses = std::move(rises);
    return made;
}

/// What is left of a click as loud as a tenth of full scale, over music that is not steep there.
LeftOver left_of_click(float strength = 200) {
    return {.defect = click(kAt, 0.1, 0), .strength = strength, .in_copy = 0, .slope = 0.01F};
}

double surest(const std::vector<Defect>& clicks) {
    double surest = 0;
    for (const Defect& defect : clicks) {
        surest = std::max(surest, defect.probability);
    }
    return surest;
}

TEST(CopyClicks, AreSureWhereTheCopyAndTheSoundAgree) {
    const std::vector<Defect> blind{click(kAt, 0.1, 0.9)};
    EXPECT_GT(surest(clicks_with_copy(blind, comparison(Relation::SameMaster, {left_of_click()}))),
              0.95);
}

TEST(CopyClicks, OfAnotherMasterAreLessLikelyOnARiseOfTheCopyButNotGone) {
    const std::vector<Defect> blind{click(kAt, 0.1, 0.95)};
    const double alone = surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {})));
    const std::vector<CopyImpulse> soft{{kAt, 8, 0.01F}};
    const std::vector<CopyImpulse> loud{{kAt, 40, 0.2F}};
    const double on_soft =
        surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {}, soft)));
    const double on_loud =
        surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {}, loud)));
    EXPECT_LT(on_soft, alone);
    EXPECT_LT(on_loud, on_soft);
    EXPECT_GT(on_loud, 0);
}

TEST(CopyClicks, FoundTwiceAreOne) {
    const std::vector<Defect> blind{click(kAt + Seconds{0.0005}, 0.1, 0.9)};
    EXPECT_EQ(clicks_with_copy(blind, comparison(Relation::SameMaster, {left_of_click()})).size(),
              1U);
}

TEST(CopyClicks, OutsideTheCopysStretchAreNotLookedAt) {
    const std::vector<Defect> blind{click(Seconds{0.5}, 0.1, 0.9), click(Seconds{20}, 0.1, 0.9)};
    EXPECT_TRUE(clicks_with_copy(blind, comparison(Relation::SameMaster, {})).empty());
}

TEST(CopyClicks, AreNeverLessLikelyForStandingOutMore) {
    double before = 0;
    for (const float strength : {6.0F, 12.0F, 30.0F, 100.0F, 1000.0F}) {
        const double now = surest(
            clicks_with_copy({}, comparison(Relation::SameMaster, {left_of_click(strength)})));
        EXPECT_GE(now, before);
        before = now;
    }
}

constexpr SampleRate kRate{44100};
constexpr double kLength = 15;

samples::Sound made_music() {
    samples::Sound sound(kLength);
    const auto middle = testing::synthetic_music(21, kLength, kRate.hz);
    const auto side = testing::synthetic_music(22, kLength, kRate.hz);
    for (std::size_t n = 0; n < sound.left.size(); ++n) {
        sound.left[n] = 0.3F * (middle[n] + 0.4F * side[n]);
        sound.right[n] = 0.3F * (middle[n] - 0.4F * side[n]);
    }
    samples::add_drums(sound, 0.3);
    return sound;
}

/// The same music louder, with its peaks pressed down.
samples::Sound limited(samples::Sound sound) {
    for (auto* channel : {&sound.left, &sound.right}) {
        for (float& sample : *channel) {
            sample = std::tanh(3 * sample) / 2;
        }
    }
    return sound;
}

std::vector<Defect> found_blindly(const samples::Sound& sound) {
    ClickMeter meter(kRate);
    meter.feed(sound.span());
    return meter.finish().defects;
}

std::vector<Defect> found_with(const samples::Sound& copy, const samples::Sound& sound) {
    std::vector<Copy> copies{{sound_in_memory(copy.span(), kRate), {}}};
    const auto found = compare(sound_in_memory(sound.span(), kRate), copies);
    EXPECT_TRUE(found);
    return clicks_with_copy(found_blindly(sound), found->front());
}

/// How many clicks are surer than anything that is told of the music without them.
std::size_t recall(const std::vector<Defect>& clean, const std::vector<Defect>& found,
                   const std::vector<double>& clicks) {
    const double threshold = surest(clean);
    return static_cast<std::size_t>(std::count_if(clicks.begin(), clicks.end(), [&](double at) {
        return std::any_of(found.begin(), found.end(), [&](const Defect& defect) {
            return defect.probability > threshold && std::abs(defect.at.count() - at) < 0.0015;
        });
    }));
}

TEST(CopyClicks, AreFoundAtLeastAsOftenAsWithoutACopyWhateverItsMastering) {
    const samples::Sound music = made_music();
    samples::Sound unclicked = music; // as a record plays it
    samples::add_groove(unclicked, 3e-4, 7);
    samples::Sound record = unclicked;
    std::vector<double> clicks;
    std::mt19937 random(5);
    for (double at = 0.7; at < kLength - 0.5; at += 0.3 + 1e-10 * static_cast<double>(random())) {
        clicks.push_back(at);
        samples::add_click(record, static_cast<std::size_t>(at * kRate.hz), 0.08);
    }
    const std::size_t blind = recall(found_blindly(unclicked), found_blindly(record), clicks);
    const std::size_t same =
        recall(found_with(music, unclicked), found_with(music, record), clicks);
    const samples::Sound loud = limited(music);
    const std::size_t other = recall(found_with(loud, unclicked), found_with(loud, record), clicks);
    EXPECT_GE(same, blind);
    EXPECT_GE(other, blind);
    EXPECT_GE(same, clicks.size() * 95 / 100);
    RecordProperty("blind", static_cast<int>(blind));
    RecordProperty("other", static_cast<int>(other));
    printf("of %zu: blind %zu, same master %zu, another %zu\n", clicks.size(), blind, same, other);
}

} // namespace
} // namespace spindle::grade
