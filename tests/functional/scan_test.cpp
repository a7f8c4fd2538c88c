// SPDX-License-Identifier: Apache-2.0
// `spindle scan` from outside: a made-up shelf through the real networks, and photos that are none.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "catalog_fixture.h"
#include "image/encode.h"
#include "image/picture.h"
#include "made_shelf.h"
#include "testing/discogs_server.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class ScanTest : public CatalogTest {
protected:
    /// `spindle scan` in a folder of its own.
    Ended scan(std::vector<std::string> words, const fs::path& data = {}) {
        words.insert(words.begin(), "scan");
        if (!data.empty()) {
            words.insert(words.begin(), {"--data", data.string()});
        }
        Program::Options options;
        options.folder = folder_.path();
        return run(words, options);
    }
    Json scan_json(std::vector<std::string> words, int expected_exit = 0,
                   const fs::path& data = {}) {
        words.emplace_back("--json");
        const auto ended = scan(std::move(words), data);
        EXPECT_EQ(ended.exit_code, expected_exit) << ended.err;
        const auto lines = lines_of(ended.out);
        return lines.size() == 1 ? lines[0] : Json();
    }

    fs::path write_photo(const std::string& name, int width, int height, std::uint8_t shade) const {
        image::Picture picture{width, height, image::Channels::Rgb, {}};
        picture.pixels.assign(
            static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, shade);
        EXPECT_TRUE(image::write_picture(picture, folder_ / name));
        return folder_ / name;
    }

    /// Reading needs what scripts/fetch-inference fetches, which needs a network once.
    void SetUp() override {
        const auto photo = write_photo("probe.png", 300, 300, 90);
        const auto ended = scan({photo.string(), "--out", (folder_ / "probe").string()});
        if (ended.err.find("missing model") != std::string::npos ||
            ended.err.find("ONNX Runtime") != std::string::npos) {
            GTEST_SKIP() << ended.err;
        }
    }
};

TEST_F(ScanTest, FindsReadsAndNamesTheDiscsOfAMadeUpShelf) {
    const MadeShelf& shelf = made_shelf();
    const Json report = scan_json({shelf.photo.string(), "--out", "rack"}, 0, shelf.data);
    std::set<unsigned> true_releases;
    for (const Json& spine : shelf.truth["spines"]) {
        true_releases.insert(spine["release"].get<unsigned>());
    }
    const std::size_t spines = shelf.truth["spines"].size();
    EXPECT_GE(report["discs"].size() * 10, spines * 7);
    std::size_t right = 0;
    std::size_t wrong = 0;
    for (const Json& disc : report["discs"]) {
        if (disc["verdict"] != "known") {
            continue;
        }
        const auto& pressings = disc["candidates"][0]["pressings"];
        const bool is_there =
            std::any_of(pressings.begin(), pressings.end(), [&](const Json& pressing) {
                return true_releases.contains(pressing["release_id"].get<unsigned>());
            });
        ++(is_there ? right : wrong);
    }
    EXPECT_GE(right * 3, spines);
    EXPECT_LE(wrong * 10, right + wrong);
    for (const char* file : {"marked.jpg", "sheet.png", "scan.json"}) {
        EXPECT_TRUE(fs::exists(folder_ / "rack" / file)) << file;
    }
}

TEST_F(ScanTest, ExplainsADiscWithoutASecondScan) {
    const MadeShelf& shelf = made_shelf();
    scan({shelf.photo.string()}, shelf.data);
    const auto ended = scan({"--explain", "1"}, shelf.data);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("disc 1"), HasSubstr("px thick")));
    const auto by_photo = scan({"--explain", "1", shelf.photo.string()}, shelf.data);
    EXPECT_EQ(by_photo.out, ended.out);
    EXPECT_EQ(scan_json({"--explain", "1"}, 0, shelf.data)["number"], 1);
    const auto none = scan({"--explain", "99999"}, shelf.data);
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_THAT(none.err, HasSubstr("no disc 99999"));
}

TEST_F(ScanTest, ReadsWithoutACatalogAndSaysHowToGetOne) {
    const auto ended = scan({made_shelf().photo.string(), "--out", "rack"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("spindle catalog import"));
    EXPECT_THAT(ended.out, HasSubstr("read"));
}

// Two photos of one shelf, as a hand takes them.
TEST_F(ScanTest, JoinsTwoPhotosOfOneShelf) {
    MadeShelf::make(SPINDLE_MAKE_SHELF,
                    {"--out", folder_.path().string(), "--count", "1", "--seed", "32", "--size",
                     "1024x768", "--fonts", kFonts, "--looks", "2"});
    const std::string first = (folder_ / "00000.jpg").string();
    const std::string second = (folder_ / "00000-2.jpg").string();
    const Json one = scan_json({first, "--out", "one"});
    const Json both = scan_json({first, second, "--out", "both"});
    EXPECT_LT(both["discs"].size(), one["discs"].size() * 3 / 2);
    std::size_t in_both = 0;
    for (const Json& disc : both["discs"]) {
        in_both += disc["seen"].size() == 2 ? 1 : 0;
    }
    EXPECT_GE(in_both, one["discs"].size() / 2);
}

TEST_F(ScanTest, CountsAPhotoNamedTwiceOnce) {
    const std::string photo = made_shelf().photo.string();
    const Json once = scan_json({photo, "--out", "once"});
    const fs::path copy = folder_ / "copy.jpg";
    fs::copy_file(photo, copy);
    const Json twice = scan_json({photo, photo, copy.string(), "--out", "twice"});
    EXPECT_EQ(twice["photos"].size(), 2U);
    EXPECT_EQ(twice["discs"].size(), once["discs"].size());
}

TEST_F(ScanTest, GoesOnAfterAPhotoThatIsNone) {
    write("notes.jpg", "not a photo at all");
    const auto ended = scan({(folder_ / "notes.jpg").string(), made_shelf().photo.string()});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("notes.jpg"));
    EXPECT_THAT(ended.out, HasSubstr("discs"));
}

