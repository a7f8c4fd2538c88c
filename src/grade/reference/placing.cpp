// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/placing.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>

#include "dsp/complex_product.h"
#include "dsp/inverse_fft.h"

namespace spindle::grade {
namespace {

constexpr int kSize = 2048; // frames a transform
constexpr double kExcerptSeconds = 10;
constexpr std::size_t kMostExcerptFrames = 560; // 10 s at any speed in range
constexpr std::size_t kHop = kSize - kMostExcerptFrames;
constexpr std::size_t kMostExcerpts = 8;
constexpr std::size_t kPeaks = 6;          // kept of each excerpt
constexpr double kApart = 0.3;             // seconds between two peaks
constexpr double kSpeedStep = 0.004;       // 20 ms over an excerpt, as its frames
constexpr double kLeastCorrelation = 0.15; // chance alone reaches 0.2
constexpr double kTolerance = 0.12;        // seconds, and
constexpr double kSpeedTolerance = 0.003;  // of the distance

using Spectrum = std::vector<std::complex<float>>;

/// Correlates templates of frames with all places of one sketch.
class FrameSearch {
public:
    FrameSearch(std::span<const Sketch::Frame> frames, dsp::RealFft& fft)
        : frames_(frames), fft_(fft), energy_(frames.size() + 1) {
        for (std::size_t i = 0; i < frames.size(); ++i) {
            double sum = 0;
            for (const float value : frames[i]) {
                sum += static_cast<double>(value) * static_cast<double>(value);
            }
            energy_[i + 1] = energy_[i] + sum;
        }
        for (std::size_t from = 0; from < frames.size(); from += kHop) {
            Spectrum block(Sketch::kBands * bins());
            for (std::size_t b = 0; b < Sketch::kBands; ++b) {
                transform(b, from, frames, kSize, std::span(block).subspan(b * bins(), bins()));
            }
            blocks_.push_back(std::move(block));
        }
    }

    /// Normalised correlation at each place the excerpt begins at, also half outside at the end.
    void correlate(std::span<const Sketch::Frame> excerpt, std::vector<float>& out) {
        Spectrum pattern(Sketch::kBands * bins());
        double energy = 1e-9;
        for (std::size_t b = 0; b < Sketch::kBands; ++b) {
            transform(b, 0, excerpt, excerpt.size(),
                      std::span(pattern).subspan(b * bins(), bins()));
        }
        for (const Sketch::Frame& frame : excerpt) {
            for (const float value : frame) {
                energy += static_cast<double>(value) * static_cast<double>(value);
            }
        }
        out.assign(frames_.size(), 0.0F);
        Spectrum product(bins());
        std::vector<float> back(kSize);
        for (std::size_t block = 0; block < blocks_.size(); ++block) {
            std::fill(product.begin(), product.end(), std::complex<float>());
            for (std::size_t b = 0; b < Sketch::kBands; ++b) {
                const std::complex<float>* x = blocks_[block].data() + b * bins();
                const std::complex<float>* y = pattern.data() + b * bins();
                for (std::size_t k = 0; k < bins(); ++k) {
                    product[k] += dsp::conjugate_product(x[k], y[k]);
                }
            }
            dsp::inverse(fft_, product, back);
            const std::size_t from = block * kHop;
            for (std::size_t i = 0; i < std::min(kHop, frames_.size() - from); ++i) {
                const std::size_t end = std::min(from + i + excerpt.size(), frames_.size());
                const double here = energy_[end] - energy_[from + i];
                // Where hardly anything happens chance looks like agreement.
                out[from + i] =
                    static_cast<float>(static_cast<double>(back[i]) /
                                       std::sqrt(energy * std::max(here, 0.2 * energy)));
            }
        }
    }

private:
    std::size_t bins() const { return static_cast<std::size_t>(fft_.bins()); }

    void transform(std::size_t band, std::size_t from, std::span<const Sketch::Frame> frames,
                   std::size_t count, std::span<std::complex<float>> out) {
        const std::span<float> in = fft_.input();
        for (std::size_t i = 0; i < in.size(); ++i) {
            in[i] = i < count && from + i < frames.size() ? frames[from + i][band] : 0.0F;
        }
        const auto values = fft_.transform();
        std::copy(values.begin(), values.end(), out.begin());
    }

