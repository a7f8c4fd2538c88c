// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "market/collection_csv.h"

namespace spindle::market {
namespace {

using ::testing::HasSubstr;

constexpr const char* kExport =
    "\xEF\xBB\xBF"
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,"
    "Collection Media Condition,Collection Sleeve Condition,Collection Notes,Shelf\r\n"
    "\"SHVL 804, SHVL804\",Ann Orchard,\"The \"\"Low\"\" Tide\",Harvest,\"CD, Album, "
    "RE\",4,1994,1001,"
    "Uncategorized,2021-03-05 10:11:12,Very Good Plus (VG+),Generic,\"two\nlines\",B2\r\n"
    "none,Ben,Harbour,Own,CDr,,0,1002,Uncategorized,2021-03-06 10:11:12,,,,\r\n"
    "x,y,z,l,CD,,1999,not a number,,,,,,";

TEST(CollectionCsv, ReadsWhatDiscogsExports) {
    const auto file = read_collection_csv(kExport);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->entries.size(), 2U);
    const CollectionEntry& first = file->entries[0];
    EXPECT_EQ(first.number, "SHVL 804, SHVL804");
    EXPECT_EQ(first.title, "The \"Low\" Tide");
    EXPECT_EQ(first.rating, 4);
    EXPECT_EQ(first.release.value, 1001U);
    EXPECT_EQ(first.media, Grade::VeryGoodPlus);
    EXPECT_EQ(first.sleeve, "Generic");
    EXPECT_EQ(first.notes, "two\nlines");
    ASSERT_EQ(first.own_fields.size(), 1U);
    EXPECT_EQ(first.own_fields[0], (std::pair<std::string, std::string>{"Shelf", "B2"}));
    EXPECT_EQ(file->entries[1].released, "");
    EXPECT_FALSE(file->entries[1].media);
    ASSERT_EQ(file->skipped.size(), 1U);
    EXPECT_EQ(file->skipped[0].line, 5U);
}

TEST(CollectionCsv, SaysWhatIsWrongWithAFile) {
    EXPECT_THAT(read_collection_csv("").error().message, HasSubstr("empty"));
    EXPECT_THAT(read_collection_csv("a,b\r\n1,2\r\n").error().message, HasSubstr("release_id"));
    EXPECT_THAT(read_collection_csv("release_id,\"a\r\n1,2\r\n").error().message,
                HasSubstr("line 1: a quote"));
}

TEST(CollectionCsv, SkipsABadRowAndSaysWhy) {
    const auto file = read_collection_csv("release_id,Title\r\n1,a\r\n2,\"b\r\nx,y\r\n3,c,d,e\r\n"
                                          "\"4,d\r\n5,e\r\n");
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->entries.size(), 3U);
    EXPECT_EQ(file->entries[1].title,
              "\"b"); // as many cells as the header if the quote is a letter
    EXPECT_EQ(file->entries[2].release.value, 5U);
    ASSERT_EQ(file->skipped.size(), 3U);
    EXPECT_EQ(file->skipped[0].line, 4U);
    EXPECT_EQ(file->skipped[1].line, 5U);
    EXPECT_THAT(file->skipped[1].why, HasSubstr("4 cells"));
    EXPECT_EQ(file->skipped[2].line, 6U);
    EXPECT_THAT(file->skipped[2].why, HasSubstr("4"));
}

TEST(CollectionCsv, ReadsTabsAsASpreadsheetSavesThem) {
    const auto file = read_collection_csv("Artist\trelease_id\r\nBjörk, live\t7\r\n");
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->entries.size(), 1U);
    EXPECT_EQ(file->entries[0].artist, "Björk, live");
    EXPECT_EQ(file->entries[0].release.value, 7U);
}

TEST(CollectionCsv, IsBounded) {
    CsvLimits limits;
    limits.rows = 2;
    EXPECT_FALSE(read_collection_csv("release_id\n1\n2\n3\n", limits));
    limits = {};
    limits.cell = 10;
    EXPECT_FALSE(read_collection_csv("release_id\n12345678901\n", limits));
    limits = {};
    limits.columns = 2;
    EXPECT_FALSE(read_collection_csv("release_id,a,b\n", limits));
    limits = {};
    limits.bytes = 5;
    EXPECT_FALSE(read_collection_csv("release_id\n", limits));
}

