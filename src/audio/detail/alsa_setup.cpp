// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/alsa_setup.h"

#include <algorithm>
#include <array>

namespace spindle::audio::detail {
namespace {

struct FreeHardware {
    void operator()(snd_pcm_hw_params_t* parameters) const { snd_pcm_hw_params_free(parameters); }
};
struct FreeSoftware {
    void operator()(snd_pcm_sw_params_t* parameters) const { snd_pcm_sw_params_free(parameters); }
};
using Hardware = std::unique_ptr<snd_pcm_hw_params_t, FreeHardware>;
using Software = std::unique_ptr<snd_pcm_sw_params_t, FreeSoftware>;

struct Format {
    snd_pcm_format_t alsa;
    RawEncoding ours;
};
// The widest first: a converter with 24 bits hides its last eight from a reader of 16.
constexpr std::array kFormats{
    Format{SND_PCM_FORMAT_S32_LE, RawEncoding::S32},
    Format{SND_PCM_FORMAT_S24_3LE, RawEncoding::S24In3},
    Format{SND_PCM_FORMAT_S24_LE, RawEncoding::S24},
    Format{SND_PCM_FORMAT_S16_LE, RawEncoding::S16},
    Format{SND_PCM_FORMAT_FLOAT_LE, RawEncoding::F32},
};

// In this order: what music players and converters run at natively, then what else holds music.
constexpr std::array kRates{48'000U, 44'100U, 96'000U, 88'200U, 192'000U, 32'000U};

constexpr unsigned kMostChannels = 64; // no sound card has more; bounds what is read

std::string rates_of(snd_pcm_t* pcm, snd_pcm_hw_params_t* parameters) {
    std::string text;
    for (const unsigned rate : kRates) {
        if (snd_pcm_hw_params_test_rate(pcm, parameters, rate, 0) == 0) {
            text += fmt::format("{}{}", text.empty() ? "" : ", ", rate);
        }
    }
    return text.empty() ? "none that Spindle uses" : text + " Hz";
}

Result<RawEncoding> choose_encoding(snd_pcm_t* pcm, snd_pcm_hw_params_t* parameters,
                                    const std::string& device) {
    for (const Format& format : kFormats) {
        if (snd_pcm_hw_params_set_format(pcm, parameters, format.alsa) == 0) {
            return format.ours;
        }
    }
    return fail(Code::Unsupported,
                "{}: has none of the sample formats S16_LE, S24_LE, S24_3LE, S32_LE, FLOAT_LE; "
                "name it with plug: in front, which converts",
                device);
}

Result<RawLayout> choose_channels(snd_pcm_t* pcm, snd_pcm_hw_params_t* parameters,
                                  const std::string& device, const PcmWish& wish) {
    unsigned least = 0;
    unsigned most = 0;
    snd_pcm_hw_params_get_channels_min(parameters, &least);
    snd_pcm_hw_params_get_channels_max(parameters, &most);
    RawLayout layout;
    layout.first = wish.first_channel;
    layout.kept = wish.channels > 0 ? wish.channels : 2;
    if (wish.channels == 0 && most < static_cast<unsigned>(wish.first_channel) + 2) {
        layout.kept = 1;
    }
    unsigned needed = static_cast<unsigned>(layout.first + layout.kept);
    if (needed > most) {
        return fail(Code::BadInput,
                    "{}: has {} channels, so there are no {} from channel {} (counted from 0) on",
                    device, most, layout.kept, layout.first);
    }
    needed = std::max(needed, least);
    if (snd_pcm_hw_params_set_channels_near(pcm, parameters, &needed) < 0 ||
        needed < static_cast<unsigned>(layout.first + layout.kept) || needed > kMostChannels) {
        return fail(Code::BadInput, "{}: cannot give {} channels", device, layout.kept);
    }
    layout.channels = static_cast<int>(needed);
    return layout;
}

Result<SampleRate> choose_rate(snd_pcm_t* pcm, snd_pcm_hw_params_t* parameters,
                               const std::string& device, SampleRate wanted) {
    const std::array<unsigned, 1> only{static_cast<unsigned>(std::max(0, wanted.hz))};
    const std::span<const unsigned> rates =
        wanted.hz > 0 ? std::span<const unsigned>(only) : std::span<const unsigned>(kRates);
    for (const unsigned rate : rates) {
        if (snd_pcm_hw_params_set_rate(pcm, parameters, rate, 0) == 0) {
            return SampleRate{static_cast<int>(rate)};
        }
    }
    if (wanted.hz > 0) {
        return fail(Code::BadInput,
                    "{}: does not run at {} Hz; it has {}. Leave the rate out, or ask for one of "
                    "these",
                    device, wanted.hz, rates_of(pcm, parameters));
    }
    return fail(Code::BadInput, "{}: has no sample rate from 32000 to 192000 Hz", device);
}

unsigned microseconds(Seconds length) {
    constexpr double kMost = 1e7;
    return static_cast<unsigned>(std::clamp(length.count() * 1e6, 1000.0, kMost));
}

Result<PcmFormat> set_hardware(snd_pcm_t* pcm, const std::string& device, const PcmWish& wish,
                               unsigned resampling) {
    snd_pcm_hw_params_t* raw = nullptr;
    if (snd_pcm_hw_params_malloc(&raw) < 0) {
        return fail(Code::Failed, "{}: not enough memory", device);
    }
    const Hardware parameters(raw);
    if (const int error = snd_pcm_hw_params_any(pcm, raw); error < 0) {
        return tl::unexpected(device_error(device, error));
    }
    snd_pcm_hw_params_set_rate_resample(pcm, raw, resampling);
    if (snd_pcm_hw_params_set_access(pcm, raw, SND_PCM_ACCESS_RW_INTERLEAVED) < 0) {
        return fail(Code::Unsupported,
                    "{}: keeps its channels apart; name it with plug: in front, which joins them",
                    device);
    }
    PcmFormat format;
    SPINDLE_TRY(const RawEncoding encoding, choose_encoding(pcm, raw, device));
    SPINDLE_TRY(format.layout, choose_channels(pcm, raw, device, wish));
    format.layout.encoding = encoding;
    SPINDLE_TRY(format.rate, choose_rate(pcm, raw, device, wish.rate));
    unsigned buffer = microseconds(wish.buffer);
    unsigned period = microseconds(wish.period);
    snd_pcm_hw_params_set_buffer_time_near(pcm, raw, &buffer, nullptr);
    snd_pcm_hw_params_set_period_time_near(pcm, raw, &period, nullptr);
    if (const int error = snd_pcm_hw_params(pcm, raw); error < 0) {
        return tl::unexpected(device_error(device, error));
    }
    snd_pcm_uframes_t frames = 0;
    if (snd_pcm_hw_params_get_buffer_size(raw, &frames) < 0 || frames == 0) {
        return fail(Code::Failed, "{}: does not say how large its buffer is", device);
    }
    format.buffer_frames = frames;
    return format;
}

Result<void> set_software(snd_pcm_t* pcm, const std::string& device) {
    snd_pcm_sw_params_t* raw = nullptr;
    if (snd_pcm_sw_params_malloc(&raw) < 0) {
        return fail(Code::Failed, "{}: not enough memory", device);
    }
    const Software parameters(raw);
    snd_pcm_sw_params_current(pcm, raw);
    // Time stamps are a help where there are some; no device is refused for lack of them.
    snd_pcm_sw_params_set_tstamp_mode(pcm, raw, SND_PCM_TSTAMP_ENABLE);
    snd_pcm_sw_params_set_tstamp_type(pcm, raw, SND_PCM_TSTAMP_TYPE_MONOTONIC);
    if (const int error = snd_pcm_sw_params(pcm, raw); error < 0) {
        return tl::unexpected(device_error(device, error));
    }
    return {};
}

} // namespace

Result<PcmFormat> set_up(snd_pcm_t* pcm, const std::string& device, const PcmWish& wish) {
    auto format = set_hardware(pcm, device, wish, 0);
    if (!format && format.error().code == Code::BadInput) {
        // A sound server may run at one rate only and resample for everybody.
        if (auto resampled = set_hardware(pcm, device, wish, 1)) {
            format = std::move(resampled);
        }
    }
    if (format) {
        SPINDLE_TRY_VOID(set_software(pcm, device));
    }
    return format;
}

} // namespace spindle::audio::detail
