// SPDX-License-Identifier: Apache-2.0
#include "document/catalog_document.h"

#include <nlohmann/json.hpp>

namespace spindle::document {
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

Json to_json(const catalog::GroupMatch& group) {
    Json json{{"probability", rounded(group.probability)},
              {"artist", catalog::credit_line(group.pressings.front().release.artists)},
              {"title", group.pressings.front().release.title},
              {"all_pressings", group.all_pressings},
              {"tied", group.tied}};
    json["look_at"] = Json::array();
    for (const catalog::Mark mark : group.look_at) {
        json["look_at"].push_back(catalog::name_of(mark));
    }
    json["pressings"] = Json::array();
    for (const catalog::PressingMatch& pressing : group.pressings) {
        Json one = to_json(pressing.release);
        one["probability"] = rounded(pressing.probability);
        one["found_online"] = pressing.origin == catalog::Origin::Fetched;
        json["pressings"].push_back(std::move(one));
    }
    return json;
}

Json to_json(const app::ImportReport& report) {
    const auto tenths = [](Seconds seconds) { return rounded(seconds.count(), 10); };
    Json json{{"source", report.source},
              {"kind", report.kind == app::ImportKind::Dump ? "dump" : "list"},
              {"file", report.file.string()},
              {"bytes", report.file_bytes},
              {"releases", report.taken},
              {"added", report.added},
              {"groups", report.groups},
              {"other_formats", report.other_formats},
              {"complete", report.kind == app::ImportKind::List || report.split.end_seen},
              {"checksum", report.checksum == app::Checksum::Right ? Json("right") : Json()},
              {"records", Json{{"whole", report.split.whole},
                               {"cut_off", report.split.cut_off},
                               {"oversized", report.split.oversized},
                               {"repeated", report.repeated}}}};
    json["quirks"] = Json::object();
    for (std::size_t i = 0; i < catalog::kQuirks; ++i) {
        const auto quirk = static_cast<catalog::Quirk>(i);
        if (report.quirks[quirk] > 0) {
            json["quirks"][std::string(catalog::name_of(quirk))] = report.quirks[quirk];
        }
    }
    json["bad_rows"] = report.bad_rows;
    json["rows"] = Json::array();
    for (const app::RowTrouble& row : report.rows) {
        json["rows"].push_back(Json{{"row", row.row}, {"message", row.message}});
    }
    json["ignored_columns"] = report.ignored_columns;
    json["warnings"] = report.warnings;
    json["seconds"] = Json{{"reading", tenths(report.reading)},
                           {"ordering", tenths(report.ordering)},
                           {"indexing", tenths(report.indexing)}};
    return json;
}

Json to_json(const catalog::CatalogFile& file) {
    Json json{{"file", file.path().string()},
              {"releases", file.releases()},
              {"groups", file.groups()},
              {"bytes", file.bytes()}};
    json["about"] = Json::object();
    for (const auto& [name, value] : file.about()) {
        json["about"][name] = value;
    }
    return json;
}

Json to_json(const catalog::MatchResult& result) {
    Json json{{"verdict", catalog::name_of(result.verdict)},
              {"probability_of_none", rounded(result.probability_of_none)}};
    json["groups"] = Json::array();
    for (const catalog::GroupMatch& group : result.groups) {
        json["groups"].push_back(to_json(group));
    }
    return json;
}

} // namespace spindle::document
