// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/market/history_chart.h"
#include "app/market/price.h"
#include "catalog/catalog_samples.h"
#include "store/sqlite/sqlite_market_store.h"
#include "testing/discogs_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using market::Figure;
using testing::DiscogsServer;
using ::testing::ElementsAre;
using testing::Fault;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3600;

class Prices : public ::testing::Test {
protected:
    PriceReport price(const std::vector<std::uint32_t>& numbers, PriceOptions options = {}) {
        market::DiscogsOptions access;
        access.url = url_.empty() ? server_.url("") : url_;
        access.token = DiscogsServer::kToken;
        access.first_pause = Seconds{0.001};
        const auto discogs = market::DiscogsClient::create(access).value();
        std::vector<ReleaseId> releases;
        for (const std::uint32_t number : numbers) {
            releases.push_back(ReleaseId{number});
        }
        options.now = [this] { return now_; };
        shown_.clear();
        auto report = price_releases(
            *store_, *discogs, releases, options,
            [this](const PricedRelease& one) { shown_.push_back(one); }, [](const Progress&) {},
            stop_.get_token());
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        return report.value_or(PriceReport{});
    }
    std::vector<std::uint32_t> queue() {
        std::vector<std::uint32_t> numbers;
        const auto queued = store_->queue().value();
        for (const ReleaseId release : queued) {
            numbers.push_back(release.value);
        }
        return numbers;
    }

    testing::TempFolder folder_;
    std::unique_ptr<store::MarketStore> store_ =
        store::open_sqlite_market(folder_.path(), store::Access::Write).value();
    DiscogsServer server_;
    std::string url_; // of another server
    std::int64_t now_ = 1'800'000'000;
    std::vector<PricedRelease> shown_;
    std::stop_source stop_;
};

TEST_F(Prices, AreAskedForOnceInSixHours) {
    EXPECT_EQ(price({5, 6, 5}).refreshed, 2U);
    EXPECT_THAT(server_.requests(), SizeIs(2));
    now_ += 6 * kHour - 1;
    EXPECT_EQ(price({5, 6}).known, 2U);
    EXPECT_THAT(server_.requests(), SizeIs(2));
    now_ += 1;
    EXPECT_EQ(price({5}).refreshed, 1U);
    EXPECT_THAT(server_.requests(), SizeIs(3));
    EXPECT_THAT(queue(), SizeIs(0));
    now_ -= 7 * kHour; // the clock was set back: nobody knows how old all that is
    EXPECT_EQ(price({5}).refreshed, 1U);
}

TEST_F(Prices, AreAskedForAgainInAnotherCurrency) {
    price({5});
    PriceOptions euros;
    euros.currency = "EUR";
    EXPECT_EQ(price({5}, euros).refreshed, 1U);
    EXPECT_EQ(price({5}, euros).known, 1U);
    EXPECT_EQ(shown_.at(0).find(Figure::Lowest, "EUR")->value, 4.22);
    EXPECT_NE(shown_.at(0).find(Figure::Lowest, "USD"), nullptr);
}

TEST_F(Prices, ComeInTheOrderAskedForWithWhatTheReleaseIs) {
    server_.be_slow(std::chrono::milliseconds{5});
    price({9, 3, 7, 1, 5, 8});
    std::vector<std::uint32_t> order;
    for (const PricedRelease& one : shown_) {
        order.push_back(one.about.release.value);
    }
    EXPECT_THAT(order, ElementsAre(9, 3, 7, 1, 5, 8));
    EXPECT_EQ(shown_[0].about.title, "Title 9");
    EXPECT_EQ(shown_[0].seen_at, now_);
    EXPECT_EQ(shown_[0].find(Figure::Have, {})->value, 164);
}

TEST_F(Prices, AreShownAsTheyWereWhenThereIsNoLine) {
    price({5});
    now_ += 7 * kHour;
    {
        const testing::FaultyServer gone;
        url_ = gone.url("");
    }
    const auto report = price({5, 6, 7});
    EXPECT_EQ(report.outdated, 1U);
    EXPECT_EQ(report.missing, 2U);
    EXPECT_EQ(report.queued, 3U);
    ASSERT_TRUE(report.stopped_by);
    EXPECT_EQ(shown_.at(0).find(Figure::Lowest, "USD")->value, 4.22);
    EXPECT_EQ(shown_.at(0).seen_at, now_ - 7 * kHour);
    EXPECT_THAT(queue(), ElementsAre(5, 6, 7));
    url_.clear();
    EXPECT_EQ(price({5, 6, 7}).refreshed, 3U);
    EXPECT_THAT(queue(), SizeIs(0));
}

TEST_F(Prices, DoNotWaitForAReleaseThatIsNotThere) {
    server_.fail_always(DiscogsServer::release_target(6),
                        Fault::answer_with(404, R"({"message":"Release not found."})"));
    const auto report = price({5, 6, 7, 0x80000001});
    EXPECT_EQ(report.refreshed, 2U);
    EXPECT_EQ(report.missing, 2U);
    EXPECT_EQ(report.queued, 0U);
    EXPECT_FALSE(report.stopped_by);
    EXPECT_EQ(shown_.at(1).error->code, Code::NotFound);
    EXPECT_THAT(shown_.at(3).error->message, HasSubstr("list of your own"));
    EXPECT_THAT(queue(), SizeIs(0));
}

