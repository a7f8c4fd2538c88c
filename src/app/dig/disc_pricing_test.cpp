// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/dig/disc_pricing.h"
#include "app/dig/scan_document.h"
#include "store/sqlite/sqlite_market_store.h"
#include "testing/discogs_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using market::Figure;
using ::testing::AllOf;
using testing::DiscogsServer;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kPriced = 1'800'000'000;
constexpr std::int64_t kHour = 3600;

/// A scan in which these releases were found.
ScanReport scan_of(const std::vector<std::uint32_t>& releases) {
    ScanReport report;
    report.photos.emplace_back();
    for (const std::uint32_t id : releases) {
        Pressing pressing;
        pressing.id = ReleaseId{id};
        Candidate candidate;
        candidate.probability = 0.99;
        candidate.title = fmt::format("Title {}", id);
        candidate.pressings = {pressing};
        Disc& disc = report.discs.emplace_back();
        disc.number = report.discs.size();
        disc.seen.emplace_back();
        disc.verdict = DiscVerdict::Known;
        disc.candidates = {candidate};
    }
    return report;
}

class DiscPricing : public ::testing::Test {
protected:
    PricingTrouble price(ScanReport& report, DiscPricingOptions options = {}) {
        market::DiscogsOptions access;
        access.url = url_.empty() ? server_.url("") : url_;
        access.token = DiscogsServer::kToken;
        access.first_pause = Seconds{0.001};
        const auto discogs = market::DiscogsClient::create(access).value();
        const auto model = market::AppraisalModel::open(SPINDLE_APPRAISAL_MODEL).value();
        options.now = [this] { return now_; };
        return price_discs(report, *store_, *discogs, model, options, [](const Progress&) {}, {})
            .value();
    }
    void read_page(std::uint32_t release, double median, const std::string& currency = "USD") {
        const market::Quote quote{ReleaseId{release}, Figure::SoldMedian,        median,
                                  currency,           market::Source::SavedPage, now_};
        ASSERT_TRUE(store_->add_quotes(std::span(&quote, 1)));
    }

    testing::TempFolder folder_;
    std::unique_ptr<store::MarketStore> store_ =
        store::open_sqlite_market(folder_.path(), store::Access::Write).value();
    DiscogsServer server_;
    std::string url_; // of another server
    std::int64_t now_ = kPriced;
};

TEST_F(DiscPricing, TakesWhatASavedPageSaidOfPastSales) {
    read_page(5, 60);
    now_ += 48 * kHour;
    ScanReport report = scan_of({5, 6});
    EXPECT_EQ(price(report).message, "");
    ASSERT_TRUE(report.discs[0].worth && report.discs[1].worth);
    EXPECT_NEAR(report.discs[0].worth->price, 60, 0.01);
    EXPECT_LT(report.discs[1].worth->price, 30);
    EXPECT_EQ(report.discs[0].worth->sold_seen_at, kPriced);
    EXPECT_EQ(report.discs[0].worth->seen_at, now_);
    EXPECT_FALSE(report.discs[1].worth->sold_seen_at);
    EXPECT_THAT(worth_line(report.discs[0], now_),
                AllOf(HasSubstr("sales from a page read 2 days ago"), Not(HasSubstr("; seen"))));
}

TEST_F(DiscPricing, TakesAPageInAnotherCurrencyWhereItKnowsTheRate) {
    read_page(5, 60, "EUR");
    ScanReport report = scan_of({5});
    price(report);
    EXPECT_LT(report.discs[0].worth->price, 30);
    DiscPricingOptions options;
    options.rates["EUR"] = 1.5;
    price(report, options);
    EXPECT_NEAR(report.discs[0].worth->price, 90, 0.01);
}

TEST_F(DiscPricing, JudgesByTheRulesBesides) {
    read_page(5, 60);
    ScanReport report = scan_of({5});
    DiscPricingOptions options;
    options.rules.lowest_weight = 0;
    price(report, options);
    ASSERT_TRUE(report.discs[0].worth->rules);
    const RulesWorth& rules = *report.discs[0].worth->rules;
    EXPECT_NEAR(rules.score, 60, 0.01);
    EXPECT_TRUE(rules.is_good);
    double sum = 0;
    for (const WorthTerm& term : rules.terms) {
        sum += term.dollars;
    }
    EXPECT_NEAR(sum, rules.score, 1e-9);
    const ScanReport again = read_scan_document(document_of(report)).value();
    ASSERT_TRUE(again.discs[0].worth->rules);
    EXPECT_NEAR(again.discs[0].worth->rules->score, 60, 0.01);
}

TEST_F(DiscPricing, LeavesWhatMayNotBeSold) {
    server_.put_release(5, testing::release_json(5, "80.00", "true"));
    ScanReport report = scan_of({5, 6});
    price(report);
    const DiscWorth& worth = report.discs[0].worth.value();
    EXPECT_EQ(worth.buy, Buy::No);
    EXPECT_TRUE(worth.blocked);
    EXPECT_EQ(worth.why, "it may not be sold on Discogs");
    EXPECT_EQ(worth_line(report.discs[0], now_), "leave: it may not be sold on Discogs");
    EXPECT_FALSE(report.discs[1].worth->blocked);
    const ScanReport again = read_scan_document(document_of(report)).value();
    EXPECT_TRUE(again.discs[0].worth->blocked);
    EXPECT_FALSE(again.discs[1].worth->blocked);
}

TEST_F(DiscPricing, SaysHowOldPricesAreWhenThereIsNoLine) {
    ScanReport report = scan_of({5});
    price(report);
    EXPECT_THAT(worth_line(report.discs[0], now_ + kHour), Not(HasSubstr("seen")));
    now_ += 7 * kHour;
    {
        const testing::FaultyServer gone;
        url_ = gone.url("");
    }
    report = scan_of({5, 6});
    EXPECT_NE(price(report).message, "");
    EXPECT_TRUE(report.has_data_of_discogs());
    EXPECT_THAT(worth_line(report.discs[0], now_), HasSubstr("; seen 7 h ago"));
    EXPECT_FALSE(report.discs[1].worth);
}

TEST_F(DiscPricing, UsesASavedPageWhenThereIsNoLine) {
    read_page(5, 60);
    {
        const testing::FaultyServer gone;
        url_ = gone.url("");
    }
    ScanReport report = scan_of({5});
    const PricingTrouble trouble = price(report);
    EXPECT_EQ(trouble.left, 1U);
    EXPECT_NE(trouble.message, "");
    ASSERT_TRUE(report.discs[0].worth);
    EXPECT_NEAR(report.discs[0].worth->price, 60, 0.01);
    EXPECT_EQ(report.discs[0].worth->seen_at, now_); // the page's time: no price is older
}

TEST_F(DiscPricing, WritesDiscogsNoticeToTheDocument) {
    ScanReport report = scan_of({5});
    EXPECT_THAT(document_of(report), Not(HasSubstr("Data provided by Discogs.")));
    read_page(5, 60);
    price(report);
    EXPECT_THAT(document_of(report.discs[0]), HasSubstr("Data provided by Discogs."));
    const ScanReport again = read_scan_document(document_of(report)).value();
    EXPECT_EQ(again.discs[0].worth->sold_seen_at, kPriced);
}

} // namespace
} // namespace spindle::app
