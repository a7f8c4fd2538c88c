// SPDX-License-Identifier: Apache-2.0
#include "audio/level_meter.h"

#include <algorithm>
#include <cmath>

namespace spindle::audio {
namespace {

// 16-bit full scale is 32767/32768 on the positive side; a converter's filter may stay a hair
// below.
constexpr float kFullScale = 0.9995F;

// One sample at full scale may be a loud moment that just fits; three in a row are a flat top.
constexpr std::uint64_t kFlatTop = 3;

} // namespace

double dbfs(double amplitude) {
    return amplitude > 0 ? std::max(kSilenceDbfs, 20 * std::log10(amplitude)) : kSilenceDbfs;
}

LevelMeter::LevelMeter(int channels) : sums_(static_cast<std::size_t>(std::max(1, channels))) {}

void LevelMeter::add(std::span<const float> interleaved) {
    const std::size_t channels = sums_.size();
    const std::size_t frames = interleaved.size() / channels;
    for (std::size_t channel = 0; channel < channels; ++channel) {
        Sums& sums = sums_[channel];
        const float* sample = interleaved.data() + channel;
        for (std::size_t i = 0; i < frames; ++i, sample += channels) {
            const float size = std::fabs(*sample);
            const auto value = static_cast<double>(*sample);
            sums.sum += value;
            sums.squares += value * value;
            sums.peak = std::max(sums.peak, size);
            if (size < kFullScale) {
                sums.run = 0;
            } else if (++sums.run >= kFlatTop) {
                sums.clipped += sums.run == kFlatTop ? kFlatTop : 1;
            }
        }
    }
    frames_ += frames;
}

std::vector<ChannelLevel> LevelMeter::levels() const {
    std::vector<ChannelLevel> levels;
    levels.reserve(sums_.size());
    for (const Sums& sums : sums_) {
        ChannelLevel level;
        if (frames_ > 0) {
            const auto count = static_cast<double>(frames_);
            level.dc = sums.sum / count;
            level.peak_dbfs = dbfs(static_cast<double>(sums.peak));
            level.rms_dbfs =
                dbfs(std::sqrt(std::max(0.0, sums.squares / count - level.dc * level.dc)));
            level.clipped = sums.clipped;
        }
        levels.push_back(level);
    }
    return levels;
}

void LevelMeter::reset() {
    std::fill(sums_.begin(), sums_.end(), Sums{});
    frames_ = 0;
}

} // namespace spindle::audio
