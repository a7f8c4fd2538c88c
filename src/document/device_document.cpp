// SPDX-License-Identifier: Apache-2.0
#include "document/device_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::document {
namespace {

double tenths(double value) {
    return std::round(value * 10) / 10;
}

Json levels_json(const std::vector<audio::ChannelLevel>& levels) {
    Json json = Json::array();
    for (const audio::ChannelLevel& level : levels) {
        json.push_back({{"peak_dbfs", tenths(level.peak_dbfs)},
                        {"rms_dbfs", tenths(level.rms_dbfs)},
                        {"dc", std::round(level.dc * 1e5) / 1e5},
                        {"clipped", level.clipped}});
    }
    return json;
}

} // namespace

Json to_json(const audio::CaptureDevice& device) {
    return {{"device", device.name},
            {"card", device.card.empty() ? Json() : Json(device.card)},
            {"description", device.description}};
}

void add_measurement(Json& json, const app::Measurement& measured) {
    json["rate_hz"] = measured.rate.hz;
    json["channels"] = measured.channels;
    json["heard_s"] = std::round(measured.heard.count() * 1000) / 1000;
    json["lost_frames"] = measured.lost_frames;
    json["levels"] = levels_json(measured.levels);
    json["faults"] = Json::array();
    for (const audio::SignalFinding& finding : measured.findings) {
        json["faults"].push_back({{"fault", audio::name_of(finding.fault)},
                                  {"channel", finding.channel < 0 ? Json() : Json(finding.channel)},
                                  {"message", finding.message}});
    }
}

} // namespace spindle::document
