// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/downmix.h"

#include <cstddef>
#include <cstdint>

#include "audio/detail/sample_value.h"

namespace spindle::audio::detail {
namespace {

template <typename Sample>
void mix_planar(const AVFrame& frame, float* out) {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    const int channels = frame.ch_layout.nb_channels;
    const float gain = scale<Sample>() / static_cast<float>(channels);
    const auto plane = [&](int channel) {
        return reinterpret_cast<const Sample*>(frame.extended_data[channel]);
    };
    if (channels == 2) { // nearly all music
        const Sample* left = plane(0);
        const Sample* right = plane(1);
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = kept<Sample>((centred(left[i]) + centred(right[i])) * gain);
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        float sum = 0;
        for (int channel = 0; channel < channels; ++channel) {
            sum += centred(plane(channel)[i]);
        }
        out[i] = kept<Sample>(sum * gain);
    }
}

template <typename Sample>
void mix_interleaved(const AVFrame& frame, float* out) {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    const auto channels = static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const float gain = scale<Sample>() / static_cast<float>(channels);
    const auto* in = reinterpret_cast<const Sample*>(frame.extended_data[0]);
    if (channels == 2) {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = kept<Sample>((centred(in[2 * i]) + centred(in[2 * i + 1])) * gain);
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i, in += channels) {
        float sum = 0;
        for (std::size_t channel = 0; channel < channels; ++channel) {
            sum += centred(in[channel]);
        }
        out[i] = kept<Sample>(sum * gain);
    }
}

} // namespace

bool append_mono(const AVFrame& frame, std::vector<float>& mono) {
    const std::size_t before = mono.size();
    mono.resize(before + static_cast<std::size_t>(frame.nb_samples));
    float* out = mono.data() + before;
    switch (static_cast<AVSampleFormat>(frame.format)) {
    case AV_SAMPLE_FMT_U8:
        mix_interleaved<std::uint8_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S16:
        mix_interleaved<std::int16_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S32:
        mix_interleaved<std::int32_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S64:
        mix_interleaved<std::int64_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_FLT:
        mix_interleaved<float>(frame, out);
        return true;
    case AV_SAMPLE_FMT_DBL:
        mix_interleaved<double>(frame, out);
        return true;
    case AV_SAMPLE_FMT_U8P:
        mix_planar<std::uint8_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S16P:
        mix_planar<std::int16_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S32P:
        mix_planar<std::int32_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_S64P:
        mix_planar<std::int64_t>(frame, out);
        return true;
    case AV_SAMPLE_FMT_FLTP:
        mix_planar<float>(frame, out);
        return true;
    case AV_SAMPLE_FMT_DBLP:
        mix_planar<double>(frame, out);
        return true;
    default:
        mono.resize(before);
        return false;
    }
}

} // namespace spindle::audio::detail
