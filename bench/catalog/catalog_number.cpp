// SPDX-License-Identifier: Apache-2.0
#include "catalog/catalog_number.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "catalog/country.h"
#include "catalog/draw.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

/// Appends `number` with at least `width` digits.
void append_digits(std::string& text, std::uint32_t number, std::uint32_t width) {
    std::array<char, 10> digits{};
    std::size_t place = digits.size();
    do {
        digits[--place] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (place > 0 && digits.size() - place < width) {
        digits[--place] = '0';
    }
    text.append(digits.data() + place, digits.size() - place);
}

/// Labels like abbreviations of consonants; some letters look like digits, as in real ones.
void append_letters(std::string& text, Draw& draw, std::uint32_t count) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPRSTVWXZBCDLMRSTQUY";
    for (std::uint32_t i = 0; i < count; ++i) {
        text += letters[draw.below(letters.size())];
    }
}

/// The digit that tells the medium: "-2" is a CD.
char medium_digit(Medium medium) {
    if (is_vinyl(medium)) {
        return medium == Medium::Seven ? '7' : '1';
    }
    if (is_cd(medium)) {
        return '2';
    }
    return medium == Medium::Cassette ? '4' : medium == Medium::Dvd ? '9' : '0';
}

/// Where a run begins: small labels at 1, others at a round number.
std::uint32_t start_of(const Numbering& by) {
    constexpr std::array<std::uint32_t, 8> starts{1, 1, 1, 1, 101, 1001, 2001, 5001};
    Draw draw(key_of(by.key, 201, 0));
    return draw.one_of(std::span<const std::uint32_t>(starts));
}

/// The part of a long run that has a prefix of its own, and the number within it.
struct Run {
    std::uint32_t series;
    std::uint32_t number;
};
Run run_of(const Numbering& by, std::uint32_t serial) {
    if (by.is_major) {
        return {serial / 9000, 1000 + serial % 9000};
    }
    return {0, start_of(by) + serial};
}

void letters_digits(std::string& text, const Numbering& by, std::uint32_t serial) {
    const Run run = run_of(by, serial);
    Draw draw(key_of(by.key, 202, run.series));
    if (draw.below(8) == 0) { // what many a label calls its numbers
        constexpr std::array usual{"CD"sv, "LP"sv, "EP"sv, "REC"sv, "SP"sv, "ART"sv, "M"sv, "DJ"sv};
        text += draw.one_of(std::span<const std::string_view>(usual));
    } else {
        append_letters(text, draw, draw.between(2, 5));
    }
    constexpr std::array separators{" "sv, " "sv, " "sv, ""sv, ""sv, "-"sv, "."sv};
    text += draw.one_of(std::span<const std::string_view>(separators));
    append_digits(text, run.number, draw.between(1, 4));
}

void long_mixed(std::string& text, const Numbering& by, std::uint32_t serial) {
    const Run run = run_of(by, serial);
    Draw draw(key_of(by.key, 203, run.series));
    switch (draw.below(5)) {
    case 0: // "GTN 1047.25"
        append_letters(text, draw, 3);
        text += ' ';
        append_digits(text, run.number / 10, 4);
        text += '.';
        append_digits(text, run.number % 10 + 20, 2);
        break;
    case 1: // "74144-22001-2"
        append_digits(text, draw.between(10000, 99999), 5);
        text += '-';
        append_digits(text, 20000 + run.number, 5);
        text += "-2";
        break;
    case 2: // "PS 08/43"
        append_letters(text, draw, 2);
        text += ' ';
        append_digits(text, run.number / 20 % 30 + 1, 2);
        text += '/';
        append_digits(text, run.number % 97 + 1, 2);
        break;
    case 3: // "Blue Note Records 034"-like: a word
        append_letters(text, draw, 1);
        for (std::uint32_t i = draw.between(4, 8); i > 0; --i) {
            text += "aeiorntls"[draw.below(9)];
        }
        text += ' ';
        append_digits(text, run.number, 3);
        break;
    default: // "ABC-LP 12-034 B"
        append_letters(text, draw, 3);
        text += '-';
        append_digits(text, draw.between(10, 99), 2);
        text += '-';
        append_digits(text, run.number, 3);
    }
}

