// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/peaks.h"

#include <algorithm>
#include <cmath>

namespace spindle::fingerprint {
namespace {

/// The lowest level log_magnitude can give; stands for frames before the start and after the end.
constexpr std::int16_t kNothing = -32768;

/// Vertex of the parabola through three equally spaced values, in steps from the middle one.
double vertex(int before, int at, int after) {
    const double curvature = before - 2.0 * at + after;
    return curvature < 0 ? std::clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0.0;
}

} // namespace

PeakFinder::PeakFinder(const ExtractorOptions& options)
    : options_(options), ring_(static_cast<std::size_t>(2 * options.mean_frames + 2)),
      maxima_(ring_.size()), sum_(kBins), prefix_(kBins + 1) {}

void PeakFinder::push(const SpectrumFrame& frame, std::vector<Landmark>& peaks) {
    enter(frame);
    if (next_in_ - next_judged_ > options_.mean_frames) {
        judge(peaks);
    }
}

void PeakFinder::finish(std::vector<Landmark>& peaks) {
    while (next_judged_ < next_in_) {
        judge(peaks);
    }
}

void PeakFinder::enter(const SpectrumFrame& frame) {
    SpectrumFrame& row = ring_[slot(next_in_)];
    row = frame;
    for (std::size_t k = 0; k < kBins; ++k) {
        sum_[k] += frame[k];
    }
    SpectrumFrame& top = maxima_[slot(next_in_)];
    top = row;
    for (std::size_t reach = 1; reach <= static_cast<std::size_t>(options_.peak_bins); ++reach) {
        for (std::size_t k = reach; k < kBins; ++k) {
            top[k] = std::max(top[k], row[k - reach]);
        }
        for (std::size_t k = 0; k + reach < kBins; ++k) {
            top[k] = std::max(top[k], row[k + reach]);
        }
    }
    ++next_in_;
}

void PeakFinder::judge(std::vector<Landmark>& peaks) {
    const std::int64_t now = next_judged_++;
    while (oldest_ < now - options_.mean_frames) {
        const SpectrumFrame& gone = level(oldest_++);
        for (std::size_t k = 0; k < kBins; ++k) {
            sum_[k] -= gone[k];
        }
    }
    const SpectrumFrame& row = level(now);
    highest_ = maxima_[slot(now)];
    const std::int64_t first = std::max<std::int64_t>(0, now - options_.peak_frames);
    const std::int64_t last = std::min(next_in_ - 1, now + options_.peak_frames);
    for (std::int64_t f = first; f <= last; ++f) {
        const SpectrumFrame& other = maxima_[slot(f)];
        for (std::size_t k = 0; k < kBins; ++k) {
            highest_[k] = std::max(highest_[k], other[k]);
        }
    }
    prefix_[0] = 0;
    for (std::size_t k = 0; k < kBins; ++k) {
        prefix_[k + 1] = prefix_[k] + sum_[k];
    }
    const auto frames = static_cast<std::int32_t>(next_in_ - oldest_);
    const auto reach = static_cast<std::size_t>(options_.mean_bins);
    for (std::size_t k = 1; k + 1 < kBins; ++k) {
        if (row[k] != highest_[k] || row[k] <= row[k - 1]) { // the second test settles plateaus
            continue;
        }
        if (now > 0 && level(now - 1)[k] == row[k]) {
            continue;
        }
        const std::size_t low = k > reach ? k - reach : 0;
        const std::size_t high = std::min<std::size_t>(kBins, k + reach + 1);
        const auto cells = static_cast<std::int32_t>(high - low) * frames;
        const int contrast = row[k] - (prefix_[high] - prefix_[low]) / cells;
        if (contrast >= options_.least_contrast) {
            peaks.push_back(interpolate(now, k, contrast));
        }
    }
}

Landmark PeakFinder::interpolate(std::int64_t frame, std::size_t bin, int contrast) const {
    const SpectrumFrame& row = level(frame);
    const double up = vertex(row[bin - 1], row[bin], row[bin + 1]);
    const int before = frame > 0 ? level(frame - 1)[bin] : kNothing;
    const int after = frame + 1 < next_in_ ? level(frame + 1)[bin] : kNothing;
    const double later =
        before == kNothing || after == kNothing ? 0.0 : vertex(before, row[bin], after);
    const double hz = (static_cast<double>(bin) + kLowestBin + up) * kLandmarkRate.hz / kWindow;
    const double pitch = std::log2(hz / kLowestHz) * kStepsPerOctave;
    const double centre = kWindow / (2.0 * kHop); // frames from the window's start to its middle
    const double tick = (static_cast<double>(frame) + later + centre) * kTicksPerFrame;
    return {static_cast<std::uint32_t>(std::lround(tick)),
            static_cast<std::uint16_t>(std::max(0L, std::lround(pitch))),
            static_cast<std::uint16_t>(std::min(contrast, 65535))};
}

PeakSelector::PeakSelector(const ExtractorOptions& options)
    : options_(options), bands_(static_cast<std::size_t>(options.bands)) {}

void PeakSelector::push(const std::vector<Landmark>& peaks) {
    constexpr int kSpan = 990; // log2(3900 / 109.4) octaves of kStepsPerOctave steps each
    for (const Landmark& peak : peaks) {
        const int band = std::min(options_.bands - 1, peak.pitch * options_.bands / kSpan);
        bands_[static_cast<std::size_t>(band)].peaks.push_back(peak);
        order_.push_back(static_cast<std::uint8_t>(band));
    }
}

void PeakSelector::advance(std::int64_t now, std::vector<Landmark>& kept) {
    // Frames up to now - 1 are judged; a peak is decided once its whole window has been. Times are
    // interpolated within a frame, hence one frame of slack.
    const std::int64_t reach = std::int64_t{options_.rank_frames} * kTicksPerFrame;
    const std::int64_t known = (now - 2) * kTicksPerFrame + kTicksPerFrame * kWindow / (2 * kHop);
    while (!order_.empty() && next_undecided().tick + reach < known) {
        decide_next(kept);
    }
}

void PeakSelector::finish(std::vector<Landmark>& kept) {
    while (!order_.empty()) {
        decide_next(kept);
    }
}

const Landmark& PeakSelector::next_undecided() const {
    const Band& band = bands_[order_.front()];
    return band.peaks[band.undecided];
}

void PeakSelector::decide_next(std::vector<Landmark>& kept) {
    Band& band = bands_[order_.front()];
    order_.pop_front();
    auto& peaks = band.peaks;
    const std::size_t index = band.undecided++;
    const Landmark peak = peaks[index];
    const auto reach = static_cast<std::uint32_t>(options_.rank_frames * kTicksPerFrame);
    int stronger = 0;
    std::size_t first = index;
    while (first > 0 && peak.tick <= peaks[first - 1].tick + reach) {
        stronger += peaks[--first].contrast > peak.contrast ? 1 : 0;
    }
    for (std::size_t i = index + 1;
         stronger < options_.quota && i < peaks.size() && peaks[i].tick <= peak.tick + reach; ++i) {
        stronger += peaks[i].contrast > peak.contrast ? 1 : 0;
    }
    if (stronger < options_.quota) {
        kept.push_back(peak);
    }
    constexpr std::size_t kPassed = 256; // so many are dropped in one go
    if (first >= kPassed) {
        peaks.erase(peaks.begin(), peaks.begin() + static_cast<std::ptrdiff_t>(first));
        band.undecided -= first;
    }
}

} // namespace spindle::fingerprint
