// SPDX-License-Identifier: Apache-2.0
// `catalog import` of whole dumps, from wherever they come.
#include <gmock/gmock.h>

#include "catalog_fixture.h"
#include "testing/dump_server.h"
#include "testing/stored_gzip.h"

namespace spindle::functional {
namespace {

using testing::Fault;
using ::testing::HasSubstr;
using ::testing::Not;

class CatalogImport : public CatalogTest {
protected:
    testing::FaultyServer server_;
};

TEST_F(CatalogImport, TakesADumpAndSaysWhatCameOfIt) {
    const auto dump = write("discogs_releases.xml", small_dump(1, 30));
    const auto ended = run(import_of(dump.string()));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr(dump.string() + ": 30 releases of "));
    EXPECT_THAT(ended.err, Not(HasSubstr("warning")));
    const auto report = import(dump.string());
    EXPECT_EQ(report["kind"], "dump");
    EXPECT_EQ(report["source"], dump.string());
    EXPECT_EQ(report["file"], catalog_file().string());
    EXPECT_EQ(report["bytes"], std::filesystem::file_size(catalog_file()));
    EXPECT_EQ(report["releases"], 30);
    EXPECT_EQ(report["records"]["whole"], 30);
    EXPECT_EQ(report["records"]["cut_off"], 0);
    EXPECT_EQ(report["complete"], true);
    EXPECT_EQ(report["checksum"], nullptr);
    EXPECT_EQ(report["quirks"], Json::object());
    EXPECT_EQ(report["warnings"], Json::array());
    for (unsigned id = 1; id <= 30; ++id) {
        EXPECT_EQ(title_of(id), ordinary_title(id));
    }
    EXPECT_EQ(left_in_folder(), std::set<std::string>{"discogs.catalog"});
}

TEST_F(CatalogImport, UnpacksGzip) {
    const auto dump = write("dump.xml.gz", testing::stored_gzip(small_dump(1, 500)));
    EXPECT_EQ(import(dump.string())["releases"], 500);
    EXPECT_EQ(title_of(500), ordinary_title(500));
}

TEST_F(CatalogImport, TakesADumpOfSeveralGzipMembers) {
    const std::string text = small_dump(1, 500);
    const auto dump = write("dump.xml.gz", testing::stored_gzip(text.substr(0, 70'001)) +
                                               testing::stored_gzip(text.substr(70'001)));
    EXPECT_EQ(import(dump.string())["releases"], 500);
}

TEST_F(CatalogImport, ReadsStandardInput) {
    for (const bool packed : {false, true}) {
        const std::string text = small_dump(1, 40);
        Program::Options options;
        options.standard_input = write("in", packed ? testing::stored_gzip(text) : text).string();
        const auto ended = run(import_of("-", {"--json"}), options);
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        const auto report = lines_of(ended.out).at(0);
        EXPECT_EQ(report["source"], "standard input");
        EXPECT_EQ(report["releases"], 40);
    }
    EXPECT_EQ(title_of(40), ordinary_title(40));
}

TEST_F(CatalogImport, FetchesAnAddress) {
    server_.serve("/dump.xml.gz", testing::stored_gzip(small_dump(1, 40)));
    EXPECT_EQ(import(server_.url("/dump.xml.gz"))["releases"], 40);
    EXPECT_THAT(server_.requests().at(0).headers.at("user-agent"), HasSubstr("Spindle/"));
}

TEST_F(CatalogImport, GoesOnWithAnAddressAfterACut) {
    server_.serve("/dump.xml", small_dump(1, 400), "\"e\"");
    server_.fail_next("/dump.xml", {Fault::cut(100'000)});
    EXPECT_EQ(import(server_.url("/dump.xml"))["releases"], 400);
    ASSERT_EQ(server_.requests().size(), 2U);
    EXPECT_EQ(server_.requests()[1].headers.at("range"), "bytes=100000-");
    EXPECT_EQ(title_of(400), ordinary_title(400));
}

TEST_F(CatalogImport, LeavesTheCatalogWhereAServerRefuses) {
    import_old_catalog();
    server_.fail_always("/forbidden.xml", Fault::answer(403));
    for (const std::string target : {"/forbidden.xml", "/missing.xml"}) {
        const auto ended = run(import_of(server_.url(target)));
        EXPECT_EQ(ended.exit_code, 1);
        EXPECT_EQ(ended.out, "");
        EXPECT_THAT(ended.err, HasSubstr(target));
        EXPECT_THAT(ended.err, HasSubstr(target == "/missing.xml" ? "404" : "403"));
    }
    expect_old_catalog();
}

TEST_F(CatalogImport, KeepsOnlyTheFormatsAskedForAndCountsTheVersionsOfAll) {
    const auto dump = write("dump.xml", small_dump(1, 60)).string();
    const auto report = import(dump, {"--formats", "vinyl, Cassette"});
    EXPECT_EQ(report["releases"], 20);
    EXPECT_EQ(report["other_formats"], 40);
    EXPECT_EQ(title_of(9), ordinary_title(9));
    EXPECT_EQ(title_of(10), "");
    EXPECT_EQ(show(9)["versions"], 2); // 8 is a CD of the same master
    EXPECT_EQ(stats()["about"]["formats"], "vinyl, Cassette");
    EXPECT_EQ(stats()["about"]["other_formats"], "40");
    EXPECT_THAT(run({"catalog", "stats"}).out, HasSubstr("other_formats"));
    const auto ended = run(import_of(dump, {"--formats", "Vinyl"}));
    EXPECT_THAT(ended.out, HasSubstr("40 releases of other formats left out"));
    const auto none = run(import_of(dump, {"--formats", "Shellac"}));
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_THAT(none.err, HasSubstr("formats asked for"));
    EXPECT_EQ(stats()["releases"], 20);
}

TEST_F(CatalogImport, KeepsNoCdrWhereCdsAreAskedFor) {
    const auto dump = write(
        "dump.xml", dump_of(record(1, "<title>A</title><formats><format name=\"CDr\" qty=\"1\"/>"
                                      "</formats>") +
                            record(2, "<title>B</title><formats><format name=\"Box Set\" "
                                      "qty=\"1\"/><format name=\"CD\" qty=\"2\"/></formats>")));
    EXPECT_EQ(import(dump.string(), {"--formats", "CD"})["releases"], 1);
    EXPECT_EQ(title_of(2), "B");
}

TEST_F(CatalogImport, LeavesTracksOutWhenAsked) {
    const auto dump = write("dump.xml", small_dump(1, 10)).string();
    import(dump);
    EXPECT_EQ(show(5)["tracks"].at(0)["seconds"], 200);
    import(dump, {"--no-tracks"});
    EXPECT_EQ(show(5)["tracks"], Json::array());
    EXPECT_EQ(stats()["about"]["tracks"], "no");
}

std::string masters_of(const std::string& records) {
    return "<masters>\n" + records + "</masters>\n";
}
std::string master(unsigned id, unsigned year) {
    return fmt::format("<master id=\"{}\"><main_release>1</main_release><year>{}</year></master>\n",
                       id, year);
}

TEST_F(CatalogImport, TakesFirstYearsFromTheMastersDump) {
    std::string all;
    for (unsigned id = 1000; id <= 1100; ++id) {
        all += master(id, 1900 + id % 1000);
    }
    const auto dump = write("releases.xml", small_dump(1, 60)).string();
    const auto masters = write("masters.xml.gz", testing::stored_gzip(masters_of(all))).string();
    import(dump, {"--masters", masters});
    EXPECT_EQ(show(2)["first_year"], 1901);
    EXPECT_EQ(show(60)["first_year"], 1930);
    EXPECT_EQ(show(60)["year"], 1999);
    EXPECT_THAT(run({"catalog", "show", "60"}).out, HasSubstr("first     1930"));
    import(dump);
    EXPECT_EQ(show(60)["first_year"], nullptr);
}

TEST_F(CatalogImport, SaysThatTheMastersEndEarly) {
    const auto dump = write("releases.xml", small_dump(1, 60)).string();
    const auto masters = write("masters.xml", "<masters>\n" + master(1030, 1970)).string();
    const auto report = import(dump, {"--masters", masters}, 1);
    EXPECT_THAT(report["warnings"].at(0).get<std::string>(), HasSubstr(masters));
    EXPECT_EQ(show(60)["first_year"], 1970);
}

TEST_F(CatalogImport, LeavesTheCatalogWhenTheMastersAreOther) {
    import_old_catalog();
    const auto dump = write("releases.xml", small_dump(1, 60)).string();
    const auto ended = run(import_of(dump, {"--masters", dump}));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("this is the releases dump, and wanted is the masters dump"));
    EXPECT_EQ(run(import_of(dump, {"--masters", dump + ".no"})).exit_code, 1);
    expect_old_catalog();
}

TEST_F(CatalogImport, SaysThatASumIsAsPublished) {
    const std::string content = testing::stored_gzip(small_dump(1, 30));
    const auto dump = write("discogs_20260701_releases.xml.gz", content);
    write("discogs_20260701_CHECKSUM.txt",
          testing::DumpServer::sum_of(content) + " *" + dump.filename().string() + "\n");
    const auto ended = run(import_of(dump.string()));
    EXPECT_THAT(ended.out, HasSubstr("SHA-256 as published"));
    EXPECT_EQ(import(dump.string())["checksum"], "right");
    EXPECT_EQ(stats()["about"]["checksum"], "right");
}

TEST_F(CatalogImport, RefusesAWrongSum) {
    import_old_catalog();
    const auto dump = write("discogs_20260701_releases.xml", small_dump(1, 30));
    write("discogs_20260701_CHECKSUM.txt",
          std::string(64, 'a') + " *" + dump.filename().string() + "\n");
    const auto lines = run_json(import_of(dump.string()), 1);
    EXPECT_EQ(lines.at(0)["error"]["code"], "bad_input");
    const auto message = lines.at(0)["error"]["message"].get<std::string>();
    EXPECT_THAT(message, HasSubstr(dump.string()));
    EXPECT_THAT(message, HasSubstr("Fetch it again"));
    expect_old_catalog();
}

TEST_F(CatalogImport, ReplacesTheDumpBefore) {
    import(write("june.xml", small_dump(1, 20)).string());
    const auto report = import(write("july.xml", small_dump(11, 40)).string());
    EXPECT_EQ(report["releases"], 30);
    EXPECT_EQ(title_of(10), "");
    EXPECT_EQ(title_of(11), ordinary_title(11));
    EXPECT_EQ(stats()["about"]["source"], "july.xml");
}

TEST_F(CatalogImport, GivesTheSameForAnyNumberOfThreads) {
    const auto dump = write("dump.xml", small_dump(1, 3000)).string();
    std::vector<std::string> words{"catalog", "show", "--json"};
    for (unsigned id = 1; id <= 3000; ++id) {
        words.push_back(std::to_string(id));
    }
    std::set<std::string> shown;
    for (const char* jobs : {"1", "2", "5"}) {
        EXPECT_EQ(import(dump, {"--jobs", jobs})["releases"], 3000);
        EXPECT_EQ(run({"catalog", "stats", "--verify"}).exit_code, 0);
        const auto ended = run(words);
        EXPECT_EQ(ended.exit_code, 0);
        shown.insert(ended.out);
    }
    EXPECT_EQ(shown.size(), 1U);
}

TEST_F(CatalogImport, NotesAnyFileNameInOneLine) {
    const auto dump = write("two\nlines complete no.xml", small_dump(1, 5));
    import(dump.string());
    const auto about = stats()["about"];
    EXPECT_EQ(about["complete"], "yes");
    EXPECT_FALSE(about.contains("lines")) << about.dump();
}

} // namespace
} // namespace spindle::functional
