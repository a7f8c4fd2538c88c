// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_text.h"

#include <nlohmann/json.hpp>

namespace spindle::cli {

Json to_json(const catalog::Release& release) {
    Json json{{"release_id", release.id.value},
              {"master_id", release.master.value == 0 ? Json() : Json(release.master.value)},
              {"versions", release.versions},
              {"artist", catalog::credit_line(release.artists)},
              {"title", release.title}};
    json["artists"] = Json::array();
    for (const catalog::ArtistCredit& artist : release.artists) {
        json["artists"].push_back(Json{{"id", artist.id == 0 ? Json() : Json(artist.id)},
                                       {"name", artist.name},
                                       {"variation", artist.variation},
                                       {"join", artist.join}});
    }
    json["labels"] = Json::array();
    for (const catalog::LabelNumber& label : release.labels) {
        json["labels"].push_back(Json{{"label", label.label}, {"catno", label.number}});
    }
    json["format"] = catalog::format_line(release.formats);
    json["formats"] = Json::array();
    for (const catalog::FormatItem& item : release.formats) {
        json["formats"].push_back(Json{{"name", item.name},
                                       {"quantity", item.quantity},
                                       {"text", item.text},
                                       {"descriptions", item.descriptions}});
    }
    json["country"] = release.country;
    json["year"] = release.year == 0 ? Json() : Json(release.year);
    json["first_year"] = release.first_year == 0 ? Json() : Json(release.first_year);
    json["barcodes"] = release.barcodes;
    json["matrices"] = Json::array();
    for (const catalog::Matrix& matrix : release.matrices) {
        json["matrices"].push_back(
            Json{{"value", matrix.value}, {"description", matrix.description}});
    }
    return json;
}

Json to_json(const std::vector<catalog::Track>& tracks) {
    Json json = Json::array();
    for (const catalog::Track& track : tracks) {
        json.push_back(Json{{"position", track.position},
                            {"title", track.title},
                            {"seconds", track.seconds == 0 ? Json() : Json(track.seconds)}});
    }
    return json;
}

std::string name_line(const catalog::Release& release) {
    const std::string artist = catalog::credit_line(release.artists);
    return artist.empty() ? release.title : artist + " - " + release.title;
}

std::string pressing_line(const catalog::Release& release) {
    std::string labels;
    for (const catalog::LabelNumber& label : release.labels) {
        labels += labels.empty() ? "" : ", ";
        labels += label.label + (label.number.empty() ? "" : " " + label.number);
    }
    std::string line = labels;
    const auto add = [&line](const std::string& part) {
        if (!part.empty()) {
            line += (line.empty() ? "" : "  ") + part;
        }
    };
    add(catalog::format_line(release.formats));
    std::string place = release.country;
    if (release.year > 0) {
        place += (place.empty() ? "" : " ") + std::to_string(release.year);
    }
    add(place);
    return line;
}

std::string page_of(ReleaseId id) {
    return id.value >= kFirstOwnRelease
               ? fmt::format("own list, number {}", id.value)
               : fmt::format("https://www.discogs.com/release/{}", id.value);
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

} // namespace spindle::cli