void cd_infix(std::string& text, const Numbering& by, std::uint32_t serial, Medium medium) {
    const Run run = run_of(by, serial);
    Draw draw(key_of(by.key, 204, run.series));
    const std::string_view sign = is_cd(medium)                ? "CD"sv
                                  : medium == Medium::Cassette ? "MC"sv
                                  : medium == Medium::Lp       ? "LP"sv
                                  : medium == Medium::Dvd      ? "DVD"sv
                                  : is_vinyl(medium)           ? ""sv
                                                               : "DL"sv;
    const std::uint32_t width = draw.between(2, 4);
    switch (draw.below(4)) {
    case 0: // "CDV 2638"
        text += sign;
        append_letters(text, draw, draw.between(1, 3));
        text += ' ';
        append_digits(text, run.number, width);
        break;
    case 1: // "RSN CD34"
        append_letters(text, draw, 3);
        text += ' ';
        text += sign;
        append_digits(text, run.number, width);
        break;
    case 2: // "CAD 207 CD"
        append_letters(text, draw, draw.between(2, 4));
        text += ' ';
        append_digits(text, run.number, width);
        if (!sign.empty()) {
            text += ' ';
            text += sign;
        }
        break;
    default: // "K7073CD"
        append_letters(text, draw, draw.between(1, 4));
        append_digits(text, run.number, width);
        text += sign;
    }
}

void japanese(std::string& text, const Numbering& by, std::uint32_t serial) {
    const Run run{by.is_major ? serial / 2500 : 0, serial % 90000};
    Draw draw(key_of(by.key, 205, run.series));
    append_letters(text, draw, draw.between(3, 4));
    text += '-';
    const std::uint32_t thousands = draw.between(1, 89);
    append_digits(text, thousands * 1000 + run.number % 9000, draw.below(4) == 0 ? 6 : 5);
}

void japanese_price(std::string& text, const Numbering& by, std::uint32_t serial) {
    constexpr std::array<std::uint32_t, 6> prices{28, 30, 32, 33, 35, 38};
    const Run run{serial / 800, 1 + serial % 800};
    Draw draw(key_of(by.key, 206, run.series));
    const std::uint32_t price = draw.one_of(std::span<const std::uint32_t>(prices));
    if (draw.below(3) == 0) {
        append_letters(text, draw, 1);
        append_digits(text, price, 2);
        append_letters(text, draw, 1);
        append_digits(text, run.number, 4);
    } else {
        append_digits(text, price, 2);
        append_letters(text, draw, draw.between(1, 3));
        text += '-';
        append_digits(text, run.number, 1);
    }
}

