// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include "catalog/catalog_file.h"
#include "catalog/catalog_format.h"
#include "catalog/catalog_samples.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::HasSubstr;

format::Trailer trailer_of(const std::string& bytes) {
    format::Trailer trailer{};
    std::memcpy(&trailer, bytes.data() + bytes.size() - sizeof trailer, sizeof trailer);
    return trailer;
}

/// Puts the trailer at the end of the bytes with its checksum right.
void replace_trailer(std::string& bytes, format::Trailer trailer) {
    trailer.checksum = XXH3_64bits(&trailer, offsetof(format::Trailer, checksum));
    std::memcpy(bytes.data() + bytes.size() - sizeof trailer, &trailer, sizeof trailer);
}

void flip(std::string& bytes, std::size_t at, unsigned bits) {
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ bits);
}

class DamagedCatalogFile : public ::testing::Test {
protected:
    /// The bytes of a catalog file of these releases.
    std::string written(const std::vector<Release>& releases) const {
        const auto done = samples::write_catalog(folder_ / "good", folder_.path(), releases);
        EXPECT_TRUE(done) << done.error().message;
        return io::read_file(folder_ / "good", 1U << 30U).value();
    }
    /// A file of these bytes, opened.
    Result<CatalogFile> opened(const std::string& bytes) const {
        const auto path = folder_ / "changed.catalog";
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
        return CatalogFile::open(path);
    }
    /// That these bytes are refused, with a message that names the file and has `why` in it.
    void expect_refused(const std::string& bytes, const std::string& why) const {
        const auto refused = opened(bytes);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::BadInput);
        EXPECT_THAT(refused.error().message, HasSubstr((folder_ / "changed.catalog").string()));
        EXPECT_THAT(refused.error().message, HasSubstr(why));
        EXPECT_THAT(refused.error().message, HasSubstr("import it again"));
    }

    testing::TempFolder folder_{testing::memory_folder()};
};

