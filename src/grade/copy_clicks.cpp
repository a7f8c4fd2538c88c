// SPDX-License-Identifier: Apache-2.0
#include "grade/copy_clicks.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

constexpr Seconds kSame{0.0015}; // what is nearer is one click

/// A logistic line on what is known of a suspect, fitted by training/grade/clicks/fit_with_copy.py
/// to 41 excerpts of development music against copies of the same master, the same as MP3, and
/// another master. One line for all: the suppression says how much the residual is worth.
struct Weights {
    double strength = 1.07;   ///< of the logarithm of the residual's sigmas
    double over_slope = 1.19; ///< ... of the peak over the music's slope there
    double blind = 1.36;      ///< of the blind probability's logit
    double over_rise = 0.41;  ///< of the logarithm of the peak over the copy's sudden rise there
    double suppression =
        1.26; ///< of each 10 dB by which the music is gone, where something is left
    double bias = -5.61;
};
constexpr Weights kWeights;
// Where nothing was measured, and beyond what was learnt from.
constexpr double kLeastStrength = 3, kMostStrength = 1e4;
constexpr double kLeastOverSlope = 0.02, kMostOverSlope = 50;
constexpr double kLeastOverRise = 0.02, kMostOverRise = 30;
constexpr double kLeastBlind = 0.03, kMostBlind = 0.999;
constexpr double kMostSuppression = 50; // dB

double logarithm(double value, double least, double most) {
    return std::log(std::clamp(value, least, most));
}

bool is_within(Seconds at, const CopyComparison& comparison) {
    return at >= comparison.start && at < comparison.end;
}

double probability_of(const Suspect& suspect, double suppression_db) {
    const double peak = suspect.defect.peak;
    const double over_slope = suspect.slope > 0 ? peak / static_cast<double>(suspect.slope) : 0;
    const double over_rise = suspect.in_copy > 0 && suspect.copy_peak > 0
                                 ? peak / static_cast<double>(suspect.copy_peak)
                                 : kMostOverRise;
    const double blind = std::clamp(static_cast<double>(suspect.blind), kLeastBlind, kMostBlind);
    const double left_by =
        suspect.strength > 0 ? std::clamp(suppression_db, 0.0, kMostSuppression) : 0;
    const double score =
        kWeights.strength *
            logarithm(static_cast<double>(suspect.strength), kLeastStrength, kMostStrength) +
        kWeights.over_slope * logarithm(over_slope, kLeastOverSlope, kMostOverSlope) +
        kWeights.blind * std::log(blind / (1 - blind)) +
        kWeights.over_rise * logarithm(over_rise, kLeastOverRise, kMostOverRise) +
        kWeights.suppression * left_by / 10 + kWeights.bias;
    return 1 / (1 + std::exp(-score));
}

/// The strongest of the copy's sudden rises around a moment.
CopyImpulse rise_near(std::span<const CopyImpulse> impulses, Seconds at) {
    CopyImpulse strongest;
    const auto first = std::lower_bound(
        impulses.begin(), impulses.end(), at - kSame,
        [](const CopyImpulse& impulse, Seconds time) { return impulse.at < time; });
    for (auto impulse = first; impulse != impulses.end() && impulse->at <= at + kSame; ++impulse) {
        if (impulse->strength > strongest.strength) {
            strongest = *impulse;
        }
    }
    return strongest;
}

} // namespace

std::vector<Suspect> suspects(std::span<const Defect> blind, const CopyComparison& comparison) {
    std::vector<Suspect> all;
    std::vector<bool> is_used(blind.size());
    for (const LeftOver& left : comparison.left_over) {
        Suspect suspect{.defect = left.defect, .strength = left.strength, .slope = left.slope};
        const auto first =
            std::lower_bound(blind.begin(), blind.end(), left.defect.at - kSame,
                             [](const Defect& defect, Seconds at) { return defect.at < at; });
        for (auto it = first; it != blind.end() && it->at <= left.defect.at + kSame; ++it) {
            suspect.blind = std::max(suspect.blind, static_cast<float>(it->probability));
            is_used[static_cast<std::size_t>(it - blind.begin())] = true;
        }
        all.push_back(suspect);
    }
    for (std::size_t i = 0; i < blind.size(); ++i) {
        if (!is_used[i] && is_within(blind[i].at, comparison)) {
            all.push_back({.defect = blind[i], .blind = static_cast<float>(blind[i].probability)});
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Suspect& a, const Suspect& b) { return a.defect.at < b.defect.at; });
    for (Suspect& suspect : all) {
        const CopyImpulse rise = rise_near(comparison.impulses, suspect.defect.at);
        suspect.in_copy = rise.strength;
        suspect.copy_peak = rise.peak;
    }
    return all;
}

std::vector<Defect> clicks_with_copy(std::span<const Defect> blind,
                                     const CopyComparison& comparison) {
    std::vector<Defect> clicks;
    for (const Suspect& suspect : suspects(blind, comparison)) {
        clicks.push_back(suspect.defect);
        clicks.back().probability = probability_of(suspect, comparison.suppression_db);
    }
    return clicks;
}

} // namespace spindle::grade
