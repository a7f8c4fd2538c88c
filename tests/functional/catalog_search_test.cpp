// SPDX-License-Identifier: Apache-2.0
// `catalog search`, `show` and `stats`: answers, exit codes and the JSON programs rely on.
#include <fstream>

#include <gmock/gmock.h>

#include "catalog_fixture.h"
#include "testing/discogs_server.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string release_of(unsigned id, const std::string& artist, const std::string& title,
                       const std::string& number, const std::string& country, unsigned master,
                       const std::string& more = "") {
    return record(
        id, fmt::format("<artists><artist><id>7</id><name>{}</name></artist></artists><title>{}"
                        "</title><labels><label name=\"Harvest\" catno=\"{}\"/></labels><formats>"
                        "<format name=\"CD\" qty=\"2\" text=\"\"><descriptions><description>Album"
                        "</description></descriptions></format></formats><country>{}</country>"
                        "<released>1991-03-00</released><master_id is_main_release=\"true\">{}"
                        "</master_id>{}",
                        artist, title, number, country, master, more));
}

class CatalogSearch : public CatalogTest {
protected:
    CatalogSearch() {
        import(write("dump.xml",
                     dump_of(records(1, 400) +
                             release_of(1001, "Lanterne Rouge (2)", "Winter Harbour", "SHVL 804",
                                        "UK", 50,
                                        "<identifiers><identifier type=\"Barcode\" value=\"5 "
                                        "099902 987620\"/><identifier type=\"Matrix / Runout\" "
                                        "description=\"Side A\" value=\"SHVL 804 A-2\"/>"
                                        "</identifiers><tracklist><track><position>1</position>"
                                        "<title>Tide</title><duration>1:05:09</duration></track>"
                                        "<track><position>2</position><title>Ebb</title></track>"
                                        "</tracklist>") +
                             release_of(1002, "Lanterne Rouge (2)", "Winter Harbour", "SHVL 805",
                                        "France", 50) +
                             release_of(1003, "Lanterne Rouge (2)", "Summer Harbour", "SHVL 901",
                                        "UK", 51)))
                   .string());
    }

    Json search(const std::vector<std::string>& words, int expected_exit = 0) {
        std::vector<std::string> all{"catalog", "search"};
        all.insert(all.end(), words.begin(), words.end());
        return run_json(all, expected_exit).at(0);
    }
};

TEST_F(CatalogSearch, FindsWhatASpineReads) {
    const auto result = search({"LANTERNE ROUGE Winter Harbour SHVL 804"});
    EXPECT_EQ(result["verdict"], "found");
    EXPECT_EQ(result["query"], "LANTERNE ROUGE Winter Harbour SHVL 804");
    EXPECT_EQ(result["groups"][0]["pressings"][0]["release_id"], 1001);
    const auto text =
        run({"catalog", "search", "LANTERNE", "ROUGE", "Winter", "Harbour", "SHVL 804"});
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_THAT(text.out, AllOf(HasSubstr("Lanterne Rouge - Winter Harbour"),
                                HasSubstr("https://www.discogs.com/release/1001")));
    EXPECT_EQ(text.err, "");
}

TEST_F(CatalogSearch, FindsWhatIsMisread) {
    const auto result = search({"harbovr winler lanlerne 5HVL 8O4"});
    EXPECT_EQ(result["groups"][0]["title"], "Winter Harbour");
}

TEST_F(CatalogSearch, FindsABarcodeAmidText) {
    const auto result = search({"lanterne rouge winter harbour 5099902987620"});
    EXPECT_EQ(result["verdict"], "found");
    EXPECT_EQ(result["groups"][0]["pressings"][0]["release_id"], 1001);
}

TEST_F(CatalogSearch, SaysWhatPressingsDifferBy) {
    const auto result = search({"lanterne rouge winter harbour"});
    const auto& group = result["groups"][0];
    EXPECT_EQ(group["title"], "Winter Harbour");
    EXPECT_EQ(group["all_pressings"], 2);
    EXPECT_EQ(group["tied"], 2);
    EXPECT_EQ(group["look_at"][0], "catalog number");
    EXPECT_THAT(run({"catalog", "search", "lanterne rouge winter harbour"}).out,
                HasSubstr("one of 2 that fit alike; look at: catalog number"));
}

TEST_F(CatalogSearch, ListsWhatItIsNotSureOfAndSaysSo) {
    const auto result = search({"lanterne rouge harbour"});
    EXPECT_EQ(result["verdict"], "uncertain");
    EXPECT_EQ(result["groups"].size(), 2U);
    const auto ended = run({"catalog", "search", "lanterne rouge harbour"});
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.out, HasSubstr("not certain; it may be one of these:"));
}

