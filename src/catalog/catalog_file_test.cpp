// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include "catalog/catalog_file.h"
#include "catalog/catalog_format.h"
#include "catalog/catalog_samples.h"
#include "catalog/group_key.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::HasSubstr;

std::string content_of(const std::filesystem::path& file) {
    return io::read_file(file, 1U << 30U).value();
}

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

class CatalogFileOnDisk : public ::testing::Test {
protected:
    CatalogFile written(const std::vector<Release>& releases,
                        const samples::BuildPlan& plan = {}) const {
        const auto done = samples::write_catalog(file_, folder_.path(), releases, plan);
        EXPECT_TRUE(done) << done.error().message;
        auto opened = CatalogFile::open(file_);
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(opened).value();
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
    std::filesystem::path file_ = folder_ / "test.catalog";
};

TEST_F(CatalogFileOnDisk, HasEveryReleaseWithAllFieldsAndTracks) {
    auto releases = samples::random_releases(1, 3000);
    samples::BuildPlan plan;
    plan.first_years = {{MasterId{3}, 1971}, {MasterId{4}, 1999}};
    plan.other_versions = {MasterId{3}, MasterId{3}, MasterId{0}};
    std::map<MasterId, std::uint32_t> versions{{MasterId{3}, 2}};
    for (const Release& release : releases) {
        ++versions[release.master];
    }
    versions[MasterId{0}] = 0;
    std::mt19937 random(1);
    std::shuffle(releases.begin(), releases.end(), random);

    const CatalogFile file = written(releases, plan);
    EXPECT_EQ(file.releases(), 3000U);
    EXPECT_EQ(file.bytes(), std::filesystem::file_size(file_));
    EXPECT_EQ(file.path(), file_);
    EXPECT_TRUE(file.verify());
    CardReader reader(file);
    for (Release expected : releases) {
        expected.versions = versions[expected.master];
        expected.first_year = expected.master.value == 3   ? 1971
                              : expected.master.value == 4 ? 1999
                                                           : 0;
        const auto document = file.find(expected.id);
        ASSERT_TRUE(document) << expected.id.value;
        ASSERT_LT(*document, file.documents());
        const auto whole = reader.release(*document);
        ASSERT_TRUE(whole) << whole.error().message;
        EXPECT_EQ(*whole, expected) << expected.id.value;
        const auto card = reader.card(*document);
        ASSERT_TRUE(card);
        expected.tracks.clear();
        EXPECT_EQ(**card, expected) << expected.id.value;
    }
}

TEST_F(CatalogFileOnDisk, KnowsNoOtherReleases) {
    const CatalogFile file = written(samples::random_releases(100, 50));
    for (const std::uint32_t id : {0U, 1U, 99U, 150U, kFirstOwnRelease, ~0U}) {
        EXPECT_FALSE(file.find(ReleaseId{id})) << id;
    }
}

TEST_F(CatalogFileOnDisk, ListsItsReleasesByNumberInWhateverOrderTheyCame) {
    std::vector<Release> releases;
    for (const std::uint32_t id : {70U, kFirstOwnRelease + 3, 1U, ~0U, 36'000'000U, 5U}) {
        releases.push_back(samples::random_release(id));
    }
    const CatalogFile file = written(releases);
    EXPECT_THAT(file.ids(), ::testing::ElementsAre(
                                ReleaseId{1}, ReleaseId{5}, ReleaseId{70}, ReleaseId{36'000'000},
                                ReleaseId{kFirstOwnRelease + 3}, ReleaseId{~0U}));
    CardReader reader(file);
    for (const ReleaseId id : file.ids()) {
        EXPECT_EQ((*reader.card(file.find(id).value()))->id, id);
    }
}

TEST_F(CatalogFileOnDisk, GivesJustThePressingsOfARecordingAsItsGroup) {
    const auto releases = samples::random_releases(1, 2000);
    std::map<std::uint64_t, std::set<ReleaseId>> groups;
    for (const Release& release : releases) {
        groups[group_key(release)].insert(release.id);
    }
    const CatalogFile file = written(releases);
    EXPECT_EQ(file.groups(), groups.size());
    CardReader reader(file);
    for (const Release& release : releases) {
        const DocumentRange range = file.group_of(file.find(release.id).value());
        std::set<ReleaseId> together;
        for (Document document = range.first; document < range.last; ++document) {
            if (const Release* const card = reader.card(document).value(); card != nullptr) {
                together.insert(card->id);
            }
        }
        ASSERT_EQ(together, groups[group_key(release)]) << release.id.value;
    }
}

TEST_F(CatalogFileOnDisk, FindsTheReleasesOfEveryTerm) {
    const auto releases = samples::random_releases(1, 3000);
    const CatalogFile file = written(releases);
    std::map<TermHash, std::vector<Document>> expected;
    for (const Release& release : releases) {
        std::vector<TermHash> terms;
        append_terms(release, terms);
        for (const TermHash term : terms) {
            expected[term].push_back(file.find(release.id).value());
        }
    }
    for (auto& [term, documents] : expected) {
        std::sort(documents.begin(), documents.end());
        const auto count = static_cast<std::uint32_t>(documents.size());
        file.prefetch(term);
        ASSERT_EQ(file.count(term), count);
        std::vector<Document> found;
        ASSERT_EQ(file.read(term, count, found), count);
        ASSERT_EQ(found, documents);
    }
    EXPECT_GT(expected.size(), 3000U);
}

TEST_F(CatalogFileOnDisk, ReadsNoListLongerThanAskedForButSaysHowLong) {
    std::vector<Release> releases(10);
    for (std::uint32_t i = 0; i < 10; ++i) {
        releases[i].id.value = i + 1;
        releases[i].title = i == 0 ? "Common Rare" : "Common";
    }
    const CatalogFile file = written(releases);
    std::vector<Document> found{77};
    EXPECT_EQ(file.read(term_hash(TermKind::Word, "common"), 9, found), 10U);
    EXPECT_EQ(found, std::vector<Document>{77});
    EXPECT_EQ(file.read(term_hash(TermKind::Word, "rare"), 9, found), 1U);
    EXPECT_EQ(found.size(), 2U); // appended
}

TEST_F(CatalogFileOnDisk, FindsNothingForTermsNoReleaseHas) {
    const CatalogFile file = written(samples::random_releases(1, 500));
    std::mt19937_64 random(9);
    std::vector<Document> found;
    for (int i = 0; i < 20'000; ++i) {
        const TermHash term = random();
        ASSERT_EQ(file.count(term), 0U);
        ASSERT_EQ(file.read(term, 1000, found), 0U);
    }
    EXPECT_TRUE(found.empty());
}

TEST_F(CatalogFileOnDisk, LeavesTracklistsOutWhenAsked) {
    const auto releases = samples::random_releases(1, 300);
    const std::uint64_t with = written(releases).bytes();
    samples::BuildPlan plan;
    plan.options.with_tracks = false;
    const CatalogFile file = written(releases, plan);
    EXPECT_LT(file.bytes(), with);
    EXPECT_TRUE(file.verify());
    CardReader reader(file);
    for (const Release& release : releases) {
        const auto read = reader.release(file.find(release.id).value());
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->title, release.title);
        EXPECT_TRUE(read->tracks.empty());
    }
}

