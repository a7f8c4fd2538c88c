// SPDX-License-Identifier: Apache-2.0
#include "sides/track_store.h"

#include <algorithm>
#include <memory>
#include <span>

#include "material/music_file.h"
#include "simulator/degrade.h"
#include "simulator/level.h"

namespace spindle::sides {
namespace {

constexpr double kAudibleDb = -40;
constexpr int kFramesPerSecond = 20;

std::vector<float> with_channels(material::Music music, int channels) {
    if (music.channels == channels) {
        return std::move(music.samples);
    }
    if (channels == 1) {
        return simulator::to_mono({music.samples, music.channels, music.rate});
    }
    std::vector<float> both;
    both.reserve(2 * music.samples.size());
    for (const float sample : music.samples) {
        both.insert(both.end(), {sample, sample});
    }
    return both;
}

} // namespace

Result<simulator::SharedSamples> TrackStore::samples(std::size_t number) {
    const auto found = std::ranges::find(kept_, number, &Kept::number);
    if (found != kept_.end()) {
        kept_.splice(kept_.end(), kept_, found);
        return kept_.back().samples;
    }
    std::size_t bytes = 0;
    for (const Kept& kept : kept_) {
        bytes += kept.samples->size() * sizeof(float);
    }
    for (; bytes > most_bytes_ / 2 && !kept_.empty(); kept_.pop_front()) {
        bytes -= kept_.front().samples->size() * sizeof(float);
    }
    SPINDLE_TRY(auto music, material::read_music(files_.at(number), rate_));
    auto samples = std::make_shared<std::vector<float>>(with_channels(std::move(music), channels_));
    kept_.push_back({number, samples});
    return samples;
}

Result<simulator::SideTrackInfo> TrackStore::info(std::size_t number) {
    SPINDLE_TRY(const auto music, samples(number));
    const std::span all(*music);
    const auto channels = static_cast<std::size_t>(channels_);
    const auto frame = static_cast<std::size_t>(rate_.hz / kFramesPerSecond) * channels;
    const double quietest = simulator::rms(all) * simulator::gain_of(kAudibleDb);
    simulator::SideTrackInfo info;
    info.track = number;
    info.length = Seconds(static_cast<double>(all.size() / channels) / rate_.hz);
    info.sounds_to = info.length;
    const std::size_t frames = all.size() / frame;
    const auto sounds = [&](std::size_t i) {
        return simulator::rms(all.subspan(i * frame, frame)) > quietest;
    };
    std::size_t first = 0;
    while (first < frames && !sounds(first)) {
        ++first;
    }
    std::size_t last = frames;
    while (last > first && !sounds(last - 1)) {
        --last;
    }
    if (first < last) {
        info.sounds_from = Seconds(static_cast<double>(first) / kFramesPerSecond);
        info.sounds_to =
            std::min(info.length, Seconds(static_cast<double>(last) / kFramesPerSecond));
    }
    return info;
}

} // namespace spindle::sides
