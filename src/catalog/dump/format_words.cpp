// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/format_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "catalog/dump/fields.h"
#include "catalog/dump/quirks.h"
#include "catalog/dump/split.h"

namespace spindle::catalog {
namespace {

struct Carrier {
    std::string_view written;
    std::string_view name;
    std::string_view description; // which it says as well; empty if none
};
constexpr std::array<Carrier, 26> kCarriers{{
    {"LP", "Vinyl", "LP"},
    {"12\"", "Vinyl", "12\""},
    {"10\"", "Vinyl", "10\""},
    {"7\"", "Vinyl", "7\""},
    {"Vinyl", "Vinyl", ""},
    {"CD", "CD", ""},
    {"CDr", "CDr", ""},
    {"CD-R", "CDr", ""},
    {"CDV", "CDV", ""},
    {"Cass", "Cassette", ""},
    {"Cassette", "Cassette", ""},
    {"File", "File", ""},
    {"DVD", "DVD", ""},
    {"DVDr", "DVDr", ""},
    {"DVD-V", "DVD", "DVD-Video"},
    {"DVD-A", "DVD", "DVD-Audio"},
    {"Blu-ray", "Blu-ray", ""},
    {"SACD", "SACD", ""},
    {"Shellac", "Shellac", ""},
    {"Flexi", "Flexi-disc", ""},
    {"Flexi-disc", "Flexi-disc", ""},
    {"Box", "Box Set", ""},
    {"Box Set", "Box Set", ""},
    {"VHS", "VHS", ""},
    {"Minidisc", "Minidisc", ""},
    {"Reel", "Reel-To-Reel", ""},
}};

struct Short {
    std::string_view written;
    std::string_view description;
};
constexpr std::array<Short, 24> kShort{{
    {"RE", "Reissue"},
    {"RM", "Remastered"},
    {"RP", "Repress"},
    {"Comp", "Compilation"},
    {"Ltd", "Limited Edition"},
    {"Num", "Numbered"},
    {"W/Lbl", "White Label"},
    {"TP", "Test Pressing"},
    {"S/Sided", "Single Sided"},
    {"Dlx", "Deluxe Edition"},
    {"S/Edition", "Special Edition"},
    {"Club", "Club Edition"},
    {"Enh", "Enhanced"},
    {"Unofficial", "Unofficial Release"},
    {"Maxi", "Maxi-Single"},
    {"MiniAlbum", "Mini-Album"},
    {"Smplr", "Sampler"},
    {"Pic", "Picture Disc"},
    {"P/Mixed", "Partially Mixed"},
    {"Quad", "Quadraphonic"},
    {"M/Print", "Misprint"},
    {"Etch", "Etched"},
    {"Copy Prot.", "Copy Protected"},
    {"Ster", "Stereo"},
}};

constexpr std::array<std::string_view, 54> kDescriptions{"LP",
                                                         "EP",
                                                         "Album",
                                                         "Single",
                                                         "Maxi-Single",
                                                         "Mini-Album",
                                                         "Compilation",
                                                         "Mixtape",
                                                         "Sampler",
                                                         "Reissue",
                                                         "Remastered",
                                                         "Repress",
                                                         "Promo",
                                                         "White Label",
                                                         "Test Pressing",
                                                         "Mono",
                                                         "Stereo",
                                                         "Quadraphonic",
                                                         "Limited Edition",
                                                         "Numbered",
                                                         "Single Sided",
                                                         "Deluxe Edition",
                                                         "Special Edition",
                                                         "Club Edition",
                                                         "Enhanced",
                                                         "Unofficial Release",
                                                         "Mixed",
                                                         "Partially Mixed",
                                                         "Misprint",
                                                         "Mispress",
                                                         "Etched",
                                                         "Shape",
                                                         "Picture Disc",
                                                         "Copy Protected",
                                                         "Mini",
                                                         "Minimax",
                                                         "Business Card",
                                                         "Advance",
                                                         "Transcription",
                                                         "Jukebox",
                                                         "Styrene",
                                                         "HDCD",
                                                         "CD+G",
                                                         "DVD-Video",
                                                         "DVD-Audio",
                                                         "Multichannel",
                                                         "NTSC",
                                                         "PAL",
                                                         "MP3",
                                                         "FLAC",
                                                         "WAV",
                                                         "AAC",
                                                         "ALAC",
                                                         "AIFF"};

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && text::ascii_lower(a) == text::ascii_lower(b);
}

const Carrier* carrier(std::string_view word) {
    const auto found = std::find_if(kCarriers.begin(), kCarriers.end(),
                                    [&](const Carrier& one) { return same(one.written, word); });
    return found == kCarriers.end() ? nullptr : &*found;
}

/// "12\"", "5½\"": a size. "33 ⅓ RPM": a speed.
bool is_measure(std::string_view word) {
    const bool number = !word.empty() && word.front() >= '0' && word.front() <= '9';
    return number && (word.ends_with('"') || word.ends_with(" RPM"));
}

/// The description a word is or stands for; empty if it is free text.
std::string_view description(std::string_view word) {
    // The short forms are told apart by case: "RE", not a word "re".
    for (const Short& one : kShort) {
        if (one.written == word) {
            return one.description;
        }
    }
    for (const std::string_view known : kDescriptions) {
        if (same(known, word)) {
            return known;
        }
    }
    return is_measure(word) ? word : std::string_view();
}

/// "2xVinyl" -> 2, and `word` becomes "Vinyl".
std::uint32_t take_quantity(std::string_view& word) {
    const auto end = word.find_first_not_of("0123456789");
    if (end == 0 || end == std::string_view::npos || word[end] != 'x' || end + 1 == word.size()) {
        return 1;
    }
    Quirks unused;
    const std::uint32_t quantity = quantity_of(word.substr(0, end), unused);
    word.remove_prefix(end + 1);
    return quantity;
}

FormatItem read_item(std::string_view line) {
    FormatItem item;
    bool first = true;
    for (std::string_view word : split(line, ", ")) {
        if (first) {
            item.quantity = take_quantity(word);
            const Carrier* const known = carrier(word);
            item.name = known != nullptr ? known->name : word;
            if (known != nullptr && !known->description.empty()) {
                item.descriptions.emplace_back(known->description);
            }
        } else if (const std::string_view known = description(word); !known.empty()) {
            item.descriptions.emplace_back(known);
        } else if (!word.empty()) {
            item.text += item.text.empty() ? "" : ", ";
            item.text += word;
        }
        first = false;
    }
    return item;
}

} // namespace

std::vector<FormatItem> read_format_line(std::string_view line) {
    constexpr std::size_t kMost = 100;
    std::vector<FormatItem> items;
    for (const std::string_view part : split(line, " + ")) {
        if (!part.empty() && items.size() < kMost) {
            items.push_back(read_item(part));
        }
    }
    return items;
}

} // namespace spindle::catalog
