// SPDX-License-Identifier: Apache-2.0
#include "grade/definition.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

constexpr double kMostBetterThanWorst = 1.5; // steps; one bad fault is not averaged away
constexpr double kNotNearMint = 1.5;         // the border of Near Mint and Very Good Plus
constexpr double kFair = 6;
constexpr double kFewest = 1e-3; // of what is counted, so that it has a logarithm

/// Where x lies between the values of the rows, which rise; beyond them at the slope of the end.
template <typename Value>
double step_of(double x, const Value& value) {
    std::size_t upper = 1;
    while (upper + 1 < kDefinition.size() && x > value(kDefinition[upper])) {
        ++upper;
    }
    const double below = value(kDefinition[upper - 1]);
    const double above = value(kDefinition[upper]);
    const double step = static_cast<double>(upper) + (x - below) / (above - below);
    return std::clamp(step, kLeastSeverity, kMostSeverity);
}

double logarithm(double count) {
    return std::log(std::max(count, kFewest));
}

double value_of(Fault fault, const GradeFigures& row) {
    switch (fault) {
    case Fault::Noise:
        return row.noise_db;
    case Fault::Clicks:
        return row.clicks_per_minute;
    case Fault::Crackle:
        return row.crackles_per_second;
    case Fault::Wear:
        break;
    }
    return row.wear_db;
}

} // namespace

std::string_view figure_of(Fault fault) {
    constexpr std::array<std::string_view, kFaults.size()> kNames{"noise_db", "clicks_per_minute",
                                                                  "crackles_per_second", "wear_db"};
    return kNames[static_cast<std::size_t>(fault)];
}

double weight_of(Fault fault) {
    constexpr std::array kWeights{kFaultWeights.noise, kFaultWeights.clicks, kFaultWeights.crackle,
                                  kFaultWeights.wear};
    return kWeights[static_cast<std::size_t>(fault)];
}

bool is_counted(Fault fault) {
    return fault == Fault::Clicks || fault == Fault::Crackle;
}

std::array<FigureRange, kDefinition.size()> ranges_of(Fault fault) {
    std::array<FigureRange, kDefinition.size()> ranges;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        ranges[i].grade = kDefinition[i].grade;
        ranges[i].middle = value_of(fault, kDefinition[i]);
        if (i > 0) {
            const double before = ranges[i - 1].middle;
            const double here = ranges[i].middle;
            ranges[i - 1].worst =
                is_counted(fault) ? std::sqrt(before * here) : (before + here) / 2;
            ranges[i].best = ranges[i - 1].worst;
        }
    }
    return ranges;
}

FaultSeverities fault_severities(const Damage& damage) {
    using Row = GradeFigures;
    return {step_of(damage.noise_db, [](const Row& row) { return row.noise_db; }),
            step_of(logarithm(damage.clicks_per_minute),
                    [](const Row& row) { return logarithm(row.clicks_per_minute); }),
            step_of(logarithm(damage.crackles_per_second),
                    [](const Row& row) { return logarithm(row.crackles_per_second); }),
            step_of(damage.wear_db, [](const Row& row) { return row.wear_db; })};
}

double severity_of(const FaultSeverities& faults) {
    double mean = 0;
    for (const Fault fault : kFaults) {
        mean += weight_of(fault) * faults[static_cast<std::size_t>(fault)];
    }
    return std::max(mean, std::ranges::max(faults) - kMostBetterThanWorst);
}

double severity_of(const Damage& damage) {
    double severity = severity_of(fault_severities(damage));
    if (damage.clicks_per_minute >= kAudibleClicks || damage.off_centre_wow >= kAudibleWow) {
        severity = std::max(severity, kNotNearMint);
    }
    if (damage.skips > 0) {
        severity = std::max(severity, kFair);
    }
    return std::clamp(severity, kLeastSeverity, kMostSeverity);
}

Grade grade_of(double severity) {
    const double step = std::clamp(std::floor(severity + 0.5), 1.0, 7.0);
    return kGrades[static_cast<std::size_t>(step)];
}

double severity_of(Grade grade) {
    return grade == Grade::Mint ? kLeastSeverity : static_cast<double>(place_of(grade));
}

} // namespace spindle::grade
