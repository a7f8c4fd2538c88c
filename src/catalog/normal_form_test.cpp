// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "catalog/normal_form.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Folded, DoesNotTellAccentsAndCaseApart) {
    EXPECT_EQ(folded("Björk"), "bjork");
    EXPECT_EQ(folded("BJÖRK"), "bjork");
    EXPECT_EQ(folded("Bjo\xCC\x88rk"), "bjork"); // the same ö as a letter and a mark
    EXPECT_EQ(folded("Sigur Rós"), "sigur ros");
    EXPECT_EQ(folded("Motörhead"), folded("MOTÖRHEAD"));
    EXPECT_EQ(folded("STRASSE"), folded("Straße"));
}

TEST(Folded, ResolvesLigaturesAndWideLetters) {
    EXPECT_EQ(folded("ﬁnal"), "final");
    EXPECT_EQ(folded("ＡＢＢＡ"), "abba");
    EXPECT_EQ(folded("Ⅳ"), "iv");
}

TEST(Folded, MakesHalfWidthKanaFullWidthAndDropsVoicing) {
    EXPECT_EQ(folded("ｶﾞﾗｽ"), folded("ガラス"));
    EXPECT_EQ(folded("ガ"), folded("カ"));
    EXPECT_NE(folded("ガ"), folded("キ"));
}

TEST(Folded, KeepsLettersOfOtherScriptsAndFoldsTheirCase) {
    EXPECT_EQ(folded("КИНО"), "кино");
    EXPECT_EQ(folded("Ёлка"), "елка");
    EXPECT_EQ(folded("ΜΊΚΗΣ"), folded("μίκης"));
}

TEST(WordsOf, SplitsAtWhateverIsNoLetterOrDigit) {
    EXPECT_THAT(words_of("The Dark Side Of The Moon"),
                ElementsAre("the", "dark", "side", "of", "the", "moon"));
    EXPECT_THAT(words_of("AC/DC - Back In Black (1980)"),
                ElementsAre("ac", "dc", "back", "in", "black", "1980"));
    EXPECT_THAT(words_of("Ágætis Byrjun"), ElementsAre("agætis", "byrjun"));
}

TEST(WordsOf, FindsNoneWhereThereIsNone) {
    EXPECT_THAT(words_of(""), IsEmpty());
    EXPECT_THAT(words_of(" \t\n"), IsEmpty());
    EXPECT_THAT(words_of("?!...--- ()"), IsEmpty());
    EXPECT_THAT(words_of("“…” — •"), IsEmpty());
}

TEST(WordsOf, JoinsWhatAnApostropheParts) {
    for (const char* text : {"Don't", "Don’t", "DON`T", "Don‘t", "don´t"}) {
        EXPECT_THAT(words_of(text), ElementsAre("dont")) << text;
    }
    EXPECT_THAT(words_of("'Round 'Bout Midnight"), ElementsAre("round", "bout", "midnight"));
    EXPECT_THAT(words_of("L’été"), ElementsAre("lete"));
}

TEST(WordsOf, GivesPairsOfSignsWhereScriptsHaveNoBlanks) {
    EXPECT_THAT(words_of("久石譲"), ElementsAre("久石", "石譲"));
    EXPECT_THAT(words_of("心"), ElementsAre("心"));
    EXPECT_THAT(words_of("YMO 浮気なぼくら"),
                ElementsAre("ymo", "浮気", "気な", "なほ", "ほく", "くら"));
    EXPECT_THAT(words_of("スーパー"), ElementsAre("スー", "ーハ", "ハー"));
}

TEST(WordsOf, FindsTheSameWordsInHalfWidthKana) {
    EXPECT_EQ(words_of("ﾋﾞｰﾄﾙｽﾞ"), words_of("ビートルズ"));
}

TEST(WordsOf, SplitsWhereTheScriptChanges) {
    EXPECT_THAT(words_of("東京jazz"), ElementsAre("東京", "jazz"));
    EXPECT_THAT(words_of("jazz東京"), ElementsAre("jazz", "東京"));
}

