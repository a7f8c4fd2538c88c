// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "grade/clicks/impulse.h"
#include "grade/clicks/linear_prediction.h"
#include "grade/clicks/track.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// What one of left, right and side becomes on its way to being judged.
struct SignalTracks {
    Track<float> sound;            ///< as it came
    Track<float> clean;            ///< without what stands out most; models are made of this
    Track<float> residual;         ///< what the model did not foretell
    Track<float> matched;          ///< the matched filter's answer
    Track<LinearModel> models;     ///< one a hop
    Track<float> residual_medians; ///< one a block: deviations, not smoothed
    Track<float> matched_medians;
    Track<float> residual_deviations; ///< one a block, smoothed
    Track<float> matched_deviations;
    Track<float> powers; ///< one a block: mean square of the sound
    Track<float> cells;  ///< one for each kCell samples: sum of squared residuals
    Track<float> means;  ///< ... mean of the sound: what is left below 1 kHz

    SignalTracks() = default;
    explicit SignalTracks(std::size_t past);
};

/// The first half of ImpulseFinder: whitens a stream and measures its local deviation. Stages run
/// as far as what they need is there, in pieces of fixed size, so that blocks do not matter.
class ImpulseTracks {
public:
    static constexpr std::int64_t kCell = 16;

    ImpulseTracks(int hertz, int order);

    /// Takes samples and carries all stages on.
    void feed(StereoSpan block);
    /// Carries the stages to the end of the sound.
    void finish();

    const SignalTracks& operator[](Signal signal) const {
        return signals_[static_cast<std::size_t>(signal)];
    }
    const SignalTracks& operator[](std::size_t signal) const { return signals_[signal]; }

    std::int64_t length() const { return length_; } ///< samples fed
    std::int64_t hop() const { return hop_; }       ///< samples a model is for
    std::int64_t block() const { return block_; }   ///< samples a deviation is of: 10 ms
    std::int64_t blocks() const;                    ///< so many have their deviation
    const LinearModel& model_at(Signal signal, std::int64_t sample) const;
    /// Deviation at a sample, linear between the middles of blocks.
    float residual_deviation(std::size_t signal, std::int64_t sample) const;
    float matched_deviation(std::size_t signal, std::int64_t sample) const;

    void forget_before(std::int64_t sample);

private:
    void advance(bool last);
    void clean_hop(std::int64_t hop);
    void whiten_hop(std::int64_t hop);
    void match_hop(std::int64_t hop);
    void measure_block(std::int64_t block);
    void smooth_block(std::int64_t block);
    LinearModel model_of_frame(const Track<float>& track, std::int64_t hop, std::size_t order);

    std::int64_t hop_;
    std::int64_t block_;
    std::size_t order_;
    std::int64_t length_ = 0;
    std::int64_t cleaned_ = 0, whitened_ = 0, matched_ = 0; // hops
    std::int64_t measured_ = 0, smoothed_ = 0;              // blocks
    std::vector<float> window_;
    std::vector<float> frame_;
    std::vector<float> scratch_, near_;
    std::array<float, 2> limits_{}; // of the last hop
    std::array<SignalTracks, kSignals> signals_;
};

} // namespace spindle::grade
