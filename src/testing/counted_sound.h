// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "testing/sound_card.h"

namespace spindle::testing {

/// Follows captured sound whose samples count its frames (CardScript::Count), and so knows of every
/// frame when it sounded and whether it came once.
class CountedSound {
public:
    explicit CountedSound(int rate) : rate_(rate) {}

    /// @param samples interleaved, two channels
    void hear(std::span<const float> samples, BootTime time, std::uint64_t first_frame,
              std::uint64_t lost_before) {
        if (samples.size() < 2) {
            return;
        }
        const std::int64_t shown = number_of(samples.data());
        const std::int64_t first = blocks_ == 0 ? shown : unwrapped(shown, next_);
        if (blocks_++ > 0) {
            doubled_ += first < next_ ? 1 : 0;
            wrong_places_ += first_frame != next_place_ + lost_before ? 1 : 0;
            truly_lost_ += first - next_;
            announced_lost_ += static_cast<std::int64_t>(lost_before);
        } else {
            wrong_places_ += first_frame != lost_before ? 1 : 0;
        }
        const Seconds late =
            time - (FastClock::begun() + Seconds{static_cast<double>(first) / rate_});
        mistimed_ += std::abs(late.count()) > kStartTimeError.count() ? 1 : 0;
        earliest_ = blocks_ == 1 ? late : std::min(earliest_, late);
        latest_ = blocks_ == 1 ? late : std::max(latest_, late);
        const std::size_t frames = samples.size() / 2;
        for (std::size_t i = 0; i < frames; ++i) {
            const std::int64_t expected = first + static_cast<std::int64_t>(i);
            wrong_frames_ +=
                unwrapped(number_of(samples.data() + 2 * i), expected) != expected ? 1 : 0;
        }
        next_ = first + static_cast<std::int64_t>(frames);
        next_place_ = first_frame + frames;
        frames_ += frames;
    }

    int blocks() const { return blocks_; }
    std::uint64_t frames() const { return frames_; }
    /// Blocks that began with a frame already heard; frames out of order; places that do not add
    /// up.
    int doubled() const { return doubled_; }
    int wrong_frames() const { return wrong_frames_; }
    int wrong_places() const { return wrong_places_; }
    /// By the sound itself, and by what the blocks said.
    Seconds truly_lost() const { return Seconds{static_cast<double>(truly_lost_) / rate_}; }
    Seconds announced_lost() const { return Seconds{static_cast<double>(announced_lost_) / rate_}; }
    /// Blocks whose time was wrong by more than this. A test that runs 20 times too fast is late 20
    /// times as much when the machine is busy: allow some.
    static constexpr Seconds kStartTimeError{0.2};
    int mistimed() const { return mistimed_; }
    /// How much too early or late the times of blocks were, at the worst.
    Seconds earliest() const { return earliest_; }
    Seconds latest() const { return latest_; }

private:
    /// Two samples of 15 bits count to 2^30, which is six hours: the number nearest to `expected`
    /// that looks like this. A gap of three hours would be taken for less; no test has one.
    static std::int64_t unwrapped(std::int64_t number, std::int64_t expected) {
        constexpr std::int64_t kAll = std::int64_t{1} << 30;
        const std::int64_t ahead = (number - expected) & (kAll - 1);
        return expected + (ahead < kAll / 2 ? ahead : ahead - kAll);
    }

    static std::int64_t number_of(const float* frame) {
        constexpr double kSteps = 32768;
        const auto low = std::llround(static_cast<double>(frame[0]) * kSteps);
        const auto high = std::llround(static_cast<double>(frame[1]) * kSteps);
        return low + high * 32768;
    }

    int rate_;
    int blocks_ = 0;
    std::uint64_t frames_ = 0;
    std::int64_t next_ = 0;
    std::uint64_t next_place_ = 0;
    int doubled_ = 0;
    int wrong_frames_ = 0;
    int wrong_places_ = 0;
    std::int64_t truly_lost_ = 0;
    std::int64_t announced_lost_ = 0;
    int mistimed_ = 0;
    Seconds earliest_{0};
    Seconds latest_{0};
};

} // namespace spindle::testing