/// The five or six digits that catalog number and barcode of a major label share.
std::uint32_t item_of(const Numbering& by, std::uint32_t serial) {
    const auto first = static_cast<std::uint32_t>(key_of(by.key, 207, 0) % 40'000);
    return by.family == NumberFamily::SixDigitsSuffix || by.family == NumberFamily::ThreeLettersSix
               ? 310'000 + (first * 10 + serial) % 690'000
               : 10'000 + (first + serial) % 90'000;
}

/// The company in a barcode; it changes when the items of one are used up.
std::uint32_t company_of(const Numbering& by, std::uint32_t serial, std::uint32_t digits) {
    std::uint32_t bound = 1;
    for (std::uint32_t i = 0; i < digits; ++i) {
        bound *= 10;
    }
    return Draw(key_of(by.key, 208, serial / 90'000)).between(bound / 10, bound - 1);
}

/// Digits of a barcode without its last one, as the label's family forms it.
std::string barcode_body(const Numbering& by, std::uint32_t serial, Medium medium) {
    std::string body;
    const std::uint32_t item = item_of(by, serial);
    switch (by.family) {
    case NumberFamily::SixDigitsSuffix: // 0 + 4 of the company + "423079" + "2"
        body = "0";
        append_digits(body, company_of(by, 0, 3), 3);
        append_digits(body, item, 6);
        break;
    case NumberFamily::Prefix7243:
        body = "07243";
        body += static_cast<char>('8' - static_cast<char>(serial / 90'000 % 5));
        append_digits(body, item, 5);
        break;
    case NumberFamily::ThreeLettersSix:
        body = "50997";
        append_digits(body, item, 6);
        break;
    case NumberFamily::FourFiveSuffix:
    case NumberFamily::NineSuffix:
    case NumberFamily::CdpSeven:
        body = "0";
        append_digits(body, company_of(by, serial, 4), 4);
        append_digits(body, item, 5);
        break;
    case NumberFamily::FiveFiveSuffix:
        append_digits(body, company_of(by, serial, 5), 5);
        append_digits(body, item, 5);
        break;
    default: {
        body = countries()[by.country].barcodes;
        const auto company = static_cast<std::uint32_t>(body == "0" ? 5 : 9 - body.size() - 1);
        append_digits(body, company_of(by, serial, company), company);
        // Half of the other labels put their running number there, the rest counts apart.
        Draw draw(key_of(by.key, 209, 0));
        const std::uint32_t number =
            draw.below(2) == 0 ? run_of(by, serial).number : draw.below(50'000) + serial;
        append_digits(body, number % (body[0] == '0' ? 10'000 : 1'000), body[0] == '0' ? 4 : 3);
    }
    }
    body += medium_digit(medium);
    return body;
}

void with_separators(std::string& text, const Numbering& by, std::uint32_t serial, Medium medium) {
    const std::uint32_t item = item_of(by, serial);
    Draw draw(key_of(by.key, 210, serial)); // people type the same style in several ways
    const bool plain = draw.below(4) > 0;
    switch (by.family) {
    case NumberFamily::SixDigitsSuffix:
        append_digits(text, item / 1000, 3);
        text += plain ? " " : draw.below(2) == 0 ? "." : "";
        append_digits(text, item % 1000, 3);
        text += '-';
        break;
    case NumberFamily::Prefix7243: {
        std::string body = barcode_body(by, serial, medium);
        const char check = check_digit(body);
        text += "7243 ";
        text += body[5];
        text += plain ? " " : "";
        text.append(body, 6, 5);
        text += plain ? " " : "-";
        text += body[11];
        text += plain ? " " : "";
        text += check;
        return;
    }
    case NumberFamily::FourFiveSuffix:
        append_digits(text, company_of(by, serial, 4), 4);
        text += plain ? "-" : " ";
        append_digits(text, item, 5);
        text += '-';
        break;
    case NumberFamily::FiveFiveSuffix:
        append_digits(text, company_of(by, serial, 5), 5);
        text += plain ? " " : "-";
        append_digits(text, item, 5);
        text += plain ? ' ' : '-';
        break;
    case NumberFamily::NineSuffix:
        text += plain ? "9 " : "";
        append_digits(text, item, 5);
        text += '-';
        break;
    case NumberFamily::ThreeLettersSix: {
        Draw letters(key_of(by.key, 211, 0));
        append_letters(text, letters, 3);
        text += ' ';
        append_digits(text, item, 6);
        text += ' ';
        break;
    }
    default:
        text += is_cd(medium) ? "CDP 7 " : medium == Medium::Cassette ? "TC 7 " : "7 ";
        append_digits(text, item, 5);
        text += ' ';
    }
    text += medium_digit(medium);
}

} // namespace

Numbering small_numbering(std::uint64_t label_key, std::uint8_t country) {
    using enum NumberFamily;
    constexpr std::array families{LettersDigits, LongMixed,     CdInfix,
                                  LettersSuffix, BarcodeItself, PureDigits};
    // Measured on real catalog data (docs/catalog.md), without what the major labels bring.
    constexpr std::array shares{290, 260, 225, 105, 75, 45};
    constexpr std::array japanese_families{JapaneseLetters, LettersDigits, CdInfix};
    constexpr std::array japanese_shares{800, 130, 70};
    Draw draw(key_of(label_key, 212, 0));
    Numbering numbering{label_key, country, LettersDigits, false};
    numbering.family = country == kJapan ? japanese_families[draw.weighted(japanese_shares)]
                                         : families[draw.weighted(shares)];
    return numbering;
}

void append_number(std::string& text, const Numbering& by, std::uint32_t serial, Medium medium) {
    switch (by.family) {
    case NumberFamily::LettersDigits:
        letters_digits(text, by, serial);
        break;
    case NumberFamily::LongMixed:
        long_mixed(text, by, serial);
        break;
    case NumberFamily::CdInfix:
        cd_infix(text, by, serial, medium);
        break;
    case NumberFamily::LettersSuffix:
        letters_digits(text, by, serial);
        text += '-';
        text += medium_digit(medium);
        break;
    case NumberFamily::BarcodeItself:
        text += barcode_digits(by, serial, medium);
        break;
    case NumberFamily::PureDigits: {
        Draw draw(key_of(by.key, 213, 0));
        const std::uint32_t first = draw.between(1, 899) * 1000;
        append_digits(text, first + serial, draw.between(4, 6));
        break;
    }
    case NumberFamily::JapaneseLetters:
        japanese(text, by, serial);
        break;
    case NumberFamily::JapanesePrice:
        japanese_price(text, by, serial);
        break;
    case NumberFamily::LetterZeros:
        text += "B00";
        append_digits(text, 10'000 + serial % 90'000, 5);
        text += is_cd(medium) ? "-02" : is_vinyl(medium) ? "-01" : "-04";
        break;
    default:
        with_separators(text, by, serial, medium);
    }
}

std::string barcode_digits(const Numbering& by, std::uint32_t serial, Medium medium) {
    std::string digits = barcode_body(by, serial, medium);
    digits += check_digit(digits);
    return digits;
}

char check_digit(const std::string& digits) {
    std::uint32_t sum = 0;
    std::uint32_t weight = 3; // the last one counts three times, then in turn
    for (auto place = digits.rbegin(); place != digits.rend(); ++place) {
        sum += weight * static_cast<std::uint32_t>(*place - '0');
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

} // namespace spindle::bench
