// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/record_likeness.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

constexpr Seconds kDigitalPause{0.2}; // shorter ones are in electronic music on records, too

Seconds digital_pauses_of(const SideMap& map) {
    Seconds pauses{0};
    for (std::size_t i = 1; i + 1 < map.spans.size(); ++i) {
        pauses += map.spans[i].kind == SpanKind::Nothing ? map.spans[i].length() : Seconds(0);
    }
    return pauses;
}

} // namespace

RecordLikeness judge_likeness(const ProgrammeFigures& programme, const SideMap& map,
                              const NoiseFigures& noise, const RumbleFigures& rumble) {
    RecordLikeness likeness;
    likeness.has_silent_groove = noise.silent.has_value();
    likeness.digital_pauses = digital_pauses_of(map);
    double evidence = 0; // log odds
    if (noise.silent) {
        // A groove's walls hiss alike; a synthesizer's noise, or rain, is in the middle.
        const double mid_over_side = noise.silent->a_mid_db - noise.silent->a_side_db;
        const bool two_walls = std::abs(mid_over_side) < 6 || mid_over_side > 90;
        evidence += two_walls ? 3 : 1;
    }
    if (likeness.digital_pauses >= kDigitalPause) {
        evidence -= 4;
    }
    if (noise.music) {
        const double floor = noise.music->a_db - programme.loud_db;
        likeness.floor_below_programme_db = floor;
        // No groove is quieter than -66 dB; music that never gives way says nothing.
        evidence -= std::clamp((-54 - floor) / 3, 0.0, 5.0);
        const bool alike =
            noise.music->mid_over_side_db && std::abs(*noise.music->mid_over_side_db) < 3;
        evidence += alike && floor < -25 ? 1 : 0;
    }
    // Basses are at the sides of digital music, too: what is there speaks for little, what is not
    // there against a record, or for one through a filter.
    const bool mono = rumble.side_db < rumble.mid_db - 90;
    const double deep = (mono ? rumble.mid_db : rumble.side_db) - programme.loud_db;
    likeness.rumble_below_programme_db = std::max(deep, -200.0);
    evidence += std::clamp((deep + 68) / 8, -1.5, 0.5);
    likeness.value = 1 / (1 + std::exp(-evidence));
    return likeness;
}

} // namespace spindle::grade
