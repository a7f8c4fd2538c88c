// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalog_samples.h"
#include "catalog/matcher.h"
#include "catalog/shelf_samples.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class SpineMatcher : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<testing::TempFolder>(testing::memory_folder());
        auto releases = samples::shelf();
        const auto others = samples::strangers(3000);
        releases.insert(releases.end(), others.begin(), others.end());
        const auto written = samples::write_catalog(*folder_ / std::string(Catalog::kDumpFile),
                                                    folder_->path(), releases);
        ASSERT_TRUE(written) << written.error().message;
        auto opened = Catalog::open(folder_->path());
        ASSERT_TRUE(opened) << opened.error().message;
        catalog_ = std::make_unique<Catalog>(std::move(*opened));
    }
    static void TearDownTestSuite() {
        catalog_.reset();
        folder_.reset();
    }

    static MatchResult match(const SpineText& spine, const MatchOptions& options = {}) {
        auto result = Matcher(*catalog_, options).match(spine);
        EXPECT_TRUE(result) << result.error().message;
        return result ? *result : MatchResult();
    }
    static MatchResult match(const std::string& line, const MatchOptions& options = {}) {
        return match(spine_text_of(line), options);
    }

    /// The first pressing, if it was found with certainty; else 0.
    static std::uint32_t found(const MatchResult& result) {
        return result.verdict == Verdict::Found ? first(result) : 0;
    }
    static std::uint32_t found(const std::string& line) { return found(match(line)); }
    /// The first pressing listed, however sure; 0 if there is none.
    static std::uint32_t first(const MatchResult& result) {
        return result.groups.empty() ? 0 : result.groups[0].pressings[0].release.id.value;
    }
    static std::vector<std::uint32_t> tied(const MatchResult& result) {
        std::vector<std::uint32_t> ids;
        for (std::size_t i = 0; i < result.groups.at(0).tied; ++i) {
            ids.push_back(result.groups[0].pressings.at(i).release.id.value);
        }
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    static std::unique_ptr<testing::TempFolder> folder_;
    static std::unique_ptr<Catalog> catalog_;
};
std::unique_ptr<testing::TempFolder> SpineMatcher::folder_;
std::unique_ptr<Catalog> SpineMatcher::catalog_;

TEST_F(SpineMatcher, FindsEveryDiscByItsSpine) {
    for (const Release& release : samples::shelf()) {
        const auto result = match(credit_line(release.artists) + " " + release.title + " " +
                                  release.labels[0].number);
        ASSERT_EQ(result.verdict, Verdict::Found) << release.id.value;
        EXPECT_THAT(tied(result), Contains(release.id.value));
        EXPECT_EQ(result.groups[0].pressings[0].release.title, release.title);
        EXPECT_TRUE(result.groups[0].pressings[0].number_exact) << release.id.value;
    }
}

TEST_F(SpineMatcher, FindsARecordingWithoutItsNumber) {
    EXPECT_EQ(found("RADIOHEAD OK COMPUTER"), 73U);
    EXPECT_EQ(found("PORTISHEAD DUMMY"), 70U);
    EXPECT_EQ(found("久石譲 となりのトトロ サウンドトラック集"), 50U);
    EXPECT_EQ(found("КИНО ГРУППА КРОВИ"), 52U);
    EXPECT_EQ(found("BJORK DEBUT"), 53U);
    EXPECT_EQ(found("PULP FICTION MUSIC FROM THE MOTION PICTURE"), 60U);
    EXPECT_EQ(found("NOW THAT'S WHAT I CALL MUSIC 23"), 61U);
}

TEST_F(SpineMatcher, FindsWhatWasMisreadInOneSignOfNumberAndTitle) {
    EXPECT_EQ(found("RADI0HEAD 0K C0MPUTER 7243 8 55229 2 5"), 73U);
    EXPECT_EQ(found("PORTISHEAD DUMMV 828 522-2"), 70U);
    EXPECT_EQ(found("PORTISHFAD DUMMY 828 522-2"), 70U);
    EXPECT_EQ(found("PORTISHEAD DUNMY 828 582-2"), 70U);
    EXPECT_EQ(found("MILES DAVIS KIND OF BIUE CK 64985"), 74U);
    EXPECT_EQ(found("MASTEROF PUPPETS METALLICO 838 14l-2"), 18U);
    EXPECT_EQ(found("КИНО ГРУППА КРОВН MR 94007 CD"), 52U);
}

