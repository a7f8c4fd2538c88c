// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalog.h"
#include "catalog/catalog_samples.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::HasSubstr;

class CatalogOfAFolder : public ::testing::Test {
protected:
    void write(std::string_view name, const std::vector<Release>& releases) const {
        const auto done =
            samples::write_catalog(folder_ / std::string(name), folder_.path(), releases);
        ASSERT_TRUE(done) << done.error().message;
    }
    static Release release_of(std::uint32_t id, const std::string& title) {
        Release release;
        release.id.value = id;
        release.title = title;
        release.tracks = {{"A1", title + " song", 60}};
        return release;
    }
    testing::TempFolder folder_{testing::memory_folder()};
};

TEST_F(CatalogOfAFolder, SaysHowToGetOneWhereThereIsNone) {
    for (const auto& folder : {folder_.path(), folder_ / "nowhere"}) {
        const auto none = Catalog::open(folder);
        ASSERT_FALSE(none);
        EXPECT_EQ(none.error().code, Code::NotFound);
        EXPECT_THAT(none.error().message, HasSubstr(folder.string()));
        EXPECT_THAT(none.error().message, HasSubstr("spindle catalog import"));
    }
}

TEST_F(CatalogOfAFolder, TakesAReleaseInBothFilesFromTheDump) {
    write(Catalog::kDumpFile, {release_of(1, "dump one"), release_of(2, "dump two")});
    write(Catalog::kOwnFile, {release_of(2, "own two"), release_of(kFirstOwnRelease, "own three")});
    const auto catalog = Catalog::open(folder_.path());
    ASSERT_TRUE(catalog) << catalog.error().message;
    ASSERT_EQ(catalog->files().size(), 2U);
    EXPECT_EQ(catalog->files()[0].path().filename(), Catalog::kDumpFile);
    EXPECT_EQ(catalog->releases(), 4U);
    const auto title_of = [&](std::uint32_t id) {
        return catalog->find(ReleaseId{id}).value().value().title;
    };
    EXPECT_EQ(title_of(1), "dump one");
    EXPECT_EQ(title_of(2), "dump two");
    EXPECT_EQ(title_of(kFirstOwnRelease), "own three");
    EXPECT_EQ(catalog->find(ReleaseId{1}).value()->tracks.size(), 1U);
}

TEST_F(CatalogOfAFolder, HasNothingUnderANumberNobodyHas) {
    write(Catalog::kDumpFile, {release_of(1, "one")});
    const auto catalog = Catalog::open(folder_.path());
    ASSERT_TRUE(catalog);
    const auto none = catalog->find(ReleaseId{99});
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->has_value());
}

TEST_F(CatalogOfAFolder, NeedsNoMoreThanOneFile) {
    write(Catalog::kOwnFile, {release_of(kFirstOwnRelease, "own")});
    const auto catalog = Catalog::open(folder_.path());
    ASSERT_TRUE(catalog);
    EXPECT_EQ(catalog->files().size(), 1U);
    EXPECT_TRUE(catalog->find(ReleaseId{kFirstOwnRelease}).value());
}

TEST_F(CatalogOfAFolder, DoesNotPassOverADamagedFile) {
    write(Catalog::kDumpFile, {release_of(1, "one")});
    std::ofstream(folder_ / std::string(Catalog::kOwnFile)) << "somebody's shopping list";
    const auto catalog = Catalog::open(folder_.path());
    ASSERT_FALSE(catalog);
    EXPECT_EQ(catalog.error().code, Code::BadInput);
    EXPECT_THAT(catalog.error().message, HasSubstr("own.catalog"));
}

} // namespace
} // namespace spindle::catalog
