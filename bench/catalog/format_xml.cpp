// SPDX-License-Identifier: Apache-2.0
#include "catalog/format_xml.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "catalog/draw.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

enum Kind : std::uint64_t { kFormats = 600, kIdentifiers, kMatrix };

/// A description and its share among releases on that medium, in 1,000.
struct Description {
    std::string_view text;
    std::uint32_t share;
};

// Measured on real catalog data, see docs/catalog.md.
constexpr std::array kLp{Description{"LP", 950},          Description{"Album", 600},
                         Description{"Compilation", 100}, Description{"Reissue", 120},
                         Description{"33 ⅓ RPM", 120},    Description{"Limited Edition", 70},
                         Description{"Stereo", 180},      Description{"Remastered", 30},
                         Description{"Mono", 60},         Description{"Promo", 50},
                         Description{"Club Edition", 20}, Description{"Gatefold", 30}};
constexpr std::array kTwelve{
    Description{"12\"", 980},  Description{"33 ⅓ RPM", 330},   Description{"45 RPM", 250},
    Description{"Single", 80}, Description{"EP", 180},         Description{"Maxi-Single", 90},
    Description{"Promo", 110}, Description{"White Label", 90}, Description{"Stereo", 40}};
constexpr std::array kSeven{
    Description{"7\"", 980},   Description{"45 RPM", 700},         Description{"Single", 430},
    Description{"EP", 120},    Description{"Limited Edition", 70}, Description{"Promo", 90},
    Description{"Stereo", 80}, Description{"Jukebox", 10}};
constexpr std::array kCd{Description{"Album", 640},          Description{"Compilation", 175},
                         Description{"Reissue", 130},        Description{"Remastered", 64},
                         Description{"Promo", 90},           Description{"Stereo", 40},
                         Description{"Limited Edition", 50}, Description{"Mixed", 35},
                         Description{"Enhanced", 20},        Description{"Unofficial Release", 55}};
constexpr std::array kCdSingle{Description{"Single", 600}, Description{"Maxi-Single", 380},
                               Description{"Promo", 200}, Description{"EP", 60}};
constexpr std::array kCdr{Description{"Promo", 370}, Description{"Album", 330},
                          Description{"Limited Edition", 230}, Description{"EP", 170}};
constexpr std::array kCassette{
    Description{"Album", 680},          Description{"Unofficial Release", 130},
    Description{"Compilation", 150},    Description{"Reissue", 120},
    Description{"Limited Edition", 80}, Description{"Mono", 40}};
constexpr std::array kFile{Description{"MP3", 670},   Description{"FLAC", 130},
                           Description{"Album", 200}, Description{"Single", 160},
                           Description{"EP", 150},    Description{"WAV", 110}};
constexpr std::array kDvd{Description{"DVD-Video", 800}, Description{"NTSC", 350},
                          Description{"PAL", 350}};
constexpr std::array kBox{Description{"Compilation", 500}, Description{"Limited Edition", 300}};

struct MediumText {
    std::string_view name;
    std::span<const Description> descriptions;
    std::uint32_t with_text; ///< share with free text, in 1,000
};
const std::array<MediumText, 10> kMediumTexts{{{"Vinyl", kLp, 120},
                                               {"Vinyl", kTwelve, 120},
                                               {"Vinyl", kSeven, 120},
                                               {"CD", kCd, 94},
                                               {"CD", kCdSingle, 94},
                                               {"CDr", kCdr, 30},
                                               {"Cassette", kCassette, 110},
                                               {"File", kFile, 560},
                                               {"DVD", kDvd, 20},
                                               {"Box Set", kBox, 50}}};

/// As printed under the bars: "5 012345 678900", "0 12345 67890 5".
std::string as_printed(std::string_view digits) {
    std::string text(digits);
    text.insert(digits.size() == 13 ? 7 : 11, " ");
    text.insert(digits.size() == 13 ? 1 : 6, " ");
    if (digits.size() == 12) {
        text.insert(1, " ");
    }
    return text;
}

void identifier(XmlText& xml, std::string_view type, std::string_view description,
                std::string_view value) {
    xml.element("<identifier type=\"", type, "\"");
    if (!description.empty()) {
        xml.element(" description=\"", description, "\"");
    }
    xml.element(" value=\"", value, "\"/>");
}

void barcode(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk, Draw& draw) {
    std::string digits = pressing.barcode;
    if (digits.empty()) {
        if (quirk != Quirk::BarcodeTwice && quirk != Quirk::BarcodeWithSigns) {
            return;
        }
        digits = barcode_digits(pressing.label.numbering, pressing.serial, pressing.medium);
    }
    if (quirk == Quirk::BarcodeWithSigns) {
        identifier(xml, "Barcode", "Sticker", "EAN > " + as_printed(digits) + " >");
        return;
    }
    const std::uint32_t how = quirk == Quirk::BarcodeTwice ? 999 : draw.below(1000);
    if (how < 600 || how >= 850) {
        identifier(xml, "Barcode", how >= 850 ? "Scanned"sv : ""sv, digits);
    }
    if (how >= 600) {
        identifier(xml, "Barcode", how >= 850 ? "Text"sv : ""sv, as_printed(digits));
    }
}

