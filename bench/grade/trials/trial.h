// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "grade/figures.h"
#include "grade/sides/damaged_side.h"
#include "material/manifest.h"

namespace spindle::grade_trials {

/// What a side is graded from in a trial.
struct TrialOptions {
    /// Each gives a trial of its own, of the same side: Groove of the whole recording, Music and
    /// Copy of its longest track alone, cut to the music.
    std::vector<grade::Evidence> evidence{grade::Evidence::Groove};
    Seconds length{90}; ///< of its music
    material::Set set = material::Set::Dev;
    std::optional<damaged_sides::Faults> faults{}; ///< instead of those drawn
};

/// One simulated side: what is wrong with it and what was measured.
struct Trial {
    std::uint64_t seed = 0;
    std::string group;    ///< the package its music is from: never on both sides of a split
    std::string noise;    ///< recorded noise used, or empty
    grade::Damage damage; ///< truth
    double severity = 1;  ///< truth
    Grade grade = Grade::NearMint;
    grade::DamageEstimate estimate;
    grade::Evidence wanted = grade::Evidence::Groove;
    grade::Evidence found = grade::Evidence::Groove; ///< the strongest that was there
    std::vector<double> figures;                     ///< of `wanted`
    Seconds length{0};                               ///< of the recording
    Seconds measuring{0};                            ///< processor time
};

/// Makes the side of a seed and measures it. A kind of evidence that cannot be had of it is left
/// out: a track shorter than 15 s, a copy that was not found or is of another master.
Result<std::vector<Trial>> run_trials(const material::Manifest& manifest,
                                      std::span<const damaged_sides::NoiseSource> noise,
                                      const TrialOptions& options, std::uint64_t seed);

/// One line of JSON, and back. Errors: Code::BadInput.
std::string to_line(const Trial& trial);
Result<Trial> from_line(const std::string& line);
Result<std::vector<Trial>> read_trials(const std::filesystem::path& file);

} // namespace spindle::grade_trials
