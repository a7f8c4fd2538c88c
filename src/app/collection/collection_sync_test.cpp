// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "app/collection/collection_sync.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "testing/discogs_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using testing::Fault;

class CollectionSync : public ::testing::Test {
protected:
    void SetUp() override {
        store_ = std::move(*store::open_sqlite_collection(folder_.path(), store::Access::Write));
        market::DiscogsOptions options;
        options.url = server_.url("");
        options.user_agent = "SpindleTest/1.0 +https://example.org";
        options.token = testing::DiscogsServer::kToken;
        options.limit = market::RateLimit{100'000, Seconds{1}};
        options.first_pause = Seconds{0.001};
        options.attempts = 2;
        discogs_ = std::move(*market::DiscogsClient::create(options));
    }

    SyncReport sync() {
        auto report = sync_collection(*discogs_, "example", *store_, [](const Progress&) {}, {});
        EXPECT_TRUE(report) << report.error().message;
        return *report;
    }
    SyncReport sync_wanted() {
        auto report = sync_wants(*discogs_, "example", *store_, [](const Progress&) {}, {});
        EXPECT_TRUE(report) << report.error().message;
        return *report;
    }
    void add(std::uint32_t release, const std::string& media = "") {
        store::Copy copy;
        copy.release = ReleaseId{release};
        copy.media = media;
        ASSERT_TRUE(store_->add(std::span(&copy, 1)));
    }
    static std::string target(std::uint32_t release) {
        return fmt::format("/users/example/collection/folders/1/releases/{}", release);
    }

    testing::TempFolder folder_;
    testing::DiscogsServer server_{{100'000, std::chrono::seconds{1}, {}}};
    std::unique_ptr<store::CollectionStore> store_;
    std::unique_ptr<market::DiscogsClient> discogs_;
};

TEST_F(CollectionSync, TakesOverWhatIsOnDiscogs) {
    for (std::uint32_t release = 1; release <= 5; ++release) {
        server_.own(release, {{1, "Mint (M)"}, {3, "from Bob"}});
    }
    server_.own(5);
    const auto report = sync();
    EXPECT_EQ(report.there, 6);
    EXPECT_EQ(report.added, 6);
    const auto copies = store_->copies().value();
    ASSERT_EQ(copies.size(), 6U);
    EXPECT_EQ(copies.front().media, "Mint (M)");
    EXPECT_EQ(copies.front().notes, "from Bob");
    EXPECT_EQ(copies.front().folder, "Uncategorized");
    EXPECT_EQ(store_->holding(ReleaseId{5})->copies, 2);
    const auto again = sync();
    EXPECT_EQ(again.added + again.changed + again.removed + again.sent, 0);
}

TEST_F(CollectionSync, SendsWhatWasAddedHereWithItsCondition) {
    add(7, "Very Good Plus (VG+)");
    EXPECT_EQ(sync().sent, 1);
    ASSERT_EQ(server_.copies().size(), 1U);
    EXPECT_EQ(server_.copies().front().notes.at(1), "Very Good Plus (VG+)");
    EXPECT_EQ(sync().sent, 0);
    EXPECT_EQ(server_.copies().size(), 1U);
    EXPECT_TRUE(store_->copies().value().front().instance);
}

TEST_F(CollectionSync, SendsNothingTwiceWhenTheAnswerIsLost) {
    add(7);
    server_.fail_next(target(7), {Fault::cut(0)}); // it arrives; its answer does not
    const auto first = sync();
    EXPECT_FALSE(first.trouble.empty());
    EXPECT_EQ(server_.copies().size(), 1U);
    const auto second = sync();
    EXPECT_TRUE(second.trouble.empty()) << second.trouble;
    EXPECT_EQ(second.sent, 0);
    EXPECT_EQ(server_.copies().size(), 1U);
    EXPECT_TRUE(store_->copies().value().front().instance);
}

TEST_F(CollectionSync, SendsTheConditionOfACopyWhoseAnswerWasLost) {
    add(7, "Very Good Plus (VG+)");
    server_.fail_next(target(7), {Fault::cut(0)});
    (void)sync();
    ASSERT_TRUE(server_.copies().front().notes.empty());
    (void)sync();
    EXPECT_EQ(server_.copies().front().notes[1], "Very Good Plus (VG+)");
    EXPECT_FALSE(store_->copies().value().front().attempted);
}

TEST_F(CollectionSync, SendsAgainWhatNeverArrived) {
    add(7);
    server_.fail_next(target(7), {Fault::answer(500), Fault::answer(500)});
    (void)sync();
    (void)sync();
    (void)sync();
    EXPECT_EQ(server_.copies().size(), 1U);
    EXPECT_TRUE(store_->copies().value().front().instance);
}

TEST_F(CollectionSync, FollowsSalesAndChangesOnDiscogs) {
    server_.own(1);
    server_.own(2, {{1, "Mint (M)"}});
    (void)sync();
    server_.lose_first();
    server_.note(0, 1, "Good (G)");
    const auto report = sync();
    EXPECT_EQ(report.removed, 1);
    EXPECT_EQ(report.changed, 1);
    ASSERT_EQ(store_->copies()->size(), 1U);
    EXPECT_EQ(store_->copies()->front().media, "Good (G)");
}

TEST_F(CollectionSync, TakesHalfAListForNoSale) {
    for (std::uint32_t release = 1; release <= 5; ++release) {
        server_.own(release);
    }
    (void)sync();
    server_.fail_next("/users/example/collection/folders/0/releases?per_page=100&page=3",
                      {Fault::answer(404)});
    const auto report = sync();
    EXPECT_FALSE(report.trouble.empty());
    EXPECT_EQ(store_->copies()->size(), 5U);
}

TEST_F(CollectionSync, EndsTheSameWhateverGoesWrong) {
    std::mt19937 random(20261121); // NOLINT(cert-msc51-cpp): the same every time
    for (int round = 0; round < 12; ++round) {
        const auto before = server_.copies().size();
        const auto count = static_cast<std::uint32_t>(1 + random() % 4);
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto release =
                static_cast<std::uint32_t>(1 + random() % 3); // often several of one
            add(release);
            if (random() % 2 == 0) {
                server_.fail_next(target(release), {Fault::cut(random() % 8)});
            }
        }
        bool clean = false;
        for (int i = 0; i < 30 && !clean; ++i) {
            const auto report = sync();
            clean = report.trouble.empty() && report.waiting == 0;
        }
        ASSERT_TRUE(clean);
        ASSERT_EQ(server_.copies().size(), before + count) << "round " << round;
        ASSERT_EQ(store_->copies()->size(), before + count);
    }
}

TEST_F(CollectionSync, BringsWantsToTheSameStateBothWays) {
    server_.want(1);
    server_.want(2);
    store::Wish wish;
    wish.release = ReleaseId{3};
    ASSERT_TRUE(store_->put(std::span(&wish, 1)));
    auto report = sync_wanted();
    EXPECT_TRUE(report.trouble.empty()) << report.trouble;
    EXPECT_EQ(report.added, 2);
    EXPECT_EQ(report.sent, 1);
    EXPECT_EQ(server_.wants().size(), 3U);
    wish.release = ReleaseId{1};
    wish.state = store::WantState::ToRemove;
    ASSERT_TRUE(store_->put(std::span(&wish, 1)));
    report = sync_wanted();
    EXPECT_EQ(server_.wants(), (std::vector<std::uint32_t>{2, 3}));
    EXPECT_EQ(store_->wishes()->size(), 2U);
    const auto kept = store_->wishes().value();
    for (const store::Wish& one : kept) {
        EXPECT_EQ(one.state, store::WantState::Synced);
    }
}

} // namespace
} // namespace spindle::app
