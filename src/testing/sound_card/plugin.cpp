// SPDX-License-Identifier: Apache-2.0
// A sound card inside libasound (an external I/O plugin) that does what a CardScript says. It keeps
// time by the machine's clock: its signal says of every frame when it sounded.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <vector>

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "testing/sound_card/script.h"

namespace {

using spindle::testing::CardScript;

constexpr int kStepsPerSecond = 400;

struct Card {
    snd_pcm_ioplug_t io{};
    CardScript* script = nullptr;
    const unsigned char* sound = nullptr; // raw frames to play, instead of a signal
    std::size_t sound_bytes = 0;
    int record = -1;            // where to write what is played
    std::int64_t begun = 0;     // frame of the card's time at which the stream was started
    std::int64_t delivered = 0; // frames since then
    std::int64_t shown = 0;     // frames there, as last told
    std::int64_t missed = 0;    // frames jumped over by overruns

    ~Card() {
        if (script != nullptr) {
            ::munmap(script, sizeof(CardScript));
        }
        if (sound != nullptr) {
            ::munmap(const_cast<unsigned char*>(sound), sound_bytes);
        }
        if (record >= 0) {
            ::close(record);
        }
        if (io.poll_fd >= 0) {
            ::close(io.poll_fd);
        }
    }

    /// The frame that sounds now.
    std::int64_t now() const {
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        const std::int64_t ns = time.tv_sec * 1'000'000'000LL + time.tv_nsec - script->epoch_ns;
        return static_cast<std::int64_t>(static_cast<double>(ns) * 1e-9 * script->speed * io.rate);
    }
};

Card& card_of(snd_pcm_ioplug_t* io) {
    return *static_cast<Card*>(io->private_data);
}

bool takes_one(std::atomic<int>& counter) {
    int count = counter;
    while (count > 0) {
        if (counter.compare_exchange_weak(count, count - 1)) {
            return true;
        }
    }
    return false;
}

int prepare(snd_pcm_ioplug_t* io) {
    Card& card = card_of(io);
    ++card.script->prepares;
    card.delivered = card.shown = 0;
    return -card.script->run_error;
}

int start(snd_pcm_ioplug_t* io) {
    Card& card = card_of(io);
    ++card.script->starts;
    card.begun = card.now();
    card.delivered = card.shown = 0;
    return -card.script->run_error;
}

int stop(snd_pcm_ioplug_t* /*io*/) {
    return 0;
}

snd_pcm_sframes_t pointer(snd_pcm_ioplug_t* io) {
    Card& card = card_of(io);
    CardScript& script = *card.script;
    ++script.pointers;
    if (script.dead_server || takes_one(script.overruns)) {
        return -EPIPE;
    }
    if (takes_one(script.suspends) || script.resume_lies) {
        snd_pcm_ioplug_set_state(io, SND_PCM_STATE_SUSPENDED);
        return static_cast<snd_pcm_sframes_t>(card.shown %
                                              static_cast<std::int64_t>(io->buffer_size));
    }
    const auto buffer = static_cast<std::int64_t>(io->buffer_size);
    if (script.run_error != 0) {
        card.shown = std::max(card.shown, card.delivered + 1); // so that a read is tried, and fails
    } else if (script.free_running) {
        card.shown = card.delivered + buffer / 2;
    } else if (io->stream == SND_PCM_STREAM_PLAYBACK ? !script.output_stuck : !script.stalled) {
        // In steps, as real cards: a reader that chases every frame would never catch up.
        const std::int64_t step = std::max<std::int64_t>(1, io->rate / kStepsPerSecond);
        card.shown = std::max(card.shown, (card.now() - card.begun) / step * step);
    }
    const bool capture = io->stream == SND_PCM_STREAM_CAPTURE;
    if (capture && card.shown - card.delivered > buffer) {
        ++script.genuine_overruns;
        return -EPIPE;
    }
    if (!capture) {
        card.shown = std::min(card.shown, card.delivered);
    }
    return static_cast<snd_pcm_sframes_t>(card.shown);
}

/// One sample of the signal, full scale 2^31.
std::int32_t sample_of(const Card& card, std::int64_t frame, unsigned channel) {
    constexpr double kQuarter = 536870912.0;
    constexpr double kTone = 440;
    const int signal = card.script->signal;
    if (signal == CardScript::Count) {
        const std::int64_t half = channel == 0 ? frame & 0x7FFF : frame >> 15 & 0x7FFF;
        return static_cast<std::int32_t>(half << 16);
    }
    if (signal == CardScript::Silence || (signal == CardScript::LeftOnly && channel != 0)) {
        return 0;
    }
    return static_cast<std::int32_t>(
        kQuarter *
        std::sin(2 * std::numbers::pi * kTone * static_cast<double>(frame) / card.io.rate));
}

void fill(const Card& card, unsigned char* to, std::int64_t frame) {
    const auto bytes = static_cast<std::size_t>(snd_pcm_format_physical_width(card.io.format) / 8);
    const std::size_t frame_bytes = bytes * card.io.channels;
    if (card.sound != nullptr) {
        const auto frames = static_cast<std::int64_t>(card.sound_bytes / frame_bytes);
        const auto place = static_cast<std::size_t>((frame - card.begun) % frames);
        std::memcpy(to, card.sound + place * frame_bytes, frame_bytes);
        return;
    }
    for (unsigned channel = 0; channel < card.io.channels; ++channel) {
        const auto value = static_cast<std::uint32_t>(sample_of(card, frame, channel));
        for (std::size_t byte = 0; byte < bytes; ++byte) {
            *to++ = static_cast<unsigned char>(value >> (8 * (4 - bytes + byte)));
        }
    }
}

snd_pcm_sframes_t transfer(snd_pcm_ioplug_t* io, const snd_pcm_channel_area_t* areas,
                           snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    Card& card = card_of(io);
    CardScript& script = *card.script;
    ++script.reads;
    if (script.run_error != 0) {
        return -script.run_error;
    }
    const std::size_t step = areas->step / 8;
    auto* bytes = static_cast<unsigned char*>(areas->addr) + areas->first / 8 + offset * step;
    if (io->stream == SND_PCM_STREAM_PLAYBACK) {
        if (card.record >= 0 && ::write(card.record, bytes, size * step) < 0) {
            return -EIO;
        }
        script.played_frames += static_cast<std::int64_t>(size);
    } else if (!script.untouched) {
        for (snd_pcm_uframes_t i = 0; i < size; ++i, bytes += step) {
            fill(card, bytes, card.begun + card.delivered + static_cast<std::int64_t>(i));
        }
    }
    card.delivered += static_cast<std::int64_t>(size);
    return static_cast<snd_pcm_sframes_t>(size);
}

int resume(snd_pcm_ioplug_t* io) {
    Card& card = card_of(io);
    CardScript& script = *card.script;
    ++script.resumes;
    if (script.resume_answer != 0) {
        return -script.resume_answer;
    }
    if (!script.resume_lies) {
        snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
    }
    return 0;
}

int close_card(snd_pcm_ioplug_t* io) {
    delete &card_of(io);
    return 0;
}

/// Programs that wait, as arecord does, are woken by a timer.
int hw_params(snd_pcm_ioplug_t* io, snd_pcm_hw_params_t* /*parameters*/) {
    const double speed = std::max(1e-3, card_of(io).script->speed.load());
    const double seconds = static_cast<double>(io->period_size) / io->rate / speed;
    const auto ns = static_cast<long>(std::clamp(seconds * 1e9, 1e5, 9e8));
    const itimerspec each{{0, ns}, {0, ns}};
    ::timerfd_settime(io->poll_fd, 0, &each, nullptr);
    return 0;
}

int poll_revents(snd_pcm_ioplug_t* io, pollfd* descriptors, unsigned count,
                 unsigned short* events) {
    std::uint64_t ticks = 0;
    if (count != 1 || ::read(io->poll_fd, &ticks, sizeof ticks) < 0) {
        ticks = 0;
    }
    *events = static_cast<unsigned short>(descriptors->revents);
    return 0;
}

constexpr snd_pcm_ioplug_callback_t callbacks() {
    snd_pcm_ioplug_callback_t table{};
    table.start = start;
    table.stop = stop;
    table.pointer = pointer;
    table.transfer = transfer;
    table.close = close_card;
    table.hw_params = hw_params;
    table.prepare = prepare;
    table.resume = resume;
    table.poll_revents = poll_revents;
    return table;
}
constexpr snd_pcm_ioplug_callback_t kCallbacks = callbacks();

int constrain(Card& card) {
    const CardScript& script = *card.script;
    const unsigned access = SND_PCM_ACCESS_RW_INTERLEAVED;
    const unsigned format = script.bits == 16   ? SND_PCM_FORMAT_S16_LE
                            : script.bits == 24 ? SND_PCM_FORMAT_S24_3LE
                                                : SND_PCM_FORMAT_S32_LE;
    constexpr unsigned kLeastRate = 8000;
    constexpr unsigned kMostRate = 192'000;
    const auto rate = static_cast<unsigned>(script.only_rate.load());
    const auto channels = static_cast<unsigned>(script.channels.load());
    auto* io = &card.io;
    int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
    error |= snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
    error |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, channels, channels);
    error |= snd_pcm_ioplug_set_param_minmax(
        io, SND_PCM_IOPLUG_HW_RATE, rate > 0 ? rate : kLeastRate, rate > 0 ? rate : kMostRate);
    error |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 1U << 20U);
    error |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 1024, 1U << 22U);
    error |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 1024);
    return error < 0 ? -EINVAL : 0;
}

