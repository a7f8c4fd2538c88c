// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include <gtest/gtest.h>

#include "grade/grader.h"
#include "grade/remarks.h"
#include "grade/surface/made_sides.h"

namespace spindle::grade {
namespace {

constexpr SampleRate kRate{44100};

/// A record as simple as can be: steady noise of both walls, music after four seconds and before
/// the last four, clicks on the left wall at even distances.
MadeSide made_record(double noise_db, double clicks_per_second, double seconds = 40) {
    MadeSide side(seconds);
    side.add_noise(0, seconds, noise_db, 1);
    side.add_music(4, seconds - 4, -12, 2);
    if (clicks_per_second > 0) {
        for (double t = 1; t < seconds - 1; t += 1 / clicks_per_second) {
            side.add_click(t, 0.3);
        }
    }
    return side;
}

SideMeasures measured(StereoSpan sound, std::size_t block = 10000) {
    SideMeter meter = SideMeter::create(kRate).value();
    for (std::size_t from = 0; from < sound.size(); from += block) {
        meter.feed(sound.subspan(from, std::min(block, sound.size() - from)));
    }
    return meter.finish();
}

/// Sums of nothing but what `names` say: a straight line between two knots each.
struct Line {
    std::string_view name;
    double from, to, weight;
};
std::vector<Term> terms_of(const std::vector<Feature>& features, std::span<const Line> lines) {
    std::vector<Term> terms;
    for (const Feature& feature : features) {
        terms.push_back({.feature = feature, .stretches = {}, .weights = {}, .missing = 0});
        for (const Line& line : lines) {
            if (feature.name == line.name) {
                terms.back().stretches.knots = {line.from, line.to};
                terms.back().weights = {line.weight};
            }
        }
    }
    return terms;
}

/// A model that goes by the noise and the clicks alone: from Near Mint to Poor with 42 dB of noise
/// above -54, or with four e-folds of clicks.
GradeModels simple_models() {
    GradeModels models{.name = "simple", .models = {}};
    for (const Evidence evidence : kEvidence) {
        const std::vector<Line> lines{
            {evidence == Evidence::Groove ? "groove noise" : "floor under the music", -54, -12, 6},
            {"clicks, hidden ones made up for", 2, 6, 6}};
        FaultModel::Estimates estimates;
        for (const Fault fault : {Fault::Noise, Fault::Clicks, Fault::Crackle, Fault::Wear}) {
            const auto place = static_cast<std::size_t>(fault);
            const std::span<const Line> own =
                place < lines.size() ? std::span(lines).subspan(place, 1) : std::span<const Line>();
            estimates[place].terms = terms_of(features_telling(evidence, fault), own);
        }
        const std::vector<Line> grades{{"noise", 1, 7, 60}, {"clicks", 1, 7, 20}};
        models.models[static_cast<std::size_t>(evidence)] = GradeModel{
            FaultModel(evidence, std::move(estimates)),
            OrdinalModel(terms_of(grade_features(), grades), {5, 15, 25, 35, 45, 55}, 1)};
    }
    return models;
}

TEST(SideMeter, FindsTheSameWhateverTheBlocksAndTheGain) {
    const MadeSide record = made_record(-54, 1);
    const SideMeasures once = measured(record.sound(), 1 << 20);
    const SideMeasures often = measured(record.sound(), 777);
    ASSERT_EQ(evidence_of({once}), Evidence::Groove);
    const auto figures = figures_in({once}, Evidence::Groove);
    EXPECT_EQ(figures, figures_in({often}, Evidence::Groove));
    MadeSide quiet = record;
    quiet.turn_up(-12);
    const auto softer = figures_in({measured(quiet.sound())}, Evidence::Groove);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (std::isfinite(figures[i])) {
            EXPECT_NEAR(softer[i], figures[i], 0.15)
                << figures_for(Evidence::Groove)[i].feature.name;
        }
    }
}

TEST(Grader, HearsNoiseAndClicksAndSaysSo) {
    const GradeModels models = simple_models();
    const SideMeasures clean = measured(made_record(-74, 0).sound());
    const GradeReport good = grade_side({clean}, models);
    ASSERT_TRUE(good.graded) << good.because;
    EXPECT_EQ(good.evidence, Evidence::Groove);
    const SideMeasures noisy = measured(made_record(-42, 2).sound());
    const GradeReport bad = grade_side({noisy}, models);
    ASSERT_TRUE(bad.graded) << bad.because;
    EXPECT_GT(bad.severity, good.severity + 1);
    EXPECT_NEAR(std::accumulate(bad.probabilities.begin(), bad.probabilities.end(), 0.0), 1, 1e-9);
    EXPECT_NEAR(bad.damage.clicks_per_minute, 120, 12);
    bool told = false;
    for (const Reason& reason : bad.reasons) {
        told = told || reason.text.find("clicks a minute") != std::string::npos;
    }
    EXPECT_TRUE(told);
    for (std::size_t i = 1; i < bad.reasons.size(); ++i) {
        EXPECT_LE(bad.reasons[i].steps, bad.reasons[i - 1].steps);
    }
}

TEST(Grader, LetsNothingThatSkipsBeBetterThanFair) {
    const SideMeasures clean = measured(made_record(-74, 0).sound());
    CopyFigures copy;
    copy.relation = Relation::OtherMaster;
    copy.heard = Seconds{30};
    copy.skips = 1;
    const GradeReport report = grade_side({clean, copy}, simple_models());
    ASSERT_TRUE(report.graded) << report.because;
    EXPECT_GE(report.grade, Grade::Fair);
    EXPECT_EQ(report.reasons.front().kind, Reason::Kind::Skips);
}

TEST(Grader, DoesNotCallAnOffCentreRecordNearMint) {
    const SideMeasures clean = measured(made_record(-74, 0).sound());
    CopyFigures copy;
    copy.relation = Relation::OtherMaster;
    copy.heard = Seconds{30};
    copy.wow.emplace();
    copy.wow->turn = TurnWow{.peak = 0.0025, .turns_per_minute = 100.0 / 3, .error = 0.0001};
    const GradeReport report = grade_side({clean, copy}, simple_models());
    ASSERT_TRUE(report.graded);
    EXPECT_EQ(report.probabilities[0], 0);
    EXPECT_GE(report.grade, Grade::VeryGoodPlus);
}

TEST(Grader, RefusesWhatIsNoRecord) {
    const GradeModels models = simple_models();
    const std::vector<float> silence(static_cast<std::size_t>(30 * kRate.hz));
    const GradeReport silent = grade_side({measured({silence, silence})}, models);
    EXPECT_FALSE(silent.graded);
    EXPECT_NE(silent.because.find("silent"), std::string::npos);

    const MadeSide brief = made_record(-54, 1, 9);
    const GradeReport short_one = grade_side({measured(brief.sound())}, models);
    EXPECT_FALSE(short_one.graded);
    EXPECT_NE(short_one.because.find("long"), std::string::npos);

    MadeSide digital(40); // music between digital silences
    digital.add_music(4, 18, -12, 2);
    digital.add_music(20, 36, -12, 3);
    const GradeReport no_record = grade_side({measured(digital.sound())}, models);
    EXPECT_FALSE(no_record.graded);
    EXPECT_NE(no_record.because.find("does not sound like a record"), std::string::npos)
        << no_record.because;
}

TEST(GradeModels, ReadWhatTheyWroteAndRefuseOtherFigures) {
    const GradeModels models = simple_models();
    const std::string text = models.to_json();
    const auto read = GradeModels::from_json(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->to_json(), text);
    std::string other = text;
    other.replace(other.find("groove noise"), 12, "grove noises");
    const auto refused = GradeModels::from_json(other);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("other figures"), std::string::npos);
    EXPECT_FALSE(GradeModels::from_json("{}"));
    EXPECT_FALSE(GradeModels::from_json("not JSON"));
}

