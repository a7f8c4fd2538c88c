// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "grade/model/fault_fit.h"

namespace spindle::grade {
namespace {

constexpr auto kEvidenceOfTest = Evidence::Groove;

/// Records of which the first figure of each fault follows it, and all others tell nothing.
std::vector<KnownFaults> known_records(std::size_t count, unsigned seed) {
    std::mt19937 engine(seed);
    std::uniform_real_distribution<double> severity(1, 7.5);
    std::normal_distribution<double> error(0, 0.1);
    const auto& figures = figures_for(kEvidenceOfTest);
    std::vector<KnownFaults> records;
    for (std::size_t i = 0; i < count; ++i) {
        KnownFaults record{.figures = std::vector<double>(figures.size()), .group = i / 2};
        std::array<bool, kFaults.size()> led{};
        for (double& fault : record.faults) {
            fault = severity(engine);
        }
        for (std::size_t f = 0; f < figures.size(); ++f) {
            const auto fault = static_cast<std::size_t>(figures[f].fault);
            record.figures[f] =
                led[fault] ? error(engine) : 3 * record.faults[fault] + error(engine);
            led[fault] = true;
        }
        records.push_back(std::move(record));
    }
    return records;
}

double error_of(const FaultSeverities& said, const FaultSeverities& truth) {
    double sum = 0;
    for (std::size_t i = 0; i < said.size(); ++i) {
        sum += std::abs(said[i] - truth[i]) / static_cast<double>(said.size());
    }
    return sum;
}

FaultModel fitted(unsigned seed) {
    return fit_faults(kEvidenceOfTest, known_records(200, seed))->model;
}

TEST(FaultFit, TellsEachFaultFromItsFigures) {
    const FaultModel model = fitted(1);
    double error = 0;
    for (const KnownFaults& record : known_records(100, 2)) {
        error += error_of(model.severities(record.figures), record.faults) / 100;
    }
    EXPECT_LT(error, 0.15);
}

TEST(FaultFit, SaysWhatAModelThatHasNotSeenThemSaysOfRecords) {
    const auto records = known_records(100, 3);
    const auto fit = fit_faults(kEvidenceOfTest, records);
    ASSERT_TRUE(fit) << fit.error().message;
    ASSERT_EQ(fit->out_of_fold.size(), records.size());
    double seen = 0;
    double unseen = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        seen += error_of(fit->model.severities(records[i].figures), records[i].faults) / 100;
        unseen += error_of(fit->out_of_fold[i], records[i].faults) / 100;
    }
    EXPECT_GT(unseen, seen);
    EXPECT_LT(unseen, 0.25);
}

TEST(FaultFit, SaysWhenThereIsTooLittleToLearnFrom) {
    EXPECT_FALSE(fit_faults(kEvidenceOfTest, known_records(6, 1)));
    auto alike = known_records(40, 1);
    for (KnownFaults& record : alike) {
        record.group = 0;
    }
    EXPECT_FALSE(fit_faults(kEvidenceOfTest, alike));
    auto lacking = known_records(40, 1);
    lacking.front().figures.pop_back();
    EXPECT_EQ(fit_faults(kEvidenceOfTest, lacking).error().code, Code::BadInput);
}

TEST(FaultModel, ReadsWhatItWroteAndRefusesOtherFigures) {
    const FaultModel model = fitted(4);
    const auto read = FaultModel::from_json(model.to_json(), kEvidenceOfTest);
    ASSERT_TRUE(read) << read.error().message;
    const auto figures = known_records(1, 5).front().figures;
    EXPECT_EQ(read->severities(figures), model.severities(figures));
    const auto refused = FaultModel::from_json(model.to_json(), Evidence::Copy);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("other figures"), std::string::npos);
    EXPECT_FALSE(FaultModel::from_json(nlohmann::json::object(), kEvidenceOfTest));
}

RC_GTEST_PROP(FaultModel, NeverPutsMoreDamageHigher, ()) {
    static const FaultModel model = fitted(6);
    const auto& known = figures_for(kEvidenceOfTest);
    std::vector<double> figures;
    std::vector<double> worse;
    for (const Figure& figure : known) {
        const bool is_missing = *rc::gen::inRange(0, 10) == 0;
        figures.push_back(is_missing ? std::numeric_limits<double>::quiet_NaN()
                                     : *rc::gen::inRange(-20, 300) / 10.0);
        const bool may_grow = figure.feature.direction == Direction::Worse;
        worse.push_back(figures.back() + (may_grow ? *rc::gen::inRange(0, 50) / 10.0 : 0));
    }
    const FaultSeverities before = model.severities(figures);
    const FaultSeverities after = model.severities(worse);
    for (std::size_t i = 0; i < before.size(); ++i) {
        RC_ASSERT(after[i] >= before[i] - 1e-9);
    }
    RC_ASSERT(severity_of(after) >= severity_of(before) - 1e-9);
}

} // namespace
} // namespace spindle::grade
