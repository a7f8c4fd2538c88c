// SPDX-License-Identifier: Apache-2.0
// Lists of the owner add to the catalog, and stay when a dump replaces another.
#include <gmock/gmock.h>

#include "catalog_fixture.h"
#include "testing/stored_gzip.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kCollection =
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,"
    "Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\n"
    "\"AB - 4, AB4\",Some Pair*,Yonder,\"First, Second (2)\",\"LP, Album\",5,1980,434828,"
    "Uncategorized,2020-11-12 12:26:02,Mint (M),,\"two\nlines\"\r\n"
    "none,Nobody,Untitled,Not On Label,CDr,,0,12,Uncategorized,,,,\r\n";

const std::string kInventory =
    "listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,"
    "media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity\n"
    "17,Somebody,Sold Thing,Small Label,SL 1,\"CD, Album\",777,For Sale,9.99,"
    "2020-01-01 00:00:00,,Mint (M),,N,,,1\n";

const std::string kShop = "artist\ttitle\tlabel\tcatno\tformat\tcountry\tyear\tbarcode\tshelf\n"
                          "Local Band\tDemo Tape\tSelf\tLB 01\tCassette\tSweden\t2003\t\tA 4\n"
                          "Other Band\tSecond Tape\tSelf\tLB 02\tCassette\tSweden\t2004\t\tA 5\n";

class CatalogList : public CatalogTest {
protected:
    Json found(const std::vector<std::string>& words) {
        std::vector<std::string> all{"catalog", "search"};
        all.insert(all.end(), words.begin(), words.end());
        return run_json(all).at(0);
    }
};

TEST_F(CatalogList, TakesADiscogsCollection) {
    const auto list = write("collection.csv", kCollection).string();
    const auto report = import(list);
    EXPECT_EQ(report["kind"], "list");
    EXPECT_EQ(report["added"], 2);
    EXPECT_EQ(report["releases"], 2);
    EXPECT_EQ(report["bad_rows"], 0);
    EXPECT_EQ(show(434828)["labels"][0]["catno"], "AB - 4");
    EXPECT_EQ(title_of(12), "Untitled");
    EXPECT_THAT(run(import_of(list)).out,
                HasSubstr(list + ": 0 releases added to the own list, which now has 2"));
}

TEST_F(CatalogList, TakesADiscogsInventory) {
    EXPECT_EQ(import(write("inventory.csv", kInventory).string())["added"], 1);
    EXPECT_EQ(title_of(777), "Sold Thing");
}

TEST_F(CatalogList, TakesATableOfOnesOwnAndNamesTheColumnsItDoesNotUse) {
    const auto list = write("shop.tsv", kShop).string();
    const auto report = import(list);
    EXPECT_EQ(report["added"], 2);
    EXPECT_EQ(report["ignored_columns"], Json::array({"shelf"}));
    EXPECT_THAT(run(import_of(list)).err, HasSubstr("Column not used: shelf"));
    const auto result = found({"local band demo tape LB 01"});
    EXPECT_EQ(result["groups"][0]["title"], "Demo Tape");
    EXPECT_GE(result["groups"][0]["pressings"][0]["release_id"].get<std::uint64_t>(),
              std::uint64_t{0x80000000});
    EXPECT_THAT(run({"catalog", "search", "local band demo tape LB 01"}).out,
                HasSubstr("own list, number"));
}

TEST_F(CatalogList, ReadsAnyWayIn) {
    EXPECT_EQ(import(write("shop.tsv.gz", testing::stored_gzip(kShop)).string())["added"], 2);
    Program::Options options;
    options.standard_input = write("in", kInventory).string();
    EXPECT_EQ(run(import_of("-"), options).exit_code, 0);
    EXPECT_EQ(title_of(777), "Sold Thing");
}

