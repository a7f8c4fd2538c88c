// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/impulse_lists.h"

#include <algorithm>
#include <cmath>

#include "grade/clicks/click_meter.h"

namespace spindle::grade {
namespace {

constexpr double kLeastOfCopy = 5; // sigmas: below are thousands a minute, of noise and music alike
constexpr std::size_t kPiece = 8192;    // samples fed at a time: finders hold what they are given
constexpr double kMostPerMinute = 3000; // of the copy's impulses, and of defects
constexpr double kBlockSeconds = 0.02;
constexpr Seconds kReach{0.0015};  // of a sudden rise of the copy
constexpr std::int64_t kCell = 32; // samples of which the steepest slope is kept
constexpr Seconds kSlopesKept{5};  // longer than an impulse waits to be judged

} // namespace

ImpulseLists::ImpulseLists(SampleRate rate)
    : rate_(rate), of_residual_(rate, ImpulseOptions::of_noise()),
      of_music_(
          rate,
          {.order = 32, .threshold = kLeastOfCopy, .features = ImpulseOptions::Features::None}),
      block_(std::max<std::size_t>(1, static_cast<std::size_t>(kBlockSeconds * rate.hz))) {}

void ImpulseLists::feed(const Subtracted& section) {
    if (!has_started_) {
        start_ = Seconds(static_cast<double>(section.at) / rate_.hz);
        has_started_ = true;
    }
    for (std::size_t n = 0; n < section.recording.size(); ++n) {
        left_ += std::pow(static_cast<double>(section.recording.left[n]), 2);
        right_ += std::pow(static_cast<double>(section.recording.right[n]), 2);
        if (++in_block_ == block_) {
            blocks_.push_back(static_cast<float>(
                std::sqrt(std::max(left_, right_) / static_cast<double>(block_))));
            left_ = right_ = 0;
            in_block_ = 0;
        }
    }
    for (std::size_t from = 0; from < section.music.size(); from += kPiece) {
        const std::size_t count = std::min(kPiece, section.music.size() - from);
        measure_slopes(section.music.subspan(from, count));
        of_music_.feed(section.music.subspan(from, count), music_);
        of_residual_.feed(section.residual.subspan(from, count), residual_);
        keep_strongest();
    }
}

/// The impulses of the last minute or so, at most so many of them.
void ImpulseLists::keep_strongest() {
    for (const Impulse& impulse : music_.impulses) {
        impulses_.push_back({start_ + Seconds(static_cast<double>(impulse.at) / rate_.hz),
                             impulse.strongest(), static_cast<float>(impulse.peak)});
    }
    music_.impulses.clear();
    music_.frames.clear();
    // Both finders are late alike: what the residual's has told lies within the music's.
    waiting_.insert(waiting_.end(), residual_.impulses.begin(), residual_.impulses.end());
    residual_.impulses.clear();
    residual_.frames.clear();
    const std::int64_t known =
        static_cast<std::int64_t>(blocks_.size() * block_) - 2 * rate_.hz; // a second late, or so
    const auto end = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Impulse& impulse) { return impulse.at > known; });
    for (auto impulse = waiting_.begin(); impulse != end; ++impulse) {
        left_over_.push_back(judged(*impulse));
    }
    waiting_.erase(waiting_.begin(), end);
    const std::int64_t gone = std::clamp<std::int64_t>(
        (slope_samples_ - static_cast<std::int64_t>(kSlopesKept.count() * rate_.hz)) / kCell -
            first_slope_,
        0, static_cast<std::int64_t>(slopes_.size()));
    slopes_.erase(slopes_.begin(), slopes_.begin() + gone);
    first_slope_ += gone;
}

double ImpulseLists::background(std::int64_t at) const {
    const auto middle = static_cast<std::size_t>(std::max<std::int64_t>(0, at)) / block_;
    const std::size_t from = middle > 3 ? middle - 3 : 0;
    const std::size_t to = std::min(blocks_.size(), middle + 4);
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) {
        sum += static_cast<double>(blocks_[i]) * static_cast<double>(blocks_[i]);
    }
    return to > from ? std::sqrt(sum / static_cast<double>(to - from)) : 0;
}

void ImpulseLists::measure_slopes(StereoSpan music) {
    for (std::size_t n = 0; n < music.size(); ++n, ++slope_samples_) {
        const std::array<float, 2> here{music.left[n], music.right[n]};
        const float slope = slope_samples_ == 0 ? 0
                                                : std::max(std::abs(here[0] - last_[0]),
                                                           std::abs(here[1] - last_[1]));
        last_ = here;
        if (slope_samples_ % kCell == 0) {
            slopes_.push_back(slope);
        }
        slopes_.back() = std::max(slopes_.back(), slope);
    }
}

float ImpulseLists::slope_around(std::int64_t at) const {
    const auto reach = static_cast<std::int64_t>(kReach.count() * rate_.hz);
    const auto size = static_cast<std::int64_t>(slopes_.size());
    const std::int64_t to = std::min(size - 1, (at + reach) / kCell - first_slope_);
    float steepest = 0;
    for (std::int64_t i = std::max<std::int64_t>(0, (at - reach) / kCell - first_slope_); i <= to;
         ++i) {
        steepest = std::max(steepest, slopes_[static_cast<std::size_t>(i)]);
    }
    return steepest * static_cast<float>(rate_.hz / 44100.0);
}

LeftOver ImpulseLists::judged(const Impulse& impulse) const {
    const double in_copy = static_cast<double>(strongest_near(
        impulses_, start_ + Seconds(static_cast<double>(impulse.at) / rate_.hz), kReach));
    Defect defect = defect_of(impulse, background(impulse.at), rate_, 0);
    defect.at = start_ + Seconds(static_cast<double>(impulse.at) / rate_.hz);
    return {defect, impulse.strongest(), static_cast<float>(in_copy), slope_around(impulse.at)};
}

void ImpulseLists::finish(CopyComparison& comparison) {
    of_music_.finish(music_);
    of_residual_.finish(residual_);
    const std::size_t length = blocks_.size();
    keep_strongest();
    for (const Impulse& impulse : waiting_) {
        left_over_.push_back(judged(impulse));
    }
    waiting_.clear();
    const double minutes = static_cast<double>(length) * kBlockSeconds / 60;
    const auto most = static_cast<std::size_t>(kMostPerMinute * (minutes + 1));
    if (impulses_.size() > most) {
        const auto last = impulses_.begin() + static_cast<std::ptrdiff_t>(most);
        std::nth_element(
            impulses_.begin(), last, impulses_.end(),
            [](const CopyImpulse& a, const CopyImpulse& b) { return a.strength > b.strength; });
        impulses_.erase(last, impulses_.end());
        std::sort(impulses_.begin(), impulses_.end(),
                  [](const CopyImpulse& a, const CopyImpulse& b) { return a.at < b.at; });
    }
    comparison.impulses = std::move(impulses_);
    comparison.left_over = std::move(left_over_);
}

} // namespace spindle::grade
