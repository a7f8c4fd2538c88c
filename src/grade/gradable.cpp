// SPDX-License-Identifier: Apache-2.0
#include "grade/gradable.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace spindle::grade {
namespace {

constexpr Seconds kShortest{10};       // below, one click more or less is a grade
constexpr double kSilentDb = -80;      // of the loudest tenths: below the noise of any deck
constexpr double kLeastLikeness = 0.3; // RecordLikeness: below, nothing should be said
constexpr double kFaintDb = -45;       // the groove of a good record would be below 16 bits
constexpr double kUsualDb = -18;       // of a recording whose peaks are at -6 dBFS
constexpr double kMangled = 0.01;      // share of samples that are clipped
constexpr double kManyClicks = 20;     // a minute; of digital tracks one in forty has so many
constexpr double kSomeClicks = 1;      // a minute: files have as many by mistake
constexpr Seconds kLeastMusic{3};
constexpr Seconds kLeastFloor{8};       // shorter ones have too few quiet moments to tell
constexpr Seconds kLeastGroove{1.5};    // as figures.cpp asks for
constexpr double kQuietestGroove = -66; // dB; surface/record_likeness.cpp
// Two clocks of sound cards differ by 1e-6 to 1e-4, a platter from its speed by 1e-4 and more.
constexpr double kSameClock = 5e-7;
// Few enough to be none: hiss alone gives up to 0.5 ticks a second in a groove.
constexpr double kFewTicks = 0.5;  // a second
constexpr double kFewClicks = 1;   // a minute
constexpr double kHissDb = -53;    // what is fainter has as few ticks on a record
constexpr Seconds kLongEnough{20}; // for clicks to be expected

Seconds music_in(const SideMap& map) {
    return map.time_in(SpanKind::Music) + map.time_in(SpanKind::Pause);
}

bool has_groove(const SideMeasures& side) {
    return side.surface.noise.silent && side.surface.noise.silent->heard >= kLeastGroove;
}

bool turns(const SideMeasures& side) {
    return side.motion.turns.rpm.has_value();
}

/// Whether the copy shows what was recorded to be a file like itself.
bool is_the_copy(const SideEvidence& evidence) {
    if (!evidence.copy || has_groove(evidence.side)) {
        return false;
    }
    const CopyFigures& copy = *evidence.copy;
    return std::abs(copy.speed - 1) < kSameClock ||
           (copy.relation == Relation::SameMaster && copy.noise_db < kQuietestGroove);
}

/// No noise that is always there could be told from the music.
bool is_without_floor(const SideMeasures& side) {
    const EvenFloor& floor = side.surface.even_floor;
    return !has_groove(side) && floor.heard >= kLeastFloor && floor.bands == 0;
}

std::optional<std::string> why_no_record(const SideEvidence& evidence) {
    const SideMeasures& side = evidence.side;
    const RecordLikeness& likeness = side.surface.likeness;
    if (is_the_copy(evidence)) {
        return "this is the digital copy, or another file of it: no platter turns so evenly, and "
               "there is no surface noise";
    }
    if (turns(side) || evidence_of(evidence) == Evidence::Copy ||
        damage_in(evidence).clicks_per_minute >= kManyClicks) {
        return std::nullopt;
    }
    if (likeness.value < kLeastLikeness && likeness.digital_pauses > Seconds{0.2}) {
        return "this does not sound like a record: there is digital silence in it, and no surface "
               "noise";
    }
    if (likeness.value < kLeastLikeness) {
        return "this does not sound like a record: no surface noise";
    }
    // What clicks is graded all the same, with a doubt: the music may cover its noise.
    if (is_without_floor(side) && damage_in(evidence).clicks_per_minute < kSomeClicks) {
        return "this does not sound like a record: no surface noise can be told from the music, "
               "and "
               "hardly a click. If it is one, record from before the needle lands until after the "
               "run-out";
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> why_not_gradable(const SideEvidence& evidence) {
    const SideMeasures& side = evidence.side;
    if (side.length() < kShortest) {
        return fmt::format("only {:.0f} s long; record at least half a minute, best the whole side",
                           side.length().count());
    }
    if (side.surface.programme.loud_db < kSilentDb) {
        return "it is silent; check the input and its level";
    }
    if (side.surface.programme.loud_db < kFaintDb) {
        return fmt::format("it was recorded {:.0f} dB too low: the quiet of a good groove is lost "
                           "in the converter's noise",
                           kUsualDb - side.surface.programme.loud_db);
    }
    if (side.surface.programme.clipped_share > kMangled) {
        return fmt::format("{:.0f} % of it is clipped: how loud the music was, and what clicked, "
                           "cannot be told; record at a lower level",
                           100 * side.surface.programme.clipped_share);
    }
    if (side.motion.channels.one_channel_dead) {
        return "one channel is dead, and half of the record is not heard; check the cable and the "
               "pickup";
    }
    if (music_in(side.surface.map) < kLeastMusic) {
        return "no music is heard in it, or the noise drowns it: noise is graded by how far it is "
               "below the music";
    }
    return why_no_record(evidence);
}

std::optional<std::string> doubt_on(const SideEvidence& evidence) {
    const SideMeasures& side = evidence.side;
    const DamageEstimate damage = damage_in(evidence);
    if (is_without_floor(side) && !turns(side) && damage.skips == 0 &&
        damage.clicks_per_minute < kManyClicks && evidence_of(evidence) != Evidence::Copy) {
        return "no surface noise can be told from the music: a digital file sounds like that, too. "
               "Recorded from before the needle lands until after the run-out it can be graded";
    }
    if (turns(side) || damage.skips > 0 || side.length() < kLongEnough ||
        damage.clicks_per_minute >= kFewClicks ||
        damage.crackles_per_second.value_or(0) >= kFewTicks ||
        evidence_of(evidence) == Evidence::Copy) {
        return std::nullopt;
    }
    if (damage.crackles_per_second && damage.noise_db.value_or(kQuietestGroove) < kHissDb) {
        return std::nullopt;
    }
    return "it hisses, but hardly a click is heard: a tape, a broadcast or a room sounds like "
           "that, "
           "too, and of those the grade says nothing";
}

} // namespace spindle::grade
