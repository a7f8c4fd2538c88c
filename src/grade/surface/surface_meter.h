// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "base/units.h"
#include "grade/stereo.h"
#include "grade/surface/even_floor.h"
#include "grade/surface/groove_finder.h"
#include "grade/surface/hum_meter.h"
#include "grade/surface/low_band.h"
#include "grade/surface/noise_meter.h"
#include "grade/surface/programme_level.h"
#include "grade/surface/record_likeness.h"
#include "grade/surface/rumble_meter.h"
#include "grade/surface/spectral_frames.h"
#include "grade/surface/wear_meter.h"

namespace spindle::grade {

struct SurfaceFigures {
    ProgrammeFigures programme;
    SideMap map;
    NoiseFigures noise;
    EvenFloor even_floor;
    HumFigures hum;
    RumbleFigures rumble;
    WearFigures wear;
    RecordLikeness likeness;
};

/// All that is measured of a side's surface, in one pass with one set of spectra.
/// Figures do not depend on the size of the blocks. Memory: 7 MB an hour, of the first four hours;
/// what comes later counts for the programme's level only. Cost at 44.1 kHz: 1.5 s for 20 min.
/// Not thread-safe; one instance per recording.
class SurfaceMeter {
public:
    /// @return Code::Unsupported for rates outside 8 to 192 kHz.
    static Result<SurfaceMeter> create(SampleRate rate);
    ~SurfaceMeter();
    SurfaceMeter(SurfaceMeter&&) noexcept;
    SurfaceMeter& operator=(SurfaceMeter&&) noexcept;

    /// @param low gets the lower bands of the block, which MotionMeter goes on with.
    void feed(StereoSpan block, const LowBand::Sink& low = {});
    double low_rate_hz() const;
    double deep_rate_hz() const;

    /// Once, at the end.
    SurfaceFigures finish();

private:
    struct State;
    explicit SurfaceMeter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