TEST_F(SpineMatcher, IsNotDisturbedByStickersAndStamps) {
    EXPECT_EQ(found("STEREO DDD LC 0110 COMPACT DISC RADIOHEAD OK COMPUTER 7243 8 55229 2 5"), 73U);
    EXPECT_EQ(found("PORTISHEAD STEREO DUMMY LC 0110 828 522-2 DDD COMPACT DISC DIGITAL AUDIO"),
              70U);
    EXPECT_EQ(found("LC 0173 415 277-2 STEREO BRUCKNER SYMPHONIE NR. 4 DG"), 20U);
}

TEST_F(SpineMatcher, FindsWordsThatWereJoinedOrSplit) {
    EXPECT_EQ(found("MASSIVEATTACK MEZZANINE WBRCD4"), 72U);
    EXPECT_EQ(found("MASSIVE ATTACK MEZZ ANINE WBRCD 4"), 72U);
    EXPECT_EQ(found("PORTIS HEAD DUMMY 828522-2"), 70U);
    EXPECT_EQ(found("WISH YOUWERE HERE PINKFLOYD CDP7460352"), 14U);
}

TEST_F(SpineMatcher, TakesTheReadingDirectionThatMakesSense) {
    const Reading right = spine_text_of("RADIOHEAD OK COMPUTER 7243 8 55229 2 5").readings[0];
    const Reading wrong = spine_text_of("S Z 6ZZSS 8 EbZL HELNdWOO XO OVEHOIOVH").readings[0];
    for (const double doubt : {0.3, 1.0}) { // a reader may be as sure of rubbish
        SpineText spine{{wrong, right}};
        for (ReadWord& word : spine.readings[0].lines[0].words) {
            word.confidence = doubt;
        }
        auto result = match(spine);
        EXPECT_EQ(found(result), 73U) << doubt;
        EXPECT_EQ(result.reading, 1U);
        std::swap(spine.readings[0], spine.readings[1]);
        result = match(spine);
        EXPECT_EQ(found(result), 73U) << doubt;
        EXPECT_EQ(result.reading, 0U);
    }
    EXPECT_EQ(found(match(SpineText{{wrong}})), 0U);
}

TEST_F(SpineMatcher, BelievesTheTextWhenTheNumberIsANeighbours) {
    const auto result = match("ANTON BRUCKNER SYMPHONIE NR. 4 ROMANTISCHE 415 278-2");
    EXPECT_EQ(first(result), 20U);
    EXPECT_EQ(first(match("JOHANNES BRAHMS EIN DEUTSCHES REQUIEM 415 277-2")), 21U);
}

TEST_F(SpineMatcher, DoesNotFindByANumberAloneThatIsOneDigitOff) {
    for (const char* number : {"415 275-2", "415 270-2", "828 529-2", "838 147-2", "CK 64934"}) {
        EXPECT_NE(match(number).verdict, Verdict::Found) << number;
    }
}

TEST_F(SpineMatcher, ListsAllPressingsThatLookAlikeAndWhatTellsThemApart) {
    const auto result = match("PINK FLOYD THE DARK SIDE OF THE MOON CDP 7 46001 2");
    ASSERT_EQ(result.verdict, Verdict::Found);
    EXPECT_THAT(tied(result), ElementsAre(10, 11, 12));
    EXPECT_EQ(result.groups[0].all_pressings, 4U);
    EXPECT_THAT(result.groups[0].look_at, ElementsAre(Mark::Barcode, Mark::Country));
    EXPECT_NEAR(result.groups[0].pressings[0].probability,
                result.groups[0].pressings[2].probability, 1e-9);
}

TEST_F(SpineMatcher, TellsPressingsApartByWhatIsOnTheSpine) {
    const auto result = match("PINK FLOYD THE DARK SIDE OF THE MOON SHVL 804");
    EXPECT_THAT(tied(result), ElementsAre(13));
    EXPECT_TRUE(result.groups[0].look_at.empty());
    EXPECT_THAT(tied(match("METALLICA METALLICA 510 022-2")), ElementsAre(15));
    EXPECT_THAT(first(match("PINK FLOYD THE DARK SIDE OF THE MOON 0 77774 60019 0")), 11U);
}

