// SPDX-License-Identifier: Apache-2.0
// Shapes of answers as they were met in the field, each written anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scrobble/detail/lastfm_answers.h"

namespace spindle::scrobble::detail {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

constexpr std::int64_t kNow = 1'795'262'400;

std::vector<Listen> listens(std::size_t count) {
    std::vector<Listen> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i].artist = "Ann";
        all[i].title = fmt::format("Song {}", i);
        all[i].started_at = kNow - 3600 + static_cast<std::int64_t>(i) * 200;
    }
    return all;
}

std::vector<Fate> fates(std::string_view body, std::size_t sent) {
    std::vector<Fate> all;
    for (const Outcome& outcome : read_scrobbles(body, listens(sent), kNow)) {
        all.push_back(outcome.fate);
    }
    return all;
}

using Fates = std::vector<Fate>;

TEST(LastfmAnswers, AreReadWhetherOneItemIsAnObjectOrAList) {
    const char* const one =
        R"({"scrobbles":{"scrobble":{"artist":{"corrected":"0","#text":"Ann"},"album":)"
        R"({"corrected":"0"},"ignoredMessage":{"code":"0","#text":""}},)"
        R"("@attr":{"ignored":0,"accepted":1}}})";
    EXPECT_EQ(fates(one, 1), Fates{Fate::Accepted});
    EXPECT_EQ(fates(one, 2), (Fates{Fate::Unknown, Fate::Unknown}));
    EXPECT_EQ(fates(R"({"scrobbles":{"scrobble":[{"ignoredMessage":{"code":0}}]}})", 1),
              Fates{Fate::Accepted});
}

TEST(LastfmAnswers, AreMappedToItemsOnlyIfThereAreAsMany) {
    const char* const two =
        R"({"scrobbles":{"@attr":{"accepted":1,"ignored":1},"scrobble":[{"ignoredMessage":)"
        R"({"code":"0","#text":""}},{"ignoredMessage":{"code":"5","#text":"Daily limit"}}]}})";
    EXPECT_EQ(fates(two, 2), (Fates{Fate::Accepted, Fate::DailyLimit}));
    EXPECT_THAT(fates(two, 3), Each(Fate::Unknown));
    EXPECT_THAT(fates(R"({"scrobbles":{"scrobble":[],"@attr":{"accepted":2,"ignored":"1"}}})", 3),
                Each(Fate::Unknown));
    EXPECT_THAT(fates(R"({"scrobbles":{"@attr":{"accepted":"3","ignored":"0"}}})", 3),
                Each(Fate::Accepted));
    EXPECT_THAT(fates(R"({"scrobbles":{"@attr":{"accepted":"2","ignored":"0"}}})", 3),
                Each(Fate::Unknown));
    EXPECT_THAT(fates(R"({"scrobbles":{"@attr":{"ignored":0}}})", 1), Each(Fate::Accepted));
    EXPECT_THAT(fates(R"({"scrobbles":{"@attr":{"ignored":0}}})", 2), Each(Fate::Unknown));
}

TEST(LastfmAnswers, ThatAreNoneTellNothing) {
    for (const char* body :
         {"", "OK", "<html>log in</html>", "{", "[]", "null", R"({"scrobbles":1})",
          R"({"scrobbles":{"scrobble":[1]}})", R"({"scrobbles":{"scrobble":{}}})"}) {
        EXPECT_EQ(fates(body, 1), Fates{Fate::Unknown}) << body;
    }
    EXPECT_FALSE(read_lastfm_error(std::string(100'000, '[')));
}

TEST(LastfmAnswers, SayWhyByOurOwnKnowledgeBeforeTheServices) {
    auto old = listens(1);
    const char* const ignored = R"({"scrobbles":{"scrobble":{"ignoredMessage":{"code":"1"}}}})";
    EXPECT_THAT(read_scrobbles(ignored, old, kNow).at(0).reason, HasSubstr("artist"));
    old[0].started_at = kNow - 15 * 24 * 3600;
    EXPECT_THAT(read_scrobbles(ignored, old, kNow).at(0).reason, HasSubstr("14 days"));
}

TEST(LastfmAnswers, TellErrorsInJsonAndXmlWhateverTheStatus) {
    EXPECT_EQ(read_lastfm_error(R"({"error":29,"message":"Rate limit exceeded"})")->code, 29);
    EXPECT_EQ(read_lastfm_error(R"({"error":"9"})")->code, 9);
    const auto xml = read_lastfm_error("<?xml version=\"1.0\"?>\n<lfm status=\"failed\">\n"
                                       "<error code=\"16\">Error applying</error></lfm>");
    ASSERT_TRUE(xml);
    EXPECT_EQ(xml->code, 16);
    EXPECT_EQ(xml->message, "Error applying");
    EXPECT_FALSE(read_lastfm_error("<html><error code=\"9\"></html>"));
    EXPECT_FALSE(read_lastfm_error("{}"));
}

TEST(LastfmAnswers, HaveAFateForEveryCode) {
    const auto fate = [](int code) { return outcome_of({code, {}}, {}).fate; };
    for (const int code : {4, 9, 14, 15}) {
        EXPECT_EQ(fate(code), Fate::Reauthorise) << code;
    }
    for (const int code : {2, 3, 5, 7, 10, 13, 26, 27}) {
        EXPECT_EQ(fate(code), Fate::Stopped) << code;
    }
    for (const int code : {8, 16, 99}) {
        EXPECT_EQ(fate(code), Fate::Unknown) << code;
    }
    EXPECT_EQ(fate(6), Fate::Unreadable);
    EXPECT_EQ(fate(11), Fate::RetryLater);
    EXPECT_EQ(outcome_of({29, {}}, Seconds{90}).after, Seconds{90});
}

TEST(LastfmAnswers, ListWhatWasHeardWithoutWhatPlaysNow) {
    const auto page = read_recent_tracks(
        R"({"recenttracks":{"track":[{"name":"Now","artist":{"#text":"Ann"},"@attr":)"
        R"({"nowplaying":"true"}},{"name":"Song","artist":{"#text":"Ann"},"date":{"uts":"1700000000"}}],)"
        R"("@attr":{"totalPages":"2"}}})");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->tracks.size(), 1U);
    EXPECT_EQ(page->tracks[0].title, "Song");
    EXPECT_EQ(page->tracks[0].at, 1'700'000'000);
    EXPECT_EQ(page->pages, 2);
    EXPECT_TRUE(read_recent_tracks(R"({"recenttracks":{}})")->tracks.empty());
    EXPECT_FALSE(read_recent_tracks("{}"));
}

} // namespace
} // namespace spindle::scrobble::detail
