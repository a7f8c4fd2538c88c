// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "market/appraisal_model.h"

namespace spindle::market {
namespace {

using nlohmann::json;

json read_json(const char* path) {
    std::ifstream file(path);
    return json::parse(file);
}

const AppraisalModel& shipped() {
    static const AppraisalModel kModel = AppraisalModel::open(SPINDLE_APPRAISAL_MODEL).value();
    return kModel;
}

std::optional<double> number(const json& object, const char* name) {
    return object.at(name).is_null() ? std::nullopt
                                     : std::optional<double>(object.at(name).get<double>());
}

AppraisalInputs inputs_of(const json& one) {
    AppraisalInputs inputs;
    inputs.lowest = number(one, "lowest");
    inputs.for_sale = number(one, "for_sale");
    inputs.have = number(one, "have");
    inputs.want = number(one, "want");
    inputs.rating = number(one, "rating");
    inputs.year = number(one, "year");
    inputs.country = one.at("country");
    inputs.format = one.at("format");
    return inputs;
}

AppraisalInputs disc() {
    AppraisalInputs inputs;
    inputs.lowest = 10;
    inputs.for_sale = 5;
    inputs.have = 100;
    inputs.want = 50;
    inputs.format = "CD";
    return inputs;
}

AppraisalInputs any_inputs() {
    const auto maybe = [](int most) -> std::optional<double> {
        if (*rc::gen::inRange(0, 4) == 0) {
            return std::nullopt;
        }
        return *rc::gen::inRange(0, most) / 10.0;
    };
    AppraisalInputs inputs;
    inputs.lowest = maybe(20'000);
    inputs.for_sale = maybe(5'000);
    inputs.have = maybe(100'000);
    inputs.want = maybe(100'000);
    inputs.rating = maybe(51);
    inputs.year = maybe(25'000);
    inputs.suggested = maybe(2'000);
    inputs.country = *rc::gen::element<std::string>("", "Japan", "US", "Nowhere");
    inputs.format = *rc::gen::element<std::string>("", "CD, Album", "2xVinyl, LP", "CDr, Promo");
    return inputs;
}

TEST(AppraisalModel, SaysWhatTheProgramThatTrainedItSays) {
    const json golden = read_json(SPINDLE_APPRAISAL_GOLDEN);
    ASSERT_GE(golden.size(), 50U);
    for (const json& one : golden) {
        const Appraisal appraisal = shipped().appraise(inputs_of(one));
        const auto near = [&one](const char* name, double value) {
            const auto wanted = one.at(name).get<double>();
            EXPECT_NEAR(std::log(value), std::log(wanted), 2e-4) << name << " of " << one;
        };
        near("expected", appraisal.expected);
        near("low", appraisal.low);
        near("high", appraisal.high);
    }
}

TEST(AppraisalModel, ExplainsThePriceByFactorsThatMultiplyToIt) {
    AppraisalInputs inputs = disc();
    inputs.rating = 4.4;
    inputs.year = 1992;
    inputs.country = "Japan";
    inputs.format = "CD, Album, Promo";
    const Appraisal appraisal = shipped().appraise(inputs);
    double product = appraisal.start;
    for (const Contribution& one : appraisal.contributions) {
        EXPECT_FALSE(one.label.empty());
        EXPECT_FALSE(one.value.empty());
        product *= one.factor;
    }
    EXPECT_NEAR(product, appraisal.expected, 1e-6 * appraisal.expected);
    EXPECT_LT(appraisal.low, appraisal.expected);
    EXPECT_GT(appraisal.high, appraisal.expected);
}

TEST(AppraisalModel, BelievesPastSalesMoreThanItself) {
    AppraisalInputs inputs = disc();
    inputs.sold_median = 33;
    inputs.suggested = 1;
    EXPECT_NEAR(shipped().appraise(inputs).expected, 33, 1e-9);
}

TEST(AppraisalModel, IsSurerWhenACopyIsForSale) {
    AppraisalInputs inputs = disc();
    const Appraisal with = shipped().appraise(inputs);
    inputs.lowest.reset();
    inputs.for_sale = 0;
    const Appraisal without = shipped().appraise(inputs);
    EXPECT_LT(with.high / with.low, without.high / without.low);
}

TEST(AppraisalModel, TakesSuggestionsInHalfWay) {
    AppraisalInputs inputs = disc();
    const double without = shipped().appraise(inputs).expected;
    inputs.suggested = without * 4;
    EXPECT_NEAR(shipped().appraise(inputs).expected, without * 2, 1e-9 * without);
    EXPECT_NEAR(shipped().appraise(inputs, {.suggestion_weight = 0}).expected, without, 1e-9);
}

TEST(AppraisalModel, TakesNumbersThatAreNoneForNotKnown) {
    const double nothing = shipped().appraise({}).expected;
    AppraisalInputs inputs;
    inputs.lowest = inputs.suggested = inputs.sold_median = 0;
    inputs.for_sale = inputs.rating = std::nan("");
    inputs.have = -INFINITY;
    inputs.want = INFINITY;
    inputs.year = -5;
    EXPECT_EQ(shipped().appraise(inputs).expected, nothing);
}

RC_GTEST_PROP(AppraisalModel, AlwaysHasAFinitePriceInsideItsInterval, ()) {
    const Appraisal appraisal = shipped().appraise(any_inputs());
    RC_ASSERT(std::isfinite(appraisal.expected) && appraisal.expected > 0);
    RC_ASSERT(appraisal.low > 0 && appraisal.low <= appraisal.high);
    double before = 0;
    for (const Appraisal::Point& point : appraisal.distribution) {
        RC_ASSERT(point.price >= before);
        before = point.price;
    }
}

RC_GTEST_PROP(AppraisalModel, IsNeverLowerForMoreWantARatingOrAHigherLowestPrice, ()) {
    const AppraisalInputs inputs = any_inputs();
    const Appraisal before = shipped().appraise(inputs);
    const double more = *rc::gen::inRange(0, 10'000) / 7.0;
    for (const auto field :
         {&AppraisalInputs::want, &AppraisalInputs::rating, &AppraisalInputs::lowest}) {
        AppraisalInputs raised = inputs;
        if (!(raised.*field) || *(raised.*field) <= 0) {
            continue; // from not known to known may go either way
        }
        *(raised.*field) += more;
        const Appraisal after = shipped().appraise(raised);
        RC_ASSERT(after.expected >= before.expected * (1 - 1e-9));
        if (field == &AppraisalInputs::want) {
            RC_ASSERT(after.chance_of(20) >= before.chance_of(20) - 1e-9);
            RC_ASSERT(after.low >= before.low * (1 - 1e-9));
        }
    }
}

RC_GTEST_PROP(AppraisalModel, HasOddsThatFallWithThePrice, ()) {
    const Appraisal appraisal = shipped().appraise(any_inputs());
    const double price = *rc::gen::inRange(0, 100'000) / 100.0;
    const double higher = price + *rc::gen::inRange(0, 10'000) / 100.0;
    RC_ASSERT(appraisal.chance_of(price) >= appraisal.chance_of(higher));
    RC_ASSERT(appraisal.chance_of(price) >= 0 && appraisal.chance_of(price) <= 1);
    const double level = *rc::gen::inRange(2, 99) / 100.0;
    RC_ASSERT(std::abs(appraisal.chance_of(appraisal.quantile(level)) - (1 - level)) < 1e-6);
}

class HostileModel : public ::testing::Test {
protected:
    json model_ = read_json(SPINDLE_APPRAISAL_MODEL);

    void expect_refused(const json& model, const std::string& what = {}) {
        const auto parsed = AppraisalModel::parse(model.dump());
        ASSERT_FALSE(parsed) << what;
        EXPECT_FALSE(parsed.error().message.empty());
    }
};

TEST_F(HostileModel, IsRefusedWhereAPartIsMissingOrOfAnotherKind) {
    const json flat = model_.flatten();
    for (const auto& [pointer, value] : flat.items()) {
        if (pointer.ends_with("/name")) {
            continue; // for people
        }
        json broken = model_;
        broken[json::json_pointer(pointer)] = json::object({{"a", 1}});
        expect_refused(broken, pointer);
    }
}

TEST_F(HostileModel, IsRefusedWithNumbersOutOfRange) {
    json broken = model_;
    broken["with_price"]["start"] = 1e300;
    expect_refused(broken);
    broken = model_;
    broken["with_price"]["terms"][0]["at"] = {3, 2, 1};
    broken["with_price"]["terms"][0]["value"] = {1, 2, 3};
    expect_refused(broken);
    broken = model_;
    broken["with_price"]["quantiles"][0] = 50;
    expect_refused(broken);
}

TEST_F(HostileModel, IsRefusedWhenCutShortOrNested) {
    const std::string text = model_.dump();
    for (std::size_t size = 0; size < text.size(); size += 97) {
        EXPECT_FALSE(AppraisalModel::parse(text.substr(0, size)));
    }
    EXPECT_FALSE(AppraisalModel::parse(std::string(500'000, '[')));
    EXPECT_FALSE(AppraisalModel::parse(std::string(2'000'000, ' ')));
}

TEST_F(HostileModel, OfAnotherVersionIsNamedAsSuch) {
    model_["version"] = 2;
    const auto parsed = AppraisalModel::parse(model_.dump());
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, Code::Unsupported);
}

TEST(AppraisalModel, NamesTheFileItCannotRead) {
    const auto missing = AppraisalModel::open("/nowhere/appraisal.json");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, ::testing::HasSubstr("/nowhere/appraisal.json"));
}

} // namespace
} // namespace spindle::market
