// SPDX-License-Identifier: Apache-2.0
#include "grade/side_meter.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace spindle::grade {

double SideMeasures::programme_level() const {
    return surface.programme.loud_db <= kSilenceDb ? 0
                                                   : std::pow(10, surface.programme.loud_db / 20);
}

std::vector<Defect> SideMeasures::likely_clicks() const {
    constexpr double kLikely = 0.5;
    std::vector<Defect> likely;
    std::copy_if(clicks.defects.begin(), clicks.defects.end(), std::back_inserter(likely),
                 [](const Defect& defect) { return defect.probability >= kLikely; });
    return likely;
}

std::vector<TimeSpan> SideMeasures::silent_grooves() const {
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : surface.map.silent_grooves()) {
        spans.push_back({span.from, span.to});
    }
    return spans;
}

std::vector<TimeSpan> SideMeasures::grooves() const {
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : surface.map.spans) {
        if (span.kind == SpanKind::Nothing || span.kind == SpanKind::NeedleUp) {
            continue;
        }
        if (!spans.empty() && spans.back().to == span.from) {
            spans.back().to = span.to;
        } else {
            spans.push_back({span.from, span.to});
        }
    }
    return spans;
}

struct SideMeter::State {
    State(SampleRate of, SurfaceMeter grooves, MotionMeter platter)
        : rate(of), surface(std::move(grooves)), motion(std::move(platter)), clicks(of) {}

    SampleRate rate;
    SurfaceMeter surface;
    MotionMeter motion;
    ClickMeter clicks;
};

SideMeter::SideMeter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SideMeter::~SideMeter() = default;
SideMeter::SideMeter(SideMeter&&) noexcept = default;
SideMeter& SideMeter::operator=(SideMeter&&) noexcept = default;

Result<SideMeter> SideMeter::create(SampleRate rate) {
    SPINDLE_TRY(auto surface, SurfaceMeter::create(rate));
    SPINDLE_TRY(auto motion, MotionMeter::create(rate, surface));
    return SideMeter(std::make_unique<State>(rate, std::move(surface), std::move(motion)));
}

void SideMeter::feed(StereoSpan block) {
    State& s = *state_;
    s.surface.feed(block, [&](const LowBlock& low) { s.motion.feed(low); });
    s.motion.feed(block);
    s.clicks.feed(block);
}

SideMeasures SideMeter::finish() {
    State& s = *state_;
    SideMeasures measures{
        .rate = s.rate, .surface = s.surface.finish(), .motion = {}, .clicks = s.clicks.finish()};
    measures.motion = s.motion.finish(measures.surface, measures.clicks.defects);
    return measures;
}

} // namespace spindle::grade
