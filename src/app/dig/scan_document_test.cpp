// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/dig/scan_document.h"
#include "app/dig/shelf_samples.h"

namespace spindle::app {
namespace {

using Json = nlohmann::json;

Candidate some_candidate() {
    Candidate candidate;
    candidate.probability = 0.9731;
    candidate.alone = 0.95;
    candidate.artist = "Björk";
    candidate.title = "Début";
    candidate.master.value = 13;
    candidate.all_pressings = 40;
    candidate.tied = 2;
    candidate.look_at = {"barcode"};
    candidate.pressings = {{{53},
                            0.5,
                            true,
                            "One Little Indian",
                            {"TPLP 31 CD"},
                            "CD, Album",
                            "UK",
                            1993,
                            {"5 016958 00312 7"}}};
    candidate.evidence = {{Field::Artist, "Björk", "BJORK", Agreement::Exact},
                          {Field::Title, "Début", "", Agreement::NotSeen}};
    return candidate;
}

ScanReport some_report() {
    ScanReport report;
    report.made = "2026-07-14T12:00:00Z";
    report.format = ShelfFormat::Cd;
    report.certainty = 0.8;
    report.releases = 19'000'000;
    PhotoFacts photo;
    photo.path = "shelf.jpg";
    photo.width = 4032;
    photo.height = 3024;
    photo.spines = 3;
    photo.backs = 1;
    photo.thickness = 61.5;
    photo.advice = {{PhotoTrouble::TooThin, "spines are 14 px thick"}};
    photo.times = {{"finding", Seconds(1.25)}};
    report.photos = {photo};
    report.times = {{"matching", Seconds(0.5)}};
    for (const shelf::ReadSpine& read : samples::rack(1, 3, 1)) {
        Disc& disc = report.discs.emplace_back();
        disc.number = report.discs.size();
        disc.seen = {{0, read}};
        disc.verdict = kDiscVerdicts[disc.number];
    }
    report.discs[0].verdict = DiscVerdict::Known;
    report.discs[0].candidates = {some_candidate()};
    report.discs[0].probability_of_none = 0.02;
    return report;
}

TEST(ScanDocument, ComesBackAsItWasWritten) {
    const std::string text = document_of(some_report());
    const auto read = read_scan_document(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(document_of(*read), text);
    EXPECT_EQ(read->discs.front().candidates.front().pressings.front().numbers.front(),
              "TPLP 31 CD");
}

TEST(ScanDocument, OfAPhotoThatCouldNotBeUsedSaysWhy) {
    ScanReport report = some_report();
    PhotoFacts broken;
    broken.path = "text.jpg";
    broken.error = Error{Code::BadInput, "text.jpg: no photo"};
    report.photos.push_back(broken);
    const Json json = Json::parse(document_of(report));
    EXPECT_EQ(json["photos"][1]["error"]["code"], "bad_input");
    EXPECT_EQ(read_scan_document(json.dump())->photos[1].error->message, "text.jpg: no photo");
}

TEST(ScanDocument, IsValidWhateverTheNamesOfFiles) {
    ScanReport report = some_report();
    report.photos[0].path = "\xff\xfe.jpg";
    EXPECT_FALSE(Json::parse(document_of(report), nullptr, false).is_discarded());
}

TEST(ScanDocument, OfALaterVersionIsRefusedWithAReason) {
    Json json = Json::parse(document_of(some_report()));
    json["spindle_scan"] = kScanDocumentVersion + 1;
    EXPECT_EQ(read_scan_document(json.dump()).error().code, Code::Unsupported);
}

TEST(ScanDocument, ThatIsNoneIsRefused) {
    for (const std::string text : {"", "{}", "[]", "7", "{\"spindle_scan\":\"1\"}", "\xff",
                                   "{\"spindle_scan\":1}", "{\"spindle_scan\":1e99}"}) {
        EXPECT_FALSE(read_scan_document(text)) << text;
    }
    EXPECT_FALSE(read_scan_document(std::string(100'000, '[')));
}

TEST(ScanDocument, HoldsNothingForAPersonToTripOver) {
    Json json = Json::parse(document_of(some_report()));
    json["discs"][0]["candidates"][0]["title"] = "\x1b[2Jgone";
    const auto read = read_scan_document(json.dump());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->discs[0].candidates[0].title.find('\x1b'), std::string::npos);
}

/// Every value of the document in turn: of another type, gone, out of range.
void damage_each(Json& root, Json& place, std::size_t& tried) {
    if (place.is_structured()) {
        for (auto& child : place) {
            damage_each(root, child, tried);
        }
    }
    const Json whole = place;
    for (const Json& other : {Json(), Json(-1), Json(1e300), Json("x"), Json::array(),
                              Json::object(), Json(true), Json::array({1, 2, 3})}) {
        place = other;
        (void)read_scan_document(root.dump()); // must return, whatever it says
        ++tried;
    }
    place = whole;
}

TEST(ScanDocument, DamagedAnywhereIsReadWithoutHarm) {
    ScanReport report = some_report();
    report.discs.resize(1);
    Json json = Json::parse(document_of(report));
    std::size_t tried = 0;
    damage_each(json, json, tried);
    EXPECT_GT(tried, 500U);
    EXPECT_TRUE(read_scan_document(json.dump()));
}

TEST(ScanDocument, CutOffAnywhereIsRefused) {
    const std::string text = document_of(some_report());
    for (std::size_t size = 0; size < text.size(); size += 7) {
        EXPECT_FALSE(read_scan_document(std::string_view(text).substr(0, size)));
    }
}

} // namespace
} // namespace spindle::app
