// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/printed_date.h"
#include "market/saved_page.h"
#include "market/saved_page_samples.h"
#include "testing/temp_folder.h"

namespace spindle::market {
namespace {

using ::testing::HasSubstr;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

void expect_sample(const PageStatistics& page) {
    EXPECT_EQ(page.have, 87);
    EXPECT_EQ(page.want, 3782);
    EXPECT_EQ(page.rating, 4.76);
    EXPECT_EQ(page.votes, 115);
    ASSERT_TRUE(page.last_sold);
    EXPECT_EQ(as_text(*page.last_sold), "2022-11-10");
    EXPECT_FALSE(page.never_sold);
    EXPECT_EQ(page.sold_low, (Money{258.58, "EUR"}));
    EXPECT_EQ(page.sold_median, (Money{484.5, "EUR"}));
    EXPECT_EQ(page.sold_high, (Money{1499, "EUR"}));
    EXPECT_EQ(page.for_sale, 12);
    EXPECT_EQ(page.lowest, (Money{310, "EUR"}));
}

TEST(SavedPage, ReadsTheOldForm) {
    const auto page = read_saved_page(old_page({}));
    ASSERT_TRUE(page) << page.error().message;
    expect_sample(*page);
    EXPECT_EQ(page->release.value, 2247646U);
    EXPECT_EQ(page->title, "Ann Orchard - Low Tide (Vinyl, India, 1983) | Discogs");
}

TEST(SavedPage, ReadsTheReactForm) {
    const auto page = read_saved_page(react_page({}));
    ASSERT_TRUE(page) << page.error().message;
    expect_sample(*page);
    EXPECT_EQ(page->release.value, 1001U);
}

TEST(SavedPage, DoesNotCareForClasses) {
    for (const std::string& html : {old_page({}), react_page({})}) {
        const auto page = read_saved_page(replaced(html, " class=", " data-c="));
        ASSERT_TRUE(page);
        expect_sample(*page);
    }
}

TEST(SavedPage, FindsTheBlockByItsLabelsWhenItsIdChanges) {
    const auto page =
        read_saved_page(replaced(react_page({}), "release-stats", "statistics-of-release"));
    ASSERT_TRUE(page);
    expect_sample(*page);
}

TEST(SavedPage, FindsTheFieldsByTheirOrderInALanguageItDoesNotKnow) {
    std::string html = react_page({});
    for (const auto& [english, other] :
         {std::pair{"Have<", "Haben<"}, std::pair{"Want<", "Suchen<"},
          std::pair{"Avg Rating<", "Bewertung<"}, std::pair{"Ratings<", "Stimmen<"},
          std::pair{"Last Sold<", "Verkauft<"}, std::pair{"Low<", "Tief<"},
          std::pair{"Median<", "Mitte<"}, std::pair{"High<", "Hoch<"}}) {
        html = replaced(html, english, other);
    }
    const auto page = read_saved_page(html);
    ASSERT_TRUE(page);
    expect_sample(*page);
}

TEST(SavedPage, KnowsADiscThatWasNeverSold) {
    SamplePage sample;
    sample.last = "Never";
    sample.datetime = "";
    sample.low = sample.median = sample.high = "--";
    sample.rating = "--";
    sample.votes = "0";
    for (const std::string& html : {old_page(sample), react_page(sample)}) {
        const auto page = read_saved_page(html);
        ASSERT_TRUE(page);
        EXPECT_TRUE(page->never_sold);
        EXPECT_FALSE(page->last_sold || page->sold_low || page->sold_median || page->sold_high);
        EXPECT_FALSE(page->rating);
        EXPECT_EQ(page->votes, 0);
        EXPECT_EQ(page->have, 87);
    }
}

TEST(SavedPage, ReadsEachCurrencyAsItIsPrinted) {
    for (const auto& [printed, money] :
         {std::pair{"SEK 100.00", Money{100, "SEK"}}, std::pair{"1.499,00 €", Money{1499, "EUR"}},
          std::pair{"A$12.50", Money{12.5, "AUD"}}, std::pair{"R$1,200.00", Money{1200, "BRL"}},
          std::pair{"¥1,500", Money{1500, "JPY"}}, std::pair{"&pound;7.00", Money{7, "GBP"}},
          std::pair{"CHF&nbsp;1'200.00", Money{1200, "CHF"}}}) {
        SamplePage sample;
        sample.median = sample.lowest = printed;
        for (const std::string& html : {old_page(sample), react_page(sample)}) {
            const auto page = read_saved_page(html);
            ASSERT_TRUE(page);
            EXPECT_EQ(page->sold_median, money) << printed;
            EXPECT_EQ(page->lowest, money) << printed;
        }
    }
}

TEST(SavedPage, SaysWhenItIsABotWall) {
    EXPECT_TRUE(is_bot_wall(bot_wall()));
    EXPECT_FALSE(is_bot_wall(old_page({})));
    EXPECT_FALSE(is_bot_wall(react_page({})));
    const auto page = read_saved_page(bot_wall());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, Code::NoAccess);
    EXPECT_THAT(page.error().message, HasSubstr("human"));
}

TEST(SavedPage, SaysWhenThereAreNoStatistics) {
    const auto page = read_saved_page("<html><title>Hello</title><p>Have: fun</p></html>");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, Code::NotFound);
    EXPECT_EQ(read_saved_page("").error().code, Code::BadInput);
    EXPECT_THAT(read_saved_page("From: <Saved by Blink>\r\n").error().message, HasSubstr("MHTML"));
}

