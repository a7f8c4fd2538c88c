// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/terminal.h"

namespace spindle::cli {
namespace {

/// A pipe whose reading end can be asked what came through.
class Pipe {
public:
    Pipe() { EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK), 0); }
    ~Pipe() {
        ::close(ends_[1]);
        close_reader();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    int writer() const { return ends_[1]; }
    void close_reader() {
        if (ends_[0] >= 0) {
            ::close(std::exchange(ends_[0], -1));
        }
    }
    std::string read() const {
        std::array<char, 4096> buffer{};
        const ssize_t got = ::read(ends_[0], buffer.data(), buffer.size());
        return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

TEST(ClockText, IsReadByPeople) {
    EXPECT_EQ(clock_text(Seconds{7.4}), "0:07");
    EXPECT_EQ(clock_text(Seconds{200}), "3:20");
    EXPECT_EQ(clock_text(Seconds{3723}), "1:02:03");
    EXPECT_EQ(clock_text(Seconds{-1}), "0:00");
}

TEST(ProgressLine, SaysHowFarAndHowLong) {
    const Progress progress{"indexing", "Blue\x1bTrain", 12, 340, Seconds{200}};
    EXPECT_EQ(progress_line(progress, 80), "indexing 12/340  3:20 left  Blue\uFFFDTrain");
    EXPECT_EQ(progress_line(progress, 12), "indexing 12\u2026");
    EXPECT_EQ(progress_line({"looking", {}, 5, 0, {}}, 80), "looking 5");
}

TEST(Terminal, ShowsNoProgressInAPipe) {
    const Pipe pipe;
    Terminal terminal(pipe.writer(), Verbosity::Normal);
    terminal.progress()({"indexing", {}, 1, 2, {}});
    EXPECT_EQ(pipe.read(), "");
}

TEST(Terminal, KeepsQuietOnlyAboutRemarks) {
    const Pipe pipe;
    Terminal terminal(pipe.writer(), Verbosity::Quiet);
    terminal.say("remark");
    terminal.warn("one item");
    terminal.error("all");
    EXPECT_EQ(pipe.read(), "warning: one item\nerror: all\n");
}

TEST(Output, IsWrittenInFull) {
    const Pipe pipe;
    Output output(pipe.writer());
    output.line("a");
    EXPECT_EQ(pipe.read(), "");
    output.line("b");
    EXPECT_TRUE(output.finish().has_value());
    EXPECT_EQ(pipe.read(), "a\nb\n");
}

TEST(Output, StopsQuietlyWhenTheReaderIsGone) {
    ::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    pipe.close_reader();
    Output output(pipe.writer());
    output.line("a");
    EXPECT_TRUE(output.finish().has_value());
    EXPECT_TRUE(output.reader_gone());
}

TEST(Output, RemembersAFullDisk) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    Output output(full);
    output.line("a");
    output.flush();
    const auto finished = output.finish();
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().code, Code::NoSpace);
    ::close(full);
}

} // namespace
} // namespace spindle::cli