TEST_F(CatalogSearch, SaysThatNothingFitsAndExitsWithOne) {
    for (const char* words : {"qwxyz qqq", "...", " ", "0000000000000"}) {
        EXPECT_EQ(search({words}, 1)["verdict"], "nothing") << words;
        const auto ended = run({"catalog", "search", words});
        EXPECT_EQ(ended.exit_code, 1) << words;
        EXPECT_THAT(ended.out, HasSubstr("nothing in the catalog fits")) << words;
        EXPECT_EQ(ended.err, "");
    }
}

TEST_F(CatalogSearch, TakesAnyBytes) {
    for (const std::string& words :
         {std::string("\xFF\xFE\x80 harbour"), std::string(100'000, 'a'),
          std::string("[winter,harbour] {a}"), std::string("\x1b[31m winter"),
          std::string("--no-option winter harbour")}) {
        const auto ended = run({"catalog", "search", "--json", "--", words});
        EXPECT_TRUE(ended.exit_code == 0 || ended.exit_code == 1) << ended.err;
        EXPECT_EQ(lines_of(ended.out).size(), 1U);
    }
}

TEST_F(CatalogSearch, GivesProgramsAllItKnows) {
    const auto result = search({"lanterne rouge winter harbour shvl 804"});
    for (const char* name : {"query", "verdict", "probability_of_none", "groups", "elapsed_ms"}) {
        EXPECT_TRUE(result.contains(name)) << name;
    }
    const auto& group = result["groups"][0];
    for (const char* name :
         {"probability", "artist", "title", "all_pressings", "tied", "look_at", "pressings"}) {
        EXPECT_TRUE(group.contains(name)) << name;
    }
    EXPECT_EQ(group["artist"], "Lanterne Rouge");
    const auto& pressing = group["pressings"][0];
    EXPECT_GT(pressing["probability"].get<double>(), 0.4);
    EXPECT_EQ(pressing["master_id"], 50);
    EXPECT_EQ(pressing["versions"], 2);
    EXPECT_EQ(pressing["format"], "2xCD, Album");
    EXPECT_EQ(pressing["formats"][0]["quantity"], 2);
    EXPECT_EQ(pressing["labels"][0], (Json{{"label", "Harvest"}, {"catno", "SHVL 804"}}));
    EXPECT_EQ(pressing["country"], "UK");
    EXPECT_EQ(pressing["year"], 1991);
    EXPECT_EQ(pressing["barcodes"], Json::array({"5 099902 987620"}));
    EXPECT_EQ(pressing["artists"][0]["name"], "Lanterne Rouge (2)");
}

TEST_F(CatalogSearch, NamesAsManyAsAskedFor) {
    EXPECT_EQ(search({"--top", "1", "lanterne rouge harbour"})["groups"].size(), 1U);
}

TEST_F(CatalogSearch, AsksBackWhenItDoesNotUnderstand) {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"search"},
                                               {"search", "--top", "0", "a"},
                                               {"search", "--certainty", "2", "a"},
                                               {"show"},
                                               {"show", "x"},
                                               {"show", "0"},
                                               {"show", "99999999999"},
                                               {"show", "-5"},
                                               {"import"},
                                               {"import", "--jobs", "0", "a"},
                                               {"import", "a", "b"},
                                               {"stats", "a"}}) {
        auto all = words;
        all.insert(all.begin(), "catalog");
        const auto ended = run(all);
        EXPECT_EQ(ended.exit_code, 2) << words[0] << words.back();
        EXPECT_EQ(ended.out, "");
        EXPECT_THAT(ended.err, HasSubstr("error: "));
    }
}

TEST_F(CatalogSearch, HelpsWithAnExampleForEveryCommand) {
    EXPECT_EQ(run({"catalog", "--help"}).exit_code, 0);
    for (const std::string command : {"download", "import", "search", "show", "stats"}) {
        const auto help = run({"catalog", command, "--help"});
        EXPECT_EQ(help.exit_code, 0) << command;
        EXPECT_THAT(help.out, HasSubstr("Example:\n  spindle catalog " + command));
        EXPECT_THAT(run({"catalog", "--help"}).out, HasSubstr(command));
    }
}

TEST_F(CatalogSearch, ShowsAllOfARelease) {
    const auto release = show(1001);
    EXPECT_EQ(release["artist"], "Lanterne Rouge");
    EXPECT_EQ(release["matrices"][0], (Json{{"value", "SHVL 804 A-2"}, {"description", "Side A"}}));
    EXPECT_EQ(release["tracks"][0],
              (Json{{"position", "1"}, {"title", "Tide"}, {"seconds", 3909}}));
    EXPECT_EQ(release["tracks"][1]["seconds"], nullptr);
    const auto text = run({"catalog", "show", "1001"}).out;
    for (const char* part :
         {"Lanterne Rouge - Winter Harbour", "Harvest  SHVL 804", "2xCD, Album", "UK", "1991",
          "5 099902 987620", "SHVL 804 A-2  (Side A)", "50, 2 versions", "Tide  1:05:09"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
}

TEST_F(CatalogSearch, ShowsSeveralAndSaysWhichIsMissing) {
    const auto lines = run_json(
        {"catalog", "show", "1002", "999", "https://www.discogs.com/release/1003-Lanterne-Rouge"},
        1);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0]["release_id"], 1002);
    EXPECT_EQ(lines[1]["release_id"], 999);
    EXPECT_EQ(lines[1]["error"]["code"], "not_found");
    EXPECT_EQ(lines[2]["title"], "Summer Harbour");
    const auto text = run({"catalog", "show", "1002", "999"});
    EXPECT_EQ(text.exit_code, 1);
    EXPECT_THAT(text.err, HasSubstr("release 999 is not in the catalog"));
    EXPECT_THAT(text.out, HasSubstr("Winter Harbour"));
}