struct BadPhoto {
    std::string name;
    std::string says; ///< part of the message
};

TEST_F(ScanTest, SaysWhatIsWrongWithAPhotoAndWhatToDo) {
    write("text.jpg", "Dear diary, this is not a photo");
    write("empty.jpg", "");
    write("cut.jpg", [&] {
        std::ifstream file(made_shelf().photo, std::ios::binary);
        std::string half(40'000, '\0');
        file.read(half.data(), static_cast<std::streamsize>(half.size()));
        return half;
    }());
    write_photo("small.png", 60, 60, 100);
    write_photo("black.png", 1200, 900, 0);
    write_photo("wall.png", 1200, 900, 180);
    fs::create_directories(folder_ / "folder.jpg");
    const std::vector<BadPhoto> table{
        {"missing.jpg", "missing.jpg"},
        {"text.jpg", "text.jpg"},
        {"empty.jpg", "empty"},
        {"cut.jpg", "cut.jpg"},
        {"small.png", "200"},
        {"folder.jpg", "folder.jpg"},
        {"black.png", "the photo is nearly black: make light"},
        {"wall.png", "next to nothing on the photo"},
    };
    for (const BadPhoto& bad : table) {
        const auto ended = scan({(folder_ / bad.name).string()});
        EXPECT_EQ(ended.exit_code, 1) << bad.name;
        EXPECT_THAT(ended.err, HasSubstr(bad.says)) << bad.name;
        EXPECT_THAT(ended.err, Not(HasSubstr("terminate"))) << bad.name;
        const Json json = scan_json({(folder_ / bad.name).string()}, 1);
        EXPECT_TRUE(json.contains("error") || json.contains("photos")) << bad.name;
    }
}

TEST_F(ScanTest, NeverReplacesFilesThatAreNotAScans) {
    fs::create_directories(folder_ / "mine");
    write("mine/marked.jpg", "holiday");
    const auto ended = scan({made_shelf().photo.string(), "--out", "mine"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("choose another folder with --out"));
    std::ifstream kept(folder_ / "mine/marked.jpg");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), "holiday");
}

TEST_F(ScanTest, KeepsWhatWasReadWhenStopped) {
    std::vector<std::string> words{"scan", "--out", (folder_ / "rack").string()};
    for (int i = 0; i < 4; ++i) { // minutes of work
        const fs::path copy = folder_ / fmt::format("{}.jpg", i);
        fs::copy_file(made_shelf().photo, copy);
        words.push_back(copy.string());
    }
    const auto program = start(words);
    std::this_thread::sleep_for(std::chrono::seconds(4));
    program->send(SIGINT);
    program->wait();
    // A slow machine may not have read anything yet; then there is no folder.
    if (fs::exists(folder_ / "rack")) {
        std::ifstream file(folder_ / "rack/scan.json");
        const Json report = Json::parse(file, nullptr, false);
        ASSERT_FALSE(report.is_discarded());
        EXPECT_EQ(report["complete"], false);
        EXPECT_GT(report["discs"].size(), 10U);
        EXPECT_TRUE(fs::exists(folder_ / "rack/marked.jpg"));
    }
}

