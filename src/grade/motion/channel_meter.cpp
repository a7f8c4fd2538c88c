// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/channel_meter.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace spindle::grade {
namespace {

constexpr double kBlockSeconds = 0.1;
constexpr double kAlike = 0.9;     // correlation of a moment in which both play the same
constexpr double kQuietest = 1e-8; // mean square: -80 dB
constexpr double kBalancesPerDb = 10, kSidesPerDb = 2;
constexpr Seconds kLeastAlike{5};
constexpr double kDead = 1e-5; // of the other's power

std::size_t bin_of(double ratio, double per_db, std::size_t bins) {
    const double db = 10 * std::log10(std::clamp(ratio, 1e-15, 1e15));
    const double middle = static_cast<double>(bins / 2);
    return static_cast<std::size_t>(
        std::lround(std::clamp(middle + db * per_db, 0.0, static_cast<double>(bins - 1))));
}

/// The median by power, dB.
double median_of(std::span<const double> histogram, double per_db) {
    double all = 0;
    for (const double power : histogram) {
        all += power;
    }
    double sum = 0;
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        sum += histogram[i];
        if (2 * sum >= all && sum > 0) {
            return (static_cast<double>(i) - static_cast<double>(histogram.size() / 2)) / per_db;
        }
    }
    return 0;
}

} // namespace

ChannelMeter::ChannelMeter(SampleRate rate)
    : rate_(std::max(rate.hz, 1)),
      block_(std::max<std::size_t>(1, static_cast<std::size_t>(rate.hz * kBlockSeconds))) {}

void ChannelMeter::feed(StereoSpan block) {
    for (std::size_t done = 0; done < block.size();) {
        const std::size_t count = std::min(block.size() - done, block_ - in_block_);
        for (std::size_t i = done; i < done + count; ++i) {
            const auto l = static_cast<double>(block.left[i]);
            const auto r = static_cast<double>(block.right[i]);
            left_ += l * l;
            right_ += r * r;
            both_ += l * r;
        }
        done += count;
        in_block_ += count;
        if (in_block_ == block_) {
            end_block();
        }
    }
}

void ChannelMeter::end_block() {
    all_left_ += left_;
    all_right_ += right_;
    all_both_ += both_;
    const double mid = std::max(left_ + right_ + 2 * both_, 0.0);
    const double side = std::max(left_ + right_ - 2 * both_, 0.0);
    all_differences_ += side;
    if (left_ + right_ > 2 * kQuietest * static_cast<double>(in_block_)) {
        sides_[bin_of(side / std::max(mid, 1e-30), kSidesPerDb, kBins)] += left_ + right_;
        if (both_ > kAlike * std::sqrt(left_ * right_)) {
            balances_[bin_of(left_ / std::max(right_, 1e-30), kBalancesPerDb, kBins)] +=
                left_ + right_;
            ++alike_blocks_;
        }
    }
    left_ = right_ = both_ = 0;
    in_block_ = 0;
}

ChannelFigures ChannelMeter::finish() const {
    ChannelMeter rest = *this;
    if (in_block_ > 0) {
        rest.end_block();
    }
    ChannelFigures figures;
    const double both = std::sqrt(rest.all_left_ * rest.all_right_);
    figures.correlation = both > 0 ? std::clamp(rest.all_both_ / both, -1.0, 1.0) : 0;
    const double larger = std::max(rest.all_left_, rest.all_right_);
    figures.one_channel_dead =
        larger > 0 && std::min(rest.all_left_, rest.all_right_) < kDead * larger;
    // Equal samples leave what the adding rounds off.
    const bool same = rest.all_differences_ <= 1e-12 * (rest.all_left_ + rest.all_right_);
    figures.side_below_mid_db = same ? -200 : median_of(rest.sides_, kSidesPerDb);
    figures.alike = Seconds(static_cast<double>(rest.alike_blocks_) * kBlockSeconds);
    if (figures.alike >= kLeastAlike && !figures.one_channel_dead) {
        figures.balance_db = median_of(rest.balances_, kBalancesPerDb);
    }
    return figures;
}

} // namespace spindle::grade
