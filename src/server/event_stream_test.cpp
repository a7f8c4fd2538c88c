// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/event_stream.h"

namespace spindle::server {
namespace {

using ::testing::ElementsAre;

std::vector<std::int64_t> numbers(const EventBatch& batch) {
    std::vector<std::int64_t> all;
    for (const Event& event : batch.events) {
        all.push_back(event.id);
    }
    return all;
}

TEST(EventText, puts_each_line_of_the_data_on_a_line_of_its_own) {
    EXPECT_EQ(event_text({7, "disc", "{\"a\":1}"}), "id: 7\nevent: disc\ndata: {\"a\":1}\n\n");
    EXPECT_EQ(event_text({8, "", "one\ntwo\r\nthree\rfour"}),
              "id: 8\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
    EXPECT_EQ(event_text({9, "a\nid: 3", ""}), "id: 9\nevent: a id: 3\ndata: \n\n");
}

TEST(LastEventId, is_a_number_of_ours_or_none) {
    EXPECT_EQ(last_event_id("0"), 0);
    EXPECT_EQ(last_event_id("123"), 123);
    for (const char* const word : {"", "-1", "1x", " 1", "x", "99999999999999999999"}) {
        EXPECT_EQ(last_event_id(word), std::nullopt) << word;
    }
}

TEST(EventFeed, gives_what_came_after_a_number) {
    EventFeed feed;
    for (const char* const word : {"one", "two", "three"}) {
        feed.send("word", word);
    }
    EXPECT_THAT(numbers(*feed.after(0, 10)), ElementsAre(1, 2, 3));
    EXPECT_THAT(numbers(*feed.after(1, 1)), ElementsAre(2));
    EXPECT_THAT(numbers(*feed.after(3, 10)), ElementsAre());
    EXPECT_THAT(numbers(*feed.after(99, 10)), ElementsAre(1, 2, 3)); // of another start
    EXPECT_FALSE(feed.after(3, 10)->over);
    feed.end();
    EXPECT_FALSE(feed.after(0, 2)->over); // there is more to come
    EXPECT_TRUE(feed.after(2, 2)->over);
}

TEST(EventFeed, forgets_the_oldest_and_stays_small) {
    EventFeed feed({4, 20});
    for (int i = 0; i < 100; ++i) {
        feed.send("x", "1234567890");
    }
    EXPECT_THAT(numbers(*feed.after(0, 10)), ElementsAre(99, 100));
}

TEST(EventFeed, keeps_of_a_state_the_newest_only) {
    EventFeed feed({100, 30});
    feed.send("play", "1234567890");
    for (int i = 0; i < 50; ++i) {
        feed.show("listening", "1234567890");
    }
    feed.send("play", "1234567890");
    EXPECT_THAT(numbers(*feed.after(0, 10)), ElementsAre(1, 51, 52));
    EXPECT_THAT(numbers(*feed.after(7, 10)), ElementsAre(51, 52)); // who comes back
}

TEST(EventFeed, wakes_whoever_listens_and_nobody_else) {
    const auto feed = std::make_shared<EventFeed>();
    int woken = 0;
    auto subscription = feed->on_news([&woken] { ++woken; });
    feed->send("x", "");
    EXPECT_EQ(woken, 1);
    subscription.reset();
    feed->send("x", "");
    EXPECT_EQ(woken, 1);
}

TEST(EventFeed, loses_and_doubles_nothing_between_threads) {
    EventFeed feed({100'000, 1U << 24U});
    constexpr int kEach = 2000;
    std::thread one([&] {
        for (int i = 0; i < kEach; ++i) {
            feed.send("x", "one");
        }
    });
    std::thread other([&] {
        for (int i = 0; i < kEach; ++i) {
            feed.send("x", "other");
        }
    });
    std::int64_t last = 0;
    while (last < 2 * kEach) {
        const auto batch = feed.after(last, 7);
        for (const Event& event : batch->events) {
            ASSERT_EQ(event.id, last + 1);
            last = event.id;
        }
    }
    one.join();
    other.join();
}

} // namespace
} // namespace spindle::server
