// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grade/copy_figures.h"
#include "grade/definition.h"
#include "grade/model/feature.h"
#include "grade/side_meter.h"

namespace spindle::grade {

/// What a grade rests on, the strongest first.
enum class Evidence {
    Copy,   ///< the digital copy was taken away: noise and clicks are measured as they are
    Groove, ///< there is silent groove: lead-in, gap or run-out
    Music,  ///< neither: what the music does not mask
};
inline constexpr std::array kEvidence{Evidence::Copy, Evidence::Groove, Evidence::Music};
/// "copy", "groove", "music".
std::string_view name_of(Evidence evidence);

/// "noise", "clicks", "crackle", "wear".
std::string_view name_of(Fault fault);

/// A side and, where copies of its tracks were given or found, what they tell of it.
struct SideEvidence {
    const SideMeasures& side;
    std::optional<CopyFigures> copy{};
};

/// The strongest there is of this side: at least 10 s heard against a copy of the same master, or
/// 1.5 s of silent groove.
Evidence evidence_of(const SideEvidence& side);

/// One figure the model sees.
struct Figure {
    Feature feature;
    Fault fault; ///< which it tells of
};
/// Those of a kind of evidence, in the order of figures_in().
const std::vector<Figure>& figures_for(Evidence evidence);

/// Which of them tell of a fault: its own, and of each other fault the first, which tells most.
/// What is worn is also noisy, and crackle that the noise hides is foretold by both.
std::vector<std::size_t> figures_telling(Evidence evidence, Fault fault);

/// The values of figures_for(evidence); NaN where a figure could not be measured. Levels are
/// against the programme's, counts as natural logarithms: none depends on the gain.
std::vector<double> figures_in(const SideEvidence& side, Evidence evidence);

/// The damage of a side as far as it can be told, in the figures of the definition.
struct DamageEstimate {
    std::optional<double> noise_db;
    bool noise_at_most = false; ///< it is the floor under music: the groove's may be lower
    double clicks_per_minute = 0;
    std::optional<double> crackles_per_second;
    std::optional<double> wear_db;
    std::optional<double> off_centre_wow;
    int skips = 0;
};
DamageEstimate damage_in(const SideEvidence& side);

} // namespace spindle::grade