template <typename Mapped>
Mapped* map_file(const char* path, std::size_t& bytes, int protection) {
    const int file = ::open(path, (protection & PROT_WRITE) != 0 ? O_RDWR : O_RDONLY);
    struct stat status {};
    void* mapped = MAP_FAILED;
    if (file >= 0 && ::fstat(file, &status) == 0) {
        bytes = static_cast<std::size_t>(status.st_size);
        mapped = ::mmap(nullptr, bytes, protection, MAP_SHARED, file, 0);
    }
    ::close(file);
    return mapped == MAP_FAILED ? nullptr : static_cast<Mapped*>(mapped);
}

int open_card(snd_pcm_t** pcm, const char* name, snd_config_t* settings, snd_pcm_stream_t stream,
              int mode) {
    auto card = std::make_unique<Card>();
    card->io.poll_fd = -1;
    snd_config_iterator_t each = nullptr;
    snd_config_iterator_t next = nullptr;
    snd_config_for_each(each, next, settings) {
        snd_config_t* entry = snd_config_iterator_entry(each);
        const char* key = nullptr;
        const char* value = nullptr;
        if (snd_config_get_id(entry, &key) < 0 || snd_config_get_string(entry, &value) < 0) {
            continue;
        }
        std::size_t bytes = 0;
        if (std::strcmp(key, "script") == 0) {
            card->script = map_file<CardScript>(value, bytes, PROT_READ | PROT_WRITE);
        } else if (std::strcmp(key, "sound") == 0) {
            card->sound = map_file<unsigned char>(value, card->sound_bytes, PROT_READ);
        } else if (std::strcmp(key, "record") == 0) {
            card->record = ::open(value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        }
    }
    if (card->script == nullptr) {
        return -EINVAL;
    }
    ++card->script->opens;
    if (card->script->open_error != 0 || card->script->run_error != 0) {
        return -(card->script->open_error != 0 ? card->script->open_error
                                               : card->script->run_error);
    }
    card->io.version = SND_PCM_IOPLUG_VERSION;
    card->io.name = "simulated sound card";
    card->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA; // positions grow, they do not wrap
    card->io.callback = &kCallbacks;
    card->io.private_data = card.get();
    card->io.poll_fd = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    card->io.poll_events = POLLIN;
    if (const int error = snd_pcm_ioplug_create(&card->io, name, stream, mode); error < 0) {
        return error;
    }
    Card& created = *card.release(); // closed by libasound from here on
    if (const int error = constrain(created); error < 0) {
        snd_pcm_ioplug_delete(&created.io);
        return error;
    }
    *pcm = created.io.pcm;
    return 0;
}

} // namespace

extern "C" {
// The names libasound looks for.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
SND_PCM_PLUGIN_DEFINE_FUNC(simulated) {
    (void)root;
    return open_card(pcmp, name, conf, stream, mode);
}
SND_PCM_PLUGIN_SYMBOL(simulated)
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
}
