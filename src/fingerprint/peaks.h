// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "fingerprint/landmark.h"
#include "fingerprint/options.h"
#include "fingerprint/spectrogram.h"

namespace spindle::fingerprint {

/// Finds the spectrogram's local maxima and measures how far each stands out from a wide mean
/// around it, so that level and tone controls do not matter. Peaks of frame n come once n +
/// mean_frames frames are known; times and pitches are interpolated between frames and bins
/// (parabola).
class PeakFinder {
public:
    explicit PeakFinder(const ExtractorOptions& options);

    void push(const SpectrumFrame& frame, std::vector<Landmark>& peaks);
    /// Ends the stream: the last frames are judged by what there is.
    void finish(std::vector<Landmark>& peaks);
    /// Frames whose peaks have been given out.
    std::int64_t judged() const { return next_judged_; }

private:
    void enter(const SpectrumFrame& frame);
    void leave();
    void judge(std::vector<Landmark>& peaks);
    const SpectrumFrame& level(std::int64_t frame) const { return ring_[slot(frame)]; }
    std::size_t slot(std::int64_t frame) const {
        return static_cast<std::size_t>(frame) % ring_.size();
    }
    Landmark interpolate(std::int64_t frame, std::size_t bin, int contrast) const;

    ExtractorOptions options_;
    std::vector<SpectrumFrame> ring_;   // levels
    std::vector<SpectrumFrame> maxima_; // highest level within +- peak_bins
    std::vector<std::int32_t> sum_;     // per bin, over the frames in the mean window
    std::vector<std::int32_t> prefix_;
    SpectrumFrame highest_{};
    std::int64_t next_in_ = 0; // frames seen
    std::int64_t next_judged_ = 0;
    std::int64_t oldest_ = 0; // first frame still in the sums
};

/// Keeps the peaks that are among the strongest of their band in a window around them: a ranking
/// that moves with the sound, so that a clip keeps what the whole track kept.
class PeakSelector {
public:
    explicit PeakSelector(const ExtractorOptions& options);

    /// @param peaks in order of time, from PeakFinder.
    void push(const std::vector<Landmark>& peaks);
    /// Decides every peak whose whole window is known. @param now frames judged so far.
    void advance(std::int64_t now, std::vector<Landmark>& kept);
    void finish(std::vector<Landmark>& kept);

private:
    struct Band {
        std::vector<Landmark> peaks; ///< in order of time, still within reach of an undecided one
        std::size_t undecided = 0;   ///< first of them
    };
    const Landmark& next_undecided() const;
    void decide_next(std::vector<Landmark>& kept);

    ExtractorOptions options_;
    std::vector<Band> bands_;
    std::deque<std::uint8_t> order_; ///< bands of the undecided peaks, in order of time
};

} // namespace spindle::fingerprint
