// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/truth.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::made_shelf {
namespace {

using Json = nlohmann::ordered_json;

double tenths(double value) {
    return std::round(value * 10) / 10;
}

Json json_of(const image::Quad& quad) {
    Json corners = Json::array();
    for (const image::Point corner : quad.corners) {
        corners.push_back({tenths(corner.x), tenths(corner.y)});
    }
    return corners;
}

Json json_of(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

} // namespace

std::string as_json(const Truth& truth, const std::string& image) {
    Json root;
    root["image"] = image;
    root["width"] = truth.width;
    root["height"] = truth.height;
    root["kind"] = truth.kind;
    root["spines"] = Json::array();
    for (const TrueSpine& spine : truth.spines) {
        Json one;
        one["id"] = spine.id;
        one["quad"] = json_of(spine.quad);
        one["legible"] = spine.legible;
        one["text"] = spine.text;
        one["artist"] = json_of(spine.artist);
        one["title"] = json_of(spine.title);
        one["label"] = json_of(spine.label);
        one["catno"] = json_of(spine.number);
        one["note"] = nullptr;
        one["kind"] = spine.kind;
        one["release"] = spine.release;
        one["glare"] = std::round(spine.glare * 1000) / 1000;
        one["thickness_px"] = tenths(spine.thickness);
        one["cut"] = spine.is_cut;
        one["words"] = Json::array();
        for (const TrueWord& word : spine.words) {
            one["words"].push_back(
                {{"text", word.text}, {"quad", json_of(word.quad)}, {"role", word.role}});
        }
        one["prints"] = Json::array();
        for (const TruePrint& print : spine.prints) {
            one["prints"].push_back({{"role", print.role},
                                     {"font", print.font},
                                     {"height_px", tenths(print.height)},
                                     {"contrast", std::round(print.contrast * 100) / 100}});
        }
        root["spines"].push_back(std::move(one));
    }
    root["ignore_regions"] = Json::array();
    for (const image::Quad& quad : truth.ignored) {
        root["ignore_regions"].push_back(json_of(quad));
    }
    root["unprinted"] = Json::array();
    for (const image::Quad& quad : truth.unprinted) {
        root["unprinted"].push_back(json_of(quad));
    }
    return root.dump(1);
}

} // namespace spindle::made_shelf
