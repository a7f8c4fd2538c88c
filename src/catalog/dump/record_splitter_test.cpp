// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/dump/record_splitter.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Answer {
    std::vector<std::string> records;
    SplitCounts counts;
    std::string root, error;
    friend bool operator==(const Answer&, const Answer&) = default;
};

/// Feeds `dump` in blocks that end at `cuts` (ascending).
Answer split(const std::string& dump, const std::vector<std::size_t>& cuts = {},
             std::string_view tag = "release",
             std::size_t largest = RecordSplitter::kLargestRecord) {
    RecordSplitter splitter(tag, largest);
    Answer answer;
    const auto sink = [&](std::string_view record) { answer.records.emplace_back(record); };
    std::size_t at = 0;
    std::vector<std::size_t> ends = cuts;
    ends.push_back(dump.size());
    for (const std::size_t end : ends) {
        // A block of its own, so that the address sanitizer sees what is read past it.
        const std::vector<char> block(dump.begin() + static_cast<std::ptrdiff_t>(at),
                                      dump.begin() + static_cast<std::ptrdiff_t>(end));
        if (const auto fed = splitter.feed(block, sink); !fed) {
            answer.error = fed.error().message;
            return answer;
        }
        at = end;
    }
    if (const auto finished = splitter.finish(); !finished) {
        answer.error = finished.error().message;
    }
    answer.counts = splitter.counts();
    answer.root = splitter.root();
    return answer;
}

TEST(RecordSplitter, GivesEachRecordWholeWithItsTags) {
    const auto answer = split("<releases>\n<release id=\"1\"><title>A</title></release>\n"
                              "<release id=\"2\" status=\"Accepted\"></release>\n</releases>\n");
    EXPECT_THAT(answer.records, ElementsAre("<release id=\"1\"><title>A</title></release>",
                                            "<release id=\"2\" status=\"Accepted\"></release>"));
    EXPECT_EQ(answer.counts, (SplitCounts{2, 0, 0, true}));
    EXPECT_EQ(answer.root, "releases");
    EXPECT_EQ(answer.error, "");
}

TEST(RecordSplitter, DropsARecordThatIsCutOffAndGoesOnWithTheNext) {
    const auto answer =
        split("<releases><release id=\"1\"><title>A</ti<release id=\"2\"></release>"
              "junk</release><release id=\"3\"></release><release id=\"4\"><title>");
    EXPECT_THAT(answer.records,
                ElementsAre("<release id=\"2\"></release>", "<release id=\"3\"></release>"));
    EXPECT_EQ(answer.counts, (SplitCounts{2, 2, 0, false}));
}

TEST(RecordSplitter, TakesTheEndOfTheDumpForTheEndOfARecordThatHasNone) {
    const auto answer = split("<releases><release id=\"1\"></releases>");
    EXPECT_EQ(answer.counts, (SplitCounts{0, 1, 0, true}));
}

TEST(RecordSplitter, TellsItsTagFromThoseThatBeginLikeIt) {
    const std::string record = "<release id=\"1\"><released>1999</released><releases/>"
                               "release </releases-x></release_x><release_id>7</release_id>"
                               "</release>";
    const auto answer = split("<releases><released>2000</released>" + record + "</releases>");
    EXPECT_THAT(answer.records, ElementsAre(record));
    EXPECT_EQ(answer.counts, (SplitCounts{1, 0, 0, true}));
    const std::string master = "<master id=\"1\"><master_id>2</master_id><masters_x/></master>";
    EXPECT_THAT(split("<masters>" + master, {}, "master").records, ElementsAre(master));
}

TEST(RecordSplitter, TakesAnyWhiteSpaceBehindTheNameOfTheTag) {
    EXPECT_EQ(split("<release\tid=\"1\"></release><release\nid=\"2\"></release><release></release>")
                  .counts.whole,
              3U);
}

TEST(RecordSplitter, DropsARecordThatIsTooLargeHoweverLongItGoesOn) {
    const std::string large = "<release id=\"1\">" + std::string(200, 'x') + "</release>";
    const std::string small = "<release id=\"2\"></release>";
    const auto answer = split(large + small, {}, "release", 100);
    EXPECT_THAT(answer.records, ElementsAre(small));
    EXPECT_EQ(answer.counts, (SplitCounts{1, 0, 1, false}));
    EXPECT_EQ(split(large, {}, "release", large.size()).counts.whole, 1U);
    EXPECT_EQ(split(large, {}, "release", large.size() - 1).counts.oversized, 1U);
}

TEST(RecordSplitter, NamesTheDumpItWasGivenInsteadOfTheOneItReads) {
    for (const std::string other : {"artists", "labels", "masters"}) {
        const auto answer = split("<?xml version=\"1.0\"?>\n<!-- > -->\n<" + other +
                                  ">\n<release id=\"1\"></release>");
        EXPECT_THAT(answer.error, HasSubstr("this is the " + other + " dump"));
        EXPECT_THAT(answer.records, IsEmpty());
    }
    EXPECT_THAT(split("<releases>", {}, "master").error, HasSubstr("this is the releases dump"));
}

TEST(RecordSplitter, SaysThatSomethingElseIsNoDump) {
    for (const char* other : {"", "<html><body>not found</body></html>", "PK\x03\x04", "release"}) {
        EXPECT_THAT(split(other).error, HasSubstr("no Discogs dump of releases"));
    }
    EXPECT_EQ(split("<releases></releases>").error, "") << "empty, but a dump";
    EXPECT_EQ(split("x</title></release>\n<release id=\"5\"></release>").error, "")
        << "the later part of one";
}

RC_GTEST_PROP(RecordSplitter, GivesTheSameWhateverTheBlocks, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "<release id=\"1\">", "<release ", "</release>", "<releases>", "</releases>", "<released>",
        "release", "<", "</", ">", "s", " ", "<title>Some title, longer than that</title>",
        "<artists>", "\xEF\xBB\xBF", "<?x?>", std::string(40, 'y'), std::string(5'000, 'z')));
    std::string dump;
    for (const std::string& piece : pieces) {
        dump += piece;
    }
    auto cuts = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::inRange<std::size_t>(0, dump.size() + 1));
    std::sort(cuts.begin(), cuts.end());
    const auto largest = *rc::gen::element<std::size_t>(20, 60, 300, 5'100, 12'000);
    const Answer whole = split(dump, {}, "release", largest);
    const Answer parts = split(dump, cuts, "release", largest);
    if (whole.error.find("this is the") != std::string::npos) {
        RC_ASSERT(parts.error == whole.error);
        RC_ASSERT(parts.records.empty());
        return;
    }
    RC_ASSERT(parts == whole);
}

TEST(RecordSplitter, NeedsNoMoreThanTheLargestRecordHoweverTheDumpIsDamaged) {
    RecordSplitter splitter("release", 1000);
    const std::string open = "<release id=\"1\">";
    std::size_t seen = 0;
    const auto sink = [&](std::string_view) { ++seen; };
    ASSERT_TRUE(splitter.feed(open, sink));
    const std::string text(4096, 'x');
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(splitter.feed(text, sink));
    }
    ASSERT_TRUE(splitter.feed(std::string("</release><release id=\"2\"></release>"), sink));
    ASSERT_TRUE(splitter.finish());
    EXPECT_EQ(splitter.counts(), (SplitCounts{1, 0, 1, false}));
    EXPECT_EQ(seen, 1U);
}

} // namespace
} // namespace spindle::catalog
