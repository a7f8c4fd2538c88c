// SPDX-License-Identifier: Apache-2.0
#include "document/collection_document.h"

#include <nlohmann/json.hpp>

namespace spindle::document {
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

Json to_json(const app::SyncReport& report) {
    return {
        {"on_discogs", report.there},        {"added", report.added}, {"changed", report.changed},
        {"removed", report.removed},         {"sent", report.sent},   {"waiting", report.waiting},
        {"complete", report.trouble.empty()}};
}

} // namespace spindle::document