std::string any_text() {
    return *rc::gen::map(rc::gen::container<std::string>(rc::gen::element(
                             'a', 'Z', ' ', ',', '"', '\n', '\r', ';', '\'', '=', '0', '\t')),
                         [](std::string text) { return text + (text.empty() ? "" : "ü\u3042"); });
}

RC_GTEST_PROP(CollectionCsv, GivesBackEveryEntryItWrote, ()) {
    std::vector<CollectionEntry> entries;
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
        CollectionEntry entry;
        for (const auto field :
             {&CollectionEntry::number, &CollectionEntry::artist, &CollectionEntry::title,
              &CollectionEntry::label, &CollectionEntry::format, &CollectionEntry::folder,
              &CollectionEntry::added, &CollectionEntry::sleeve, &CollectionEntry::notes}) {
            entry.*field = any_text();
        }
        entry.rating = *rc::gen::inRange(0, 6);
        entry.released = *rc::gen::element<std::string>("", "1994", "2001-05-00");
        entry.release = ReleaseId{*rc::gen::inRange<std::uint32_t>(1, 40'000'000)};
        entry.media = *rc::gen::elementOf(kGrades);
        entry.own_fields = {{"Shelf, \"mine\"", any_text()}, {"Bought", any_text()}};
        entries.push_back(entry);
    }
    const auto file = read_collection_csv(collection_csv(entries));
    RC_ASSERT(file.has_value());
    RC_ASSERT(file->skipped.empty());
    RC_ASSERT(file->entries == entries);
}

RC_GTEST_PROP(InventoryCsv, GivesBackEveryItemItWrote, ()) {
    std::vector<InventoryItem> items;
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
        InventoryItem item;
        item.release = ReleaseId{*rc::gen::inRange<std::uint32_t>(1, 40'000'000)};
        item.price = *rc::gen::inRange(1, 10'000'000) / 100.0;
        item.media = *rc::gen::elementOf(kGrades);
        item.sleeve = *rc::gen::element<std::string>("", "Generic", "Mint (M)");
        item.comments = any_text();
        item.location = any_text();
        item.external_id = any_text();
        item.accept_offer = *rc::gen::element<std::optional<bool>>(std::nullopt, true, false);
        item.weight = *rc::gen::element<std::optional<int>>(std::nullopt, 230);
        item.format_quantity = *rc::gen::element<std::optional<int>>(std::nullopt, 2);
        items.push_back(item);
    }
    const auto file = read_inventory_csv(inventory_csv(items).value());
    RC_ASSERT(file.has_value());
    RC_ASSERT(file->items == items);
}

TEST(InventoryCsv, TakesTheSameColumnsOfAnExport) {
    const auto file = read_inventory_csv(
        "listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,"
        "media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity,"
        "location\n"
        "77,A,T,L,C 1,CD,1001,For Sale,\"1,499.00\",2021-01-01,fine,Near Mint (NM or M-),No Cover,"
        "Y,e1,230,1,B2\n78,A,T,L,C,CD,1002,Sold,free,,,VG+,,,,,,\n79,A,T,L,C,CD,1003,Sold,3,,,bad,,"
        ",,,,\n");
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->items.size(), 1U);
    EXPECT_EQ(file->items[0].price, 1499);
    EXPECT_EQ(file->items[0].media, Grade::NearMint);
    EXPECT_EQ(file->items[0].weight, 230);
    ASSERT_EQ(file->skipped.size(), 2U);
    EXPECT_THAT(file->skipped[0].why, HasSubstr("no price"));
    EXPECT_THAT(file->skipped[1].why, HasSubstr("no grade"));
}

TEST(InventoryCsv, WritesNoItemWithoutAPrice) {
    EXPECT_FALSE(inventory_csv({{ReleaseId{1}, 0, Grade::Mint, "", "", "", "", {}, {}, {}}}));
    EXPECT_TRUE(is_sleeve_condition("Not Graded"));
    EXPECT_FALSE(is_sleeve_condition("VG+"));
}

RC_GTEST_PROP(CollectionCsv, TakesAnyBytes, (const std::string& text)) {
    const auto file = read_collection_csv("release_id,Title\n" + text);
    if (file) {
        for (const CollectionEntry& entry : file->entries) {
            RC_ASSERT(text::is_utf8(entry.title));
        }
    }
    (void)read_inventory_csv("release_id,price,media_condition\n" + text);
}

} // namespace
} // namespace spindle::market
