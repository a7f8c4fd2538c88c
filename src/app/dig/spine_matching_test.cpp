// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "app/dig/disc_naming.h"
#include "app/dig/shelf_samples.h"
#include "app/dig/spine_matching.h"
#include "app/dig/word_evidence.h"
#include "catalog/catalog_samples.h"
#include "catalog/shelf_samples.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace discs = catalog::samples;
using samples::reading_of;

Disc disc_reading(const std::vector<std::string>& words) {
    Disc disc;
    disc.number = 1;
    disc.seen = {{0, {samples::standing(0, 0), {reading_of(words)}}}};
    return disc;
}

catalog::Release release_named(const std::string& title) {
    const auto all = discs::shelf();
    return *std::find_if(all.begin(), all.end(),
                         [&](const auto& release) { return release.title == title; });
}

class SpineMatching : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = new testing::TempFolder;
        auto releases = discs::shelf();
        const auto others = discs::strangers(3000);
        releases.insert(releases.end(), others.begin(), others.end());
        std::filesystem::create_directories(*folder / "catalog");
        std::filesystem::create_directories(*folder / "scratch");
        ASSERT_TRUE(
            discs::write_catalog(*folder / "catalog/own.catalog", *folder / "scratch", releases));
    }
    static void TearDownTestSuite() { delete folder; }

    static ScanCatalog opened(ShelfFormat format = ShelfFormat::Any) {
        return ScanCatalog::open(folder->path(), format, 0.8);
    }
    static Disc matched(const std::vector<std::string>& words,
                        ShelfFormat format = ShelfFormat::Any) {
        const auto catalog = opened(format);
        Disc disc = disc_reading(words);
        EXPECT_TRUE(match_disc(*catalog.matcher(), disc));
        return disc;
    }

    static inline testing::TempFolder* folder = nullptr;
};

TEST_F(SpineMatching, NamesTheDiscOfASpine) {
    const Disc disc = matched({"RADIOHEAD", "0K", "C0MPUTER", "7243", "8", "55229", "2", "5"});
    EXPECT_EQ(disc.verdict, DiscVerdict::Known);
    EXPECT_EQ(name_line(disc.candidates.front()), "Radiohead - OK Computer");
    EXPECT_TRUE(disc.candidates.front().pressings.front().number_exact);
}

TEST_F(SpineMatching, SaysWhatTellsPressingsApart) {
    const Disc disc = matched({"Pink", "Floyd", "The", "Dark", "Side", "of", "the", "Moon"});
    ASSERT_EQ(disc.verdict, DiscVerdict::Known);
    EXPECT_GT(disc.candidates.front().tied, 1U);
    EXPECT_FALSE(disc.candidates.front().look_at.empty());
}

TEST_F(SpineMatching, TakesTheFormatOfTheShelfIntoAccount) {
    const std::vector<std::string> words{"Pink", "Floyd", "The", "Dark",
                                         "Side", "Of",    "The", "Moon"};
    EXPECT_EQ(matched(words, ShelfFormat::Lp).candidates.front().pressings.front().format,
              "Vinyl, Album");
    EXPECT_EQ(matched(words, ShelfFormat::Cd).candidates.front().pressings.front().format,
              "CD, Album");
}

TEST_F(SpineMatching, DoesNotNameWhatTheCatalogDoesNotHave) {
    const Disc disc = matched({"Quarnel", "Vostik", "Plimbath", "XZ", "99817"});
    EXPECT_EQ(disc.verdict, DiscVerdict::Read);
    EXPECT_EQ(text_of(disc), "Quarnel Vostik Plimbath XZ 99817");
}

TEST_F(SpineMatching, TakesTheReadingThatMakesSense) {
    Disc disc = disc_reading({"ayulq", "ouyxx"});
    disc.seen.front().spine.readings.push_back(reading_of({"Massive", "Attack", "Mezzanine"}));
    const auto catalog = opened();
    ASSERT_TRUE(match_disc(*catalog.matcher(), disc));
    EXPECT_EQ(disc.reading, 1U);
    EXPECT_EQ(text_of(disc), "Massive Attack Mezzanine");
}

