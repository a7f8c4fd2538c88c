// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/surface_meter.h"

#include <utility>

#include "grade/surface/deep_spectra.h"
#include "grade/surface/surface_track.h"

namespace spindle::grade {

struct SurfaceMeter::State {
    SampleRate rate;
    SpectralFrames frames;
    LowBand low;
    DeepSpectra deep;
    SurfaceTracker tracker;
    ProgrammeLevel programme;
    HumMeter hum;
    RumbleMeter rumble;
    WearMeter wear;

    State(SampleRate hz, SpectralFrames spectral, LowBand band, DeepSpectra spectra)
        : rate(hz), frames(std::move(spectral)), low(std::move(band)), deep(std::move(spectra)),
          tracker(frames), programme(hz), hum(deep.bin_hz()), rumble(deep.bin_hz()), wear(hz) {}
};

SurfaceMeter::SurfaceMeter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SurfaceMeter::~SurfaceMeter() = default;
SurfaceMeter::SurfaceMeter(SurfaceMeter&&) noexcept = default;
SurfaceMeter& SurfaceMeter::operator=(SurfaceMeter&&) noexcept = default;

Result<SurfaceMeter> SurfaceMeter::create(SampleRate rate) {
    SPINDLE_TRY(auto frames, SpectralFrames::create(rate));
    LowBand low(rate);
    SPINDLE_TRY(auto deep, DeepSpectra::create(low.deep_rate_hz()));
    return SurfaceMeter(
        std::make_unique<State>(rate, std::move(frames), std::move(low), std::move(deep)));
}

double SurfaceMeter::low_rate_hz() const {
    return state_->low.rate_hz();
}

double SurfaceMeter::deep_rate_hz() const {
    return state_->low.deep_rate_hz();
}

void SurfaceMeter::feed(StereoSpan block, const LowBand::Sink& low) {
    State& state = *state_;
    state.programme.feed(block);
    state.wear.feed(block);
    state.frames.feed(block, [&](const SpectralFrame& frame) { state.tracker.feed(frame); });
    state.low.feed(block, [&](const LowBlock& part) {
        state.deep.feed(part, [&](const DeepSpectrum& spectrum) {
            state.hum.feed(spectrum);
            state.rumble.feed(spectrum);
        });
        if (low) {
            low(part);
        }
    });
}

SurfaceFigures SurfaceMeter::finish() {
    State& state = *state_;
    SurfaceFigures figures;
    figures.programme = state.programme.finish();
    const SurfaceTrack track = state.tracker.finish(figures.programme.length);
    figures.map = find_grooves(track);
    figures.noise = measure_noise(track, figures.map);
    figures.even_floor = find_even_floor(track, figures.map, figures.programme.loud_db);
    figures.hum = state.hum.finish();
    figures.rumble = state.rumble.finish();
    figures.wear = state.wear.finish();
    figures.likeness =
        judge_likeness(figures.programme, figures.map, figures.noise, figures.rumble);
    return figures;
}

} // namespace spindle::grade
