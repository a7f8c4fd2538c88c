// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/quirks.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace spindle::catalog {
namespace {

struct Words {
    std::string_view name;
    std::string_view sentence; // after the number
};

constexpr std::array<Words, kQuirks> kWords{{
    {"not_xml", "records dropped: not well-formed XML"},
    {"no_id", "records dropped: no usable id"},
    {"control_characters", "texts with control characters, which were removed"},
    {"ill_formed_utf8", "texts with bytes that are not UTF-8, shown as U+FFFD"},
    {"text_cut", "texts longer than 4 KB, cut"},
    {"list_cut", "lists too long to keep whole, cut"},
    {"no_title", "releases without a title"},
    {"no_artist", "releases without an artist"},
    {"unlinked_artist", "artist credits that are linked to no artist"},
    {"unnamed_artist", "artist credits without a name"},
    {"no_label", "releases without a label"},
    {"unnamed_label", "labels without a name"},
    {"number_none", "catalog numbers \"none\", stored as having none"},
    {"no_format", "releases without a format"},
    {"odd_quantity", "quantities that cannot be, stored as 1 or the most there may be"},
    {"no_country", "releases without a country"},
    {"no_date", "releases without a date"},
    {"odd_date", "release dates that are not YYYY or YYYY-MM-DD"},
    {"odd_duration", "playing times that could not be understood"},
    {"barcode_repeated", "barcodes that a release gives twice, kept once"},
    {"barcode_without_digits", "barcodes without a digit, dropped"},
    {"no_track", "releases without a tracklist"},
    {"odd_master", "masters that are no number, stored as having none"},
}};

std::size_t index(Quirk quirk) {
    return static_cast<std::size_t>(quirk);
}

} // namespace

void Quirks::count(Quirk quirk, std::uint64_t times) {
    counts_.at(index(quirk)) += times;
}

std::uint64_t Quirks::operator[](Quirk quirk) const {
    return counts_.at(index(quirk));
}

void Quirks::count_damaged(std::uint32_t id) {
    count(Quirk::NotXml);
    if (id != 0 && damaged_.size() < kMostNamed) {
        damaged_.push_back(id);
    }
}

Quirks& Quirks::operator+=(const Quirks& other) {
    for (std::size_t i = 0; i < kQuirks; ++i) {
        counts_.at(i) += other.counts_.at(i);
    }
    const std::size_t room = kMostNamed - damaged_.size();
    const std::size_t taken = std::min(room, other.damaged_.size());
    damaged_.insert(damaged_.end(), other.damaged_.begin(),
                    other.damaged_.begin() + static_cast<std::ptrdiff_t>(taken));
    return *this;
}

std::vector<std::string> Quirks::sentences() const {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < kQuirks; ++i) {
        if (counts_.at(i) == 0) {
            continue;
        }
        lines.push_back(fmt::format("{} {}", counts_.at(i), kWords.at(i).sentence));
        if (i == index(Quirk::NotXml) && !damaged_.empty()) {
            lines.back() += fmt::format(" (the first: {})", fmt::join(damaged_, ", "));
        }
    }
    return lines;
}

std::string_view name_of(Quirk quirk) {
    return kWords.at(index(quirk)).name;
}

} // namespace spindle::catalog
