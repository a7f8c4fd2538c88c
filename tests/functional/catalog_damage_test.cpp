// SPDX-License-Identifier: Apache-2.0
// Files that are no dump, or only part of one: an error that says what to do, and the catalog that
// was there answers as before.
#include <cstring>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "catalog_fixture.h"
#include "testing/stored_gzip.h"

namespace spindle::functional {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class CatalogDamage : public CatalogTest {
protected:
    CatalogDamage() { import_old_catalog(); }

    /// Importing it fails with words about it, and changes nothing.
    std::string refused(const fs::path& source, const std::vector<std::string>& more = {}) {
        const auto ended = run(import_of(source.string(), more));
        EXPECT_EQ(ended.exit_code, 1) << source;
        EXPECT_EQ(ended.signal, 0);
        EXPECT_EQ(ended.out, "");
        EXPECT_THAT(ended.err, HasSubstr(source.string()));
        const auto lines = run_json(import_of(source.string(), more), 1);
        EXPECT_EQ(lines.size(), 1U);
        EXPECT_FALSE(lines.at(0)["error"]["message"].get<std::string>().empty());
        expect_old_catalog();
        return ended.err;
    }
};

TEST_F(CatalogDamage, ByALostEndIsRefusedUnlessAccepted) {
    const std::string whole = small_dump(1, 40);
    const auto dump = write("dump.xml", whole.substr(0, whole.size() - 400));
    EXPECT_THAT(refused(dump), AllOf(HasSubstr("--accept-incomplete"), HasSubstr("Fetch it again"),
                                     HasSubstr("after 39 releases")));
    const auto report = import(dump.string(), {"--accept-incomplete"});
    EXPECT_EQ(report["complete"], false);
    EXPECT_EQ(report["releases"], 39);
    EXPECT_EQ(report["records"]["cut_off"], 1);
    EXPECT_EQ(title_of(39), ordinary_title(39));
    EXPECT_EQ(stats()["about"]["complete"], "no");
    EXPECT_THAT(run(import_of(dump.string(), {"--accept-incomplete"})).err,
                HasSubstr("ends before its end tag"));
}

TEST_F(CatalogDamage, OfACutGzipFileIsNamed) {
    const std::string packed = testing::stored_gzip(small_dump(1, 400));
    for (const std::size_t kept : {std::size_t{1}, std::size_t{5}, std::size_t{1000},
                                   packed.size() / 2, packed.size() - 3}) {
        const auto words = refused(write("dump.xml.gz", packed.substr(0, kept)));
        if (kept > 2) {
            EXPECT_THAT(words, AllOf(HasSubstr("ends early"), HasSubstr("Fetch it again"))) << kept;
        }
    }
}

TEST_F(CatalogDamage, InTheMiddleOfAGzipFileIsNamed) {
    std::string packed = testing::stored_gzip(small_dump(1, 400));
    std::string flipped = packed;
    flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 1);
    EXPECT_THAT(refused(write("dump.xml.gz", flipped)), HasSubstr("Fetch it again"));
    EXPECT_THAT(refused(write("dump.xml.gz", packed + "and more")), HasSubstr("something else"));
}

TEST_F(CatalogDamage, OfTheWrongFilesIsNamed) {
    const struct {
        std::string name, content, words;
    } cases[] = {
        {"empty.xml", "", "empty"},
        {"empty.xml.gz", testing::stored_gzip(""), "empty"},
        {"artists.xml", "<artists>\n<artist><id>1</id></artist>\n</artists>\n",
         "this is the artists dump, and wanted is the releases dump"},
        {"masters.xml", "<masters>\n<master id=\"1\"><year>1999</year></master>\n</masters>\n",
         "this is the masters dump"},
        {"labels.xml.gz", testing::stored_gzip("<labels>\n</labels>\n"), "labels dump"},
        {"page.html", "<!DOCTYPE html><html><body>Please wait</body></html>", "no Discogs dump"},
        {"picture.jpg", std::string("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0", 15) + "\x80\x90\xA0",
         ""},
        {"letter.txt", "Dear reader,\nthis is no list.\n", ""},
        {"nothing.xml", "<releases>\n</releases>\n", "no release in it"},
        {"blank.csv", "release_id,Artist,Title\n", "no release in it"},
    };
    for (const auto& [name, content, words] : cases) {
        EXPECT_THAT(refused(write(name, content)), HasSubstr(words)) << name;
    }
}

TEST_F(CatalogDamage, OfAFolderOrNoFileIsNamed) {
    EXPECT_THAT(refused(music()), HasSubstr("a folder, where a file is needed"));
    EXPECT_THAT(refused(folder_ / "missing.xml.gz"), HasSubstr("No such file"));
}

TEST_F(CatalogDamage, OfAFileThatMayNotBeReadIsNamed) {
    const auto dump = write("secret.xml", small_dump(1, 30));
    ::chmod(folder_.path().c_str(), 0755);
    ::chmod(dump.c_str(), 0);
    Program::Options options;
    options.unprivileged = true;
    const auto ended = run(import_of(dump.string(), {"--json"}), options);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(lines_of(ended.out).at(0)["error"]["code"], "no_access");
    EXPECT_THAT(ended.err, HasSubstr(dump.string()));
    expect_old_catalog();
}

