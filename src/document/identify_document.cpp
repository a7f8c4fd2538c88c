// SPDX-License-Identifier: Apache-2.0
#include "document/identify_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "store/library.h"

namespace spindle::document {
namespace {

double rounded(double value, double steps) {
    return std::round(value * steps) / steps;
}

} // namespace

Json to_json(const app::NamedCandidate& named) {
    return {{"track_id", named.candidate.track.value},
            {"path", store::is_on_vinyl(named.path) ? Json() : Json(named.path)},
            {"artist", named.artist},
            {"title", named.title},
            {"album", named.album},
            {"offset_s", rounded(named.candidate.offset.count(), 1000)},
            {"speed", rounded(named.candidate.speed, 1e5)},
            {"confidence", rounded(named.candidate.confidence, 1e6)}};
}

Json to_json(const std::string& clip, const Result<app::Identification>& found, Seconds elapsed) {
    Json json{{"clip", clip}, {"match", nullptr}, {"candidates", Json::array()}};
    if (found) {
        for (const app::NamedCandidate& named : found->candidates) {
            json["candidates"].push_back(to_json(named));
        }
        if (found->matched) {
            json["match"] = json["candidates"].front();
        }
    }
    json["elapsed_ms"] = rounded(elapsed.count() * 1000, 10);
    if (!found) {
        json["error"] = {{"code", name_of(found.error().code)}, {"message", found.error().message}};
    }
    return json;
}

} // namespace spindle::document
