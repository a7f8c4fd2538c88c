// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "grade/grader.h"
#include "grade/side_meter.h"

namespace spindle::app {

/// Measures a side while it plays, from before the needle is down to when the side is over.
class SideGrading {
public:
    explicit SideGrading(const grade::GradeModels& models) : models_(models) {}

    /// @param interleaved sound of one or two channels, in order.
    void feed(std::span<const float> interleaved, int channels, SampleRate rate);
    /// Sound is missing here: what was measured so far is given up, since the joint would click.
    void lost();
    /// Nothing is in a groove just now, so nothing needs to be kept of long silence.
    void idle();

    struct Graded {
        grade::SideMeasures side;
        grade::GradeReport report;
    };
    /// The side is over. Nothing where too little was heard to be measured at all. Some 0.3 s.
    std::optional<Graded> side_over();

private:
    const grade::GradeModels& models_;
    std::optional<grade::SideMeter> meter_;
    SampleRate rate_;
    Seconds heard_{0};
    std::vector<float> left_, right_;
};

} // namespace spindle::app