TEST_F(ScanTest, SaysWhatIsWorthBuyingOnceItMayAskDiscogs) {
    const MadeShelf& shelf = made_shelf();
    const testing::DiscogsServer discogs;
    Program::Options options;
    options.folder = folder_.path();
    options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
    options.environment["SPINDLE_DISCOGS_URL"] = discogs.url("");
    options.environment["SPINDLE_DISCOGS_WINDOW"] = "1";
    options.standard_input = (folder_ / "token").string();
    std::ofstream(options.standard_input) << testing::DiscogsServer::kToken << "\n";
    ASSERT_EQ(run({"login", "discogs", "--token-stdin"}, options).exit_code, 0);
    fs::copy(shelf.data, folder_ / "priced", fs::copy_options::recursive);
    const std::vector<std::string> words{
        "--data", (folder_ / "priced").string(), "scan", shelf.photo.string(), "--out", "rack",
        "--json"};
    const auto first = run(words, options);
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const Json report = lines_of(first.out).at(0);
    std::set<unsigned> releases;
    for (const Json& disc : report["discs"]) {
        if (disc["verdict"] == "known") {
            ASSERT_TRUE(disc["worth"].is_object()) << disc["number"];
            EXPECT_EQ(disc["worth"]["lowest"], 4.22);
            EXPECT_GT(disc["worth"]["high"], disc["worth"]["low"]);
            EXPECT_EQ(disc["worth"]["notice"], "Data provided by Discogs.");
            EXPECT_EQ(disc["worth"]["blocked"], false);
        }
        if (disc["worth"].is_object()) {
            releases.insert(disc["worth"]["release_id"].get<unsigned>());
        }
    }
    EXPECT_GT(releases.size(), 5U);
    std::size_t prices = 0;
    for (const auto& request : discogs.requests()) {
        prices += request.target.starts_with("/releases/") ? 1U : 0U;
    }
    EXPECT_EQ(prices, releases.size());
    const auto explained = run({"scan", "--explain", "1", "--out", "rack"}, options);
    EXPECT_EQ(explained.exit_code, 0) << explained.err;
    const std::vector<std::string> for_people(words.begin(), words.end() - 1);
    EXPECT_THAT(run(for_people, options).out, HasSubstr("Data provided by Discogs."));
}

TEST_F(ScanTest, SearchesDiscogsForWhatTheCatalogDoesNotHave) {
    const MadeShelf& shelf = made_shelf();
    import(write("other.xml", dump_of(records(1, 400))).string());
    testing::DiscogsServer discogs;
    std::set<unsigned> true_releases;
    for (const Json& spine : shelf.truth["spines"]) {
        const unsigned id = spine["release"].get<unsigned>();
        const auto known = lines_of(
            run({"--data", shelf.data.string(), "catalog", "show", std::to_string(id), "--json"})
                .out);
        if (known.empty() || !true_releases.insert(id).second) {
            continue;
        }
        const Json& release = known[0];
        const Json hit{{"id", id},
                       {"title", fmt::format("{} - {}", release["artist"].get<std::string>(),
                                             release["title"].get<std::string>())},
                       {"catno", release["labels"][0]["catno"]},
                       {"label", Json::array({release["labels"][0]["label"]})},
                       {"format", Json::array({"CD"})}};
        discogs.put_hit("/database/search", hit.dump());
    }
    Program::Options options;
    options.folder = folder_.path();
    options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
    options.environment["SPINDLE_DISCOGS_URL"] = discogs.url("");
    options.environment["SPINDLE_DISCOGS_WINDOW"] = "1";
    options.standard_input = (folder_ / "token").string();
    std::ofstream(options.standard_input) << testing::DiscogsServer::kToken << "\n";
    ASSERT_EQ(run({"login", "discogs", "--token-stdin"}, options).exit_code, 0);
    const auto ended =
        run({"scan", shelf.photo.string(), "--out", "rack", "--searches", "4", "--json"}, options);
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    const Json report = lines_of(ended.out).at(0);
    std::size_t searches = 0;
    for (const auto& request : discogs.requests()) {
        searches += request.target.starts_with("/database/search") ? 1U : 0U;
    }
    EXPECT_EQ(searches, 4U);
    EXPECT_THAT(ended.err, HasSubstr("--searches N"));
    std::size_t named = 0;
    for (const Json& disc : report["discs"]) {
        if (disc["verdict"] == "known") {
            const Json& pressing = disc["candidates"][0]["pressings"][0];
            EXPECT_EQ(pressing["found_online"], true);
            EXPECT_TRUE(true_releases.contains(pressing["release_id"].get<unsigned>()));
            EXPECT_TRUE(disc["worth"].is_object());
            ++named;
        }
    }
    EXPECT_GT(named, 0U);
}

using ScanUsageTest = CatalogTest;

TEST_F(ScanUsageTest, RefusesCommandLinesThatMakeNoSense) {
    const std::vector<std::vector<std::string>> table{
        {"scan"},
        {"scan", "a.jpg", "--format", "tape"},
        {"scan", "a.jpg", "--threshold", "2"},
        {"scan", "--explain", "0"},
        {"scan", "--explain", "1", "a", "b"},
        {"scan", "a.jpg", "--jobs", "none"},
    };
    for (const auto& words : table) {
        EXPECT_EQ(run(words).exit_code, 2) << words.back();
    }
}

TEST_F(ScanUsageTest, HasNothingToExplainBeforeAScan) {
    const auto ended = run({"scan", "--explain", "3"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("scan a photo first"));
}

TEST_F(ScanUsageTest, SaysWhatIsMissingToReadPhotos) {
    Program::Options options;
    options.environment["SPINDLE_MODELS"] = (folder_ / "nowhere").string();
    const auto ended = run({"scan", "a.jpg"}, options);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("missing model"), HasSubstr("scripts/fetch-inference")));
}

TEST_F(ScanUsageTest, ShowsAnExampleInItsHelp) {
    EXPECT_THAT(run({"scan", "--help"}).out, HasSubstr("spindle scan rack.jpg"));
}

} // namespace
} // namespace spindle::functional