TEST_F(SpineMatching, ReadsADiscFromAnyOfItsPhotos) {
    Disc disc = disc_reading({"Mxss"});
    disc.seen.push_back(
        {1, {samples::standing(9, 0), {reading_of({"Massive", "Attack", "Mezzanine"})}}});
    const auto catalog = opened();
    ASSERT_TRUE(match_disc(*catalog.matcher(), disc));
    EXPECT_EQ(disc.verdict, DiscVerdict::Known);
    EXPECT_EQ(text_of(disc), "Massive Attack Mezzanine");
}

TEST_F(SpineMatching, DoesNotAskAboutBacksAndMuteSpines) {
    const auto catalog = opened();
    Disc back = disc_reading({"Radiohead", "OK", "Computer"});
    back.seen.front().spine.spine.printed = 0.2;
    ASSERT_TRUE(match_disc(*catalog.matcher(), back));
    EXPECT_EQ(back.verdict, DiscVerdict::BackOfCase);
    Disc mute = disc_reading({});
    ASSERT_TRUE(match_disc(*catalog.matcher(), mute));
    EXPECT_EQ(mute.verdict, DiscVerdict::Unread);
}

TEST_F(SpineMatching, NamesAllDiscsOfPhotosOnce) {
    PhotoReading left;
    PhotoReading right;
    left.spines = samples::rack(1, 8, 1);
    left.spines[3].readings = {reading_of({"Massive", "Attack", "Mezzanine", "WBRCD4"})};
    right.spines = left.spines;
    ScanReport report;
    ASSERT_TRUE(name_discs(
        opened(), {left, right}, 2, [](const Progress&) {}, report));
    EXPECT_EQ(report.discs.size(), 8U);
    EXPECT_EQ(report.photos.size(), 2U);
    EXPECT_EQ(report.count(DiscVerdict::Known), 1U);
    EXPECT_EQ(report.discs[3].verdict, DiscVerdict::Known);
}

TEST(ScanWithoutCatalog, ReadsAndSaysHowToGetOne) {
    const testing::TempFolder empty;
    const auto catalog = ScanCatalog::open(empty.path(), ShelfFormat::Any, 0.8);
    PhotoReading photo;
    photo.spines = samples::rack(1, 3, 1);
    ScanReport report;
    ASSERT_TRUE(name_discs(
        catalog, {photo}, 1, [](const Progress&) {}, report));
    EXPECT_EQ(report.count(DiscVerdict::Read), 3U);
    EXPECT_FALSE(report.releases);
    EXPECT_NE(report.without_catalog.find("spindle catalog import"), std::string::npos);
}

TEST(WordEvidence, ShowsWhatWasReadForEachWord) {
    shelf::SpineReading reading =
        reading_of({"MASSIVE", "Attock", "Mezzan", "ine", "WBRCO4", "stereo"});
    const auto evidence = evidence_of(reading, release_named("Mezzanine"));
    ASSERT_EQ(evidence.size(), 4U);
    EXPECT_EQ(evidence[0].agreement, Agreement::Exact);
    EXPECT_EQ(evidence[0].read, "MASSIVE");
    EXPECT_EQ(evidence[1].agreement, Agreement::Misread);
    EXPECT_EQ(evidence[1].read, "Attock");
    EXPECT_EQ(evidence[2].agreement, Agreement::Exact);
    EXPECT_EQ(evidence[2].read, "Mezzan ine");
    EXPECT_EQ(evidence[3].field, Field::CatalogNumber);
    EXPECT_EQ(evidence[3].agreement, Agreement::Exact); // O and D look alike
}

TEST(WordEvidence, NamesWhatWasNotSeenAndWhatCouldAlsoBeRead) {
    shelf::SpineReading reading = reading_of({"Mozzanime"});
    reading.lines.front().words.front().alternatives = {{"Mezzanine", 0.3}};
    const auto evidence = evidence_of(reading, release_named("Mezzanine"));
    EXPECT_EQ(evidence[0].agreement, Agreement::NotSeen);
    EXPECT_TRUE(evidence[0].read.empty());
    EXPECT_EQ(evidence[2].agreement, Agreement::OtherRead);
}

TEST(WordEvidence, OfTextWithoutBlanksComparesItWhole) {
    const auto evidence =
        evidence_of(reading_of({"久石譲"}), release_named("となりのトトロ サウンドトラック集"));
    EXPECT_EQ(evidence[0].agreement, Agreement::Exact);
}

} // namespace
} // namespace spindle::app