TEST(WordsOf, CutsLongWordsBetweenSigns) {
    const auto ascii = words_of(std::string(10'000, 'a'));
    ASSERT_EQ(ascii.size(), 1U);
    EXPECT_EQ(ascii[0].size(), kLongestWord);
    std::string cyrillic = "a"; // so that the cut would fall into a letter
    for (int i = 0; i < 100; ++i) {
        cyrillic += "ж";
    }
    const auto cut = words_of(cyrillic);
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_TRUE(text::is_utf8(cut[0]));
    EXPECT_EQ(cut[0].size(), kLongestWord - 1);
}

TEST(NumberKey, MakesSignsOneThatLookAlike) {
    EXPECT_EQ(number_key("7599-26O81-2"), "7599260812");
    EXPECT_EQ(number_key("CDP 7 46B65 2"), number_key("CDP 7 46865 2"));
    EXPECT_EQ(number_key("OQD"), number_key("000"));
    EXPECT_EQ(number_key("ILZSGB"), number_key("112568"));
    EXPECT_EQ(number_key("cd-1234"), number_key("CD 1234"));
    EXPECT_NE(number_key("CD 1234"), number_key("CD 1235"));
}

TEST(NumberKey, IsMadeOfAsciiOnly) {
    EXPECT_EQ(number_key("ＣＤ－１２３４"), number_key("CD-1234"));
    EXPECT_EQ(number_key("№ 12"), "N012"); // the sign is N and o
    EXPECT_EQ(number_key("- / . "), "");
    EXPECT_EQ(number_key(""), "");
}

TEST(LongestDigitRun, SurvivesWhenLettersAroundItAreLost) {
    EXPECT_EQ(longest_digit_run("CDP 7 46B65 2"), "46865");
    EXPECT_EQ(longest_digit_run("7599-26081-2"), "26081");
    EXPECT_EQ(longest_digit_run("826535"), "826535");
}

TEST(LongestDigitRun, DoesNotTakeLettersBesideIt) {
    EXPECT_EQ(longest_digit_run("LO2638"), "2638");
    EXPECT_EQ(longest_digit_run("LO 2638"), "2638");
    EXPECT_EQ(longest_digit_run("2638SB"), "2638");
    EXPECT_EQ(longest_digit_run("SOLO"), "");
}

TEST(LongestDigitRun, IsEmptyWhenItSaysTooLittle) {
    EXPECT_EQ(longest_digit_run("CD 123"), "");
    EXPECT_EQ(longest_digit_run(""), "");
    EXPECT_EQ(longest_digit_run("123-456-789"), "");
}

TEST(BarcodeKey, MakesUpcAndEanOfOneArticleEqual) {
    EXPECT_EQ(barcode_key("0 74646 36282 8"), "74646362828");
    EXPECT_EQ(barcode_key("0074646362828"), barcode_key("0 74646 36282 8"));
    EXPECT_EQ(barcode_key("5 099749 534728"), "5099749534728");
}

TEST(BarcodeKey, IsEmptyForWhatIsNone) {
    EXPECT_EQ(barcode_key("1234567"), "");
    EXPECT_EQ(barcode_key("123456789012345"), "");
    EXPECT_EQ(barcode_key("none"), "");
    EXPECT_EQ(barcode_key("0000000000000"), "");
}

// Letters, marks, kana and signs of the kind that meet in names, joined at random.
rc::Gen<std::string> any_name() {
    static const std::vector<std::string> kPieces{
        "a",  "Z",  "ß", "É", "e\xCC\x81", "ö", "Æ",  "ø",  "ﬁ",  "Ⅳ",  "№",
        "½",  "Ж",  "й", "Ё", "Σ",         "ς", "ΐ",  "ガ", "ﾊﾟ", "ｰ",  "ー",
        "久", "한", "ไ", "'", "’",         "´", " ",  "-",  "0",  "９", "㍿",
        "İ",  "ı",  "ﬀ", "ά", "\xC2\xAD",  "…", "Ｑ", "𝔸",  "̈",   "ｶ",  "ﾞ"};
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                        [](const std::vector<std::string>& pieces) {
                            std::string name;
                            for (const std::string& piece : pieces) {
                                name += piece;
                            }
                            return name;
                        });
}

RC_GTEST_PROP(Folded, FoldedAgainIsTheSame, ()) {
    const auto once = folded(*any_name());
    RC_ASSERT(folded(once) == once);
}

RC_GTEST_PROP(WordsOf, OfWordsAreTheseWords, ()) {
    // What a reader writes in normal form finds what a sleeve has in capitals.
    for (const std::string& word : words_of(*any_name())) {
        RC_ASSERT(!word.empty());
        RC_ASSERT(words_of(word) == std::vector<std::string>{word});
    }
}

RC_GTEST_PROP(NormalForm, TakesAnyBytes, (const std::string& bytes)) {
    const std::string normal = folded(bytes);
    RC_ASSERT(text::is_utf8(normal));
    for (const std::string& word : words_of(bytes)) {
        RC_ASSERT(!word.empty() && word.size() <= kLongestWord && text::is_utf8(word));
    }
    for (const char c : number_key(bytes)) {
        RC_ASSERT((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
    }
    const std::string run = longest_digit_run(bytes);
    RC_ASSERT(run.empty() || run.size() >= 4);
    const std::string barcode = barcode_key(bytes);
    RC_ASSERT(barcode.empty() || (barcode.size() >= 8 && barcode.size() <= 14));
}

RC_GTEST_PROP(NumberKey, OfAKeyIsTheKey, (const std::string& bytes)) {
    const std::string key = number_key(bytes);
    RC_ASSERT(number_key(key) == key);
}

} // namespace
} // namespace spindle::catalog