TEST_F(CatalogDamage, OfADataFolderThatMayNotBeWrittenIsNamed) {
    const auto dump = write("dump.xml", small_dump(1, 30));
    ::chmod(folder_.path().c_str(), 0755);
    ::chmod(dump.c_str(), 0644);
    ::chmod(catalog_folder().c_str(), 0555);
    Program::Options options;
    options.unprivileged = true;
    const auto ended = run(import_of(dump.string(), {"--json"}), options);
    ::chmod(catalog_folder().c_str(), 0755);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(lines_of(ended.out).at(0)["error"]["code"], "no_access");
    EXPECT_THAT(ended.err, HasSubstr(catalog_folder().string()));
    expect_old_catalog();
}

TEST_F(CatalogDamage, LeavesNoFolderBehindWhereThereWasNone) {
    fs::remove_all(data());
    EXPECT_EQ(run(import_of((folder_ / "missing.xml").string())).exit_code, 1);
    EXPECT_FALSE(fs::exists(data()));
    EXPECT_EQ(run(import_of(write("page.html", "<html></html>").string())).exit_code, 1);
    EXPECT_EQ(left_in_folder(), std::set<std::string>{});
    const auto ended = run({"catalog", "search", "word"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("spindle catalog import FILE"));
}

class CatalogFileDamage : public CatalogDamage {
protected:
    /// Every command that reads the catalog says what is wrong with it and what to do.
    void expect_refused_to_read(const fs::path& file, const std::string& why) {
        for (const auto& words : std::vector<std::vector<std::string>>{
                 {"catalog", "search", word_of(100'005), word_of(200'005)},
                 {"catalog", "show", "5"},
                 {"catalog", "stats"}}) {
            const auto ended = run(words);
            EXPECT_EQ(ended.exit_code, 1) << words[1];
            EXPECT_EQ(ended.out, "");
            EXPECT_THAT(ended.err, AllOf(HasSubstr(file.string()), HasSubstr(why),
                                         HasSubstr("spindle catalog import FILE")));
            EXPECT_EQ(run_json(words, 1).at(0)["error"]["code"], "bad_input");
        }
    }
    static std::string content_of(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static void put(const fs::path& file, const std::string& content) {
        std::ofstream(file, std::ios::binary) << content;
    }
};

TEST_F(CatalogFileDamage, ByACutIsSaidByEveryCommandAndCuredByAnImport) {
    const std::string whole = content_of(catalog_file());
    for (const std::size_t kept :
         {std::size_t{0}, std::size_t{7}, std::size_t{64}, whole.size() / 2, whole.size() - 1}) {
        put(catalog_file(), whole.substr(0, kept));
        expect_refused_to_read(catalog_file(), kept < 65 ? "" : "cut short");
    }
    import_old_catalog();
    expect_old_catalog();
}

TEST_F(CatalogFileDamage, ByAnotherFilesContentIsSaid) {
    put(catalog_file(), small_dump(1, 50));
    expect_refused_to_read(catalog_file(), "not a catalog of Spindle");
}

TEST_F(CatalogFileDamage, ByAnotherVersionIsSaid) {
    std::string other = content_of(catalog_file());
    constexpr std::size_t kTrailer = 32 + 9 * 24 + 16; // as src/catalog/catalog_format.h has it
    char* const trailer = other.data() + other.size() - kTrailer;
    const std::uint32_t version = 77;
    std::memcpy(trailer + 8, &version, sizeof version);
    const std::uint64_t sum = XXH3_64bits(trailer, kTrailer - 8);
    std::memcpy(trailer + kTrailer - 8, &sum, sizeof sum);
    put(catalog_file(), other);
    expect_refused_to_read(catalog_file(), "another version of Spindle (format 77.");
    import_old_catalog();
    expect_old_catalog();
}

TEST_F(CatalogFileDamage, OfOneByteIsFoundByVerify) {
    const std::string whole = content_of(catalog_file());
    for (std::size_t i = 1; i < 40; ++i) {
        std::string damaged = whole;
        char& byte = damaged[whole.size() * i / 40];
        byte = static_cast<char>(byte ^ 0x10);
        if (damaged.substr(whole.size() * i / 40 - 8, 16) == std::string(16, '\0')) {
            continue;
        }
        put(catalog_file(), damaged);
        const auto ended = run({"catalog", "stats", "--verify"});
        EXPECT_NE(ended.exit_code, 0) << "byte " << whole.size() * i / 40 << " of " << whole.size();
        EXPECT_EQ(ended.signal, 0);
        EXPECT_THAT(ended.err, HasSubstr(catalog_file().string()));
        const auto shown = run({"catalog", "show", "5"});
        const auto searched = run({"catalog", "search", word_of(100'005), word_of(200'005)});
        EXPECT_EQ(shown.signal, 0);
        EXPECT_EQ(searched.signal, 0);
    }
}

TEST_F(CatalogFileDamage, OfTheOwnListNamesAWayOut) {
    const auto list = write("list.csv", "Artist,Title\nA,B\n").string();
    import(list);
    const auto own = catalog_folder() / "own.catalog";
    const std::string whole = content_of(own);
    put(own, whole.substr(0, whole.size() / 2));
    expect_refused_to_read(own, "cut short");
    const auto ended = run(import_of(list));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr(own.string()), HasSubstr("Move the file away")));
    fs::remove(own);
    import(list);
    EXPECT_EQ(title_of(20), ordinary_title(20));
}

} // namespace
} // namespace spindle::functional
