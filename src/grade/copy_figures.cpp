// SPDX-License-Identifier: Apache-2.0
#include "grade/copy_figures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "grade/copy_clicks.h"

namespace spindle::grade {
namespace {

// So much of one master tells of the record whatever the rest is.
constexpr Seconds kEnoughSame{30};
// Crackle is counted from here on: one small tick more or less does not matter.
constexpr double kLeastFaint = 0.1;

double power(double db) {
    return std::pow(10, db / 10);
}

double decibels(double value) {
    return 10 * std::log10(std::max(value, 1e-20));
}

bool is_within(const Defect& defect, const CopyComparison& comparison) {
    return defect.at >= comparison.start && defect.at < comparison.end;
}

/// The clicks of a side, those in a copy's stretch as they are in its light.
void take_over(const CopyComparison& comparison, std::vector<Defect>& defects) {
    const std::vector<Defect> clicks = clicks_with_copy(defects, comparison);
    std::erase_if(defects, [&](const Defect& defect) { return is_within(defect, comparison); });
    defects.insert(defects.end(), clicks.begin(), clicks.end());
    std::stable_sort(defects.begin(), defects.end(),
                     [](const Defect& a, const Defect& b) { return a.at < b.at; });
}

/// Means over the copies, weighted by how long each was heard.
CopyFigures summed(std::span<const CopyComparison> comparisons, const SideMeasures& side) {
    CopyFigures figures;
    Seconds same{0};
    Seconds longest{0};
    double noise = 0;
    double wear = 0;
    double incoherence = 0;
    double suppression = 0;
    double speed = 0;
    for (const CopyComparison& c : comparisons) {
        if (c.relation != Relation::SameMaster && c.relation != Relation::OtherMaster) {
            continue;
        }
        const Seconds heard = c.end - c.start;
        figures.heard += heard;
        speed += c.speed * heard.count();
        if (heard > longest) {
            longest = heard;
            figures.wow = c.wow;
        }
        const JumpCount jumps = count_jumps(c.jumps);
        figures.skips += jumps.skips;
        figures.repeats += jumps.repeats;
        if (c.relation == Relation::SameMaster) {
            same += heard;
            noise += power(c.residual.noise_dba) * heard.count();
            wear += power(c.residual.distortion_db) * heard.count();
            incoherence += power(c.residual.incoherence_db) * heard.count();
            suppression += c.suppression_db * heard.count();
        }
    }
    figures.speed = speed / figures.heard.count();
    figures.other = figures.heard - same;
    // A track that is worn so much that it is no longer like its copy, or mastered otherwise, does
    // not make the others' figures less true.
    figures.relation = same >= std::min(kEnoughSame, figures.heard / 2) ? Relation::SameMaster
                                                                        : Relation::OtherMaster;
    if (same > Seconds{0}) {
        figures.noise_db = decibels(noise / same.count()) - side.surface.programme.loud_db;
        figures.wear_db = decibels(wear / same.count());
        figures.incoherence_db = decibels(incoherence / same.count());
        figures.suppression_db = suppression / same.count();
    }
    return figures;
}

} // namespace

JumpCount count_jumps(std::span<const Jump> jumps) {
    constexpr double kSoon = 1.5; // of what is played between two jumps of a locked groove
    JumpCount count;
    const Jump* back = nullptr;
    for (const Jump& jump : jumps) {
        if (jump.turns > 0) {
            ++count.skips;
        }
        if (jump.turns >= 0) {
            continue;
        }
        const bool again = back != nullptr && jump.at - back->at < kSoon * -back->by;
        count.repeats += again ? 0 : 1;
        back = &jump;
    }
    return count;
}

Result<std::optional<CopyFigures>> hear_copies(const SoundSource& recording, std::span<Copy> copies,
                                               SideMeasures& side,
                                               std::vector<CopyComparison>* comparisons,
                                               const ProgressSink& progress, std::stop_token stop) {
    SPINDLE_TRY(auto found, compare(recording, copies, {}, {}, progress, std::move(stop)));
    std::optional<CopyFigures> figures;
    const bool any = std::any_of(found.begin(), found.end(), [](const CopyComparison& c) {
        return c.relation == Relation::SameMaster || c.relation == Relation::OtherMaster;
    });
    if (any) {
        std::vector<TimeSpan> spans;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i].relation == Relation::SameMaster ||
                found[i].relation == Relation::OtherMaster) {
                take_over(found[i], side.clicks.defects);
            }
            if (found[i].relation == Relation::SameMaster) {
                spans.push_back({found[i].start, found[i].end});
            }
        }
        std::sort(spans.begin(), spans.end(),
                  [](const TimeSpan& a, const TimeSpan& b) { return a.from < b.from; });
        for (std::size_t i = 1; i < spans.size(); ++i) {
            spans[i].from = std::max(spans[i].from, spans[i - 1].to);
        }
        figures = summed(found, side);
        figures->clicks =
            count_clicks(side.clicks.defects, spans, side.programme_level(), side.rate);
        figures->faint = count_clicks(side.clicks.defects, spans, side.programme_level(), side.rate,
                                      {.least_probability = kLeastFaint});
    }
    if (comparisons != nullptr) {
        *comparisons = std::move(found);
    }
    return figures;
}

} // namespace spindle::grade
