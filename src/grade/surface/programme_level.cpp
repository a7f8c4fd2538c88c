// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/programme_level.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

constexpr double kBlockSeconds = 0.4;
constexpr double kBinsPerDb = 10;
constexpr int kClippedRun = 3; // two equal samples occur in music, three at the very peak do not
constexpr float kFullScale = 0.9999F;
// Of a ceiling less than so many steps of the samples' own coarseness (0.05 with 16 bits, none with
// 8), a flat top may be the coarseness and no clipping.
constexpr float kLeastSteps = 1600;

} // namespace

ProgrammeLevel::ProgrammeLevel(SampleRate rate)
    : rate_(std::max(rate.hz, 1)),
      block_(std::max<std::size_t>(1, static_cast<std::size_t>(rate.hz * kBlockSeconds))) {}

void ProgrammeLevel::watch(Channel& channel, std::span<const float> samples) {
    for (const float sample : samples) {
        const float size = std::abs(sample);
        if (const float change = std::abs(sample - channel.last); change > 0) {
            channel.step = std::min(channel.step, change);
        }
        channel.last = sample;
        if (size < channel.ceiling && size < kFullScale) {
            channel.run = 0;
            continue;
        }
        if (size > channel.ceiling) {
            if (channel.ceiling < kFullScale) {
                channel.clipped = 0; // what was taken for the ceiling was not
            }
            channel.run = size >= kFullScale ? channel.run : 0;
            channel.ceiling = size;
        }
        const bool on = sample == channel.previous ||
                        (size >= kFullScale && std::abs(channel.previous) >= kFullScale &&
                         std::signbit(sample) == std::signbit(channel.previous));
        channel.run = on ? channel.run + 1 : 1;
        channel.previous = sample;
        if (channel.run == kClippedRun) {
            channel.clipped += kClippedRun;
        } else if (channel.run > kClippedRun) {
            ++channel.clipped;
        }
    }
    // `previous` is of the last sample at the ceiling; a run is broken by any lower one.
}

void ProgrammeLevel::end_block() {
    const auto count = static_cast<double>(in_block_);
    sum_[0] += block_sum_[0];
    sum_[1] += block_sum_[1];
    counted_ += count;
    double squares = energy_;
    for (std::size_t channel = 0; channel < sum_.size(); ++channel) {
        const double offset = sum_[channel] / counted_;
        squares += count * offset * offset - 2 * offset * block_sum_[channel];
        block_sum_[channel] = 0;
    }
    const double power = squares / (2 * count);
    const double below = power > 0 ? -10 * std::log10(power) : -kSilenceDb;
    const auto bin = std::clamp(below * kBinsPerDb + 0.5, 0.0, static_cast<double>(kBins - 1));
    ++blocks_[static_cast<std::size_t>(bin)];
    in_block_ = 0;
    energy_ = 0;
}

void ProgrammeLevel::feed(StereoSpan block) {
    watch(channels_[0], block.left);
    watch(channels_[1], block.right);
    samples_ += block.size();
    for (std::size_t done = 0; done < block.size();) {
        const std::size_t count = std::min(block.size() - done, block_ - in_block_);
        for (std::size_t i = done; i < done + count; ++i) {
            const double left = block.left[i];
            const double right = block.right[i];
            energy_ += left * left + right * right;
            block_sum_[0] += left;
            block_sum_[1] += right;
        }
        done += count;
        in_block_ += count;
        if (in_block_ == block_) {
            end_block();
        }
    }
}

ProgrammeFigures ProgrammeLevel::finish() const {
    ProgrammeLevel rest = *this;
    if (in_block_ > 0 && (in_block_ * 2 >= block_ || samples_ < block_)) {
        rest.end_block();
    }
    ProgrammeFigures figures;
    figures.loud_db = kSilenceDb;
    figures.length = Seconds(static_cast<double>(samples_) / rate_);
    std::uint64_t blocks = 0;
    for (const auto count : rest.blocks_) {
        blocks += count;
    }
    // The loudest twentieth, from the top: the bin in which it ends.
    std::uint64_t louder = 0;
    for (std::size_t bin = 0; bin < kBins && blocks > 0; ++bin) {
        louder += rest.blocks_[bin];
        if (louder * 20 > blocks) {
            figures.loud_db = -static_cast<double>(bin) / kBinsPerDb;
            break;
        }
    }
    std::uint64_t clipped = 0;
    for (const Channel& channel : channels_) {
        figures.peak = std::max(figures.peak, static_cast<double>(channel.ceiling));
        const bool is_told_apart =
            channel.ceiling >= std::min(kFullScale, kLeastSteps * channel.step);
        clipped += is_told_apart ? channel.clipped : 0;
    }
    if (samples_ > 0) {
        figures.clipped_share = static_cast<double>(clipped) / (2 * static_cast<double>(samples_));
    }
    return figures;
}

} // namespace spindle::grade