TEST(Figures, OfAFaultAreItsOwnAndTheFirstOfEachOther) {
    for (const Evidence evidence : kEvidence) {
        const auto& figures = figures_for(evidence);
        for (const Fault fault : kFaults) {
            std::array<std::size_t, kFaults.size()> of{};
            for (const std::size_t i : figures_telling(evidence, fault)) {
                ++of[static_cast<std::size_t>(figures[i].fault)];
            }
            for (const Fault other : kFaults) {
                const auto all = static_cast<std::size_t>(std::ranges::count(
                    figures, other, [](const Figure& figure) { return figure.fault; }));
                EXPECT_EQ(of[static_cast<std::size_t>(other)], other == fault ? all : 1U);
            }
        }
    }
}

TEST(Record, IsAsGoodAsItsWorstSide) {
    std::vector<GradeReport> sides(3);
    sides[0].graded = true;
    sides[0].severity = 2;
    sides[1].graded = true;
    sides[1].severity = 4;
    EXPECT_EQ(worst_of(sides), &sides[1]);
    EXPECT_EQ(worst_of(std::span(sides).subspan(2)), nullptr);
}

TEST(CountJumps, ALockedGrooveIsOneHoweverOftenItIsHeard) {
    const auto jump = [](double at, int turns) {
        return Jump{Seconds(at), Seconds(1.8 * turns), turns};
    };
    EXPECT_EQ(count_jumps(std::vector{jump(10, -1), jump(11.8, -1), jump(13.6, -1)}).repeats, 1);
    EXPECT_EQ(count_jumps(std::vector{jump(10, -2), jump(13.3, -1)}).repeats, 1);
    const std::vector several{jump(10, -1), jump(20, -1), jump(21, 3), jump(40, 0), jump(50, 1)};
    EXPECT_EQ(count_jumps(several).repeats, 2);
    EXPECT_EQ(count_jumps(several).skips, 2);
    EXPECT_EQ(count_jumps({}).repeats, 0);
}

} // namespace
} // namespace spindle::grade
