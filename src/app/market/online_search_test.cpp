// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/market/online_search.h"
#include "testing/discogs_server.h"

namespace spindle::app {
namespace {

catalog::Reading reading_of(const std::string& line) {
    return catalog::spine_text_of(line).readings.at(0);
}

TEST(SearchQueries, AskForTheNumberFirstAndThenForTheWords) {
    const auto queries =
        search_queries(reading_of("KRAFTWERK THE MAN MACHINE CDP 7 46131 2"), "CD");
    ASSERT_EQ(queries.size(), 2U);
    EXPECT_EQ(queries[0].number, "CDP 7 46131 2");
    EXPECT_EQ(queries[0].words, "");
    EXPECT_EQ(queries[0].format, "CD");
    EXPECT_EQ(queries[1].words, "KRAFTWERK THE MAN MACHINE");
    EXPECT_EQ(queries[1].number, "");
}

TEST(SearchQueries, AskForABarcodeAsAWord) {
    const auto queries = search_queries(reading_of("5 099902 987620"), "");
    ASSERT_EQ(queries.size(), 1U);
    EXPECT_EQ(queries[0].words, "5099902987620");
    EXPECT_EQ(queries[0].format, "");
}

TEST(SearchQueries, LeaveOutWhatTheReaderWasNotSureOf) {
    catalog::Reading reading = reading_of("KRAFTWERK AUTOBAHN EMl 46153");
    reading.lines[0].words[2].confidence = 0.4;
    reading.lines[0].words[3].confidence = 0.5;
    const auto queries = search_queries(reading, "CD");
    ASSERT_EQ(queries.size(), 1U);
    EXPECT_EQ(queries[0].words, "KRAFTWERK AUTOBAHN");
}

TEST(SearchQueries, AreNoneWhereTooLittleWasRead) {
    for (const char* line : {"", "STEREO", "A B C 12", "7 2"}) {
        EXPECT_TRUE(search_queries(reading_of(line), "CD").empty()) << line;
    }
}

TEST(OnlineSearch, UnderstandsHits) {
    const testing::DiscogsServer server;
    market::DiscogsOptions options;
    options.url = server.url("");
    options.token = testing::DiscogsServer::kToken;
    const auto discogs = market::DiscogsClient::create(options).value();
    const auto releases = search_releases(*discogs, {}, {}).value();
    ASSERT_EQ(releases.size(), 1U);
    const catalog::Release& release = releases[0];
    EXPECT_EQ(release.id.value, 5U);
    EXPECT_EQ(release.master.value, 42U);
    EXPECT_EQ(catalog::credit_line(release.artists), "Ann");
    EXPECT_EQ(release.title, "Title 5");
    EXPECT_EQ(release.labels.at(0), (catalog::LabelNumber{"L", "CAT 5"}));
    EXPECT_EQ(release.year, 1985);
    EXPECT_EQ(release.country, "UK");
    EXPECT_EQ(catalog::format_line(release.formats), "CD");
    EXPECT_EQ(release.barcodes, (std::vector<std::string>{"4988003123456"}));
}

TEST(OnlineSearch, TakesATitleWithoutAnArtistAndNamesWithStars) {
    market::SearchHit hit;
    hit.title = "Untitled";
    EXPECT_EQ(release_of(hit).title, "Untitled");
    EXPECT_TRUE(release_of(hit).artists.empty());
    hit.title = "Nick Cave* - Live - 1999";
    hit.number = "X 1";
    EXPECT_EQ(release_of(hit).artists.at(0).name, "Nick Cave");
    EXPECT_EQ(release_of(hit).title, "Live - 1999");
    EXPECT_EQ(release_of(hit).labels.at(0).number, "X 1");
}

} // namespace
} // namespace spindle::app