TEST_F(CatalogFileOnDisk, MayHoldOneRelease) {
    const CatalogFile file = written(samples::random_releases(5, 1));
    EXPECT_EQ(file.releases(), 1U);
    EXPECT_EQ(file.groups(), 1U);
    const Document document = file.find(ReleaseId{5}).value();
    EXPECT_LE(file.group_of(document).first, document);
    EXPECT_GT(file.group_of(document).last, document);
    EXPECT_TRUE(file.verify());
}

TEST_F(CatalogFileOnDisk, MayHoldNone) {
    const CatalogFile file = written({});
    EXPECT_EQ(file.releases(), 0U);
    EXPECT_EQ(file.groups(), 0U);
    EXPECT_EQ(file.documents(), 0U);
    EXPECT_TRUE(file.ids().empty());
    EXPECT_FALSE(file.find(ReleaseId{1}));
    EXPECT_EQ(file.count(term_hash(TermKind::Word, "love")), 0U);
    EXPECT_EQ(file.group_of(0).last, 0U);
    EXPECT_TRUE(file.verify());
}

TEST_F(CatalogFileOnDisk, KeepsWhatIsSaidAboutIt) {
    samples::BuildPlan plan;
    plan.about = {{"source", "discogs_20260101_releases.xml.gz"},
                  {"remark", "with blanks: \"quoted\", Ümläute"},
                  {"empty", ""}};
    const CatalogFile file = written(samples::random_releases(1, 3), plan);
    EXPECT_EQ(file.about(),
              (std::map<std::string, std::string>(plan.about.begin(), plan.about.end())));
}

TEST_F(CatalogFileOnDisk, GivesNothingForANumberThatIsNotInUse) {
    const CatalogFile file = written(samples::random_releases(1, 65)); // two blocks of 64
    ASSERT_EQ(file.documents(), 128U);
    CardReader reader(file);
    std::set<ReleaseId> ids;
    std::size_t unused = 0;
    for (Document document = 0; document < file.documents(); ++document) {
        const auto card = reader.card(document);
        ASSERT_TRUE(card);
        if (*card != nullptr) {
            ids.insert((*card)->id);
        } else {
            ++unused;
            EXPECT_FALSE(reader.release(document));
        }
    }
    EXPECT_EQ(ids.size(), 65U);
    EXPECT_EQ(unused, 63U);
    EXPECT_FALSE(reader.card(file.documents()));
    EXPECT_FALSE(reader.card(~0U));
}

