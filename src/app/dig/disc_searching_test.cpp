// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/dig/disc_naming.h"
#include "app/dig/disc_searching.h"
#include "app/dig/scan_document.h"
#include "app/dig/shelf_samples.h"
#include "app/dig/spine_matching.h"
#include "catalog/catalog_samples.h"
#include "catalog/shelf_samples.h"
#include "testing/discogs_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using testing::DiscogsServer;
using testing::Fault;

constexpr const char* kHit =
    R"j({"id":900002,"master_id":0,"title":"The Quiet Lighthouse - Seventeen Foghorns",)j"
    R"j("country":"Japan","catno":"HBR 0417-2","year":"1991","label":["Harbour","Harbour Ltd."],)j"
    R"j("format":["CD","Album"],"barcode":["4988003123456"]})j";
const std::vector<std::string> kSpine{"QUIET",    "LIGHTHOUSE", "SEVENTEEN",
                                      "FOGHORNS", "HBR",        "0417-2"};

class DiscSearching : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = new testing::TempFolder;
        auto releases = catalog::samples::shelf();
        const auto others = catalog::samples::strangers(3000);
        releases.insert(releases.end(), others.begin(), others.end());
        std::filesystem::create_directories(*folder / "catalog");
        std::filesystem::create_directories(*folder / "scratch");
        ASSERT_TRUE(catalog::samples::write_catalog(*folder / "catalog/own.catalog",
                                                    *folder / "scratch", releases));
    }
    static void TearDownTestSuite() { delete folder; }

    /// A scan whose spines read so, matched with the catalog.
    ScanReport scan_of(const std::vector<std::vector<std::string>>& spines) const {
        ScanReport report;
        report.photos.emplace_back();
        report.releases = catalog_.releases();
        for (const auto& words : spines) {
            Disc& disc = report.discs.emplace_back();
            disc.number = report.discs.size();
            disc.seen = {{0, {samples::standing(0, 0), {samples::reading_of(words)}}}};
            EXPECT_TRUE(match_disc(*catalog_.matcher(), disc));
        }
        return report;
    }
    DiscSearchReport search(ScanReport& report, const DiscSearchOptions& options = {}) {
        market::DiscogsOptions access;
        access.url = url_.empty() ? server_.url("") : url_;
        access.token = DiscogsServer::kToken;
        access.first_pause = Seconds{0.001};
        const auto discogs = market::DiscogsClient::create(access).value();
        return search_discs(report, *catalog_.matcher(), *discogs, options, [](const Progress&) {},
                            {})
            .value();
    }

    static inline testing::TempFolder* folder = nullptr;
    ScanCatalog catalog_ = ScanCatalog::open(folder->path(), ShelfFormat::Cd, 0.8);
    DiscogsServer server_;
    std::string url_; // of another server
};

TEST_F(DiscSearching, NamesWhatTheCatalogDoesNotHaveAndSaysWhereItIsFrom) {
    server_.put_hit("catno=HBR%200417-2", kHit);
    ScanReport report = scan_of({kSpine});
    ASSERT_EQ(report.discs[0].verdict, DiscVerdict::Read);
    const auto done = search(report);
    EXPECT_EQ(done.named, 1U);
    EXPECT_EQ(done.searches, 1U); // found by the number: no need to ask for the words
    const Disc& disc = report.discs[0];
    ASSERT_EQ(disc.verdict, DiscVerdict::Known);
    EXPECT_EQ(name_line(disc.candidates[0]), "The Quiet Lighthouse - Seventeen Foghorns");
    const Pressing& pressing = disc.candidates[0].pressings[0];
    EXPECT_TRUE(pressing.found_online);
    EXPECT_EQ(pressing.country, "Japan");
    EXPECT_EQ(origin_note(pressing), "; found on Discogs, not in your catalog");
    EXPECT_TRUE(report.has_data_of_discogs());
    const ScanReport again = read_scan_document(document_of(report)).value();
    EXPECT_TRUE(again.discs[0].candidates[0].pressings[0].found_online);
}

TEST_F(DiscSearching, AsksForTheWordsWhenTheNumberFindsNothing) {
    server_.put_hit("q=QUIET%20LIGHTHOUSE%20SEVENTEEN%20FOGHORNS", kHit);
    ScanReport report = scan_of({kSpine});
    EXPECT_EQ(search(report).searches, 2U);
    EXPECT_EQ(report.discs[0].verdict, DiscVerdict::Known);
}

TEST_F(DiscSearching, AsksNobodyAboutWhatIsKnownOrWasReadBadly) {
    ScanReport report =
        scan_of({{"PINK", "FLOYD", "WISH", "YOU", "WERE", "HERE", "CDP", "7", "46035", "2"},
                 {"xq"},
                 {"QUIET", "LIGHTHOUSE"}});
    ASSERT_EQ(report.discs[0].verdict, DiscVerdict::Known);
    for (shelf::Word& word : report.discs[2].seen[0].spine.readings[0].lines[0].words) {
        word.confidence = 0.5;
    }
    EXPECT_EQ(search(report).searches, 0U);
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(DiscSearching, LeavesADiscAsItWasWhenNothingFits) {
    ScanReport report = scan_of({kSpine});
    const std::string before = document_of(report);
    const auto done = search(report);
    EXPECT_EQ(done.searches, 2U);
    EXPECT_EQ(done.named, 0U);
    EXPECT_EQ(document_of(report), before);
}

TEST_F(DiscSearching, StopsAtAsManySearchesAsItMay) {
    std::vector<std::vector<std::string>> spines;
    for (const char* name : {"ALPHA", "BRAVO", "CHARLIE", "DELTA"}) {
        spines.push_back({name, "LIGHTHOUSE", "ZZ", "991"});
    }
    ScanReport report = scan_of(spines);
    DiscSearchOptions options;
    options.most = 3;
    const auto done = search(report, options);
    EXPECT_EQ(done.searches, 3U);
    EXPECT_EQ(server_.requests().size(), 3U);
    EXPECT_EQ(done.left, 2U);
}

TEST_F(DiscSearching, EndsWhenThereIsNoLineAndSaysSo) {
    ScanReport report = scan_of({kSpine, {"ANOTHER", "LIGHTHOUSE", "ZZ", "991"}});
    {
        const DiscogsServer gone;
        url_ = gone.url("");
    }
    const auto done = search(report);
    EXPECT_EQ(done.searches, 1U);
    EXPECT_EQ(done.left, 2U);
    EXPECT_NE(done.trouble, "");
}

TEST_F(DiscSearching, GoesOnAfterASearchDiscogsCannotAnswer) {
    server_.put_hit("q=QUIET", kHit);
    server_.fail_always("/database/search?type=release&per_page=50&format=CD&"
                        "catno=HBR%200417-2&page=1",
                        Fault::answer(422));
    ScanReport report = scan_of({kSpine});
    const auto done = search(report);
    EXPECT_EQ(done.trouble, "");
    EXPECT_EQ(done.named, 1U);
}

} // namespace
} // namespace spindle::app
