// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/catalog/dump_reading.h"
#include "testing/memory_source.h"

namespace spindle::app {
namespace {

using catalog::Quirk;
using ::testing::HasSubstr;

std::string record(unsigned id, const std::string& content) {
    return "<release id=\"" + std::to_string(id) + "\">" + content + "</release>\n";
}

/// A dump of some megabytes, so that there are several batches.
std::string large_dump(unsigned count) {
    std::string text = "<releases>\n";
    for (unsigned id = 1; id <= count; ++id) {
        text += record(id, "<title>Title " + std::to_string(id) + "</title><notes>" +
                               std::string(600, 'n') + "</notes>");
        if (id % 1000 == 0) {
            text += record(id, "<title>broken</titel>");
            text += "<release id=\"5\"><title>cut off\n";
        }
    }
    return text + "</releases>\n";
}

class DumpReading : public ::testing::Test {
protected:
    Result<DumpCounts> read(const std::string& text, unsigned threads, std::size_t head = 0) {
        testing::MemorySource source(text.substr(head));
        return read_releases_dump(
            text.substr(0, head), source, threads, CutDump::Refuse,
            [&](const std::vector<catalog::Release>& releases) -> Result<void> {
                const std::scoped_lock lock(mutex_);
                for (const catalog::Release& release : releases) {
                    titles_[release.id.value] = release.title;
                }
                return {};
            },
            [&](const Progress& progress) { steps_.push_back(progress); }, stop_.get_token());
    }

    std::mutex mutex_;
    std::map<std::uint32_t, std::string> titles_;
    std::vector<Progress> steps_;
    std::stop_source stop_;
};

TEST_F(DumpReading, GivesTheSameForAnyNumberOfThreads) {
    const std::string text = large_dump(9000);
    const auto first = read(text, 1).value();
    const auto titles = std::exchange(titles_, {});
    EXPECT_EQ(titles.size(), 9000U);
    EXPECT_EQ(titles.at(9000), "Title 9000");
    EXPECT_EQ(first.split.whole, 9009U);
    EXPECT_EQ(first.split.cut_off, 9U);
    EXPECT_TRUE(first.split.end_seen);
    EXPECT_EQ(first.quirks[Quirk::NotXml], 9U);
    EXPECT_EQ(first.text_bytes, text.size());
    for (const unsigned threads : {2U, 3U, 8U}) {
        const auto counts = read(text, threads).value();
        EXPECT_EQ(std::exchange(titles_, {}), titles) << threads;
        EXPECT_EQ(counts.split, first.split) << threads;
        for (std::size_t i = 0; i < catalog::kQuirks; ++i) {
            const auto quirk = static_cast<Quirk>(i);
            EXPECT_EQ(counts.quirks[quirk], first.quirks[quirk]) << name_of(quirk) << threads;
        }
    }
}

TEST_F(DumpReading, GoesOnWithWhatWasReadOfTheSourceBefore) {
    const std::string text = large_dump(100);
    for (const std::size_t head : {std::size_t{3}, std::size_t{4096}, text.size()}) {
        EXPECT_EQ(read(text, 2, head).value().split.whole, 100U) << head;
        EXPECT_EQ(std::exchange(titles_, {}).size(), 100U) << head;
    }
}

TEST_F(DumpReading, TellsHowFarItIs) {
    ASSERT_TRUE(read(large_dump(9000), 2));
    ASSERT_FALSE(steps_.empty());
    EXPECT_EQ(steps_.back().step, "reading releases");
    EXPECT_EQ(steps_.back().item, "MB");
    EXPECT_TRUE(std::is_sorted(steps_.begin(), steps_.end(),
                               [](const auto& a, const auto& b) { return a.done < b.done; }));
}

TEST_F(DumpReading, EndsWithTheFirstErrorOfItsSink) {
    const std::string text = large_dump(30'000);
    for (const unsigned threads : {1U, 4U}) {
        testing::MemorySource source(text);
        std::atomic<int> calls{0};
        const auto counts = read_releases_dump(
            {}, source, threads, CutDump::Refuse,
            [&](const std::vector<catalog::Release>&) -> Result<void> {
                ++calls;
                return fail(Code::NoSpace, "scratch: the disk is full");
            },
            [](const Progress&) {}, {});
        ASSERT_FALSE(counts);
        EXPECT_EQ(counts.error().code, Code::NoSpace);
        EXPECT_EQ(counts.error().message, "scratch: the disk is full");
        EXPECT_LE(calls, static_cast<int>(threads));
        EXPECT_LT(source.consumed(), text.size()); // no need to read on
    }
}

TEST_F(DumpReading, TellsOfAnErrorInTheLastBatch) {
    testing::MemorySource source(large_dump(3));
    const auto counts = read_releases_dump(
        {}, source, 2, CutDump::Refuse,
        [](const std::vector<catalog::Release>&) -> Result<void> {
            return fail(Code::NoSpace, "the disk is full");
        },
        [](const Progress&) {}, {});
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, Code::NoSpace);
}

TEST_F(DumpReading, StopsWhenAsked) {
    const std::string text = large_dump(30'000);
    testing::MemorySource source(text);
    std::stop_source stop;
    const auto counts = read_releases_dump(
        {}, source, 3, CutDump::Refuse,
        [&](const std::vector<catalog::Release>&) -> Result<void> {
            stop.request_stop();
            return {};
        },
        [](const Progress&) {}, stop.get_token());
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, Code::Cancelled);
    EXPECT_THAT(counts.error().message, HasSubstr("the catalog is as it was"));
}

TEST_F(DumpReading, ReadsNothingWhenAskedToStopBefore) {
    stop_.request_stop();
    const auto counts = read(large_dump(9000), 2);
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, Code::Cancelled);
    EXPECT_TRUE(titles_.empty());
}

TEST_F(DumpReading, NamesTheSourceOfWhatIsNoDump) {
    for (const char* text : {"<artists><artist/></artists>", "<html></html>", "hello"}) {
        const auto counts = read(text, 2);
        ASSERT_FALSE(counts) << text;
        EXPECT_EQ(counts.error().code, Code::BadInput);
        EXPECT_THAT(counts.error().message, ::testing::StartsWith("memory: ")) << text;
    }
}

TEST(MastersReading, BeginsWithTheFirstMaster) {
    std::string text = "<masters>\n";
    for (unsigned id = 1; id <= 500; ++id) {
        text += "<master id=\"" + std::to_string(id) + "\"><year>" +
                std::to_string(1900 + id % 100) + "</year></master>\n";
    }
    text += "</masters>\n";
    for (const std::size_t head : {std::size_t{0}, std::size_t{4096}}) {
        testing::MemorySource source(text.substr(head));
        std::map<std::uint32_t, std::uint16_t> years;
        const auto counts = read_masters_dump(
            text.substr(0, head), source,
            [&](MasterId id, std::uint16_t year) { years[id.value] = year; },
            [](const Progress&) {}, {});
        ASSERT_TRUE(counts) << counts.error().message;
        EXPECT_TRUE(counts->split.end_seen);
        EXPECT_EQ(years.size(), 500U);
        EXPECT_EQ(years[1], 1901);
    }
}

} // namespace
} // namespace spindle::app
