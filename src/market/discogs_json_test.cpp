// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/detail/discogs_json.h"
#include "testing/discogs_server.h"

namespace spindle::market::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr ReleaseId kFive{5};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

TEST(DiscogsJson, ReadsARelease) {
    const auto figures = read_release(testing::release_json(5), kFive, "EUR").value();
    EXPECT_EQ(figures.release, kFive);
    EXPECT_EQ(figures.master, MasterId{42});
    EXPECT_EQ(figures.artist, "Ann & Benny");
    EXPECT_EQ(figures.title, "Title 5");
    EXPECT_EQ(figures.country, "Germany");
    EXPECT_EQ(figures.format, "CD, Album, Reissue");
    EXPECT_EQ(figures.year, 1985);
    EXPECT_EQ(figures.have, 164);
    EXPECT_EQ(figures.want, 101);
    EXPECT_EQ(figures.rating, 4.61);
    EXPECT_EQ(figures.votes, 18);
    EXPECT_EQ(figures.for_sale, 14);
    EXPECT_EQ(figures.lowest, (Money{4.22, "EUR"}));
    EXPECT_FALSE(figures.blocked_from_sale);
}

TEST(DiscogsJson, KnowsWhatIsNotSaid) {
    auto figures = read_release(testing::release_json(5, "null", "true"), kFive, "EUR").value();
    EXPECT_FALSE(figures.lowest);
    EXPECT_TRUE(figures.blocked_from_sale);
    figures = read_release(R"({"id":5,"title":"T"})", kFive, "EUR").value();
    EXPECT_FALSE(figures.have || figures.want || figures.rating || figures.votes ||
                 figures.for_sale || figures.lowest);
    const auto unrated = replaced(testing::release_json(5), R"("count":18,"average":4.61)",
                                  R"("count":0,"average":0.0)");
    figures = read_release(unrated, kFive, "EUR").value();
    EXPECT_EQ(figures.votes, 0);
    EXPECT_FALSE(figures.rating); // nobody voted, which is not the same as a bad record
}

TEST(DiscogsJson, SaysWhatIsWrongWithAnAnswer) {
    const std::string good = testing::release_json(5);
    const struct {
        std::string body, expected;
    } cases[] = {
        {"", "empty"},
        {"<!DOCTYPE html><html>Please log in</html>", "web page"},
        {good.substr(0, good.size() / 2), "cut short"},
        {"[]", "id"},
        {"7", "id"},
        {"null", "id"},
        {R"({"title":"T"})", "id: is missing"},
        {R"({"id":6,"title":"T"})", "release 6"},
        {R"({"id":0,"title":"T"})", "id"},
        {R"({"id":5})", "title: is missing"},
        {R"({"id":5,"title":7})", "title: no text"},
        {replaced(good, "\"have\":164", "\"have\":\"many\""), "have"},
        {replaced(good, "\"have\":164", "\"have\":-1"), "have"},
        {replaced(good, "\"have\":164", "\"have\":1.5"), "have"},
        {replaced(good, "\"have\":164", "\"have\":99999999999999999999"), "have"},
        {replaced(good, "4.61", "5.1"), "average"},
        {replaced(good, "4.22", "-4.22"), "lowest_price"},
        {replaced(good, "4.22", "1e300"), "lowest_price"},
        {replaced(good, "4.22", "1e999"), "JSON"},
        {replaced(good, "4.22", "\"4.22\""), "lowest_price"},
        {replaced(good, ":false", ":0"), "blocked_from_sale"},
        {replaced(good, "\"community\":{", "\"community\":[{"), "JSON"},
        {R"({"id":5,"title":"T","community":[]})", "have"},
        {R"({"id":5,"title":"T","artists":[7]})", "anv"},
        {R"({"id":5,"title":"T","formats":{}})", "formats"},
        {std::string(3'000'000, '['), "levels"},
        {"{\"id\":5,\"title\":\"\xff\"}", "JSON"},
    };
    for (const auto& [body, expected] : cases) {
        const auto figures = read_release(body, kFive, "EUR");
        ASSERT_FALSE(figures) << body.substr(0, 100);
        EXPECT_EQ(figures.error().code, Code::BadInput);
        EXPECT_THAT(figures.error().message, HasSubstr(expected));
        EXPECT_LT(figures.error().message.size(), 300U);
    }
}

TEST(DiscogsJson, KeepsHostileTextOnOneLineAndShort) {
    const auto figures =
        read_release(R"({"id":5,"title":"a\u001b[31m\nb)" + std::string(5000, 'x') + "\"}", kFive,
                     "EUR")
            .value();
    EXPECT_LT(figures.title.size(), 1100U);
    EXPECT_EQ(figures.title.find_first_of("\x1b\n"), std::string::npos);
}

TEST(DiscogsJson, ReadsSuggestionsInTheSellersCurrency) {
    const auto prices = read_suggestions(testing::suggestions_json(12.81)).value();
    ASSERT_TRUE(prices[1] && prices[7]);
    EXPECT_NEAR(prices[1]->amount, 12.81, 1e-9);
    EXPECT_NEAR(prices[7]->amount, 12.81 / 0.85 * 0.05, 1e-9);
    EXPECT_EQ(prices[1]->currency, "EUR");
    EXPECT_FALSE(read_suggestions("{}").value()[0]);
    for (const char* wrong :
         {R"j({"Mint (M)":3})j", R"j({"Mint (M)":{"value":3}})j",
          R"j({"Mint (M)":{"currency":"EUR"}})j", R"j({"Mint (M)":{"currency":"Euro","value":3}})j",
          R"j({"Mint (M)":{"currency":"EUR","value":-3}})j", "[]"}) {
        EXPECT_FALSE(read_suggestions(wrong)) << wrong;
    }
}

TEST(DiscogsJson, LeavesOutBarcodesThatAreNone) {
    const auto page = read_search(R"j({"pagination":{"page":2,"pages":3,"items":120},"results":[
        {"id":5,"master_id":0,"title":"A - B","year":"1999","label":"One","format":["CD"],
         "barcode":["4 988003 123456","4988003123456","(ASCAP)","123"]}]})j")
                          .value();
    EXPECT_EQ(page.page, 2);
    EXPECT_EQ(page.pages, 3);
    EXPECT_EQ(page.total, 120U);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_THAT(page.items[0].barcodes, ElementsAre("4988003123456"));
    EXPECT_THAT(page.items[0].labels, ElementsAre("One"));
    EXPECT_EQ(page.items[0].year, 1999);
}

TEST(DiscogsJson, FindsTheMessageOfAnError) {
    EXPECT_EQ(read_message(R"({"message":"Release not found."})"), "Release not found.");
    EXPECT_EQ(read_message("<html>"), "");
    EXPECT_EQ(read_message(R"({"message":7})"), "");
    EXPECT_LT(read_message("{\"message\":\"" + std::string(9000, 'x') + "\"}").size(), 210U);
}

RC_GTEST_PROP(DiscogsJson, TakesAnyBytesWithoutHarm, (const std::string& noise)) {
    std::string body = testing::release_json(5);
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
    body.replace(at, std::min(noise.size(), body.size() - at), noise);
    (void)read_release(body, kFive, "EUR");
    (void)read_collection(body);
    (void)read_wants(body);
    (void)read_search(body);
    (void)read_suggestions(body);
}

} // namespace
} // namespace spindle::market::detail