TEST(SavedPage, RefusesWhatIsTooLargeOrTooDeep) {
    EXPECT_EQ(read_saved_page(old_page({}), {.bytes = 100}).error().code, Code::BadInput);
    std::string deep;
    for (int i = 0; i < 1'000'000; ++i) {
        deep += "<div>";
    }
    const auto page = read_saved_page(deep);
    ASSERT_FALSE(page);
    EXPECT_THAT(page.error().message, HasSubstr("deep"));
}

TEST(SavedPage, EndsInTimeOnPagesMadeToTakeLong) {
    const std::string many = [] {
        std::string html = "<ul>";
        for (int i = 0; i < 200'000; ++i) {
            html += "<li>Have: 1 for sale from<b>";
        }
        return html;
    }();
    for (const std::string& html :
         {many, "<a title=\"" + std::string(3'000'000, 'a'), "<!--" + std::string(3'000'000, '-'),
          std::string(3'000'000, '<'), std::string(3'000'000, '&'),
          replaced(std::string(100'000, '.'), ".", "</a></li><p>")}) {
        const auto begun = std::chrono::steady_clock::now();
        (void)read_saved_page(html, {.time = std::chrono::milliseconds(300)});
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
    }
}

TEST(SavedPage, ReadsOtherEncodings) {
    const std::string html = old_page({});
    std::string wide = "\xFF\xFE";
    for (const char c : replaced(replaced(html, "€", "EUR "), "–", "-")) {
        wide += c;
        wide += '\0';
    }
    const auto page = read_saved_page(wide);
    ASSERT_TRUE(page) << page.error().message;
    expect_sample(*page);
    const auto latin = read_saved_page(replaced(html, "€", "\x80"));
    ASSERT_TRUE(latin);
    expect_sample(*latin);
}

TEST(SavedPage, NamesTheFile) {
    const testing::TempFolder folder;
    const auto path = folder / "page.html";
    std::ofstream(path) << bot_wall();
    EXPECT_THAT(read_saved_page_file(path).error().message, HasSubstr("page.html"));
    std::ofstream(path) << react_page({});
    EXPECT_TRUE(read_saved_page_file(path));
    EXPECT_FALSE(read_saved_page_file(folder / "none.html"));
}

RC_GTEST_PROP(SavedPage, TakesPagesCutAndDamagedAnywhere, ()) {
    std::string html = *rc::gen::element(old_page({}), react_page({}));
    html.resize(*rc::gen::inRange<std::size_t>(0, html.size()));
    for (int i = 0; i < 5 && !html.empty(); ++i) {
        html[*rc::gen::inRange<std::size_t>(0, html.size())] =
            static_cast<char>(*rc::gen::inRange(0, 256));
    }
    const auto page = read_saved_page(html);
    if (page && page->rating) {
        RC_ASSERT(*page->rating > 0 && *page->rating <= 5);
    }
}

} // namespace
} // namespace spindle::market
