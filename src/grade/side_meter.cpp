// SPDX-License-Identifier: Apache-2.0
#include "grade/side_meter.h"

#include <cmath>
#include <utility>

#include "grade/surface/spectral_frames.h"
#include "grade/surface/surface_track.h"

namespace spindle::grade {

double SideMeasures::programme_level() const {
    return programme.loud_db <= kSilenceDb ? 0 : std::pow(10, programme.loud_db / 20);
}

std::vector<TimeSpan> SideMeasures::silent_grooves() const {
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : map.silent_grooves()) {
        spans.push_back({span.from, span.to});
    }
    return spans;
}

std::vector<TimeSpan> SideMeasures::grooves() const {
    std::vector<TimeSpan> spans;
    for (const SideSpan& span : map.spans) {
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
    State(SampleRate of, SpectralFrames front)
        : rate(of), level(of), frames(std::move(front)), track(frames), clicks(of) {}

    SampleRate rate;
    ProgrammeLevel level;
    SpectralFrames frames;
    SurfaceTracker track;
    ClickMeter clicks;
};

SideMeter::SideMeter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SideMeter::~SideMeter() = default;
SideMeter::SideMeter(SideMeter&&) noexcept = default;
SideMeter& SideMeter::operator=(SideMeter&&) noexcept = default;

Result<SideMeter> SideMeter::create(SampleRate rate) {
    SPINDLE_TRY(auto frames, SpectralFrames::create(rate));
    return SideMeter(std::make_unique<State>(rate, std::move(frames)));
}

void SideMeter::feed(StereoSpan block) {
    State& s = *state_;
    s.level.feed(block);
    s.frames.feed(block, [&](const SpectralFrame& frame) { s.track.feed(frame); });
    s.clicks.feed(block);
}

SideMeasures SideMeter::finish() {
    State& s = *state_;
    SideMeasures measures{.rate = s.rate,
                          .programme = s.level.finish(),
                          .map = {},
                          .noise = {},
                          .clicks = s.clicks.finish()};
    const SurfaceTrack track = s.track.finish(measures.programme.length);
    measures.map = find_grooves(track);
    measures.noise = measure_noise(track, measures.map);
    return measures;
}

} // namespace spindle::grade