TEST_F(SpineMatcher, DoesNotTakeVolumeTwoForVolumeOne) {
    EXPECT_EQ(found("THE BEATLES PAST MASTERS VOLUME ONE"), 40U);
    EXPECT_EQ(found("THE BEATLES PAST MASTERS VOLUME TWO"), 41U);
    EXPECT_EQ(found("THE BEATLES PAST MASTERS VOLUME ONE CDP 7 90043 2"), 40U);
    EXPECT_EQ(found("THE BEATLES PAST MASTERS VOLUME TWO CDP 7 90044 2"), 41U);
    EXPECT_NE(match("THE BEATLES PAST MASTERS VOLUME").verdict, Verdict::Found);
}

TEST_F(SpineMatcher, TellsArtistsWithTheSameTitleApart) {
    EXPECT_EQ(found("QUEEN GREATEST HITS"), 30U);
    EXPECT_EQ(found("ABBA GREATEST HITS"), 31U);
    const auto either = match("GREATEST HITS");
    EXPECT_NE(either.verdict, Verdict::Found);
    ASSERT_EQ(either.groups.size(), 2U);
    EXPECT_NEAR(either.groups[0].probability, either.groups[1].probability, 0.1);
}

TEST_F(SpineMatcher, DoesNotFindWhatIsNotThere) {
    for (const char* absent :
         {"THE SMITHS THE QUEEN IS DEAD 4509-91896-2", "PINK FLOYD ANIMALS CDP 7 46128 2",
          "METALLICA RIDE THE LIGHTNING 838 140-2", "THE BEATLES REVOLVER CDP 7 46441 2",
          "MASSIVE ATTACK PROTECTION WBRCD2", "THE BEATLES PAST MASTERS VOLUME THREE",
          "QUEEN INNUENDO", "FLEETWOOD MAC RUMOURS 7599-27313-2", "久石譲 天空の城ラピュタ",
          "STEREO COMPACT DISC DIGITAL AUDIO", "THE OF", "METALLICA", "PINK FLOYD"}) {
        const auto result = match(absent);
        EXPECT_NE(result.verdict, Verdict::Found) << absent << " gives " << first(result);
    }
}

