// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/collection/inventory_export.h"
#include "market/collection_csv.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "store/sqlite/sqlite_market_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using market::Figure;
using ::testing::HasSubstr;

constexpr std::int64_t kExported = 1'800'000'000;

class InventoryExport : public ::testing::Test {
protected:
    void own(std::uint32_t release, const std::string& media, const std::string& sleeve = "") {
        store::Copy copy;
        copy.release = ReleaseId{release};
        copy.media = media;
        copy.sleeve = sleeve;
        copy.notes = "a present from Bob";
        ASSERT_TRUE(collection_->add(std::span(&copy, 1)));
    }
    void saw(std::uint32_t release, Figure figure, double value, std::int64_t age = 60) {
        const market::Quote quote{
            ReleaseId{release},        figure,         value, market::is_money(figure) ? "USD" : "",
            market::Source::SavedPage, kExported - age};
        ASSERT_TRUE(market_->add_quotes(std::span(&quote, 1)));
    }
    InventoryReport export_all(InventoryOptions options = {}) {
        options.now = kExported;
        const auto model = market::AppraisalModel::open(SPINDLE_APPRAISAL_MODEL).value();
        return export_inventory(*collection_, *market_, model, options).value();
    }
    static std::vector<market::InventoryItem> items_of(const InventoryReport& report) {
        const auto file = market::read_inventory_csv(report.csv).value();
        EXPECT_TRUE(file.skipped.empty());
        return file.items;
    }

    testing::TempFolder folder_;
    std::unique_ptr<store::CollectionStore> collection_ =
        store::open_sqlite_collection(folder_.path(), store::Access::Write).value();
    std::unique_ptr<store::MarketStore> market_ =
        store::open_sqlite_market(folder_.path(), store::Access::Write).value();
};

TEST_F(InventoryExport, PricesEachCopyAtItsGrade) {
    own(5, "Very Good Plus (VG+)", "Generic");
    own(5, "Mint (M)", "shiny");
    saw(5, Figure::SoldMedian, 13);
    const auto report = export_all();
    EXPECT_EQ(report.items, 2U);
    EXPECT_EQ(report.outdated, 0U);
    const auto items = items_of(report);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].release.value, 5U);
    EXPECT_NEAR(items[0].price, 13, 0.011);
    EXPECT_EQ(items[0].media, Grade::VeryGoodPlus);
    EXPECT_EQ(items[0].sleeve, "Generic");
    EXPECT_NEAR(items[1].price, 19, 0.011); // by the ladder: 0.95 to 0.65
    EXPECT_EQ(items[1].sleeve, "");
    EXPECT_EQ(report.csv.find("Bob"), std::string::npos);
}

TEST_F(InventoryExport, AsksForWhatTheOwnerWants) {
    own(5, "Very Good Plus (VG+)");
    saw(5, Figure::SoldMedian, 13);
    saw(5, Figure::Lowest, 4);
    const auto price = [&](AskingPolicy policy, double rate = 1) {
        InventoryOptions options;
        options.policy = policy;
        options.rate = rate;
        return items_of(export_all(options)).at(0).price;
    };
    EXPECT_LT(price(AskingPolicy::Quick), price(AskingPolicy::Expected));
    EXPECT_LT(price(AskingPolicy::Expected), price(AskingPolicy::Patient));
    EXPECT_EQ(price(AskingPolicy::Lowest), 4);
    EXPECT_EQ(price(AskingPolicy::Lowest, 2), 2); // two dollars a unit
    for (const auto policy : {AskingPolicy::Expected, AskingPolicy::Quick, AskingPolicy::Patient,
                              AskingPolicy::Lowest}) {
        EXPECT_EQ(asking_policy_named(name_of(policy)), policy);
    }
    EXPECT_FALSE(asking_policy_named("dear"));
}

TEST_F(InventoryExport, LeavesOutWhatCannotBeSoldAndSaysWhy) {
    own(5, "");
    own(6, "Mint (M)");
    own(6, "Mint (M)");
    own(7, "Mint (M)");
    own(kFirstOwnRelease, "Mint (M)");
    saw(5, Figure::SoldMedian, 13);
    saw(7, Figure::Blocked, 1);
    const auto report = export_all();
    EXPECT_EQ(report.items, 0U);
    ASSERT_EQ(report.left_out.size(), 5U);
    std::string whys;
    for (const LeftOut& one : report.left_out) {
        whys += one.why + "\n";
    }
    EXPECT_THAT(whys, HasSubstr("no media condition"));
    EXPECT_THAT(whys, HasSubstr("may not be sold on Discogs"));
    EXPECT_THAT(whys, HasSubstr("list of your own"));
    EXPECT_EQ(report.not_known, std::vector<ReleaseId>{ReleaseId{6}});
    InventoryOptions options;
    options.grade = Grade::VeryGood;
    EXPECT_EQ(items_of(export_all(options)).at(0).media, Grade::VeryGood);
}

TEST_F(InventoryExport, CountsPricesOfLongAgo) {
    own(5, "Mint (M)");
    saw(5, Figure::SoldMedian, 13, 7 * 3600);
    EXPECT_EQ(export_all().outdated, 1U);
}

} // namespace
} // namespace spindle::app
