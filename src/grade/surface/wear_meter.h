// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grade/surface/spectral_frames.h"

namespace spindle::grade {

struct WearFigures {};

class WearMeter {
public:
    explicit WearMeter(const SpectralFrames&) {}
    void feed(const SpectralFrame&) {}
    WearFigures finish() const { return {}; }
};

} // namespace spindle::grade
