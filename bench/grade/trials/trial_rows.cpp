// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

#include "grade/trials/trial.h"

namespace spindle::grade_trials {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json number(const std::optional<double>& value) {
    return value ? number(*value) : Json(nullptr);
}

double number_of(const Json& json) {
    return json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::optional<double> known(const Json& json) {
    return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

} // namespace

std::string to_line(const Trial& trial) {
    Json figures = Json::array();
    for (const double figure : trial.figures) {
        figures.push_back(number(figure));
    }
    const Json json{{"seed", trial.seed},
                    {"group", trial.group},
                    {"noise", trial.noise},
                    {"grade", short_name(trial.grade)},
                    {"severity", trial.severity},
                    {"damage",
                     {{"noise_db", trial.damage.noise_db},
                      {"clicks_per_minute", trial.damage.clicks_per_minute},
                      {"crackles_per_second", trial.damage.crackles_per_second},
                      {"wear_db", trial.damage.wear_db},
                      {"off_centre_wow", trial.damage.off_centre_wow},
                      {"skips", trial.damage.skips}}},
                    {"estimate",
                     {{"noise_db", number(trial.estimate.noise_db)},
                      {"noise_at_most", trial.estimate.noise_at_most},
                      {"clicks_per_minute", trial.estimate.clicks_per_minute},
                      {"crackles_per_second", number(trial.estimate.crackles_per_second)},
                      {"wear_db", number(trial.estimate.wear_db)},
                      {"off_centre_wow", number(trial.estimate.off_centre_wow)},
                      {"skips", trial.estimate.skips}}},
                    {"wanted", grade::name_of(trial.wanted)},
                    {"found", grade::name_of(trial.found)},
                    {"length_s", trial.length.count()},
                    {"measuring_s", trial.measuring.count()},
                    {"figures", figures}};
    return json.dump();
}

Result<Trial> from_line(const std::string& line) {
    try {
        const Json json = Json::parse(line);
        Trial trial;
        trial.seed = json.at("seed").get<std::uint64_t>();
        trial.group = json.at("group").get<std::string>();
        trial.noise = json.at("noise").get<std::string>();
        const auto grade = grade_named(json.at("grade").get<std::string>());
        if (!grade) {
            return fail(Code::BadInput, "unknown grade");
        }
        trial.grade = *grade;
        trial.severity = json.at("severity").get<double>();
        const Json& damage = json.at("damage");
        trial.damage = {.noise_db = damage.at("noise_db").get<double>(),
                        .clicks_per_minute = damage.at("clicks_per_minute").get<double>(),
                        .crackles_per_second = damage.at("crackles_per_second").get<double>(),
                        .wear_db = damage.at("wear_db").get<double>(),
                        .off_centre_wow = damage.at("off_centre_wow").get<double>(),
                        .skips = damage.at("skips").get<int>()};
        const Json& estimate = json.at("estimate");
        trial.estimate.noise_db = known(estimate.at("noise_db"));
        trial.estimate.noise_at_most = estimate.at("noise_at_most").get<bool>();
        trial.estimate.clicks_per_minute = estimate.at("clicks_per_minute").get<double>();
        trial.estimate.crackles_per_second = known(estimate.at("crackles_per_second"));
        trial.estimate.wear_db = known(estimate.at("wear_db"));
        trial.estimate.off_centre_wow = known(estimate.at("off_centre_wow"));
        trial.estimate.skips = estimate.at("skips").get<int>();
        for (const grade::Evidence evidence : grade::kEvidence) {
            if (grade::name_of(evidence) == json.at("wanted").get<std::string>()) {
                trial.wanted = evidence;
            }
            if (grade::name_of(evidence) == json.at("found").get<std::string>()) {
                trial.found = evidence;
            }
        }
        trial.length = Seconds(json.at("length_s").get<double>());
        trial.measuring = Seconds(json.at("measuring_s").get<double>());
        for (const Json& figure : json.at("figures")) {
            trial.figures.push_back(number_of(figure));
        }
        return trial;
    } catch (const Json::exception& error) {
        return fail(Code::BadInput, "{}", error.what());
    }
}

Result<std::vector<Trial>> read_trials(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        return fail(Code::NotFound, "{}: cannot be read", file.string());
    }
    std::vector<Trial> trials;
    for (std::string line; std::getline(in, line);) {
        auto trial = from_line(line);
        if (!trial) {
            return fail(Code::BadInput, "{}, line {}: {}", file.string(), trials.size() + 1,
                        trial.error().message);
        }
        trials.push_back(std::move(*trial));
    }
    return trials;
}

} // namespace spindle::grade_trials
