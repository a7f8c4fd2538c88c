// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/catalog/batch_queue.h"

namespace spindle::app {
namespace {

TEST(BatchQueue, GivesBatchesInOrderAndThenNothing) {
    BatchQueue<int> queue(3);
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    queue.end();
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), 2);
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BatchQueue, HoldsNoMoreThanItHasRoomFor) {
    BatchQueue<int> queue(2);
    std::atomic<int> pushed{0};
    const std::jthread producer([&] {
        for (int i = 0; i < 5; ++i) {
            queue.push(i);
            ++pushed;
        }
    });
    while (pushed < 2) {
        std::this_thread::yield();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    EXPECT_EQ(pushed, 2);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(queue.pop(), i);
    }
}

TEST(BatchQueue, GivesEachBatchToOneOfManyTakers) {
    BatchQueue<std::unique_ptr<int>> queue(4);
    std::atomic<std::int64_t> sum{0};
    constexpr int kTakers = 4;
    std::vector<std::jthread> takers;
    takers.reserve(kTakers);
    for (int i = 0; i < kTakers; ++i) {
        takers.emplace_back([&] {
            while (const auto batch = queue.pop()) {
                sum += **batch;
            }
        });
    }
    for (int i = 1; i <= 10'000; ++i) {
        EXPECT_TRUE(queue.push(std::make_unique<int>(i)));
    }
    queue.end();
    takers.clear();
    EXPECT_EQ(sum, 50'005'000);
}

TEST(BatchQueue, WakesWhoeverWaitsWhenItIsClosed) {
    BatchQueue<int> full(1);
    full.push(1);
    BatchQueue<int> empty(1);
    std::jthread producer([&] { EXPECT_FALSE(full.push(2)); });
    std::jthread taker([&] { EXPECT_EQ(empty.pop(), std::nullopt); });
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
    full.close();
    empty.close();
    producer.join();
    taker.join();
    EXPECT_EQ(full.pop(), std::nullopt); // what was in it is not wanted any more
    EXPECT_FALSE(full.push(3));
}

} // namespace
} // namespace spindle::app
