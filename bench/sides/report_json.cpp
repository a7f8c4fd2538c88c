// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sides/report.h"

namespace spindle::sides {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Share& share) {
    const auto interval = wilson(share);
    return {{"hits", share.hits},
            {"total", share.total},
            {"percent", share.percent()},
            {"low", interval.low},
            {"high", interval.high}};
}

Json to_json(const Spread& spread) {
    return {{"count", spread.count},
            {"median", spread.median},
            {"p95", spread.p95},
            {"max", spread.most}};
}

Json to_json(const Group& group) {
    return {{"happening", group.name},
            {"sessions", group.sessions},
            {"logged_of_scrobbled", to_json(group.scrobbled)},
            {"logged_of_played", to_json(group.played)},
            {"doubled", group.doubled},
            {"inferred", group.inferred},
            {"start_error_s", to_json(group.start)},
            {"start_within_half_a_second", to_json(group.start_within)},
            {"start_error_from_file_s", to_json(group.start_from_file)},
            {"end_error_s", to_json(group.end)},
            {"played_error_s", to_json(group.played_time)},
            {"speed_error_percent", to_json(group.speed)},
            {"speed_within_0.05_percent", to_json(group.speed_within)},
            {"wow_error_percent", to_json(group.wow)},
            {"first_answer_s", to_json(group.first_answer)},
            {"confirmed_s", to_json(group.confirmed)}};
}

Json to_json(const FalseCount& count) {
    return {{"hours", count.hours},
            {"false_plays", count.plays},
            {"same_recording", count.same_music},
            {"inferred", count.inferred},
            {"shown_wrongly", count.shown}};
}

Json to_json(const Cost& cost) {
    return {{"hours", cost.sound.count() / 3600}, {"percent_of_a_core", cost.percent_of_a_core()}};
}

} // namespace

std::string json(const SidesReport& report) {
    const SessionScore& score = report.known_score;
    Json groups = Json::array();
    for (const Group& group : report.groups) {
        groups.push_back(to_json(group));
    }
    Json out{{"conditions", report.conditions},
             {"all", to_json(report.all)},
             {"happenings", groups},
             {"false_plays",
              {{"known", to_json(report.known)},
               {"unknown", to_json(report.unknown)},
               {"noise", to_json(report.noise)}}},
             {"sides_over",
              {{"told", to_json(score.sides_over)},
               {"told_wrongly", score.sides_over_wrongly},
               {"error_s", to_json(Spread::of(score.side_over_errors))}}},
             {"right_place", to_json(score.right_place)},
             {"cost",
              {{"following", to_json(score.following)},
               {"searching", to_json(score.searching)},
               {"idle", to_json(score.idle)},
               {"unknown_music", to_json(report.unknown_searching)},
               {"noise", to_json(report.noise_idle)}}},
             {"remarks", report.remarks}};
    if (report.memory) {
        out["memory"] = {{"peak_mb", report.memory->peak_mb},
                         {"at_start_mb", report.memory->at_start_mb},
                         {"cpu_percent", report.memory->cpu_percent}};
    }
    return out.dump(2) + "\n";
}

} // namespace spindle::sides
