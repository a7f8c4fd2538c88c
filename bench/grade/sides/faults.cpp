// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/faults.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulator/random.h"

namespace spindle::damaged_sides {

namespace {

constexpr double kBest = 0.5;
constexpr double kWorst = 7.5;
constexpr double kOwnDeviation = 0.5; // steps, of a fault from the record's severity
constexpr double kDisplaced = 0.2;    // share of the records with one fault far worse
constexpr double kMildest = 0;        // half a step below anything drawn
constexpr double kHarshest = 9;
constexpr double kHoleDeviation = 0.12; // mm
constexpr double kMostOffCentre = 0.5;  // mm
constexpr double kMillimetresPerStep = 0.05;

/// The definition's column at a step, along straight lines between its rows and beyond them.
template <typename Column>
double value_at(double step, const Column& column) {
    constexpr auto rows = static_cast<double>(grade::kDefinition.size());
    const double place = std::clamp(step, kMildest, kHarshest) - 1;
    const auto row = static_cast<std::size_t>(std::clamp(std::floor(place), 0.0, rows - 2));
    const double below = column(grade::kDefinition[row]);
    const double above = column(grade::kDefinition[row + 1]);
    return below + (above - below) * (place - static_cast<double>(row));
}

int draw_skips(double severity, simulator::Random& random) {
    const double chance = severity >= 6 ? 0.5 : severity >= 5 ? 0.15 : 0.01;
    const bool has = random.unit() < chance;
    const int count = 1 + static_cast<int>(random.below(4));
    return has ? count : 0;
}

} // namespace

std::string_view name_of(Fault fault) {
    constexpr std::array<std::string_view, kFaults.size()> names{"noise", "clicks",     "crackle",
                                                                 "wear",  "off-centre", "skips"};
    return names[static_cast<std::size_t>(fault)];
}

std::optional<Fault> fault_named(std::string_view name) {
    const auto found = std::ranges::find(kFaults, name, [](Fault fault) { return name_of(fault); });
    return found == kFaults.end() ? std::nullopt : std::optional(*found);
}

Faults draw_faults(std::uint64_t seed) {
    simulator::Random random(simulator::derive_seed(seed, "faults"));
    const double severity = random.between(kBest, kWorst);
    Faults faults;
    const std::array steps{&faults.noise, &faults.clicks, &faults.crackle, &faults.wear};
    for (double* const step : steps) {
        *step = severity + kOwnDeviation * random.normal();
    }
    const bool is_displaced = random.unit() < kDisplaced;
    const std::size_t which = random.below(steps.size());
    const double by = random.between(1, 3);
    *steps[which] += is_displaced ? by : 0;
    for (double* const step : steps) {
        *step = std::clamp(*step, kMildest, kHarshest);
    }
    faults.eccentricity_mm = std::min(kHoleDeviation * std::abs(random.normal()), kMostOffCentre);
    faults.skips = draw_skips(severity, random);
    return faults;
}

Faults worse(const Faults& faults, Fault which, double steps) {
    Faults more = faults;
    switch (which) {
    case Fault::Noise:
        more.noise += steps;
        break;
    case Fault::Clicks:
        more.clicks += steps;
        break;
    case Fault::Crackle:
        more.crackle += steps;
        break;
    case Fault::Wear:
        more.wear += steps;
        break;
    case Fault::OffCentre:
        more.eccentricity_mm += kMillimetresPerStep * steps;
        break;
    case Fault::Skips:
        more.skips += static_cast<int>(std::ceil(steps));
        break;
    }
    return more;
}

grade::GradeFigures figures_at(const Faults& faults) {
    using Row = grade::GradeFigures;
    Row figures{};
    figures.grade =
        grade::grade_of(std::max({faults.noise, faults.clicks, faults.crackle, faults.wear}));
    figures.noise_db = value_at(faults.noise, [](const Row& row) { return row.noise_db; });
    figures.clicks_per_minute = std::exp(
        value_at(faults.clicks, [](const Row& row) { return std::log(row.clicks_per_minute); }));
    figures.crackles_per_second = std::exp(
        value_at(faults.crackle, [](const Row& row) { return std::log(row.crackles_per_second); }));
    figures.wear_db = value_at(faults.wear, [](const Row& row) { return row.wear_db; });
    return figures;
}

} // namespace spindle::damaged_sides