TEST_F(CatalogList, StaysWhenADumpReplacesAnother) {
    import_old_catalog();
    import(write("shop.tsv", kShop).string());
    import(write("collection.csv", kCollection).string());
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(found({"other band second tape"})["groups"][0]["title"], "Second Tape");
        EXPECT_EQ(title_of(434828), "Yonder");
        EXPECT_EQ(run_json({"catalog", "stats"}).size(), 2U);
        EXPECT_EQ(run_json({"catalog", "stats"}).at(1)["releases"], 4);
        import(write("new.xml", small_dump(13, 40)).string());
    }
    EXPECT_EQ(title_of(40), ordinary_title(40));
    EXPECT_EQ(left_in_folder(), (std::set<std::string>{"discogs.catalog", "own.catalog"}));
}

TEST_F(CatalogList, ChangesNothingTheSecondTime) {
    const auto list = write("shop.tsv", kShop).string();
    import(list);
    const auto before = run({"catalog", "search", "--json", "tape"}).out;
    const auto report = import(list);
    EXPECT_EQ(report["added"], 0);
    EXPECT_EQ(report["releases"], 2);
    const auto without_time = [](const std::string& text) {
        auto json = Json::parse(text);
        json.erase("elapsed_ms");
        return json;
    };
    EXPECT_EQ(without_time(run({"catalog", "search", "--json", "tape"}).out), without_time(before));
}

TEST_F(CatalogList, OverridesTheSameReleaseOfAnEarlierList) {
    import(write("a.csv", "release_id,artist,title\n5,Ann,Before\n").string());
    EXPECT_EQ(import(write("b.csv", "release_id,artist,title\n5,Ann,After\n").string())["added"],
              0);
    EXPECT_EQ(title_of(5), "After");
}

TEST_F(CatalogList, LosesABadRowOnlyAndNamesItsLine) {
    const auto list =
        write("list.csv", "release_id,artist,title\n1,Ann,One\ntwo,Ann,Two\n3,Ann,Three\n\n,,\n"
                          "6,Ann,Six,too,many\n7,Ann,Seven\n")
            .string();
    const auto ended = run(import_of(list));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr(list + ": line 3: "), HasSubstr("two")));
    const auto report = import(list, {}, 1);
    EXPECT_EQ(report["rows"].at(0)["row"], 3);
    EXPECT_EQ(report["bad_rows"], report["rows"].size());
    for (const auto& [id, title] :
         std::map<unsigned, std::string>{{1, "One"}, {3, "Three"}, {7, "Seven"}}) {
        EXPECT_EQ(title_of(id), title);
    }
}

TEST_F(CatalogList, NamesTheFirstHundredBadRowsAndCountsTheRest) {
    std::string content = "release_id,artist,title\n1,Ann,One\n";
    for (int i = 0; i < 150; ++i) {
        content += "x,Ann,Two\n";
    }
    const auto list = write("list.csv", content).string();
    const auto report = import(list, {}, 1);
    EXPECT_EQ(report["bad_rows"], 150);
    EXPECT_EQ(report["rows"].size(), 100U);
    EXPECT_THAT(run(import_of(list)).err, HasSubstr("50 more lines could not be read"));
}

TEST_F(CatalogList, SaysWhatItWantsOfAHeader) {
    const auto ended = run(import_of(write("list.csv", "colour,size\nred,4\n").string()));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("artist"), HasSubstr("title"), HasSubstr("colour")));
}

TEST_F(CatalogList, TakesNoOptionsOfDumps) {
    const auto list = write("shop.tsv", kShop).string();
    for (const auto& more :
         std::vector<std::vector<std::string>>{{"--formats", "CD"}, {"--masters", list}}) {
        const auto ended = run(import_of(list, more));
        EXPECT_EQ(ended.exit_code, 1);
        EXPECT_THAT(ended.err, AllOf(HasSubstr(list), HasSubstr(more[0])));
    }
    EXPECT_FALSE(std::filesystem::exists(catalog_folder() / "own.catalog"));
}

} // namespace
} // namespace spindle::functional
