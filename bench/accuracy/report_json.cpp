// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "accuracy/peers.h"
#include "accuracy/report.h"

namespace spindle::accuracy {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Share& share) {
    const Interval interval = wilson(share);
    return {{"hits", share.hits},
            {"total", share.total},
            {"percent", share.percent()},
            {"low", interval.low},
            {"high", interval.high}};
}

Json to_json(const Outcome& outcome) {
    return {{"right", to_json(outcome.right)},
            {"found", to_json(outcome.found)},
            {"wrong", to_json(outcome.wrong)}};
}

Json to_json(const Errors& errors) {
    return {{"position_median_ms", errors.position_median_ms},
            {"position_p95_ms", errors.position_p95_ms},
            {"position_p99_ms", errors.position_p99_ms},
            {"within_50_ms", to_json(errors.within_50_ms)},
            {"speed_median_percent", errors.speed_median},
            {"speed_p95_percent", errors.speed_p95},
            {"within_0.05_percent", to_json(errors.within_a_twentieth_percent)}};
}

Json to_json(const LengthSummary& summary) {
    Json conditions = Json::object();
    for (const auto& [name, outcome] : summary.conditions) {
        conditions[name] = to_json(outcome);
        conditions[name]["errors"] = to_json(summary.errors_by_condition.at(name));
        if (const auto peer = best_peer(name, summary.length)) {
            conditions[name]["best_peer"] = *peer;
        }
    }
    Json noise = Json::object();
    for (const auto& [name, share] : summary.noise) {
        noise[name] = to_json(share);
    }
    Json reliability = Json::array();
    for (const ReliabilityBin& bin : summary.reliability) {
        reliability.push_back({{"stated", bin.stated}, {"right", to_json(bin.right)}});
    }
    return {{"length_s", summary.length},
            {"all", to_json(summary.all)},
            {"right_at_a_repeat", summary.by_repeat},
            {"conditions", conditions},
            {"unknown_named", to_json(summary.unknown_named)},
            {"unknown_same_recording", to_json(summary.unknown_repeat)},
            {"noise_named", to_json(summary.noise_named)},
            {"noise", noise},
            {"errors", to_json(summary.errors)},
            {"extract_ms", summary.cost.extract_ms},
            {"search_ms", summary.cost.search_ms},
            {"search_p95_ms", summary.cost.search_p95_ms},
            {"reliability", reliability}};
}

} // namespace

std::string json(const Report& report) {
    Json lengths = Json::array();
    for (const LengthSummary& summary : report.lengths) {
        lengths.push_back(to_json(summary));
    }
    Json indexing = Json::array();
    for (const IndexingCost& cost : report.indexing) {
        indexing.push_back({{"format", cost.format},
                            {"tracks", cost.tracks},
                            {"hours", cost.hours},
                            {"decode_s", cost.decode.count()},
                            {"decode_to_8k_s", cost.to_8k.count()},
                            {"landmarks_s", cost.landmarks.count()},
                            {"writing_s", cost.writing.count()}});
    }
    const Json all = {{"conditions", report.conditions},
                      {"lengths", lengths},
                      {"indexing", indexing},
                      {"index",
                       {{"tracks", report.index.tracks},
                        {"music_s", report.index.music.count()},
                        {"bytes", report.index.bytes},
                        {"postings", report.index.postings},
                        {"landmarks_per_second", report.landmarks_per_second}}},
                      {"memory",
                       {{"resident", report.memory.resident},
                        {"file", report.memory.file},
                        {"peak", report.memory.peak}}},
                      {"false_positives", report.false_positives}};
    return all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace spindle::accuracy
