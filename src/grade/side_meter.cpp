// SPDX-License-Identifier: Apache-2.0
#include "grade/side_meter.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace spindle::grade {
namespace {

// A needle that comes down thumps, bounces and crackles for about a second, louder than what a
// groove has before the music.
constexpr Seconds kThump{1};
constexpr Seconds kAfterThump{0.4};
constexpr Seconds kLongestLeadIn{20};
constexpr double kLanding = 0.25; // of the programme's level: -12 dB

} // namespace

double SideMeasures::programme_level() const {
    return surface.programme.loud_db <= kSilenceDb ? 0
                                                   : std::pow(10, surface.programme.loud_db / 20);
}

std::vector<Defect> SideMeasures::likely_clicks() const {
    constexpr double kLikely = 0.5;
    const Seconds from = settled();
    std::vector<Defect> likely;
    std::copy_if(clicks.defects.begin(), clicks.defects.end(), std::back_inserter(likely),
                 [from](const Defect& defect) {
                     return defect.probability >= kLikely && defect.at >= from;
                 });
    return likely;
}

Seconds SideMeasures::settled() const {
    const auto& spans = surface.map.spans;
    const auto music = std::find_if(spans.begin(), spans.end(), [](const SideSpan& span) {
        return span.kind == SpanKind::Music && span.length() > kThump;
    });
    const Seconds before =
        std::min(music == spans.end() ? Seconds{0} : music->from, kLongestLeadIn);
    const double loud = programme_level() * kLanding;
    Seconds first = surface.map.needle_down.value_or(Seconds{-1});
    Seconds last = first;
    for (const Defect& defect : clicks.defects) {
        if (defect.at >= before) {
            break;
        }
        if (defect.peak < loud || defect.at < first) {
            continue;
        }
        if (first < Seconds{0}) {
            first = defect.at;
        }
        if (defect.at - first < kThump) {
            last = defect.at;
        }
    }
    return last < Seconds{0} ? Seconds{0} : last + kAfterThump;
}

std::vector<TimeSpan> SideMeasures::silent_grooves() const {
    const Seconds from = settled();
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : surface.map.silent_grooves()) {
        if (span.to > from) {
            spans.push_back({std::max(span.from, from), span.to});
        }
    }
    return spans;
}

std::vector<TimeSpan> SideMeasures::grooves() const {
    const Seconds from = settled();
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : surface.map.spans) {
        if (span.kind == SpanKind::Nothing || span.kind == SpanKind::NeedleUp || span.to <= from) {
            continue;
        }
        if (!spans.empty() && spans.back().to == span.from) {
            spans.back().to = span.to;
        } else {
            spans.push_back({std::max(span.from, from), span.to});
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