TEST_F(CatalogFileOnDisk, ServesManyThreads) {
    const auto releases = samples::random_releases(1, 1500);
    const CatalogFile file = written(releases);
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            CardReader reader(file);
            for (std::size_t i = thread; i < releases.size(); i += 3) {
                const auto read = reader.release(file.find(releases[i].id).value());
                ASSERT_TRUE(read);
                ASSERT_EQ(read->title, releases[i].title);
            }
        });
    }
}

TEST_F(CatalogFileOnDisk, StaysReadableWhenMoved) {
    CatalogFile first = written(samples::random_releases(1, 10));
    const CatalogFile second = std::move(first);
    EXPECT_TRUE(second.find(ReleaseId{10}));
}

TEST_F(CatalogFileOnDisk, IsNotFoundWhereThereIsNone) {
    const auto none = CatalogFile::open(folder_ / "nowhere.catalog");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::NotFound);
    EXPECT_THAT(none.error().message, HasSubstr("nowhere.catalog"));
}

TEST_F(CatalogFileOnDisk, SaysThatAnotherFileIsNoCatalog) {
    expect_refused("", "not a catalog");
    expect_refused("SPNDLCAT", "not a catalog");
    expect_refused(std::string(100'000, 'x'), "not a catalog");
}

TEST_F(CatalogFileOnDisk, SaysThatAFileCutShortIsCutShort) {
    (void)written(samples::random_releases(1, 200));
    const std::string whole = content_of(file_);
    for (std::size_t size = sizeof(format::Trailer) + 8; size < whole.size(); size += 487) {
        expect_refused(whole.substr(0, size), "cut short");
    }
    expect_refused(whole.substr(0, whole.size() - 1), "cut short");
    expect_refused(whole + "x", "cut short");
}

TEST_F(CatalogFileOnDisk, SaysThatAFileIsOfAnotherVersion) {
    (void)written(samples::random_releases(1, 20));
    std::string bytes = content_of(file_);
    format::Trailer trailer = trailer_of(bytes);
    trailer.version += 1;
    replace_trailer(bytes, trailer);
    expect_refused(bytes, "another version of Spindle");
    trailer = trailer_of(content_of(file_));
    trailer.term_version += 1;
    replace_trailer(bytes, trailer);
    expect_refused(bytes, "another version of Spindle");
}

TEST_F(CatalogFileOnDisk, RefusesASectionThatReachesOutside) {
    (void)written(samples::random_releases(1, 20));
    const std::string whole = content_of(file_);
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

TEST_F(CatalogFileOnDisk, RefusesAShardThatReachesOutside) {
    (void)written(samples::random_releases(1, 20));
    const std::string whole = content_of(file_);
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

TEST_F(CatalogFileOnDisk, NoticesEveryFlippedByteOfEverySection) {
    (void)written(samples::random_releases(1, 1100)); // enough that dictionaries are learnt
    const std::string whole = content_of(file_);
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
            bytes[at] ^= static_cast<char>(1U << (random() % 8));
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

TEST_F(CatalogFileOnDisk, RefusesAnyFlippedByteOfItsTrailer) {
    (void)written(samples::random_releases(1, 10));
    const std::string whole = content_of(file_);
    for (std::size_t at = whole.size() - sizeof(format::Trailer); at < whole.size(); ++at) {
        std::string bytes = whole;
        bytes[at] ^= 0x04;
        ASSERT_FALSE(opened(bytes)) << at;
    }
}

TEST_F(CatalogFileOnDisk, StillAnswersForReleasesOutsideADamagedBlock) {
    const auto releases = samples::random_releases(1, 400);
    (void)written(releases);
    std::string bytes = content_of(file_);
    format::Block block{};
    std::memcpy(&block,
                bytes.data() + trailer_of(bytes).sections[format::Blocks].offset + 2 * sizeof block,
                sizeof block);
    bytes[block.offset + block.card_bytes / 2] ^= 0x01;                     // cards 128 to 191
    bytes[block.offset + block.card_bytes + block.track_bytes / 2] ^= 0x01; // and their tracks
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

TEST_F(CatalogFileOnDisk, StillShowsCardsWhoseTracklistsAreDamaged) {
    const auto releases = samples::random_releases(1, 64);
    (void)written(releases);
    std::string bytes = content_of(file_);
    format::Block block{};
    std::memcpy(&block, bytes.data() + trailer_of(bytes).sections[format::Blocks].offset,
                sizeof block);
    bytes[block.offset + block.card_bytes + block.track_bytes / 2] ^= 0x01;
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

TEST_F(CatalogFileOnDisk, NeverReadsOutsideWhateverItsTablesSay) {
    const auto releases = samples::random_releases(1, 300);
    (void)written(releases);
    const std::string whole = content_of(file_);
    std::vector<TermHash> terms;
    for (const Release& release : releases) {
        append_terms(release, terms);
    }
    std::mt19937 random(11);
    for (int round = 0; round < 20; ++round) {
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

} // namespace
} // namespace spindle::catalog
