// SPDX-License-Identifier: Apache-2.0
// Spines of a made-up catalog, read badly: the matcher must stay as good as expect_catalog.tsv
// says. Real releases decide what is good (spindle-catalog-accuracy); this notices what gets worse.
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include "app/catalog/catalog_folder.h"
#include "app/catalog/import.h"
#include "catalog/catalog.h"
#include "catalog/dump.h"
#include "catalog/matching_trial.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::bench {
namespace {

constexpr std::uint32_t kReleases = 30'000;
constexpr std::uint32_t kAbsentReleases = 2'000;
constexpr std::size_t kSpines = 300; // of each condition
constexpr std::uint64_t kSeed = 30;

/// A catalog of made-up releases, through the program's own import.
catalog::Catalog made_up_catalog(const std::filesystem::path& folder, std::uint32_t releases,
                                 std::uint64_t seed) {
    std::filesystem::create_directories(folder);
    DumpOptions options;
    options.world.releases = releases;
    options.world.seed = seed;
    options.bytes_per_release = 1400;
    options.out = folder / "dump.xml";
    const auto made = make_dump(options);
    if (!made) {
        throw std::runtime_error(made.error().message);
    }
    app::ImportOptions import;
    import.source = options.out.string();
    const auto imported = app::import_catalog(folder, import, [](const Progress&) {}, {});
    if (!imported) {
        throw std::runtime_error(imported.error().message);
    }
    auto opened = catalog::Catalog::open(app::catalog_folder(folder));
    if (!opened) {
        throw std::runtime_error(opened.error().message);
    }
    return std::move(*opened);
}

/// Releases drawn from all over a catalog.
std::vector<catalog::Release> drawn_from(const catalog::Catalog& catalog) {
    const catalog::CatalogFile& file = catalog.files().front();
    const auto ids = file.ids();
    std::vector<catalog::Release> releases;
    for (std::size_t i = 0; releases.size() < kSpines; ++i) {
        const auto id = ids[XXH3_64bits_withSeed(&i, sizeof i, kSeed) % ids.size()];
        releases.push_back(catalog.find(id).value().value());
    }
    return releases;
}

struct Counts {
    std::size_t spines = 0, right = 0, wrong = 0;
};

Counts try_all(const catalog::Matcher& matcher, const std::vector<catalog::Release>& releases,
               const NoiseOptions& noise, bool is_known) {
    Counts counts;
    std::uint64_t seed = kSeed;
    for (const catalog::Release& release : releases) {
        const auto trial = try_matching(matcher, release, noise, ++seed).value();
        const bool right = is_known && trial.group_right;
        ++counts.spines;
        counts.right += trial.answered && right ? 1 : 0;
        counts.wrong += trial.answered && !right ? 1 : 0;
    }
    return counts;
}

struct Expectation {
    std::size_t least_right = 0, most_wrong = 0;
};

std::map<std::string, Expectation> expectations() {
    std::istringstream lines(io::read_file(SPINDLE_CATALOG_EXPECTATIONS, 1U << 20U).value());
    std::map<std::string, Expectation> expected;
    std::string line;
    std::getline(lines, line); // header
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::string name;
        std::getline(cells, name, '\t');
        Expectation one;
        cells >> one.least_right >> one.most_wrong;
        expected[name] = one;
    }
    return expected;
}

TEST(CatalogAccuracy, StaysAsGoodAsItWas) {
    auto folder =
        testing::TempFolder::create("spindle-ratchet-", std::filesystem::temp_directory_path());
    ASSERT_TRUE(folder.has_value());
    const auto known = made_up_catalog(folder->path() / "known", kReleases, 1);
    const auto other = made_up_catalog(folder->path() / "other", kAbsentReleases, 2);
    const catalog::Matcher matcher(known);
    const auto releases = drawn_from(known);
    const auto absent = drawn_from(other);

    const auto expected = expectations();
    fmt::print("{:<20} {:>6} {:>6} {:>6}   expected\n", "read", "spines", "right", "wrong");
    for (const bool is_known : {true, false}) {
        for (const ReadingCondition& condition : standard_conditions()) {
            const std::string name = (is_known ? "" : "absent, ") + condition.name;
            const Counts counts =
                try_all(matcher, is_known ? releases : absent, condition.noise, is_known);
            ASSERT_TRUE(expected.contains(name)) << name;
            const Expectation& least = expected.at(name);
            fmt::print("{:<20} {:>6} {:>6} {:>6}   right >= {}, wrong <= {}\n", name, counts.spines,
                       counts.right, counts.wrong, least.least_right, least.most_wrong);
            EXPECT_GE(counts.right, least.least_right) << name;
            EXPECT_LE(counts.wrong, least.most_wrong) << name;
        }
    }
}

} // namespace
} // namespace spindle::bench
