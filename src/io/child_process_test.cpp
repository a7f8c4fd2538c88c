// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include <gtest/gtest.h>
#include <signal.h>

#include "io/child_process.h"

namespace spindle::io {
namespace {

Result<ChildProcess> shell(const std::string& script) {
    return ChildProcess::start("/bin/sh", {"-c", script});
}

TEST(ChildProcess, SaysItsLinesAndEnds) {
    auto child = shell("echo one; echo; printf three");
    ASSERT_TRUE(child) << child.error().message;
    EXPECT_EQ(child->read_line(Seconds{10}, {})->value(), "one");
    EXPECT_EQ(child->read_line(Seconds{10}, {})->value(), "");
    EXPECT_EQ(child->read_line(Seconds{10}, {})->value(), "three");
    EXPECT_FALSE(child->read_line(Seconds{10}, {})->has_value());
}

TEST(ChildProcess, IsWaitedForNoLongerThanAsked) {
    auto child = shell("sleep 30");
    ASSERT_TRUE(child);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(child->read_line(Seconds{0.2}, {}));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

TEST(ChildProcess, StopsWhenAsked) {
    auto child = shell("sleep 30");
    ASSERT_TRUE(child);
    std::stop_source source;
    source.request_stop();
    const auto line = child->read_line(Seconds{30}, source.get_token());
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, Code::Cancelled);
}

TEST(ChildProcess, EndsWithWhatItStarted) {
    pid_t grandchild = 0;
    {
        auto child = shell("sleep 300 & echo $!; wait");
        ASSERT_TRUE(child);
        grandchild = std::stoi(child->read_line(Seconds{10}, {})->value());
        ASSERT_EQ(::kill(grandchild, 0), 0);
    }
    for (int i = 0; i < 100 && ::kill(grandchild, 0) == 0; ++i) {
        ::usleep(20'000); // whoever adopted it has to notice
    }
    EXPECT_NE(::kill(grandchild, 0), 0);
}

TEST(ChildProcess, CutsALineThatNeverEnds) {
    auto child = shell("head -c 100000 /dev/zero | tr '\\0' x");
    ASSERT_TRUE(child);
    EXPECT_EQ(child->read_line(Seconds{10}, {})->value().size(), 4096U);
}

TEST(ChildProcess, SaysWhichProgramIsMissing) {
    const auto child = ChildProcess::start("/nowhere/at-all", {});
    ASSERT_FALSE(child);
    EXPECT_NE(child.error().message.find("/nowhere/at-all"), std::string::npos);
}

TEST(FindProgram, LooksInPath) {
    EXPECT_TRUE(find_program("sh"));
    EXPECT_FALSE(find_program("no-such-program-anywhere"));
}

} // namespace
} // namespace spindle::io
