// SPDX-License-Identifier: Apache-2.0
// Photos of made-up shelves, found, read and named by what `spindle scan` runs: must stay as good
// as expect_shelf.tsv says. Real photos decide what is good (spindle-eval); this notices what gets
// worse.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/catalog/import.h"
#include "app/dig/disc_naming.h"
#include "app/dig/photo_reading.h"
#include "app/workers.h"
#include "catalog/dump.h"
#include "io/file.h"
#include "shelf/shelf_score.h"
#include "shelf/shelf_truth.h"
#include "testing/temp_folder.h"
#include "training/shelf/photo.h"

namespace spindle::bench {
namespace {

namespace fs = std::filesystem;

// Enough to notice what gets worse, and as much as a minute allows.
constexpr std::size_t kLegibleSpines = 150;
constexpr std::uint64_t kMostPhotos = 60; // looked at
constexpr std::uint64_t kSeed = 900'000;  // nothing is trained on photos of these seeds
constexpr std::uint32_t kReleases = 30'000;
constexpr std::uint64_t kCatalogSeed = 9;
/// One family that every machine with the tests has: others would make other photos.
constexpr const char* kFonts = "/usr/share/fonts/truetype/dejavu";

template <typename Value>
Value checked(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

/// The catalog the discs on the photos are from.
app::ScanCatalog made_up_catalog(const fs::path& folder) {
    DumpOptions options;
    options.world.releases = kReleases;
    options.world.seed = kCatalogSeed;
    options.bytes_per_release = 1400;
    options.out = folder / "dump.xml";
    checked(make_dump(options));
    app::ImportOptions import;
    import.source = options.out.string();
    checked(app::import_catalog(folder, import, [](const Progress&) {}, {}));
    return app::ScanCatalog::open(folder, app::ShelfFormat::Any, 0.8);
}

/// A photo and its truth as files, as spindle-make-shelf writes them.
ShelfTruth made_up_photo(const fs::path& folder, std::uint64_t number,
                         const made_shelf::Fonts& fonts, made_shelf::Releases& releases) {
    made_shelf::SceneOptions scene;
    scene.catalog_size = kReleases;
    const auto photo = made_shelf::make_photo(kSeed + number, scene, fonts, releases);
    const std::string name = fmt::format("{}.jpg", number);
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(photo.jpeg.data()),
               static_cast<std::streamsize>(photo.jpeg.size()));
    const fs::path truth = folder / fmt::format("{}.json", number);
    std::ofstream(truth) << made_shelf::as_json(photo.truth, name);
    return checked(read_truth(truth, folder));
}

/// Not a whole wall, far away: reading what nobody can read takes long and shows little.
bool is_worth_reading(const ShelfTruth& truth) {
    const auto legible = std::count_if(truth.spines.begin(), truth.spines.end(),
                                       [](const TrueSpine& spine) { return spine.legible; });
    return legible >= 12 && legible * 3 >= static_cast<std::ptrdiff_t>(truth.spines.size()) * 2;
}

struct Bounds {
    double least = 0, most = 100;
};

std::map<std::string, Bounds> expectations() {
    std::istringstream lines(checked(io::read_file(SPINDLE_SHELF_EXPECTATIONS, 1U << 20U)));
    std::map<std::string, Bounds> expected;
    std::string line;
    std::getline(lines, line); // header
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::string name;
        std::getline(cells, name, '\t');
        Bounds bounds;
        cells >> bounds.least >> bounds.most;
        expected[name] = bounds;
    }
    return expected;
}

TEST(ShelfAccuracy, StaysAsGoodAsItWas) {
    auto reader = app::PhotoReader::open(app::default_threads());
    if (!reader && reader.error().code == Code::NotFound) {
        GTEST_SKIP() << reader.error().message;
    }
    ASSERT_TRUE(reader) << reader.error().message;
    const testing::TempFolder folder;
    const auto catalog = made_up_catalog(folder.path());
    ASSERT_NE(catalog.matcher(), nullptr) << catalog.trouble();
    const auto fonts = checked(made_shelf::Fonts::load(kFonts));
    made_shelf::Releases releases(kCatalogSeed, kReleases);
    ShelfTally tally;
    for (std::uint64_t number = 0;
         number < kMostPhotos && tally.found_legible.total < kLegibleSpines; ++number) {
        const auto truth = made_up_photo(folder.path(), number, fonts, releases);
        if (!is_worth_reading(truth)) {
            continue;
        }
        const auto silent = [](const Progress&) {};
        std::vector<app::PhotoReading> readings;
        readings.push_back(checked(reader->read(truth.photo, silent, {})));
        app::ScanReport report;
        ASSERT_TRUE(
            app::name_discs(catalog, std::move(readings), app::default_threads(), silent, report));
        tally.add(score_photo(truth, report.discs, CatalogGiven::Yes));
    }
    const std::map<std::string, Share> measured{
        {"found", tally.found_legible},  {"false", tally.false_boxes},
        {"direction", tally.direction},  {"letters wrong", tally.letters},
        {"words right", tally.words},    {"numbers exact", tally.number_exact},
        {"releases right", tally.right}, {"releases wrong", tally.wrong},
    };
    const auto expected = expectations();
    for (const auto& [name, share] : measured) {
        ASSERT_TRUE(expected.contains(name)) << name;
        const Bounds& bounds = expected.at(name);
        fmt::print("{:<16} {:>5} of {:<5} {:>6.2f} %   {} to {} %\n", name, share.hits, share.total,
                   share.percent(), bounds.least, bounds.most);
        EXPECT_GE(share.percent(), bounds.least) << name;
        EXPECT_LE(share.percent(), bounds.most) << name;
    }
}

} // namespace
} // namespace spindle::bench
