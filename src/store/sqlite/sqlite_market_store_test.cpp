// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_market_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

using market::Figure;
using market::Quote;
using market::Source;
using ::testing::ElementsAre;

constexpr ReleaseId kFive{5};

Quote lowest(double value, Timestamp at, const std::string& currency = "EUR") {
    return {kFive, Figure::Lowest, value, currency, Source::Discogs, at};
}

class SqliteMarket : public ::testing::Test {
protected:
    std::unique_ptr<MarketStore> open(Access access = Access::Write) {
        auto store = open_sqlite_market(folder_.path(), access);
        EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
        return std::move(*store);
    }
    testing::TempFolder folder_;
};

TEST_F(SqliteMarket, KeepsEveryQuoteAndKnowsTheLatest) {
    const market::ReleaseDescription about{kFive,     MasterId{42},         "Ann", "Sóng 'x'",
                                           "Germany", "CD, Album, Reissue", 1985};
    const Quote have{kFive, Figure::Have, 164.0, "", Source::Discogs, 100};
    const Quote none{kFive, Figure::Lowest, std::nullopt, "EUR", Source::Discogs, 300};
    ASSERT_TRUE(open()->record(about, std::array{lowest(4.22, 100), have}));
    ASSERT_TRUE(open()->record(about, std::array{lowest(5, 200)}));
    ASSERT_TRUE(open()->add_quotes(std::array{none, lowest(6, 250, "USD")}));
    const auto store = open(Access::Read);
    EXPECT_EQ(store->description(kFive).value(), about);
    EXPECT_FALSE(store->description(ReleaseId{6}).value());
    EXPECT_THAT(store->latest(kFive, 1000).value(), ElementsAre(have, none, lowest(6, 250, "USD")));
    EXPECT_THAT(store->history(kFive).value(),
                ElementsAre(have, lowest(4.22, 100), lowest(5, 200), lowest(6, 250, "USD"), none));
    EXPECT_TRUE(store->history(ReleaseId{6}).value().empty());
}

TEST_F(SqliteMarket, TrustsNoQuoteOfTomorrowWhileThereIsAnother) {
    const auto store = open();
    ASSERT_TRUE(store->add_quotes(std::array{lowest(9, 5000)}));
    EXPECT_THAT(store->latest(kFive, 1000).value(), ElementsAre(lowest(9, 5000)));
    ASSERT_TRUE(store->add_quotes(std::array{lowest(4, 1000)}));
    EXPECT_THAT(store->latest(kFive, 1000).value(), ElementsAre(lowest(4, 1000)));
}

TEST_F(SqliteMarket, TellsOfManyReleasesWhatItTellsOfEach) {
    const auto store = open();
    market::ReleaseDescription about;
    about.release = kFive;
    about.format = "CD, Album";
    const Quote early{ReleaseId{2}, Figure::Lowest, 3.0, "EUR", Source::Discogs, 100};
    const Quote later{ReleaseId{2}, Figure::Lowest, 9.0, "EUR", Source::Discogs, 5000};
    ASSERT_TRUE(store->record(about, std::array{lowest(4, 100), lowest(5, 200)}));
    ASSERT_TRUE(store->add_quotes(std::array{early, later, lowest(6, 7000)}));
    const auto all =
        store->latest_of(std::array{ReleaseId{7}, kFive, ReleaseId{2}, kFive}, 1000).value();
    ASSERT_EQ(all.size(), 2U); // nothing is known of 7
    EXPECT_EQ(all[0].about.release, ReleaseId{2});
    EXPECT_THAT(all[0].quotes, ElementsAre(early));
    EXPECT_EQ(all[1].about, about);
    EXPECT_THAT(all[1].quotes, ElementsAre(lowest(5, 200)));
    for (const LatestQuotes& one : all) {
        EXPECT_EQ(one.quotes, store->latest(one.about.release, 1000).value());
    }
    EXPECT_TRUE(store->latest_of({}, 1000).value().empty());
}

TEST_F(SqliteMarket, RemembersWhatIsStillToBeAskedFor) {
    const auto store = open();
    ASSERT_TRUE(store->enqueue(std::array{ReleaseId{9}, ReleaseId{5}}, 100));
    ASSERT_TRUE(store->enqueue(std::array{ReleaseId{1}, ReleaseId{9}}, 200));
    EXPECT_THAT(open(Access::Read)->queue().value(),
                ElementsAre(ReleaseId{5}, ReleaseId{9}, ReleaseId{1}));
    market::ReleaseDescription about;
    about.release = kFive;
    ASSERT_TRUE(store->record(about, {}));
    ASSERT_TRUE(store->dequeue(std::array{ReleaseId{9}}));
    EXPECT_THAT(store->queue().value(), ElementsAre(ReleaseId{1}));
}

TEST_F(SqliteMarket, SaysHowToBeginWhenThereIsNone) {
    const auto none = open_sqlite_market(folder_ / "nowhere", Access::Read);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::NotFound);
    EXPECT_THAT(none.error().message, ::testing::HasSubstr("spindle market price"));
}

TEST_F(SqliteMarket, JoinsALibraryOfBeforeThereWerePrices) {
    {
        const auto path = folder_ / "library.db";
        const auto database = Database::open(path, Access::Write).value();
        ASSERT_TRUE(database->execute(migrations()[0].sql));
        ASSERT_TRUE(database->execute("PRAGMA user_version = 1"));
    }
    EXPECT_TRUE(open()->queue().value().empty());
    EXPECT_TRUE(open_sqlite_library(folder_.path(), Access::Read));
}

} // namespace
} // namespace spindle::store
