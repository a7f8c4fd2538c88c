// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/subtraction.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "grade/reference/short_filter.h"
#include "grade/reference/time_refinement.h"

namespace spindle::grade {
namespace {

constexpr double kSectionSeconds = 20;           // enough to estimate a transfer function by
constexpr std::ptrdiff_t kMostSection = 900'000; // samples, 20 s at 44.1 kHz: bounds memory
constexpr double kMarginSeconds = 0.5;
constexpr double kKept = 0.95; // of what was learnt per section: records change towards the middle
constexpr std::size_t kStride = 16; // samples between two looks at the map; a line between
constexpr double kSlack = 1.01;     // speed's swing, for the band limit of resampling

std::ptrdiff_t samples(Seconds time, SampleRate rate) {
    return static_cast<std::ptrdiff_t>(std::floor(time.count() * rate.hz));
}

double fastest(const TimeMap& map, SampleRate rate, SampleRate copy_rate) {
    double speed = 1;
    for (const TimeMap::Piece& piece : map.pieces()) {
        const double length = piece.step.count() * static_cast<double>(piece.knots.size() - 1);
        speed = std::max(speed, (piece.knots.back() - piece.knots.front()) / length);
    }
    return speed * kSlack * copy_rate.hz / rate.hz;
}

} // namespace

Subtraction::Subtraction(SoundSource copy, const TimeMap& map, SampleRate rate)
    : window_(copy), map_(map), rate_(rate), copy_rate_(copy.rate),
      begin_(samples(map.start(), rate)), end_(samples(map.end(), rate)),
      section_(std::min(kMostSection, samples(Seconds(kSectionSeconds), rate))),
      margin_(std::max(samples(Seconds(kMarginSeconds), rate),
                       static_cast<std::ptrdiff_t>(2 * Transfer::kReach))),
      next_(begin_), held_from_(first()), interpolation_(fastest(map, rate, copy.rate)) {
    time_.start = Seconds(static_cast<double>(begin_) / rate.hz);
}

bool Subtraction::feed(StereoSpan block) {
    if (const std::ptrdiff_t old = next_ - margin_ - held_from_; old > 0) {
        const auto gone = std::min(static_cast<std::size_t>(old), heard_.size());
        heard_.drop_front(gone);
        held_from_ += static_cast<std::ptrdiff_t>(gone);
    }
    heard_.append(block);
    return is_ready();
}

bool Subtraction::is_ready() const {
    const std::ptrdiff_t there = held_from_ + static_cast<std::ptrdiff_t>(heard_.size());
    if (next_ >= end_ || (is_over_ && next_ >= there)) {
        return false;
    }
    return is_over_ || there >= std::min(next_ + section_, end_) + margin_;
}

void Subtraction::positions(std::ptrdiff_t from, std::size_t count) {
    positions_.resize(count);
    const double hertz = rate_.hz;
    const auto at = [&](std::size_t n) {
        return map_.at(Seconds(static_cast<double>(from + static_cast<std::ptrdiff_t>(n)) / hertz))
                   .count() *
               copy_rate_.hz;
    };
    double here = at(0);
    for (std::size_t n = 0; n < count; n += kStride) {
        const double there = at(n + kStride);
        const double step = (there - here) / kStride;
        // No line across a jump.
        const bool jumps = std::abs(step * hertz / copy_rate_.hz - 1) > 0.2;
        for (std::size_t k = 0; k < std::min(kStride, count - n); ++k) {
            positions_[n + k] = jumps ? at(n + k) : here + step * static_cast<double>(k);
        }
        here = there;
    }
}

Result<void> Subtraction::resample() {
    const auto [low, high] = std::minmax_element(positions_.begin(), positions_.end());
    const auto first =
        static_cast<std::ptrdiff_t>(std::floor(*low)) - dsp::Interpolation::kReach - 1;
    const auto last =
        static_cast<std::ptrdiff_t>(std::ceil(*high)) + dsp::Interpolation::kReach + 2;
    SPINDLE_TRY(const StereoSpan copy, window_.read(first, last));
    std::vector<double>& places = positions_;
    for (double& place : places) {
        place -= static_cast<double>(first);
    }
    resampled_.resize(places.size());
    interpolation_.at(copy.left, copy.right, places, resampled_.left, resampled_.right);
    for (double& place : places) {
        place += static_cast<double>(first);
    }
    return {};
}

/// From where both surely sound: beyond its ends the copy may go on where the recording does not.
void Subtraction::learn(StereoSpan recording, std::ptrdiff_t from) {
    const auto size = static_cast<std::ptrdiff_t>(recording.size());
    const std::ptrdiff_t low = std::clamp<std::ptrdiff_t>(begin_ + margin_ - from, 0, size);
    const std::ptrdiff_t high = std::clamp<std::ptrdiff_t>(end_ - margin_ - from, 0, size);
    const bool is_long = high - low > 2 * rate_.hz && high - low > 8 * margin_;
    const auto first = static_cast<std::size_t>(is_long ? low : 0);
    const auto count = static_cast<std::size_t>(is_long ? high - low : size);
    transfer_.learn(resampled_.span(first, count), recording.subspan(first, count));
}

Result<Subtracted> Subtraction::take() {
    const std::ptrdiff_t there = held_from_ + static_cast<std::ptrdiff_t>(heard_.size());
    const std::ptrdiff_t end = std::min({next_ + section_, end_, there});
    const std::ptrdiff_t from = std::max(held_from_, next_ - margin_);
    const std::ptrdiff_t to = std::min(there, end + margin_);
    const StereoSpan recording = heard_.span(static_cast<std::size_t>(from - held_from_),
                                             static_cast<std::size_t>(to - from));
    positions(from, recording.size());
    SPINDLE_TRY_VOID(resample());
    if (!has_learnt_) {
        learn(recording, from);
        transfer_.solve();
    }
    transfer_.apply(resampled_.span(), music_);

    const TimeDeviation deviation = time_deviation(music_.span(), recording, rate_.hz);
    const double ratio = static_cast<double>(copy_rate_.hz) / rate_.hz;
    const auto count = deviation.late.size();
    const auto late_at = [&](double sample) {
        if (count == 0) {
            return 0.0;
        }
        const double place =
            std::clamp(sample / deviation.step - 0.5, 0.0, static_cast<double>(count - 1));
        const auto k = std::min(static_cast<std::size_t>(place), count - 1);
        const double x = place - static_cast<double>(k);
        return (1 - x) * deviation.late[k] + x * deviation.late[std::min(k + 1, count - 1)];
    };
    for (std::size_t n = 0; n < positions_.size(); ++n) {
        positions_[n] += ratio * late_at(static_cast<double>(n));
    }
    SPINDLE_TRY_VOID(resample());
    transfer_.fade(has_learnt_ ? kKept : 0);
    has_learnt_ = true;
    learn(recording, from);
    transfer_.solve();
    transfer_.apply(resampled_.span(), music_);
    fit_short_filters(music_.span(), recording, rate_.hz, fitted_);
    residual_.resize(fitted_.size());
    for (std::size_t n = 0; n < fitted_.size(); ++n) {
        residual_.left[n] = recording.left[n] - fitted_.left[n];
        residual_.right[n] = recording.right[n] - fitted_.right[n];
    }

    // Knots of time within this section.
    for (;;) {
        const double at =
            (time_.start + time_.step * static_cast<double>(time_.copy.size())).count() * rate_.hz;
        if (at >= static_cast<double>(end)) {
            break;
        }
        const double place = at - static_cast<double>(from);
        const auto n =
            std::min(static_cast<std::size_t>(std::max(0.0, place)), positions_.size() - 1);
        const double rest = place - static_cast<double>(n);
        const double speed = ratio;
        time_.copy.push_back((positions_[n] + rest * speed) / copy_rate_.hz);
        const auto frame = static_cast<std::size_t>(
            std::clamp(place / deviation.step, 0.0, std::max(0.0, static_cast<double>(count) - 1)));
        time_.error.push_back(count == 0 ? 0.0F
                                         : static_cast<float>(deviation.error[frame] / rate_.hz));
    }

    const auto skip = static_cast<std::size_t>(next_ - from);
    const auto size = static_cast<std::size_t>(end - next_);
    Subtracted out{next_, recording.subspan(skip, size), fitted_.span(skip, size),
                   residual_.span(skip, size)};
    next_ = end;
    return out;
}

} // namespace spindle::grade
