// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/goldmine.h"

namespace spindle::grade {

/// What is wrong with the surface of a side, in the figures the grades are defined by. Levels are
/// against the programme's: the 95th percentile of its RMS in 400 ms, both channels together.
struct Damage {
    double noise_db = -60;          ///< surface noise of the groove, A-weighted, without clicks
    double clicks_per_minute = 0;   ///< of which the peak is above -20 dB
    double crackles_per_second = 0; ///< of which the peak is between -50 and -20 dB
    double wear_db = -60;      ///< distortion by worn walls, 3 to 12 kHz, against the music there
    double off_centre_wow = 0; ///< peak deviation of speed once per turn, 0.002 = 0.2 %
    int skips = 0;             ///< jumps, repeats, locked grooves
};

/// How damaged a side is, in steps of Goldmine's scale: 1 is the middle of Near Mint, 2 of Very
/// Good Plus, ... 7 of Poor; a grade reaches half a step to either side. Clamped to 1 ... 7.5.
///
/// The definition is Spindle's own (docs/grading.md): the wording of the scale put into figures,
/// since no published grade has any. Each fault alone is placed on the scale by kDefinition,
/// linear between its rows (logarithmic for what is counted); a side is the weighted mean of its
/// faults, but never more than 1.5 steps better than the worst of them. Then what the wording
/// excludes: a click a minute or wow of 0.2 % is not Near Mint, and what skips is Fair at best.
/// More damage never gives less severity.
double severity_of(const Damage& damage);

/// The grade a severity stands for. Never Mint: that cannot be heard.
Grade grade_of(double severity);
/// The middle of a grade; Mint's is Near Mint's.
double severity_of(Grade grade);

/// One row of the definition: the middle of a grade.
struct GradeFigures {
    Grade grade;
    double noise_db;
    double clicks_per_minute;
    double crackles_per_second;
    double wear_db;
};

inline constexpr std::array<GradeFigures, 7> kDefinition{{
    {Grade::NearMint, -54, 0.25, 0.2, -46},
    {Grade::VeryGoodPlus, -47, 4, 1, -40},
    {Grade::VeryGood, -41, 14, 3, -34},
    {Grade::GoodPlus, -35, 45, 8, -28},
    {Grade::Good, -29, 100, 20, -22},
    {Grade::Fair, -23, 200, 45, -16},
    {Grade::Poor, -17, 320, 90, -10},
}};

/// How much each fault counts; they add up to 1.
struct FaultWeights {
    double noise = 0.35;
    double clicks = 0.35;
    double crackle = 0.20;
    double wear = 0.10;
};
inline constexpr FaultWeights kFaultWeights{};

/// What the wording of Near Mint excludes, as it is heard.
inline constexpr double kAudibleClicks = 1;  ///< a minute
inline constexpr double kAudibleWow = 0.002; ///< peak; heard on a piano

/// What is wrong with a record, in kinds that an owner is told of; each has a column in
/// kDefinition.
enum class Fault { Noise, Clicks, Crackle, Wear };
inline constexpr std::array kFaults{Fault::Noise, Fault::Clicks, Fault::Crackle, Fault::Wear};
/// The name of its figure, as in Damage and in documents: "noise_db".
std::string_view figure_of(Fault fault);
double weight_of(Fault fault);
/// Is it counted? Then differences are ratios.
bool is_counted(Fault fault);

/// From where to where a figure is typical of a grade: half a step to either side of the middle.
struct FigureRange {
    Grade grade = Grade::NearMint;
    double middle = 0;
    std::optional<double> best;  ///< nothing: whatever is better
    std::optional<double> worst; ///< nothing: whatever is worse
};
std::array<FigureRange, kDefinition.size()> ranges_of(Fault fault);

/// Where each fault alone would put the side, on the same scale; in the order of kFaults.
using FaultSeverities = std::array<double, kFaults.size()>;
FaultSeverities fault_severities(const Damage& damage);
/// What they come to together, skips, clicks and wow aside: the weighted mean, but never more than
/// 1.5 steps better than the worst.
double severity_of(const FaultSeverities& faults);

/// Where the scale ends.
inline constexpr double kLeastSeverity = 1;
inline constexpr double kMostSeverity = 7.5;

} // namespace spindle::grade
