// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

Json to_json(const store::Copy& copy) {
    Json json;
    json["release_id"] = copy.release.value;
    json["instance_id"] = copy.instance ? Json(*copy.instance) : Json(nullptr);
    json["folder"] = copy.folder;
    json["artist"] = copy.artist;
    json["title"] = copy.title;
    json["label"] = copy.label;
    json["catalog_number"] = copy.number;
    json["format"] = copy.format;
    json["year"] = copy.year == 0 ? Json(nullptr) : Json(copy.year);
    json["rating"] = copy.rating == 0 ? Json(nullptr) : Json(copy.rating);
    json["added"] = copy.added;
    json["media_condition"] = copy.media;
    json["sleeve_condition"] = copy.sleeve;
    json["notes"] = copy.notes;
    return json;
}

Json to_json(const store::Wish& wish) {
    Json json;
    json["release_id"] = wish.release.value;
    json["state"] = wish.state == store::WantState::Synced  ? "synced"
                    : wish.state == store::WantState::ToAdd ? "to_add"
                                                            : "to_remove";
    json["artist"] = wish.artist;
    json["title"] = wish.title;
    json["format"] = wish.format;
    json["year"] = wish.year == 0 ? Json(nullptr) : Json(wish.year);
    json["rating"] = wish.rating == 0 ? Json(nullptr) : Json(wish.rating);
    json["notes"] = wish.notes;
    return json;
}

} // namespace spindle::cli
