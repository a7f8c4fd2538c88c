// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/alsa_reader.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace spindle::audio::detail {
namespace {

// A device that runs and gives nothing for this and three blocks does not run: noticed within 2 s,
// while the kernel itself needs 10. A busy machine delays us, not the device's buffer.
constexpr Seconds kPatience{1.0};

constexpr Seconds kFirstTry{0.25};
constexpr Seconds kTryAbsent{2.0};  // looking for a device that is not there costs microseconds
constexpr Seconds kTrySilent{10.0}; // opening one that does not deliver may disturb others

// What a device may be ahead of time: its full buffer at the first look, and some.
constexpr Seconds kAhead{1.0};

constexpr std::size_t kMostBlockFrames = 1U << 16U;

} // namespace

AlsaReader::AlsaReader(std::string device, const AlsaCaptureOptions& options, CaptureQueue& queue)
    : device_(std::move(device)), options_(options), time_(*options.clock),
      queue_(queue), wish_{options.rate, options.channels, options.first_channel, options.block,
                           options.device_buffer} {}

Result<void> AlsaReader::open() {
    SPINDLE_TRY(AlsaPcm pcm, AlsaPcm::open(device_, SND_PCM_STREAM_CAPTURE, wish_));
    if (const int error = pcm.start(); error < 0) {
        return tl::unexpected(device_error(device_, error));
    }
    const PcmFormat& format = pcm.format();
    if (clock_) {
        clock_->cut();
    } else {
        if (!options_.play_to.empty()) {
            SPINDLE_TRY(player_, Player::open(options_.play_to, format.rate, format.layout.kept,
                                              {.when_absent = options_.when_absent,
                                               .clock = options_.clock}));
        }
        clock_.emplace(format.rate);
        wish_.rate = format.rate; // from now on this or nothing
        wish_.channels = format.layout.kept;
        queue_.set_format(format.rate, format.layout.kept);
    }
    raw_.resize(std::min<std::size_t>(format.buffer_frames, kMostBlockFrames) *
                format.layout.frame_bytes());
    pcm_.emplace(std::move(pcm));
    read_ = 0;
    last_sound_ = time_.now();
    return {};
}

void AlsaReader::wait_for(const Error& why) {
    lose(DeviceState::Gone, why.message);
}

void AlsaReader::run(const std::stop_token& stop) {
    const QuietAlsa quiet;
    while (!stop.stop_requested()) {
        if (pcm_) {
            listen();
        } else if (time_.now() >= next_try_) {
            try_to_open();
        }
        time_.wait(options_.block, stop);
    }
}

void AlsaReader::try_to_open() {
    if (const auto opened = open(); !opened) {
        silent_ = false;
        ++failures_;
        next_try_ = time_.now() + back_off();
        queue_.set_state(state_, time_.now(), opened.error().message);
    }
}

Seconds AlsaReader::back_off() const {
    constexpr int kDoublings = 10; // far beyond every limit
    const Seconds wanted = kFirstTry * (1 << std::min(failures_, kDoublings));
    return std::min(wanted, silent_ ? kTrySilent : kTryAbsent);
}

void AlsaReader::listen() {
    const long got = read_what_waits();
    if (got < 0) {
        recover(got);
    } else if (!pcm_) {
        return;
    } else if (const Seconds idle = time_.now() - last_sound_;
               got == 0 && idle > kPatience + 3 * options_.block) {
        lose(DeviceState::Stalled,
             fmt::format("{}: says it is recording, and has given nothing for {:.1f} s", device_,
                         idle.count()));
    }
}

/// @return frames delivered, 0 when none waits, or an error.
long AlsaReader::read_what_waits() {
    const long got = pcm_->read(raw_);
    if (got > 0) {
        deliver(static_cast<std::size_t>(got));
    }
    return got;
}

void AlsaReader::deliver(std::size_t frames) {
    const RawLayout& layout = pcm_->format().layout;
    read_ += frames;
    const PcmPosition position = pcm_->position();
    const BootTime now = time_.now();
    clock_->observe(now - position.age, read_ + position.waiting);
    const Seconds buffer{static_cast<double>(pcm_->format().buffer_frames) /
                         pcm_->format().rate.hz};
    if (clock_->ahead() > buffer + kAhead) {
        lose(DeviceState::Gone,
             fmt::format("{}: gives sound faster than time goes, so it is no real input (a null "
                         "device, or a server's pipe); name another device",
                         device_));
        return;
    }
    last_sound_ = now;
    failures_ = 0;
    silent_ = false;
    budget_.delivered();
    if (state_ != DeviceState::Running) {
        state_ = DeviceState::Running;
        queue_.set_state(state_, now, device_ + ": delivers again");
    }
    // One block's length at a time: a late look finds many.
    const auto block =
        static_cast<std::size_t>(std::max(1.0, options_.block.count() * pcm_->format().rate.hz));
    for (std::size_t done = 0; done < frames; done += block) {
        const std::size_t count = std::min(block, frames - done);
        samples_.clear();
        append_samples(
            std::span(raw_).subspan(done * layout.frame_bytes(), count * layout.frame_bytes()),
            layout, samples_);
        if (player_) {
            player_->offer(samples_);
        }
        queue_.put(samples_, clock_->take(count));
    }
}

void AlsaReader::recover(long error) {
    const BootTime now = time_.now();
    if (error == -EPIPE) {
        mend(now, "loses what it records again and again");
    } else if (error == -ESTRPIPE) {
        const int resumed = pcm_->resume();
        if (resumed == -EAGAIN && now - last_sound_ <= kPatience) {
            return; // the machine has just woken; the next look will do
        }
        mend(now, "was suspended and does not go on");
    } else {
        // -ENODEV, -ENXIO, -EIO, -EBADFD, -ENOENT, -EHOSTDOWN, -ECONNREFUSED and all that is
        // unknown. The state is not asked: it says "running" of cards that were pulled out.
        lose(DeviceState::Gone, device_error(device_, static_cast<int>(error)).message);
    }
}

/// Starts it anew, if that has not been tried too often.
void AlsaReader::mend(BootTime now, const char* what) {
    if (!budget_.allows(now)) {
        lose(DeviceState::Gone, fmt::format("{}: {}; it is opened anew", device_, what));
        return;
    }
    clock_->cut();
    read_ = 0;
    if (const int error = pcm_->start(); error < 0) {
        lose(DeviceState::Gone, device_error(device_, error).message);
    }
    last_sound_ = now; // the machine may have slept for hours; the device has its time again
}

void AlsaReader::lose(DeviceState state, const std::string& why) {
    silent_ = pcm_.has_value();
    pcm_.reset();
    if (clock_) {
        clock_->cut();
    }
    const BootTime now = time_.now();
    if (state_ == DeviceState::Running) {
        state_ = state;
    }
    queue_.set_state(state_, now, why);
    next_try_ = now + back_off();
    ++failures_;
}

} // namespace spindle::audio::detail
