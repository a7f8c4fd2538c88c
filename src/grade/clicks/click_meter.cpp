// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/click_meter.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace spindle::grade {
namespace {

constexpr float kCrackleDeviations = 12; // below it a click is no more than crackle
constexpr double kCrackleShare = 0.1;    // ... or where it is lost in the music
constexpr float kThumpTail = 0.5F;       // low end after it, over the click's own peak

DefectKind kind_of(const Impulse& impulse, double background) {
    if (impulse.low_tail > kThumpTail) {
        return DefectKind::Thump;
    }
    const bool is_small =
        impulse.strongest() < kCrackleDeviations || impulse.peak < kCrackleShare * background;
    return is_small ? DefectKind::Crackle : DefectKind::Click;
}

Seconds time_of(std::int64_t count, int hertz) {
    return Seconds(static_cast<double>(count) / hertz);
}

} // namespace

Defect defect_of(const Impulse& impulse, double background, SampleRate rate, double probability) {
    return {.kind = kind_of(impulse, background),
            .at = time_of(impulse.at, rate.hz),
            .length = time_of(impulse.length, rate.hz),
            .wall = impulse.wall,
            .peak = impulse.peak,
            .energy = impulse.energy,
            .probability = probability};
}

struct ClickMeter::State {
    State(SampleRate rate, const ClickOptions& wanted)
        : options(wanted), hertz(std::max(rate.hz, 1)),
          finder(rate, {.least_probability = wanted.least_probability}) {}

    void take() {
        for (const Impulse& impulse : fresh.impulses) {
            judge(impulse);
        }
        findings.frames.insert(findings.frames.end(), fresh.frames.begin(), fresh.frames.end());
        fresh.impulses.clear();
        fresh.frames.clear();
    }

    void judge(const Impulse& impulse) {
        if (impulse.peak <= findings.weakest) {
            ++findings.dropped;
            return;
        }
        findings.defects.push_back(defect_of(impulse, static_cast<double>(impulse.background),
                                             SampleRate{hertz}, impulse.probability));
        if (findings.defects.size() > options.most_defects) {
            drop_weaker_half();
        }
    }

    void drop_weaker_half() {
        std::vector<double> peaks;
        peaks.reserve(findings.defects.size());
        for (const Defect& defect : findings.defects) {
            peaks.push_back(defect.peak);
        }
        const auto middle = peaks.begin() + static_cast<std::ptrdiff_t>(peaks.size() / 2);
        std::nth_element(peaks.begin(), middle, peaks.end());
        findings.weakest = *middle;
        findings.dropped += std::erase_if(findings.defects, [this](const Defect& defect) {
            return defect.peak <= findings.weakest;
        });
    }

    ClickOptions options;
    int hertz;
    ImpulseFinder finder;
    ImpulseFindings fresh;
    ClickFindings findings;
    std::int64_t samples = 0;
};

ClickMeter::ClickMeter(SampleRate rate, const ClickOptions& options)
    : state_(std::make_unique<State>(rate, options)) {}
ClickMeter::~ClickMeter() = default;
ClickMeter::ClickMeter(ClickMeter&&) noexcept = default;
ClickMeter& ClickMeter::operator=(ClickMeter&&) noexcept = default;

void ClickMeter::feed(StereoSpan block) {
    state_->samples += static_cast<std::int64_t>(block.size());
    state_->finder.feed(block, state_->fresh);
    state_->take();
}

ClickFindings ClickMeter::finish() {
    state_->finder.finish(state_->fresh);
    state_->take();
    state_->findings.length = time_of(state_->samples, state_->hertz);
    return std::move(state_->findings);
}

} // namespace spindle::grade
