// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "grade/clicks/detector.h"
#include "grade/clicks/scene.h"

namespace spindle::click_trials {

/// Classes of level: a click's peak over the RMS of 100 ms of music around it, dB.
inline constexpr std::array<double, 7> kLevels{-24, -18, -12, -6, 0, 6, 12};
inline constexpr std::size_t kClasses = kLevels.size() - 1;

/// What one detector made of one scene.
struct SceneResult {
    double minutes = 0;
    std::vector<double> alarms; ///< scores of what it found in the clean twin
    struct FalseFind {
        double score;
        std::optional<std::size_t> level; ///< class by its own peak; nothing where that is unknown
    };
    std::vector<FalseFind> false_finds; ///< ... in the sound, away from all clicks
    struct Click {
        std::size_t level; ///< class
        double score;      ///< best within 1.5 ms; below zero when nothing was found
        bool is_recorded;
    };
    std::vector<Click> clicks;
};

SceneResult try_detector(const Detector& detector, const Scene& scene);

struct Estimate {
    double value = 0;
    double low = 0, high = 0; ///< 95 %, by drawing scenes with replacement (Efron 1979)
};

struct Recall {
    double alarms_per_minute = 0; ///< asked for, on clean music
    double threshold = 0;
    std::array<Estimate, kClasses> recall;
    std::array<Estimate, kClasses> recorded; ///< of clicks cut from recordings only
    Estimate precision;                      ///< in the sound with clicks, all levels
    /// ... of what is as loud as clicks of a class; 0 where the rule knows no peaks.
    std::array<Estimate, kClasses> precision_at;
};

/// Recall by level where the threshold gives so many false alarms a minute of clean music; the
/// threshold is found anew for each draw of scenes.
Recall recall_at(const std::vector<SceneResult>& results, double alarms_per_minute);

} // namespace spindle::click_trials