TEST_F(Prices, LeaveTheRestForLaterWhenTheServiceIsInTrouble) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 1; i <= 30; ++i) {
        numbers.push_back(i);
        if (i > 4) {
            server_.fail_always(DiscogsServer::release_target(i), Fault::cut(10));
        }
    }
    // Those that are answered, first: what is still asked about when the trouble shows waits, too.
    EXPECT_EQ(price({1, 2, 3, 4}).refreshed, 4U);
    const auto report = price(numbers);
    EXPECT_EQ(report.refreshed, 0U);
    EXPECT_EQ(report.queued, 26U);
    ASSERT_TRUE(report.stopped_by);
    EXPECT_LT(server_.requests().size(), 45U); // was not hammered
    EXPECT_THAT(queue(), SizeIs(26));
}

TEST_F(Prices, SayThatATokenIsNoLongerGood) {
    server_.fail_always(DiscogsServer::release_target(5), Fault::answer(401));
    server_.fail_always(DiscogsServer::release_target(6), Fault::answer(401));
    const auto report = price({5, 6});
    ASSERT_TRUE(report.stopped_by);
    EXPECT_THAT(report.stopped_by->message, HasSubstr("spindle login discogs"));
    EXPECT_EQ(report.queued, 2U);
}

TEST_F(Prices, BringSuggestionsToSellersAndAskOthersOnce) {
    PriceOptions options;
    options.suggestions = Ask::Yes;
    options.versions = Ask::Yes;
    options.together = 1;
    price({5, 6}, options);
    EXPECT_THAT(server_.requests("/marketplace/price_suggestions/5"), SizeIs(1));
    EXPECT_THAT(server_.requests("/marketplace/price_suggestions/6"), SizeIs(0));
    EXPECT_TRUE(shown_.at(0).error);
    EXPECT_EQ(shown_.at(0).pricing, Pricing::Refreshed);
    EXPECT_EQ(shown_.at(0).find(Figure::Versions, {})->value, 23);
    server_.sell();
    price({7}, options);
    EXPECT_NEAR(shown_.at(0).find(Figure::SuggestedNearMint, "EUR")->value.value(), 12.81, 1e-9);
}

TEST_F(Prices, CountVersionsInTheCatalogWhereItKnows) {
    std::vector<catalog::Release> releases(3);
    for (std::uint32_t i = 0; i < 3; ++i) {
        releases[i].id = ReleaseId{5 + i};
        releases[i].title = "Title";
        releases[i].master = MasterId{i < 2 ? 42U : 0U};
    }
    std::filesystem::create_directories(folder_ / "catalog");
    ASSERT_TRUE(catalog::samples::write_catalog(folder_ / "catalog/discogs.catalog", folder_.path(),
                                                releases));
    PriceOptions options;
    options.versions = Ask::Yes;
    options.catalog = CatalogVersions::open(folder_.path());
    EXPECT_EQ(price({5, 7, 8}, options).refreshed, 3U);
    const auto& counted = *shown_.at(0).find(Figure::Versions, {});
    EXPECT_EQ(counted.value, 2);
    EXPECT_EQ(counted.source, market::Source::Catalog);
    // One without a master in the dump, and one the catalog does not have: Discogs knows more.
    EXPECT_EQ(shown_.at(1).find(Figure::Versions, {})->value, 23);
    EXPECT_EQ(shown_.at(2).find(Figure::Versions, {})->source, market::Source::Discogs);
    EXPECT_THAT(server_.requests("/masters/42/versions?per_page=1"), SizeIs(2));
    EXPECT_EQ(price({5}, options).known, 1U);
    const auto kept = store_->history(ReleaseId{5}).value();
    EXPECT_TRUE(std::none_of(kept.begin(), kept.end(), [](const market::Quote& quote) {
        return quote.figure == Figure::Versions;
    }));
}

TEST_F(Prices, KeepWhatWasLearnedWhenStopped) {
    server_.be_slow(std::chrono::milliseconds{20});
    std::vector<std::uint32_t> numbers(40);
    std::generate(numbers.begin(), numbers.end(), [i = 0U]() mutable { return ++i; });
    std::jthread later([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds{60});
        stop_.request_stop();
    });
    const auto report = price(numbers);
    EXPECT_TRUE(report.interrupted);
    EXPECT_THAT(shown_, SizeIs(40));
    EXPECT_GT(report.refreshed, 0U);
    EXPECT_EQ(report.refreshed + report.queued, 40U);
    EXPECT_THAT(queue(), SizeIs(report.queued));
}

TEST(HistoryChart, DrawsEachKindOfPriceInOneCurrency) {
    using market::Quote;
    using market::Source;
    constexpr ReleaseId kFive{5};
    constexpr std::int64_t kNow = 1'800'000'000;
    const std::array quotes{
        Quote{kFive, Figure::Lowest, 4.0, "EUR", Source::Discogs, kNow - 48 * kHour},
        Quote{kFive, Figure::Lowest, {}, "EUR", Source::Discogs, kNow - 24 * kHour},
        Quote{kFive, Figure::Lowest, 5.0, "EUR", Source::Discogs, kNow},
        Quote{kFive, Figure::Lowest, 5.0, "USD", Source::Discogs, kNow},
        Quote{kFive, Figure::Have, 99.0, "", Source::Discogs, kNow},
        Quote{kFive, Figure::SoldMedian, 6.0, "EUR", Source::SavedPage, kNow}};
    market::ReleaseDescription about;
    about.release = kFive;
    const auto chart = history_chart(about, quotes, "EUR", kNow);
    ASSERT_THAT(chart.series, SizeIs(2));
    ASSERT_THAT(chart.series[0].points, SizeIs(3));
    EXPECT_EQ(chart.series[0].points[0].x, -2);
    EXPECT_TRUE(std::isnan(chart.series[0].points[1].y));
    EXPECT_THAT(image::render_svg(chart).value(), HasSubstr("<svg"));
}

} // namespace
} // namespace spindle::app
