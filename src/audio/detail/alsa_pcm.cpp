// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/alsa_pcm.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <time.h>

#include "audio/detail/alsa_setup.h"

namespace spindle::audio::detail {
namespace {

// An older stamp is of another clock, or of another run.
constexpr Seconds kOldestStamp{2};

Seconds monotonic_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

} // namespace

Result<AlsaPcm> AlsaPcm::open(const std::string& device, snd_pcm_stream_t direction,
                              const PcmWish& wish) {
    const QuietAlsa quiet;
    snd_pcm_t* raw = nullptr;
    const int error = snd_pcm_open(&raw, device.c_str(), direction, SND_PCM_NONBLOCK);
    if (error < 0) {
        return tl::unexpected(device_error(device, error));
    }
    AlsaPcm pcm(PcmPointer(raw), direction);
    SPINDLE_TRY(pcm.format_, set_up(raw, device, wish));
    return pcm;
}

int AlsaPcm::start() {
    snd_pcm_drop(pcm_.get()); // fails in states that need none
    if (const int error = snd_pcm_prepare(pcm_.get()); error < 0) {
        return error;
    }
    return direction_ == SND_PCM_STREAM_CAPTURE ? snd_pcm_start(pcm_.get()) : 0;
}

long AlsaPcm::read(std::span<std::byte> into) {
    // A plugin may say that it read and write nothing; what was there before must not be heard.
    std::ranges::fill(into, std::byte{0});
    const long got =
        snd_pcm_readi(pcm_.get(), into.data(), into.size() / format_.layout.frame_bytes());
    return got == -EAGAIN || got == -EINTR ? 0 : got;
}

long AlsaPcm::write(std::span<const std::byte> from) {
    const long put =
        snd_pcm_writei(pcm_.get(), from.data(), from.size() / format_.layout.frame_bytes());
    return put == -EAGAIN || put == -EINTR ? 0 : put;
}

PcmPosition AlsaPcm::position() {
    snd_pcm_uframes_t waiting = 0;
    snd_htimestamp_t stamp{};
    if (snd_pcm_htimestamp(pcm_.get(), &waiting, &stamp) == 0 && stamp.tv_sec != 0) {
        const Seconds at =
            std::chrono::seconds{stamp.tv_sec} + std::chrono::nanoseconds{stamp.tv_nsec};
        const Seconds age = monotonic_now() - at;
        if (age >= Seconds{0} && age < kOldestStamp) {
            return {waiting, age};
        }
    }
    const long there = snd_pcm_avail_update(pcm_.get());
    return {there > 0 ? static_cast<std::uint64_t>(there) : 0, Seconds{0}};
}

long AlsaPcm::unplayed() {
    const long room = snd_pcm_avail_update(pcm_.get());
    return room < 0 ? room : static_cast<long>(format_.buffer_frames) - room;
}

int AlsaPcm::resume() {
    return snd_pcm_resume(pcm_.get());
}

} // namespace spindle::audio::detail
