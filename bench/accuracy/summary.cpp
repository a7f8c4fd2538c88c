// SPDX-License-Identifier: Apache-2.0
#include "accuracy/summary.h"

#include <algorithm>
#include <cmath>

namespace spindle::accuracy {
namespace {

constexpr double kNearMs = 50;             // what a lyrics display or a scrobbler can bear
constexpr double kNearSpeedPercent = 0.05; // 10 ms of drift in 20 s of following

Errors errors_of(const std::vector<const Trial*>& trials) {
    std::vector<double> position;
    std::vector<double> speed;
    Errors errors;
    for (const Trial* trial : trials) {
        if (trial->right() && !trial->verdict.by_repeat) {
            position.push_back(1e3 * std::abs(trial->position_error.count()));
            speed.push_back(100 * std::abs(trial->speed_error));
            errors.within_50_ms.count(position.back() <= kNearMs);
            errors.within_a_twentieth_percent.count(speed.back() <= kNearSpeedPercent);
        }
    }
    errors.position_median_ms = percentile(position, 0.5);
    errors.position_p95_ms = percentile(position, 0.95);
    errors.position_p99_ms = percentile(position, 0.99);
    errors.speed_median = percentile(speed, 0.5);
    errors.speed_p95 = percentile(speed, 0.95);
    return errors;
}

void count(const Trial& trial, Outcome& outcome) {
    outcome.right.count(trial.right());
    outcome.found.count(trial.verdict.found);
    outcome.wrong.count(trial.answered && !trial.verdict.found);
}

LengthSummary summarise_length(int length, const std::vector<const Trial*>& trials) {
    LengthSummary summary;
    summary.length = length;
    std::vector<double> extract;
    std::vector<double> search;
    std::map<std::string, std::vector<const Trial*>> by_condition;
    for (const Trial* trial : trials) {
        switch (trial->kind) {
        case Kind::Known:
            count(*trial, summary.conditions[trial->condition]);
            count(*trial, summary.all);
            by_condition[trial->condition].push_back(trial);
            summary.by_repeat += trial->right() && trial->verdict.by_repeat ? 1 : 0;
            break;
        case Kind::UnknownMusic:
            summary.unknown_named.count(trial->answered && !trial->verdict.by_repeat);
            summary.unknown_repeat.count(trial->answered && trial->verdict.by_repeat);
            break;
        case Kind::NotMusic:
            summary.noise_named.count(trial->answered);
            summary.noise[trial->condition].count(trial->answered);
            break;
        }
        extract.push_back(1e3 * trial->extract_cpu.count());
        search.push_back(1e3 * trial->search_cpu.count());
        auto& bin = summary.reliability[static_cast<std::size_t>(
            std::clamp(trial->best.confidence * 10, 0.0, 9.0))];
        bin.stated += trial->best.confidence;
        bin.right.count(trial->verdict.found);
    }
    for (ReliabilityBin& bin : summary.reliability) {
        bin.stated /= static_cast<double>(std::max<std::size_t>(1, bin.right.total));
    }
    summary.errors = errors_of(trials);
    for (const auto& [condition, list] : by_condition) {
        summary.errors_by_condition[condition] = errors_of(list);
    }
    summary.cost = {mean(extract), mean(search), percentile(search, 0.95)};
    return summary;
}

} // namespace

std::vector<LengthSummary> summarise(std::span<const Trial> trials) {
    std::map<int, std::vector<const Trial*>> lengths;
    for (const Trial& trial : trials) {
        lengths[trial.length].push_back(&trial);
    }
    std::vector<LengthSummary> summaries;
    summaries.reserve(lengths.size());
    for (const auto& [length, list] : lengths) {
        summaries.push_back(summarise_length(length, list));
    }
    return summaries;
}

} // namespace spindle::accuracy
