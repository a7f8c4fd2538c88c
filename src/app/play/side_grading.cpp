// SPDX-License-Identifier: Apache-2.0
#include "app/play/side_grading.h"

#include <utility>

#include "app/grade/stereo_file.h"

namespace spindle::app {
namespace {

// Of what was heard before the needle came down so much is enough.
constexpr Seconds kLongestIdle{30};

} // namespace

void SideGrading::feed(std::span<const float> interleaved, int channels, SampleRate rate) {
    if (meter_ && rate != rate_) {
        meter_.reset();
    }
    if (!meter_) {
        auto made = grade::SideMeter::create(rate);
        if (!made) {
            return; // a rate at which nothing can be measured
        }
        meter_.emplace(std::move(*made));
        rate_ = rate;
        heard_ = Seconds{0};
    }
    part(interleaved, channels, left_, right_);
    meter_->feed({left_, right_});
    heard_ += Seconds{static_cast<double>(left_.size()) / rate.hz};
}

void SideGrading::lost() {
    meter_.reset();
}

void SideGrading::idle() {
    if (heard_ > kLongestIdle) {
        meter_.reset();
    }
}

std::optional<SideGrading::Graded> SideGrading::side_over() {
    if (!meter_) {
        return std::nullopt;
    }
    Graded graded{meter_->finish(), {}};
    meter_.reset();
    graded.report = grade::grade_side({graded.side}, models_);
    return graded;
}

} // namespace spindle::app