    std::span<const Sketch::Frame> frames_;
    dsp::RealFft& fft_;
    std::vector<double> energy_; ///< of all frames before
    std::vector<Spectrum> blocks_;
};

struct Peak {
    double found = 0; ///< seconds in what is searched
    double speed = 1; ///< searched seconds per excerpt second is 1 / speed
    double correlation = 0;
};

/// The excerpt as frames of what is searched, where it runs at this speed.
std::vector<Sketch::Frame> stretched(std::span<const Sketch::Frame> frames, std::size_t from,
                                     std::size_t count, double speed) {
    std::vector<Sketch::Frame> out(std::min(
        kMostExcerptFrames, static_cast<std::size_t>(static_cast<double>(count - 1) / speed)));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double place = static_cast<double>(i) * speed;
        const auto k = static_cast<std::size_t>(place);
        const auto x = static_cast<float>(place - static_cast<double>(k));
        for (std::size_t b = 0; b < Sketch::kBands; ++b) {
            const float next = frames[std::min(from + k + 1, frames.size() - 1)][b];
            out[i][b] = (1 - x) * frames[from + k][b] + x * next;
        }
    }
    return out;
}

void keep_peaks(std::span<const float> correlation, double speed, std::vector<Peak>& peaks) {
    for (std::size_t i = 1; i + 1 < correlation.size(); ++i) {
        const auto value = static_cast<double>(correlation[i]);
        if (value < kLeastCorrelation || correlation[i] < correlation[i - 1] ||
            correlation[i] < correlation[i + 1] ||
            (peaks.size() == kPeaks && value <= peaks.back().correlation)) {
            continue;
        }
        const double found = static_cast<double>(i) / Sketch::kFramesPerSecond;
        const auto near = std::find_if(peaks.begin(), peaks.end(), [&](const Peak& peak) {
            return std::abs(peak.found - found) < kApart;
        });
        if (near != peaks.end()) {
            if (near->correlation < value) {
                *near = {found, speed, value};
            }
        } else {
            if (peaks.size() == kPeaks) {
                peaks.pop_back();
            }
            peaks.push_back({found, speed, value});
        }
        std::sort(peaks.begin(), peaks.end(),
                  [](const Peak& a, const Peak& b) { return a.correlation > b.correlation; });
    }
}

} // namespace

std::vector<Placing> place(const Sketch& recording, const Sketch& copy,
                           const PlacingOptions& options) {
    const bool copy_is_shorter = copy.frames().size() <= recording.frames().size();
    const auto frames = copy_is_shorter ? copy.frames() : recording.frames();
    const auto searched = copy_is_shorter ? recording.frames() : copy.frames();
    auto fft = dsp::RealFft::create(kSize);
    const auto excerpt = std::min(
        frames.size(), static_cast<std::size_t>(kExcerptSeconds * Sketch::kFramesPerSecond));
    if (!fft || excerpt < 50) {
        return {};
    }
    FrameSearch search(searched, *fft);
    const std::size_t room = frames.size() - excerpt;
    const std::size_t excerpts = std::min(kMostExcerpts, 1 + 2 * room / excerpt);
    std::vector<std::vector<Peak>> peaks(excerpts);
    std::vector<double> begins(excerpts);
    std::vector<float> correlation;
    for (std::size_t e = 0; e < excerpts; ++e) {
        const std::size_t from = excerpts == 1 ? room / 2 : e * room / (excerpts - 1);
        begins[e] = static_cast<double>(from) / Sketch::kFramesPerSecond;
        for (double speed = options.lowest_speed; speed <= options.highest_speed + 1e-9;
             speed += kSpeedStep) {
            const auto pattern =
                stretched(frames, from, excerpt, copy_is_shorter ? speed : 1 / speed);
            search.correlate(pattern, correlation);
            keep_peaks(correlation, speed, peaks[e]);
        }
    }

    std::vector<Placing> ideas;
    for (std::size_t e = 0; e < excerpts; ++e) {
        for (const Peak& peak : peaks[e]) {
            // Searched seconds per second of the excerpt's own recording.
            const double rate = copy_is_shorter ? 1 / peak.speed : peak.speed;
            Placing idea{peak.found, begins[e], peak.speed, peak.correlation};
            for (std::size_t other = 0; other < excerpts; ++other) {
                double support = 0;
                const double distance = begins[other] - begins[e];
                for (const Peak& candidate : peaks[other]) {
                    const double off = candidate.found - (peak.found + distance * rate);
                    const bool agrees =
                        std::abs(off) < kTolerance + kSpeedTolerance * std::abs(distance) &&
                        std::abs(candidate.speed - peak.speed) < 2.5 * kSpeedStep;
                    support =
                        other != e && agrees ? std::max(support, candidate.correlation) : support;
                }
                idea.score += support;
            }
            if (!copy_is_shorter) {
                std::swap(idea.recording, idea.copy);
            }
            ideas.push_back(idea);
        }
    }
    std::sort(ideas.begin(), ideas.end(),
              [](const Placing& a, const Placing& b) { return a.score > b.score; });
    // Ideas that say the same are one.
    std::vector<Placing> different;
    for (const Placing& idea : ideas) {
        const bool known =
            std::any_of(different.begin(), different.end(), [&](const Placing& other) {
                const double there = other.copy + (idea.recording - other.recording) * other.speed;
                return std::abs(there - idea.copy) <
                       0.3 + 2 * kSpeedTolerance * std::abs(idea.recording - other.recording);
            });
        if (!known && different.size() < options.most) {
            different.push_back(idea);
        }
    }
    return different;
}

} // namespace spindle::grade
