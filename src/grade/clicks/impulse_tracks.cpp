// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/impulse_tracks.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace spindle::grade {
namespace {

constexpr double kHopSeconds = 0.0232;     // 1024 samples at 44.1 kHz
constexpr std::size_t kCleaningOrder = 16; // half: only what is plain is to go
constexpr float kCleaningDeviations = 6;
constexpr std::int64_t kCleaningGap = 12;         // samples: shorter pauses belong to one click
constexpr float kDeviationOfMedian = 1 / 0.6745F; // of Gaussian noise
constexpr std::int64_t kSmoothing = 2;            // blocks to either side
// Below this a deviation means nothing: 20 dB under the last bit of 24, and what the arithmetic
// itself makes of loud sound.
constexpr float kLeastDeviation = 1e-8F;
constexpr float kLeastOfSound = 5e-5F;
constexpr float kMostSize = 1e6F; // beyond it nothing is looked for by doubling
constexpr std::size_t kMedianStep =
    2; // every other sample: the median is as good, at half the cost

std::size_t past_of(std::int64_t hop) {
    return static_cast<std::size_t>(2 * hop);
}

float median_of(std::span<float> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::uint32_t count_below(std::span<const float> values, float limit) {
    std::uint32_t below = 0;
    for (const float value : values) {
        below += value < limit ? 1U : 0U;
    }
    return below;
}

// The median again, of sizes, quicker where it is known about: the range is moved until it holds
// the median, and most values are only counted.
float median_near(std::span<float> sizes, float guess, std::vector<float>& near) {
    float low = guess * 0.8F;
    float high = guess * 1.3F;
    if (!(low > kLeastDeviation)) {
        return median_of(sizes);
    }
    const auto rank = static_cast<std::uint32_t>(sizes.size() / 2);
    std::uint32_t below = count_below(sizes, low);
    while (rank < below && low > kLeastDeviation) {
        high = low;
        low /= 2;
        below = count_below(sizes, low);
    }
    std::uint32_t up_to = count_below(sizes, high);
    while (rank >= up_to && high < kMostSize) {
        low = high;
        below = up_to;
        high *= 2;
        up_to = count_below(sizes, high);
    }
    if (rank < below || rank >= up_to) {
        return median_of(sizes);
    }
    near.resize(sizes.size() + 1);
    std::size_t within = 0;
    for (const float size : sizes) {
        near[within] = size;
        within += static_cast<std::size_t>(size < high) - static_cast<std::size_t>(size < low);
    }
    const auto place = near.begin() + (rank - below);
    std::nth_element(near.begin(), place, near.begin() + static_cast<std::ptrdiff_t>(within));
    return *place;
}

// @param guess what it may be about; changes the time only.
float deviation_of(std::span<const float> values, float guess, std::vector<float>& scratch,
                   std::vector<float>& near) {
    scratch.resize((values.size() + kMedianStep - 1) / kMedianStep);
    for (std::size_t n = 0; n < scratch.size(); ++n) {
        scratch[n] = std::abs(values[n * kMedianStep]);
    }
    return median_near(scratch, guess / kDeviationOfMedian, near) * kDeviationOfMedian;
}

} // namespace

SignalTracks::SignalTracks(std::size_t past)
    : sound(past), clean(past), residual(0), matched(0), models(0), residual_medians(0),
      matched_medians(0), residual_deviations(0), matched_deviations(0), powers(0), cells(0),
      means(0) {}

ImpulseTracks::ImpulseTracks(int hertz, int order)
    : hop_(std::llround(kHopSeconds * hertz / 32) * 32), block_(std::llround(0.01 * hertz)),
      order_(static_cast<std::size_t>(
          std::clamp(order, 0, static_cast<int>(LinearModel::kMostOrder)))) {
    window_.resize(static_cast<std::size_t>(2 * hop_));
    for (std::size_t n = 0; n < window_.size(); ++n) {
        const double angle =
            2 * std::numbers::pi * (static_cast<double>(n) + 0.5) / static_cast<double>(2 * hop_);
        window_[n] = static_cast<float>(0.5 - 0.5 * std::cos(angle));
    }
    frame_.resize(window_.size());
    signals_.fill(SignalTracks(past_of(hop_)));
}

std::int64_t ImpulseTracks::blocks() const {
    return smoothed_;
}

void ImpulseTracks::feed(StereoSpan block) {
    // In pieces, so that a whole recording in one block does not lie here three times.
    const auto piece = static_cast<std::size_t>(hop_);
    for (std::size_t from = 0; from < block.size(); from += piece) {
        const StereoSpan part = block.subspan(from, std::min(piece, block.size() - from));
        signals_[0].sound.append(part.left);
        signals_[1].sound.append(part.right);
        const auto side = signals_[2].sound.grow(part.size());
        for (std::size_t n = 0; n < part.size(); ++n) {
            side[n] = (part.left[n] - part.right[n]) / 2;
        }
        for (SignalTracks& signal : signals_) {
            signal.clean.append(signal.sound.span(length_, signal.sound.end()));
        }
        length_ += static_cast<std::int64_t>(part.size());
        advance(false);
    }
}

void ImpulseTracks::finish() {
    const auto silence = static_cast<std::size_t>(4 * hop_ + 2 * block_);
    for (SignalTracks& signal : signals_) {
        signal.sound.grow(silence);
        signal.clean.grow(silence);
    }
    advance(true);
}

void ImpulseTracks::advance(bool last) {
    const std::int64_t there = signals_[0].sound.end();
    while ((cleaned_ + 2) * hop_ <= there) {
        clean_hop(cleaned_++);
    }
    while (whitened_ + 2 <= cleaned_) {
        whiten_hop(whitened_++);
    }
    while (matched_ + 1 < whitened_) { // the filter reaches into the hop after
        match_hop(matched_++);
    }
    while ((measured_ + 1) * block_ <= matched_ * hop_) {
        measure_block(measured_++);
    }
    while (smoothed_ + kSmoothing < measured_ || (last && smoothed_ < measured_)) {
        smooth_block(smoothed_++);
    }
}

LinearModel ImpulseTracks::model_of_frame(const Track<float>& track, std::int64_t hop,
                                          std::size_t order) {
    const std::int64_t from = hop * hop_ - hop_ / 2;
    const auto sound = track.span(from, from + 2 * hop_);
    for (std::size_t n = 0; n < frame_.size(); ++n) {
        frame_[n] = sound[n] * window_[n];
    }
    std::array<double, LinearModel::kMostOrder + 1> r{};
    const std::span<double> lags(r.data(), order + 1);
    autocorrelation(frame_, lags);
    return model_of(lags);
}

// Takes out what stands out most, so that the model is of the music alone.
void ImpulseTracks::clean_hop(std::int64_t hop) {
    const std::int64_t from = hop * hop_;
    bool changed = false;
    const std::size_t order = std::min(order_, kCleaningOrder);
    for (const std::size_t signal : {std::size_t{0}, std::size_t{1}}) {
        Track<float>& clean = signals_[signal].clean;
        const LinearModel model = model_of_frame(clean, hop, order);
        std::vector<float>& e = frame_; // done with
        e.resize(static_cast<std::size_t>(hop_));
        residual(model, clean.span(from - static_cast<std::int64_t>(model.order), from + hop_), e);
        limits_[signal] = deviation_of(e, limits_[signal], scratch_, near_);
        const float limit = kCleaningDeviations * limits_[signal];
        for (std::int64_t n = 0; limit > 0 && n < hop_; ++n) {
            if (std::abs(e[static_cast<std::size_t>(n)]) <= limit) {
                continue;
            }
            std::int64_t end = n + 1;
            for (std::int64_t ahead = end; ahead < std::min(end + kCleaningGap, hop_); ++ahead) {
                end = std::abs(e[static_cast<std::size_t>(ahead)]) > limit ? ahead + 1 : end;
            }
            const std::int64_t count =
                std::min(end - n + 4, static_cast<std::int64_t>(kLongestGap) / 2);
            if (n + count < hop_ + hop_ / 2 && end - n < count) {
                auto around = clean.span(from + n - 2 - static_cast<std::int64_t>(model.order),
                                         from + n + count + static_cast<std::int64_t>(model.order));
                interpolate_gap(model, around, model.order, static_cast<std::size_t>(count));
                changed = true;
            }
            n = end;
        }
        frame_.resize(window_.size());
    }
    if (changed) {
        const Track<float>& left = signals_[0].clean;
        const Track<float>& right = signals_[1].clean;
        for (std::int64_t n = from - 2; n < from + hop_ + hop_ / 2; ++n) {
            signals_[2].clean[n] = (left[n] - right[n]) / 2;
        }
    }
}

void ImpulseTracks::whiten_hop(std::int64_t hop) {
    const std::int64_t from = hop * hop_;
    for (SignalTracks& signal : signals_) {
        const LinearModel model = model_of_frame(signal.clean, hop, order_);
        signal.models.push(model);
        residual(model,
                 signal.sound.span(from - static_cast<std::int64_t>(model.order), from + hop_),
                 signal.residual.grow(static_cast<std::size_t>(hop_)));
    }
}

void ImpulseTracks::match_hop(std::int64_t hop) {
    const std::int64_t from = hop * hop_;
    for (SignalTracks& signal : signals_) {
        const LinearModel& model = signal.models[hop];
        matched(model,
                signal.residual.span(from, from + hop_ + static_cast<std::int64_t>(model.order)),
                signal.matched.grow(static_cast<std::size_t>(hop_)));
        for (std::int64_t cell = from; cell < from + hop_; cell += kCell) {
            float energy = 0;
            for (const float value : signal.residual.span(cell, cell + kCell)) {
                energy += value * value;
            }
            float sum = 0;
            for (const float value : signal.sound.span(cell, cell + kCell)) {
                sum += value;
            }
            signal.cells.push(energy);
            signal.means.push(sum / static_cast<float>(kCell));
        }
    }
}

void ImpulseTracks::measure_block(std::int64_t block) {
    const std::int64_t from = block * block_;
    for (SignalTracks& signal : signals_) {
        float power = 0;
        for (const float value : signal.sound.span(from, from + block_)) {
            power += value * value;
        }
        power /= static_cast<float>(block_);
        signal.powers.push(power);
        const float least = std::max(kLeastDeviation, kLeastOfSound * std::sqrt(power));
        for (auto [values, medians] : {std::pair{&signal.residual, &signal.residual_medians},
                                       std::pair{&signal.matched, &signal.matched_medians}}) {
            const float last = block == 0 ? 0.0F : (*medians)[block - 1];
            medians->push(std::max(
                deviation_of(values->span(from, from + block_), last, scratch_, near_), least));
        }
    }
}

void ImpulseTracks::smooth_block(std::int64_t block) {
    const auto smoothed = [&](const Track<float>& medians) {
        scratch_.clear();
        for (std::int64_t b = std::max(block - kSmoothing, std::int64_t{0});
             b <= std::min(block + kSmoothing, measured_ - 1); ++b) {
            scratch_.push_back(medians[b]);
        }
        return median_of(scratch_);
    };
    for (SignalTracks& signal : signals_) {
        signal.residual_deviations.push(smoothed(signal.residual_medians));
        signal.matched_deviations.push(smoothed(signal.matched_medians));
    }
}

const LinearModel& ImpulseTracks::model_at(Signal signal, std::int64_t sample) const {
    return (*this)[signal].models.nearest(sample / hop_);
}

namespace {

float interpolated(const Track<float>& values, std::int64_t sample, std::int64_t block) {
    const float place =
        static_cast<float>(2 * sample - block) / static_cast<float>(2 * block); // middles of blocks
    const float below = std::floor(place);
    const auto left = static_cast<std::int64_t>(below);
    const float blend = place - below;
    return values.nearest(left) * (1 - blend) + values.nearest(left + 1) * blend;
}

} // namespace

float ImpulseTracks::residual_deviation(std::size_t signal, std::int64_t sample) const {
    return interpolated(signals_[signal].residual_deviations, sample, block_);
}

float ImpulseTracks::matched_deviation(std::size_t signal, std::int64_t sample) const {
    return interpolated(signals_[signal].matched_deviations, sample, block_);
}

void ImpulseTracks::forget_before(std::int64_t sample) {
    const std::int64_t whole = std::max(sample, std::int64_t{0});
    for (SignalTracks& signal : signals_) {
        for (Track<float>* track :
             {&signal.sound, &signal.clean, &signal.residual, &signal.matched}) {
            track->forget_before(sample);
        }
        signal.models.forget_before(whole / hop_);
        for (Track<float>* track :
             {&signal.residual_medians, &signal.matched_medians, &signal.residual_deviations,
              &signal.matched_deviations, &signal.powers}) {
            track->forget_before(whole / block_);
        }
        signal.cells.forget_before(whole / kCell);
        signal.means.forget_before(whole / kCell);
    }
}

} // namespace spindle::grade