void matrices(XmlText& xml, const Pressing& pressing, Draw& draw) {
    const bool is_disc = is_vinyl(pressing.medium) || is_cd(pressing.medium);
    const std::uint32_t share = is_vinyl(pressing.medium) ? 480 : is_cd(pressing.medium) ? 400 : 40;
    if (!draw.per_thousand(share)) {
        return;
    }
    const std::uint32_t count = is_vinyl(pressing.medium) ? 2 : 1 + draw.steps(800, 3);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::string value = pressing.number == "none" ? "" : pressing.number + " ";
        constexpr std::array plants{"MPO"sv,      "A1"sv,   "IFPI L553"sv,
                                    "STERLING"sv, "11 A"sv, "@ 1"sv};
        if (is_vinyl(pressing.medium)) {
            value += static_cast<char>('A' + i);
            value += static_cast<char>('1' + draw.below(4));
        } else {
            value += draw.one_of(std::span<const std::string_view>(plants));
        }
        constexpr std::array sides{"Side A runout"sv, "Side B runout"sv};
        identifier(xml, "Matrix / Runout",
                   is_disc && is_vinyl(pressing.medium) ? sides[i % 2] : ""sv, value);
    }
}

} // namespace

void append_formats(XmlText& xml, const Pressing& pressing, bool huge_quantity,
                    std::uint32_t tracks) {
    const MediumText& medium = kMediumTexts[static_cast<std::size_t>(pressing.medium)];
    Draw draw(key_of(pressing.key, kFormats, 0));
    xml.element("<formats><format name=\"", medium.name, "\" qty=\"");
    if (huge_quantity) {
        xml.raw("1000000000000000000000000000000000000000000000000000");
    } else if (pressing.medium == Medium::File) {
        xml.number(tracks);
    } else {
        const std::uint32_t how = draw.below(1000);
        xml.number(how < 935 ? 1 : how < 980 ? 2 : how < 993 ? 3 : draw.between(4, 16));
    }
    xml.raw("\" text=\"");
    if (draw.per_thousand(medium.with_text)) {
        constexpr std::array texts{
            "Red"sv,        "180 gram"sv, "Gatefold"sv,         "Clear"sv,
            "Jewel Case"sv, "Digipak"sv,  "Cardboard Sleeve"sv, "Blue Marbled"sv};
        xml.escaped(pressing.medium == Medium::File
                        ? "320 kbps"sv
                        : draw.one_of(std::span<const std::string_view>(texts)));
    }
    xml.raw("\">");
    bool is_open = false;
    for (const Description& description : medium.descriptions) {
        if (draw.per_thousand(description.share)) {
            xml.raw(is_open ? "" : "<descriptions>");
            is_open = true;
            xml.element("<description>", description.text, "</description>");
        }
    }
    xml.raw(is_open ? "</descriptions></format></formats>" : "</format></formats>");
}

void append_identifiers(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk) {
    Draw draw(key_of(pressing.key, kIdentifiers, 0));
    const std::size_t before = xml.text().size();
    constexpr std::string_view open = "<identifiers>";
    xml.raw(open);
    barcode(xml, pressing, quirk, draw);
    matrices(xml, pressing, draw);
    if (draw.per_thousand(180)) {
        constexpr std::array societies{"GEMA"sv,  "BIEM"sv,   "ASCAP"sv,  "BMI"sv,
                                       "SACEM"sv, "JASRAC"sv, "STEMRA"sv, "MCPS"sv};
        identifier(xml, "Rights Society", "",
                   draw.one_of(std::span<const std::string_view>(societies)));
    }
    if (draw.per_thousand(83)) {
        std::string code = "LC ";
        Draw label(pressing.label.key);
        for (int i = 0; i < 4; ++i) {
            code += static_cast<char>('0' + label.below(10));
        }
        identifier(xml, "Label Code", "", code);
    }
    if (is_cd(pressing.medium) && draw.per_thousand(200)) {
        identifier(xml, "Mould SID Code", "", "IFPI 94Z3");
    }
    if (is_cd(pressing.medium) && draw.per_thousand(45)) {
        identifier(xml, "SPARS Code", "", "DDD");
    }
    if (xml.text().size() == before + open.size()) {
        xml.text().resize(before);
    } else {
        xml.raw("</identifiers>");
    }
}

} // namespace spindle::bench
