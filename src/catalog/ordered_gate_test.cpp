// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "catalog/ordered_gate.h"

namespace spindle::catalog {
namespace {

TEST(OrderedGate, LetsWorkersPassInTheirOrderWhoeverComesFirst) {
    OrderedGate gate;
    std::vector<std::size_t> passed;
    std::vector<std::jthread> threads;
    constexpr std::size_t kWorkers = 12;
    for (std::size_t i = kWorkers; i-- > 0;) { // the last turn is begun first
        threads.emplace_back([&gate, &passed, i] {
            ASSERT_TRUE(gate.enter(i));
            passed.push_back(i); // guarded by the gate: nobody else is inside
            gate.leave();
        });
    }
    threads.clear();
    std::vector<std::size_t> in_order(kWorkers);
    std::iota(in_order.begin(), in_order.end(), std::size_t{0});
    EXPECT_EQ(passed, in_order);
}

TEST(OrderedGate, WakesAllWhoWaitWhenItIsClosed) {
    OrderedGate gate;
    std::atomic<int> turned_away{0};
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i <= 3; ++i) { // turn 0 never comes
        threads.emplace_back([&gate, &turned_away, i] { turned_away += gate.enter(i) ? 0 : 1; });
    }
    gate.close();
    threads.clear();
    EXPECT_EQ(turned_away, 3);
}

TEST(OrderedGate, StaysClosed) {
    OrderedGate gate;
    gate.close();
    EXPECT_FALSE(gate.enter(0));
}

} // namespace
} // namespace spindle::catalog