TEST_F(DamagedCatalogFile, SaysThatAnotherFileIsNoCatalog) {
    expect_refused("", "not a catalog");
    expect_refused("SPNDLCAT", "not a catalog");
    expect_refused(std::string(100'000, 'x'), "not a catalog");
}

TEST_F(DamagedCatalogFile, SaysThatAFileCutShortIsCutShort) {
    const std::string whole = written(samples::random_releases(1, 200));
    for (std::size_t size = sizeof(format::Trailer) + 8; size < whole.size(); size += 487) {
        expect_refused(whole.substr(0, size), "cut short");
    }
    expect_refused(whole.substr(0, whole.size() - 1), "cut short");
    expect_refused(whole + "x", "cut short");
}

TEST_F(DamagedCatalogFile, SaysThatAFileIsOfAnotherVersion) {
    std::string bytes = written(samples::random_releases(1, 20));
    const format::Trailer good = trailer_of(bytes);
    format::Trailer trailer = good;
    trailer.version += 1;
    replace_trailer(bytes, trailer);
    expect_refused(bytes, "another version of Spindle");
    trailer = good;
    trailer.term_version += 1;
    replace_trailer(bytes, trailer);
    expect_refused(bytes, "another version of Spindle");
}

TEST_F(DamagedCatalogFile, RefusesASectionThatReachesOutside) {
    const std::string whole = written(samples::random_releases(1, 20));
    for (std::size_t section = 0; section < format::kSections; ++section) {
        for (const std::uint64_t value :
             {std::uint64_t{whole.size() + 1}, ~std::uint64_t{0}, ~std::uint64_t{0} - 100}) {
            std::string bytes = whole;
            format::Trailer trailer = trailer_of(whole);
            trailer.sections[section].offset = value;
            replace_trailer(bytes, trailer);
            expect_refused(bytes, "damaged");
            trailer = trailer_of(whole);
            trailer.sections[section].bytes = value;
            replace_trailer(bytes, trailer);
            expect_refused(bytes, "damaged");
        }
    }
}

TEST_F(DamagedCatalogFile, RefusesAShardThatReachesOutside) {
    const std::string whole = written(samples::random_releases(1, 20));
    const auto change = [&](auto&& alter) {
        std::string bytes = whole;
        format::Trailer trailer = trailer_of(bytes);
        format::Section& section = trailer.sections[format::Shards];
        format::Shard shard{};
        std::memcpy(&shard, bytes.data() + section.offset, sizeof shard);
        alter(shard);
        std::memcpy(bytes.data() + section.offset, &shard, sizeof shard);
        section.checksum = XXH3_64bits(bytes.data() + section.offset, section.bytes);
        replace_trailer(bytes, trailer);
        return bytes;
    };
    EXPECT_TRUE(opened(change([](format::Shard&) {})));
    expect_refused(change([](format::Shard& shard) { shard.directory = ~0ULL; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.entries = 1ULL << 60U; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.filter = 1ULL << 40U; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.posting_bytes = ~0ULL; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.count = ~0U; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.directory_bits = 64; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.filter_lines = 3; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.filter_lines = 0; }), "damaged");
    expect_refused(change([](format::Shard& shard) { shard.filter_lines = 1U << 31U; }), "damaged");
}

TEST_F(DamagedCatalogFile, NoticesEveryFlippedByteOfEverySection) {
    const std::string whole =
        written(samples::random_releases(1, 1100)); // enough that dictionaries are learnt
    const format::Trailer trailer = trailer_of(whole);
    std::mt19937 random(3);
    for (std::size_t name = 0; name < format::kSections; ++name) {
        const format::Section& section = trailer.sections[name];
        ASSERT_GT(section.bytes, 0U) << name;
        for (int i = 0; i < 12; ++i) {
            std::string bytes = whole;
            const std::size_t at = section.offset + (i == 0   ? 0
                                                     : i == 1 ? section.bytes - 1
                                                              : random() % section.bytes);
            flip(bytes, at, 1U << (random() % 8));
            const auto file = opened(bytes);
            if (!file) {
                EXPECT_EQ(name, format::Shards);
                EXPECT_EQ(file.error().code, Code::BadInput);
                continue;
            }
            const auto verified = file->verify();
            ASSERT_FALSE(verified) << name << " " << at;
            EXPECT_EQ(verified.error().code, Code::BadInput);
            EXPECT_THAT(verified.error().message, HasSubstr("changed.catalog: damaged in its "));
        }
    }
}

TEST_F(DamagedCatalogFile, RefusesAnyFlippedByteOfItsTrailer) {
    const std::string whole = written(samples::random_releases(1, 10));
    for (std::size_t at = whole.size() - sizeof(format::Trailer); at < whole.size(); ++at) {
        std::string bytes = whole;
        flip(bytes, at, 0x04);
        ASSERT_FALSE(opened(bytes)) << at;
    }
}

TEST_F(DamagedCatalogFile, StillAnswersForReleasesOutsideADamagedBlock) {
    const auto releases = samples::random_releases(1, 400);
    std::string bytes = written(releases);
    format::Block block{};
    std::memcpy(&block,
                bytes.data() + trailer_of(bytes).sections[format::Blocks].offset + 2 * sizeof block,
                sizeof block);
    flip(bytes, block.offset + block.card_bytes / 2, 0x01);                     // cards 128 to 191
    flip(bytes, block.offset + block.card_bytes + block.track_bytes / 2, 0x01); // and their tracks
    const auto file = opened(bytes);
    ASSERT_TRUE(file);
    CardReader reader(*file);
    for (int round = 0; round < 2; ++round) { // what failed once must not be taken from the cache
        for (const Release& release : releases) {
            const Document document = file->find(release.id).value();
            const auto card = reader.card(document);
            const bool is_damaged = document / format::kBlockReleases == 2;
            ASSERT_EQ(card.has_value(), !is_damaged) << document;
            if (is_damaged) {
                EXPECT_EQ(card.error().code, Code::BadInput);
                EXPECT_THAT(card.error().message, HasSubstr("changed.catalog"));
            } else {
                EXPECT_EQ((*card)->title, release.title);
            }
        }
    }
}

TEST_F(DamagedCatalogFile, StillShowsCardsWhoseTracklistsAreDamaged) {
    const auto releases = samples::random_releases(1, 64);
    std::string bytes = written(releases);
    format::Block block{};
    std::memcpy(&block, bytes.data() + trailer_of(bytes).sections[format::Blocks].offset,
                sizeof block);
    flip(bytes, block.offset + block.card_bytes + block.track_bytes / 2, 0x01);
    const auto file = opened(bytes);
    ASSERT_TRUE(file);
    CardReader reader(*file);
    const Document document = file->find(releases.front().id).value();
    EXPECT_EQ((*reader.card(document))->title, releases.front().title);
    const auto whole = reader.release(document);
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().code, Code::BadInput);
    EXPECT_THAT(whole.error().message, HasSubstr("changed.catalog"));
}

TEST_F(DamagedCatalogFile, NeverReadsOutsideWhateverItsTablesSay) {
    const auto releases = samples::random_releases(1, 300);
    const std::string whole = written(releases);
    std::vector<TermHash> terms;
    for (const Release& release : releases) {
        append_terms(release, terms);
    }
    std::mt19937 random(11);
    for (int round = 0; round < 8; ++round) {
        std::string bytes = whole;
        format::Trailer trailer = trailer_of(whole);
        for (int i = 0; i < 40; ++i) {
            const auto name = std::array{format::Terms, format::Blocks, format::GroupStarts,
                                         format::Ids}[random() % 4];
            const format::Section& section = trailer.sections[name];
            bytes[section.offset + random() % section.bytes] = static_cast<char>(random());
        }
        trailer.documents = round % 3 == 0 ? ~0U : trailer.documents;
        replace_trailer(bytes, trailer);
        const auto file = opened(bytes);
        ASSERT_TRUE(file);
        CardReader reader(*file);
        for (const TermHash term : terms) {
            std::vector<Document> found;
            (void)file->count(term);
            (void)file->read(term, 1000, found);
            ASSERT_LE(found.size(), 1000U);
            for (const Document document : found) {
                ASSERT_LT(document, file->documents());
                const DocumentRange group = file->group_of(document);
                ASSERT_LE(group.first, document);
            }
        }
        for (const ReleaseId id : file->ids()) {
            if (const auto document = file->find(id)) {
                (void)file->group_of(*document);
                (void)reader.release(*document);
            }
        }
    }
}

TEST_F(DamagedCatalogFile, IsNotSearchedForAGroupBeyondItsEnd) {
    // A release number may lead anywhere. Four billion documents are not walked down one by one:
    // this would take minutes.
    const std::string whole = written(samples::random_releases(1, 300));
    const auto file = opened(whole);
    ASSERT_TRUE(file);
    for (int i = 0; i < 10'000; ++i) {
        const DocumentRange group = file->group_of(~0U - static_cast<Document>(i));
        ASSERT_LE(group.first, file->documents());
        ASSERT_EQ(group.last, file->documents());
    }
}

} // namespace
} // namespace spindle::catalog
