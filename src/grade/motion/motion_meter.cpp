// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/motion_meter.h"

#include <utility>

namespace spindle::grade {

std::vector<Defect> MotionFigures::repeats() const {
    std::vector<Defect> defects;
    for (const Repetition& repetition : repetitions) {
        if (repetition.probability < RepeatFinder::kBelieved) {
            continue;
        }
        Defect defect;
        defect.kind = DefectKind::Repeat;
        defect.at = repetition.from;
        defect.length = repetition.to - repetition.from;
        defect.probability = repetition.probability;
        defects.push_back(defect);
    }
    return defects;
}

Result<MotionMeter> MotionMeter::create(SampleRate rate, const SurfaceMeter& surface) {
    SPINDLE_TRY(auto repeats, RepeatFinder::create(surface.low_rate_hz(), surface.deep_rate_hz()));
    SPINDLE_TRY(auto off_centre, OffCentreMeter::create(surface.low_rate_hz()));
    return MotionMeter(rate, std::move(repeats), std::move(off_centre));
}

MotionMeter::MotionMeter(SampleRate rate, RepeatFinder repeats, OffCentreMeter off_centre)
    : repeats_(std::move(repeats)), off_centre_(std::move(off_centre)), dropouts_(rate),
      channels_(rate) {}

void MotionMeter::feed(StereoSpan block) {
    dropouts_.feed(block);
    channels_.feed(block);
}

void MotionMeter::feed(const LowBlock& block) {
    repeats_.feed(block);
    off_centre_.feed(block.mid);
}

MotionFigures MotionMeter::finish(const SurfaceFigures& surface, std::span<const Defect> defects,
                                  std::optional<double> rpm) {
    MotionFigures figures;
    figures.turns = find_turns(defects, {.rpm = rpm});
    const std::optional<double> speed = rpm ? rpm : figures.turns.rpm;
    figures.repetitions = repeats_.finish(surface.map, surface.noise, surface.likeness.value);
    figures.dropouts = dropouts_.finish();
    figures.channels = channels_.finish();
    figures.off_centre = off_centre_.finish(speed);
    return figures;
}

} // namespace spindle::grade
