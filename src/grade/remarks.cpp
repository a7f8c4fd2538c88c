// SPDX-License-Identifier: Apache-2.0
#include "grade/remarks.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace spindle::grade {
namespace {

constexpr double kDullRate = 30000; // samples a second: no highs in which clicks stand out
constexpr double kMonoDb = -60;
constexpr double kOpposite = -0.5;
constexpr double kUnbalancedDb = 3;
constexpr double kLoudHumDb = -45;    // A-weighted, against the programme
constexpr double kLoudRumbleDb = -25; // against the programme
constexpr Seconds kLongestSide{45 * 60};
constexpr std::size_t kLongScratch = 6;

std::string at(Seconds time) {
    const auto whole = static_cast<int>(time.count());
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

void add_equipment(const SideMeasures& side, std::vector<std::string>& remarks) {
    const SurfaceFigures& surface = side.surface;
    const double loud = surface.programme.loud_db;
    if (surface.hum.mains_hz != 0 && surface.hum.a_db - loud > kLoudHumDb) {
        remarks.push_back(
            fmt::format("hum of {} Hz, {:.0f} dB below the music: the equipment's, not "
                        "counted against the record",
                        surface.hum.mains_hz, loud - surface.hum.a_db));
    }
    if (surface.rumble.side_db - loud > kLoudRumbleDb) {
        remarks.push_back(fmt::format("rumble, {:.0f} dB below the music: mostly the turntable's, "
                                      "not counted against the record",
                                      loud - surface.rumble.side_db));
    }
    const ChannelFigures& channels = side.motion.channels;
    if (channels.correlation < kOpposite) {
        remarks.emplace_back("the channels are of opposite polarity: one of them is wired the "
                             "wrong way round");
    }
    if (channels.balance_db && std::abs(*channels.balance_db) > kUnbalancedDb) {
        remarks.push_back(fmt::format("the {} channel is {:.0f} dB louder",
                                      *channels.balance_db > 0 ? "left" : "right",
                                      std::abs(*channels.balance_db)));
    }
}

void add_recording(const SideMeasures& side, std::vector<std::string>& remarks) {
    if (side.length() > kLongestSide) {
        remarks.push_back(fmt::format("{:.0f} min are more than a side of a record holds: it was "
                                      "graded as if it were one; record each side by itself",
                                      side.length().count() / 60));
    }
    if (side.surface.programme.clipped_share > kClippedShare) {
        remarks.emplace_back("the recording is clipped: record at a lower level; what is cut off "
                             "may be taken for clicks");
    }
    if (side.rate.hz < kDullRate) {
        remarks.push_back(fmt::format("sampled at {} Hz: there are no highs in which clicks would "
                                      "stand out; 44,100 Hz tells more",
                                      side.rate.hz));
    }
    if (side.motion.channels.side_below_mid_db < kMonoDb) {
        remarks.emplace_back("recorded in mono: which wall a scratch is in cannot be told, and "
                             "clicks stand out less");
    }
}

void add_turns(const SideMeasures& side, std::vector<std::string>& remarks) {
    const TurnFigures& turns = side.motion.turns;
    if (is_shellac(turns)) {
        remarks.emplace_back("it turns at 78: the grades are defined for vinyl, shellac is noisier "
                             "by nature");
    }
    if (!turns.scratches.empty() && turns.scratches.front().turns >= kLongScratch) {
        const Scratch& longest = turns.scratches.front();
        remarks.push_back(
            fmt::format("a scratch across {} grooves from {}", longest.turns, at(longest.from)));
    }
}

void add_places(const SideEvidence& evidence, std::vector<std::string>& remarks) {
    const MotionFigures& motion = evidence.side.motion;
    for (const Defect& repeat : motion.repeats()) {
        remarks.push_back(fmt::format("the groove repeats at {}", at(repeat.at)));
        if (remarks.size() > 8) {
            break;
        }
    }
    if (!motion.dropouts.empty()) {
        remarks.push_back(fmt::format("{} dropout{}, the first at {}", motion.dropouts.size(),
                                      motion.dropouts.size() == 1 ? "" : "s",
                                      at(motion.dropouts.front().at)));
    }
}

} // namespace

std::vector<std::string> remarks_on(const SideEvidence& evidence) {
    std::vector<std::string> remarks;
    add_places(evidence, remarks);
    add_turns(evidence.side, remarks);
    add_recording(evidence.side, remarks);
    add_equipment(evidence.side, remarks);
    if (evidence.copy && evidence.copy->relation == Relation::OtherMaster) {
        remarks.emplace_back(
            "the digital copy is mastered otherwise: it tells only which clicks are "
            "music");
    } else if (evidence.copy && evidence.copy->other > Seconds{1}) {
        remarks.push_back(fmt::format("{} of it is not as in its digital copy: mastered otherwise, "
                                      "or worn; what was measured against copies is of the rest",
                                      at(evidence.copy->other)));
    }
    return remarks;
}

} // namespace spindle::grade
