// SPDX-License-Identifier: Apache-2.0
#include "audio/raw_capture.h"

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/detail/raw_samples.h"
#include "audio/detail/stream_clock.h"

namespace spindle::audio {
namespace {

constexpr int kStopCheckMilliseconds = 100; // a wait notices a stop this soon
constexpr Seconds kStalledAfter{2};
constexpr Seconds kWaitingEvery{1};
constexpr int kBlocksPerSecond = 10;

class RawCapture final : public Capture {
public:
    RawCapture(int descriptor, std::string name, RawTiming timing, RawCaptureOptions options)
        : descriptor_(descriptor), name_(std::move(name)), live_(timing == RawTiming::Arrival),
          options_(std::move(options)),
          clock_(options_.format.rate), layout_{options_.format.encoding, options_.format.channels,
                                                0, options_.format.channels},
          start_(options_.start.value_or(options_.clock->now())), heard_(options_.clock->now()) {
        raw_.resize(layout_.frame_bytes() *
                    static_cast<std::size_t>(options_.format.rate.hz / kBlocksPerSecond));
    }
    ~RawCapture() override { ::close(descriptor_); }

    std::string_view name() const override { return name_; }

    Result<CaptureBlock> next() override {
        if (failure_) {
            return tl::unexpected(*failure_);
        }
        auto block = read_block();
        if (!block) {
            failure_ = block.error();
        }
        return block;
    }

private:
    CaptureBlock event(CaptureEvent kind, std::string note = {}) {
        CaptureBlock block;
        block.event = kind;
        block.channels = options_.format.channels;
        block.rate = options_.format.rate;
        block.first_frame = place_;
        block.time = kind == CaptureEvent::End ? ended_at() : options_.clock->now();
        block.note = std::move(note);
        announced_ = block.time;
        return block;
    }

    BootTime ended_at() const { return live_ ? options_.clock->now() : counted_time(); }

    BootTime counted_time() const {
        return start_ + Seconds{static_cast<double>(place_) / options_.format.rate.hz};
    }

    Result<CaptureBlock> read_block() {
        while (!ended_) {
            if (options_.stop.stop_requested()) {
                return fail(Code::Cancelled, "{}: stopped", name_);
            }
            if (filled_ == raw_.size()) {
                return sound(); // kept back for an event
            }
            pollfd wanted{descriptor_, POLLIN, 0};
            if (::poll(&wanted, 1, kStopCheckMilliseconds) <= 0) {
                if (auto silence = silence_event()) {
                    return *std::move(silence);
                }
                continue;
            }
            const ssize_t got = ::read(descriptor_, raw_.data() + filled_, raw_.size() - filled_);
            if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
                continue;
            }
            if (got < 0) {
                return tl::unexpected(system_error(name_, errno));
            }
            ended_ = got == 0;
            filled_ += static_cast<std::size_t>(got);
            if (std::exchange(stalled_, false)) {
                heard_ = options_.clock->now();
                clock_.cut();
                arrived_ = 0;
                return event(CaptureEvent::Recovered, "sound comes again");
            }
            // A pipe hands over what there is; blocks shorter than planned only cost.
            if (filled_ == raw_.size() || ended_) {
                heard_ = options_.clock->now();
                if (filled_ >= layout_.frame_bytes()) {
                    return sound();
                }
            }
        }
        return event(CaptureEvent::End);
    }

    std::optional<CaptureBlock> silence_event() {
        const BootTime now = options_.clock->now();
        if (stalled_ && now - announced_ >= kWaitingEvery) {
            return event(CaptureEvent::Waiting);
        }
        if (!stalled_ && now - heard_ >= kStalledAfter) {
            stalled_ = true;
            return event(CaptureEvent::Stalled, fmt::format("{}: nothing comes; is the program "
                                                            "that writes it still recording?",
                                                            name_));
        }
        return std::nullopt;
    }

    CaptureBlock sound() {
        const std::size_t frame = layout_.frame_bytes();
        const std::size_t frames = filled_ / frame;
        samples_.clear();
        detail::append_samples(std::span(raw_).first(frames * frame), layout_, samples_);
        filled_ = 0; // full blocks are whole frames, and the last one may lose a part of one
        CaptureBlock block;
        block.samples = samples_;
        block.channels = options_.format.channels;
        block.rate = options_.format.rate;
        if (live_) {
            arrived_ += frames;
            clock_.observe(heard_, arrived_);
            const auto stamp = clock_.take(frames);
            block.first_frame = stamp.first_frame;
            block.time = stamp.time;
            block.lost_before = stamp.lost_before;
        } else {
            block.first_frame = place_;
            block.time = counted_time();
        }
        place_ = block.first_frame + frames;
        return block;
    }

    int descriptor_;
    std::string name_;
    bool live_;
    RawCaptureOptions options_;
    detail::StreamClock clock_;
    detail::RawLayout layout_;
    BootTime start_;
    BootTime heard_;             // when bytes came last
    BootTime announced_{};       // when the last event was given
    std::vector<std::byte> raw_; // one block
    std::size_t filled_ = 0;     // bytes of it
    std::vector<float> samples_;
    std::uint64_t place_ = 0;   // of the next frame
    std::uint64_t arrived_ = 0; // frames since the clock's last cut
    bool stalled_ = false;
    bool ended_ = false;
    std::optional<Error> failure_;
};

Result<void> check(const RawFormat& format) {
    constexpr int kLeastRate = 8'000;
    constexpr int kMostRate = 384'000;
    if (format.channels < 1 || format.channels > 2) {
        return fail(Code::BadInput, "raw sound has 1 or 2 channels, not {}", format.channels);
    }
    if (format.rate.hz < kLeastRate || format.rate.hz > kMostRate) {
        return fail(Code::BadInput, "raw sound has {} to {} samples a second, not {}", kLeastRate,
                    kMostRate, format.rate.hz);
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Capture>> open_raw_capture(const std::filesystem::path& path,
                                                  const RawCaptureOptions& options) {
    SPINDLE_TRY_VOID(check(options.format));
    const bool is_stdin = path == "-";
    std::string name = is_stdin ? "stdin" : path.string();
    // Without O_NONBLOCK, opening a named pipe would wait for its writer, deaf to a stop.
    const int descriptor = is_stdin
                               ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                               : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        return tl::unexpected(system_error(name, errno));
    }
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        ::close(descriptor);
        return fail(Code::BadInput, "{}: is a folder, not sound", name);
    }
    auto completed = options;
    completed.clock = options.clock ? options.clock : std::make_shared<SystemBootClock>();
    const RawTiming kind = S_ISREG(status.st_mode) ? RawTiming::Counted : RawTiming::Arrival;
    return std::make_unique<RawCapture>(descriptor, std::move(name),
                                        options.timing == RawTiming::ByKind ? kind : options.timing,
                                        std::move(completed));
}

} // namespace spindle::audio