TEST_F(SpineMatcher, FindsNothingWhereNothingCanBeRead) {
    std::string many;
    for (int i = 0; i < 500; ++i) {
        many += "word" + std::to_string(i) + " ";
    }
    for (const std::string& line : std::vector<std::string>{
             "", " ", "\n\n", "?!... --- ''' \" /", "·•…—", many, std::string(10'000, 'x'),
             std::string(10'000, '7'), "\xFF\xFE\x80\xC3", "\xC3\x28 \xED\xA0\x80 \xF8\x88",
             std::string(100, '\0')}) {
        EXPECT_NE(match(line).verdict, Verdict::Found) << line.substr(0, 40);
    }
    EXPECT_EQ(match(SpineText{}).verdict, Verdict::Nothing);
    EXPECT_EQ(match(SpineText{{Reading{}}}).verdict, Verdict::Nothing);
    EXPECT_EQ(match(SpineText{{Reading{{ReadLine{}, ReadLine{}}}}}).verdict, Verdict::Nothing);
    EXPECT_EQ(match("").probability_of_none, 1.0);
}

TEST_F(SpineMatcher, FindsADiscAmongWordsItCannotRead) {
    EXPECT_EQ(found("\xFF\xFE RADIOHEAD \xC3 OK COMPUTER 7243 8 55229 2 5 \x80\x80"), 73U);
}

TEST_F(SpineMatcher, DoesNotCareForTheOrderOfWords) {
    std::vector<std::string> words{"PINK", "FLOYD", "WISH", "YOU", "WERE", "HERE", "CDP 7 46035 2"};
    std::mt19937 random(2);
    for (int i = 0; i < 20; ++i) {
        std::shuffle(words.begin(), words.end(), random);
        std::string line;
        for (const std::string& word : words) {
            line += word + " ";
        }
        EXPECT_EQ(found(line), 14U) << line;
    }
}

TEST_F(SpineMatcher, GivesTheSameAnswerEveryTime) {
    const auto once = match("METALLICA MASTER PUPPETS");
    const auto again = match("METALLICA MASTER PUPPETS");
    ASSERT_EQ(once.groups.size(), again.groups.size());
    for (std::size_t i = 0; i < once.groups.size(); ++i) {
        EXPECT_EQ(once.groups[i].probability, again.groups[i].probability);
    }
}

TEST_F(SpineMatcher, FindsAWordWhoseTruthIsOnlyAmongTheAlternatives) {
    SpineText spine = spine_text_of("PQRTLSHFAO DVNNV 828 522-2");
    auto& words = spine.readings[0].lines[0].words;
    words[0].confidence = 0.4;
    words[1].confidence = 0.4;
    const double without = match(spine).groups.empty() ? 0 : match(spine).groups[0].probability;
    words[0].alternatives = {{"PORTISHEAD", 0.3}, {"PARTISAN", 0.1}};
    words[1].alternatives = {{"DUMMY", 0.3}};
    const auto with = match(spine);
    EXPECT_EQ(found(with), 70U);
    EXPECT_GT(with.groups[0].probability, without);
    // Of a number, too.
    spine = spine_text_of("PORTISHEAD 888 S88");
    spine.readings[0].lines[0].words[1].alternatives = {{"828", 0.5}};
    spine.readings[0].lines[0].words[2].alternatives = {{"522-2", 0.5}};
    EXPECT_EQ(first(match(spine)), 70U);
}

TEST_F(SpineMatcher, PrefersTheFormatOnTheShelf) {
    MatchOptions options;
    options.formats = {"cd"};
    const auto discs = match("METALLICA METALLICA", options);
    ASSERT_FALSE(discs.groups.empty());
    EXPECT_THAT(tied(discs), ElementsAre(15, 16));
    options.formats = {"Vinyl"};
    const auto records = match("METALLICA METALLICA", options);
    ASSERT_FALSE(records.groups.empty());
    EXPECT_THAT(tied(records), ElementsAre(17));
    // Unlikely is not impossible.
    EXPECT_EQ(found(match("PORTISHEAD DUMMY 828 522-2", options)), 70U);
}

TEST_F(SpineMatcher, ListsAsManyAsWereAskedFor) {
    MatchOptions options;
    options.groups = 1;
    options.pressings = 1;
    const auto result = match("THE BEATLES", options);
    EXPECT_LE(result.groups.size(), 1U);
    const auto spine = match("PINK FLOYD THE DARK SIDE OF THE MOON CDP 7 46001 2", options);
    EXPECT_EQ(spine.groups.size(), 1U);
    EXPECT_EQ(spine.groups[0].pressings.size(), 3U); // tied ones are listed all the same
}

TEST_F(SpineMatcher, AsksForTheCertaintyItWasTold) {
    MatchOptions options;
    options.certainty = 1.01;
    EXPECT_NE(match("RADIOHEAD OK COMPUTER 7243 8 55229 2 5", options).verdict, Verdict::Found);
}

TEST_F(SpineMatcher, GivesProbabilitiesThatSumToNoMoreThanOne) {
    for (const char* line : {"METALLICA", "GREATEST HITS", "PINK FLOYD MOON", "PAST MASTERS",
                             "RADIOHEAD OK COMPUTER 7243 8 55229 2 5", "WBRCD"}) {
        const auto result = match(line);
        double sum = result.probability_of_none;
        for (const GroupMatch& group : result.groups) {
            double pressings = 0;
            for (const PressingMatch& pressing : group.pressings) {
                pressings += pressing.probability;
                EXPECT_TRUE(pressing.release.tracks.empty());
            }
            EXPECT_LE(pressings, group.probability + 1e-9);
            EXPECT_TRUE(std::is_sorted(
                group.pressings.begin(), group.pressings.end(),
                [](const auto& a, const auto& b) { return a.probability > b.probability; }));
            EXPECT_GE(group.tied, 1U);
            sum += group.probability;
        }
        EXPECT_LE(sum, 1 + 1e-9) << line;
    }
}

TEST_F(SpineMatcher, FindsByTheBarcodeAlone) {
    EXPECT_EQ(found("724385522925"), 73U);
    EXPECT_EQ(found("0 74646 49352 3"), 74U);
    EXPECT_EQ(found("0042282852221"), 70U); // as an EAN
}

TEST_F(SpineMatcher, PrefersTheNumberThatWasReadExactly) {
    // Once both were tied: how rare a number is bounded what it says, and its reading cost was
    // lost.
    EXPECT_THAT(tied(match("METALLICA 9 61113-2")), ElementsAre(16));
    EXPECT_THAT(tied(match("METALLICA 9 61113-1")), ElementsAre(17));
    EXPECT_THAT(tied(match("PINK FLOYD THE DARK SIDE OF THE MOON 0 77774 60019 0")),
                ElementsAre(11));
}

Release fetched(std::uint32_t id, const std::string& artist, const std::string& title,
                const std::string& number) {
    Release release;
    release.id = ReleaseId{id};
    release.artists = {{0, artist, "", ""}};
    release.title = title;
    release.labels = {{"Harbour Records", number}};
    release.formats = {{"CD", 1, "", {"Album"}}};
    return release;
}

TEST_F(SpineMatcher, FindsAmongWhatWasFetchedWhatTheCatalogDoesNotHave) {
    const std::vector<Release> others{
        fetched(900'001, "Ann (2)", "Title Five", "CAT 5"),
        fetched(900'002, "The Quiet Lighthouse", "Seventeen Foghorns", "HBR 0417-2")};
    const auto spine = spine_text_of("QUIET LIGHTHOUSE SEVENTEEN FOGHORNS HBR 0417-2");
    const Matcher matcher(*catalog_);
    EXPECT_EQ(found(matcher.match(spine).value()), 0U);
    const auto result = matcher.match(spine, others).value();
    EXPECT_EQ(found(result), 900'002U);
    EXPECT_EQ(result.groups[0].pressings[0].origin, Origin::Fetched);
    EXPECT_TRUE(result.groups[0].pressings[0].number_exact);
}

TEST_F(SpineMatcher, TakesFromTheCatalogWhatItHasAndWasFetchedAsWell) {
    const auto spine = spine_text_of("PINK FLOYD WISH YOU WERE HERE CDP 7 46035 2");
    const std::vector<Release> same{
        fetched(14, "Pink Floyd", "Wish You Were Here", "CDP 7 46035 2")};
    const auto result = Matcher(*catalog_).match(spine, same).value();
    EXPECT_EQ(found(result), 14U);
    EXPECT_EQ(result.groups[0].pressings[0].origin, Origin::Catalog);
    EXPECT_EQ(result.groups[0].probability, match(spine).groups[0].probability);
}

TEST_F(SpineMatcher, JoinsAFetchedPressingToTheRecordingItIsOf) {
    const auto spine = spine_text_of("PINK FLOYD WISH YOU WERE HERE TOCP-65557");
    const std::vector<Release> other{
        fetched(900'003, "Pink Floyd", "Wish You Were Here", "TOCP-65557")};
    const auto result = Matcher(*catalog_).match(spine, other).value();
    ASSERT_EQ(found(result), 900'003U);
    EXPECT_GT(result.groups[0].all_pressings, 1U);
}

TEST_F(SpineMatcher, IsNotTemptedByFetchedReleasesThatDoNotFit) {
    const auto spine = spine_text_of("QUIET LIGHTHOUSE SEVENTEEN FOGHORNS HBR 0417-2");
    const std::vector<Release> others{fetched(900'001, "Ann (2)", "Title Five", "CAT 5"),
                                      fetched(900'004, "Lighthouse", "Best Of", "LH 1")};
    EXPECT_EQ(found(Matcher(*catalog_).match(spine, others).value()), 0U);
}

TEST_F(SpineMatcher, OrdersWhatWasFetchedWithoutACatalog) {
    const Catalog none = Catalog::none();
    const std::vector<Release> others{
        fetched(900'001, "Ann (2)", "Title Five", "CAT 5"),
        fetched(900'002, "The Quiet Lighthouse", "Seventeen Foghorns", "HBR 0417-2")};
    const auto spine = spine_text_of("QUIET LIGHTHOUSE SEVENTEEN FOGHORNS HBR 0417-2");
    EXPECT_EQ(first(Matcher(none).match(spine, others).value()), 900'002U);
    EXPECT_TRUE(Matcher(none).match(spine).value().groups.empty());
}

TEST_F(SpineMatcher, DoesNotFindAnotherVolumeOfASeries) {
    // 23 is there, and all but its number fits.
    EXPECT_NE(match("NOW THAT'S WHAT I CALL MUSIC 24 CDNOW 24").verdict, Verdict::Found);
}

} // namespace
} // namespace spindle::catalog