TEST_F(CatalogSearch, CountsWhatIsThere) {
    const auto json = stats();
    EXPECT_EQ(json["releases"], 403);
    EXPECT_EQ(json["bytes"], std::filesystem::file_size(catalog_file()));
    EXPECT_EQ(json["about"]["source"], "dump.xml");
    EXPECT_EQ(json["about"]["formats"], "all");
    const auto ended = run({"catalog", "stats", "--verify"});
    EXPECT_THAT(ended.out, HasSubstr("403 releases of"));
    EXPECT_THAT(ended.err, HasSubstr("every checksum is right"));
}

TEST_F(CatalogSearch, SaysWhereACatalogComesFromWhereThereIsNone) {
    std::filesystem::remove(catalog_file());
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"catalog", "search", "a"}, {"catalog", "show", "1"}, {"catalog", "stats"}}) {
        const auto lines = run_json(words, 1);
        EXPECT_EQ(lines.at(0)["error"]["code"], "not_found");
        EXPECT_THAT(
            lines.at(0)["error"]["message"].get<std::string>(),
            AllOf(HasSubstr("spindle catalog download"), HasSubstr("spindle catalog import FILE")));
    }
}

class OnlineSearch : public CatalogSearch {
protected:
    Program::Options options() const {
        Program::Options options;
        options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
        options.environment["SPINDLE_DISCOGS_URL"] = server_.url("");
        options.environment["SPINDLE_DISCOGS_WINDOW"] = "1";
        return options;
    }
    void log_in() {
        auto with = options();
        with.standard_input = (folder_ / "token").string();
        std::ofstream(with.standard_input) << testing::DiscogsServer::kToken << "\n";
        ASSERT_EQ(run({"login", "discogs", "--token-stdin"}, with).exit_code, 0);
    }
    Ended online(std::vector<std::string> words) {
        words.insert(words.begin(), {"catalog", "search", "--online"});
        return run(words, options());
    }

    testing::DiscogsServer server_;
    const std::string words_ = "QUIET LIGHTHOUSE SEVENTEEN FOGHORNS HBR 0417-2";
};

TEST_F(OnlineSearch, FindsWhatTheCatalogDoesNotHaveAndSaysSo) {
    log_in();
    server_.put_hit("catno=HBR%200417-2",
                    R"j({"id":900002,"title":"The Quiet Lighthouse - Seventeen Foghorns",)j"
                    R"j("catno":"HBR 0417-2","label":["Harbour"],"format":["CD"]})j");
    EXPECT_EQ(run({"catalog", "search", words_}).exit_code, 1);
    const auto text = online({words_});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, AllOf(HasSubstr("The Quiet Lighthouse - Seventeen Foghorns"),
                                HasSubstr("found on Discogs, not in your catalog"),
                                HasSubstr("Data provided by Discogs.")));
    const Json json = lines_of(online({words_, "--json"}).out).at(0);
    EXPECT_EQ(json["groups"][0]["pressings"][0]["found_online"], true);
    EXPECT_EQ(json["notice"], "Data provided by Discogs.");
}

TEST_F(OnlineSearch, AsksNobodyWhatTheCatalogKnows) {
    log_in();
    const auto before = server_.requests().size();
    const auto ended = online({"LANTERNE ROUGE Winter Harbour SHVL 804"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(server_.requests().size(), before);
}

TEST_F(OnlineSearch, SaysThatItNeedsAToken) {
    const auto ended = online({words_});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("spindle login discogs"));
}

TEST_F(OnlineSearch, WorksWithoutACatalogAndIsNeverCertainThen) {
    log_in();
    server_.put_hit("catno=HBR%200417-2",
                    R"j({"id":900002,"title":"The Quiet Lighthouse - Seventeen Foghorns",)j"
                    R"j("catno":"HBR 0417-2","label":["Harbour"],"format":["CD"]})j");
    const auto ended = online({words_, "--json", "--data", (folder_ / "empty").string()});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const Json json = lines_of(ended.out).at(0);
    EXPECT_EQ(json["verdict"], "uncertain");
    EXPECT_EQ(json["groups"][0]["pressings"][0]["release_id"], 900002);
}

} // namespace
} // namespace spindle::functional
