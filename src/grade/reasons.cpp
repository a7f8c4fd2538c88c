// SPDX-License-Identifier: Apache-2.0
#include "grade/reasons.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace spindle::grade {
namespace {

constexpr double kGateSteps = 5;      // what skips costs: to Fair
constexpr double kMaskingNoise = -32; // dB against the programme, A-weighted
constexpr double kMaskedRate = 5;     // ticks a second
constexpr double kWorthTelling = 0.3; // grades
constexpr double kFewClicks = 1.5;    // below, intervals are easier to imagine than rates

/// How many grades a fault costs: so much better is the side without it.
double steps_of(const OrdinalModel& grades, FaultSeverities faults, Fault fault) {
    const double with = grades.score(features_of(faults));
    faults[static_cast<std::size_t>(fault)] = kLeastSeverity;
    return (with - grades.score(features_of(faults))) / grades.step();
}

std::string noise_text(const DamageEstimate& damage) {
    if (!damage.noise_db) {
        return "surface noise could not be told from the music";
    }
    return fmt::format("surface noise {:.0f} dB below the music{}", -*damage.noise_db,
                       damage.noise_at_most ? ", or less" : "");
}

std::string clicks_text(const DamageEstimate& damage) {
    const double clicks = damage.clicks_per_minute;
    if (clicks < 0.05) {
        return "no clicks heard over the music";
    }
    if (clicks < kFewClicks) {
        return fmt::format("a click every {:.0f} s audible over the music", 60 / clicks);
    }
    return fmt::format("{:.0f} clicks a minute audible over the music", clicks);
}

std::string crackle_text(const DamageEstimate& damage) {
    if (!damage.crackles_per_second) {
        return "crackle in quiet passages";
    }
    const double rate = *damage.crackles_per_second;
    // Ticks of -50 to -20 dB: from here on most of them lie under the noise.
    const bool is_masked = damage.noise_db.value_or(-100) > kMaskingNoise;
    if (is_masked && rate < kMaskedRate) {
        return "crackle is lost in the noise";
    }
    return rate < 0.5 ? std::string("hardly any crackle")
                      : fmt::format("crackle, {:.0f} tick{} a second", std::max(1.0, rate),
                                    rate < 1.5 ? "" : "s");
}

std::string wear_text(const DamageEstimate& damage) {
    return damage.wear_db ? fmt::format("distortion {:.0f} dB below the music at 3 to 12 kHz",
                                        -*damage.wear_db)
                          : std::string("distortion of loud high notes");
}

std::string text_of(Fault fault, const DamageEstimate& damage) {
    switch (fault) {
    case Fault::Noise:
        return noise_text(damage);
    case Fault::Clicks:
        return clicks_text(damage);
    case Fault::Crackle:
        return crackle_text(damage);
    case Fault::Wear:
        return wear_text(damage);
    }
    return {};
}

Reason::Kind kind_of(Fault fault) {
    switch (fault) {
    case Fault::Noise:
        return Reason::Kind::Noise;
    case Fault::Clicks:
        return Reason::Kind::Clicks;
    case Fault::Crackle:
        return Reason::Kind::Crackle;
    case Fault::Wear:
        return Reason::Kind::Wear;
    }
    return Reason::Kind::Noise;
}

} // namespace

std::vector<Reason> reasons_for(const OrdinalModel& grades, const FaultSeverities& faults,
                                const DamageEstimate& damage) {
    std::vector<Reason> reasons;
    for (const Fault fault : kFaults) {
        const double steps = steps_of(grades, faults, fault);
        // What is only guessed at is a reason when it weighs something.
        const bool is_measured = fault == Fault::Wear      ? damage.wear_db.has_value()
                                 : fault == Fault::Crackle ? damage.crackles_per_second.has_value()
                                                           : true;
        if (is_measured || steps >= kWorthTelling) {
            reasons.push_back({kind_of(fault), steps, text_of(fault, damage)});
        }
    }
    if (damage.skips > 0) {
        reasons.push_back({Reason::Kind::Skips, kGateSteps,
                           damage.skips == 1
                               ? std::string("it skips or repeats once")
                               : fmt::format("it skips or repeats {} times", damage.skips)});
    }
    if (damage.off_centre_wow && *damage.off_centre_wow >= kAudibleWow) {
        reasons.push_back({Reason::Kind::OffCentre, 0.5,
                           fmt::format("pitch swings by {:.2f} % once per turn: the hole is off "
                                       "centre",
                                       100 * *damage.off_centre_wow)});
    }
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const Reason& a, const Reason& b) { return a.steps > b.steps; });
    return reasons;
}

} // namespace spindle::grade
