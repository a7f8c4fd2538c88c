// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/interleave.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "audio/detail/sample_value.h"

namespace spindle::audio::detail {
namespace {

enum class Placement { Planar, Interleaved };

template <typename Sample>
void append(const AVFrame& frame, Placement placement, std::size_t wanted,
            std::vector<float>& out) {
    const auto count = static_cast<std::size_t>(frame.nb_samples);
    const auto there = static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const std::size_t before = out.size();
    out.resize(before + count * wanted);
    for (std::size_t channel = 0; channel < wanted; ++channel) {
        const std::size_t from = std::min(channel, there - 1);
        const bool planar = placement == Placement::Planar;
        const auto* in = reinterpret_cast<const Sample*>(frame.extended_data[planar ? from : 0]) +
                         (planar ? 0 : from);
        const std::size_t step = planar ? 1 : there;
        float* to = out.data() + before + channel;
        for (std::size_t i = 0; i < count; ++i) {
            to[i * wanted] = kept<Sample>(centred(in[i * step]) * scale<Sample>());
        }
    }
}

} // namespace

bool append_interleaved(const AVFrame& frame, int channels, std::vector<float>& out) {
    const auto wanted = static_cast<std::size_t>(channels);
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const Placement placement =
        av_sample_fmt_is_planar(format) != 0 ? Placement::Planar : Placement::Interleaved;
    switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
        append<std::uint8_t>(frame, placement, wanted, out);
        return true;
    case AV_SAMPLE_FMT_S16:
        append<std::int16_t>(frame, placement, wanted, out);
        return true;
    case AV_SAMPLE_FMT_S32:
        append<std::int32_t>(frame, placement, wanted, out);
        return true;
    case AV_SAMPLE_FMT_S64:
        append<std::int64_t>(frame, placement, wanted, out);
        return true;
    case AV_SAMPLE_FMT_FLT:
        append<float>(frame, placement, wanted, out);
        return true;
    case AV_SAMPLE_FMT_DBL:
        append<double>(frame, placement, wanted, out);
        return true;
    default:
        return false;
    }
}

} // namespace spindle::audio::detail
