// SPDX-License-Identifier: Apache-2.0
// `spindle market open` from outside: a real Chromium, pages on this machine.
#include <gmock/gmock.h>

#include "io/child_process.h"
#include "market/saved_page_samples.h"
#include "spindle_fixture.h"
#include "testing/faulty_server.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

class MarketOpen : public SpindleTest {
protected:
    void SetUp() override {
        if (!io::find_program("chromedriver") || !io::find_program("chromium")) {
            GTEST_SKIP() << "needs the packages chromium and chromium-driver";
        }
    }
    Ended open(std::vector<std::string> words) {
        words.insert(words.begin(), {"market", "open", "--hidden", "--pause", "0"});
        Program::Options options;
        options.environment["SPINDLE_DISCOGS_SITE"] = server_.url("");
        return run(words, options);
    }
    testing::FaultyServer server_;
};

TEST_F(MarketOpen, ReadsPagesInARealBrowserAndKeepsTheirFigures) {
    market::SamplePage page; // plain letters: a saved page has no charset to go by
    page.low = "$5.00";
    page.median = "$7.50";
    page.high = "$12.00";
    page.lowest = "$6.00";
    server_.serve("/release/1001", market::react_page(page));
    const auto ended = open({"1001", "--i-am-allowed", "--json"});
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    const auto lines = lines_of(ended.out);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0]["release_id"], 1001);
    EXPECT_TRUE(lines[0]["sold_median"].is_object());
    const auto history = run({"market", "history", "1001", "--json"});
    EXPECT_EQ(history.exit_code, 0) << history.err;
    EXPECT_THAT(history.out, HasSubstr("sold_median"));
}

TEST_F(MarketOpen, StopsAtAWallInsteadOfKnockingAgain) {
    server_.serve("/release/1", market::bot_wall());
    server_.serve("/release/2", market::react_page({}));
    const auto ended = open({"1", "2", "--i-am-allowed", "--patience", "2"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("human"));
    EXPECT_TRUE(server_.requests("/release/2").empty());
}

TEST_F(MarketOpen, AsksNothingOfWhoIsNotAllowed) {
    const auto ended = open({"1"});
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("--i-am-allowed"));
    EXPECT_TRUE(server_.requests().empty());
}

} // namespace
} // namespace spindle::functional
