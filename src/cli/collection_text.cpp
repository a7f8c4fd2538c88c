// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_text.h"

#include <fmt/format.h>

#include "market/price_ladder.h"

namespace spindle::cli {
namespace {

std::string name_and_facts(const std::string& artist, const std::string& title,
                           std::uint32_t release, const std::string& format, int year) {
    std::string line = artist.empty() ? title : artist + " - " + title;
    line += fmt::format("{}[{}", line.empty() ? "" : "  ", release);
    if (!format.empty()) {
        line += "  " + format;
    }
    if (year != 0) {
        line += fmt::format("  {}", year);
    }
    return line + "]";
}

std::string short_condition(const std::string& words) {
    const auto grade = grade_named(words);
    return grade ? std::string(short_name(*grade)) : words;
}

} // namespace

std::string copy_line(const store::Copy& copy) {
    std::string line =
        name_and_facts(copy.artist, copy.title, copy.release.value, copy.format, copy.year);
    if (!copy.media.empty() || !copy.sleeve.empty()) {
        line += fmt::format("  {} / {}", copy.media.empty() ? "?" : short_condition(copy.media),
                            copy.sleeve.empty() ? "?" : short_condition(copy.sleeve));
    }
    return line + (copy.instance ? "" : "  not on Discogs yet");
}

std::string wish_line(const store::Wish& wish) {
    std::string line =
        name_and_facts(wish.artist, wish.title, wish.release.value, wish.format, wish.year);
    switch (wish.state) {
    case store::WantState::ToAdd:
        return line + "  not on Discogs yet";
    case store::WantState::ToRemove:
        return line + "  to be removed on Discogs";
    case store::WantState::Synced:
        break;
    }
    return line;
}

} // namespace spindle::cli
