// SPDX-License-Identifier: Apache-2.0
#include "audio/file_capture.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "audio/detail/interleave.h"
#include "audio/detail/media_stream.h"
#include "audio/detail/packet_decoder.h"

namespace spindle::audio {
namespace {

constexpr int kBlocksPerSecond = 10;

class FileCapture final : public Capture {
public:
    FileCapture(detail::PacketDecoder packets, FileCaptureOptions options)
        : packets_(std::move(packets)), options_(std::move(options)),
          rate_(packets_.media().info().rate),
          channels_(std::clamp(packets_.media().info().channels, 1, 2)),
          start_(options_.start.value_or(options_.clock->now())), begun_(options_.clock->now()) {}

    std::string_view name() const override { return packets_.media().name(); }

    Result<CaptureBlock> next() override {
        if (failure_) {
            return tl::unexpected(*failure_);
        }
        auto block = decode();
        if (!block) {
            failure_ = block.error();
        }
        return block;
    }

    /// Decodes until there is a block, so that what is no music is refused when it is opened.
    Result<void> fill() {
        const auto enough =
            static_cast<std::size_t>(std::max(1, rate_.hz / kBlocksPerSecond) * channels_);
        while (!ended_ && samples_.size() < enough) {
            SPINDLE_TRY(const AVFrame* frame, packets_.next());
            if (frame == nullptr) {
                ended_ = true;
                break;
            }
            if (frame->sample_rate != rate_.hz) {
                return fail(Code::Unsupported, "{}: changes from {} to {} Hz on the way", name(),
                            rate_.hz, frame->sample_rate);
            }
            SPINDLE_TRY_VOID(detail::check_sound(std::string(name()), frame->sample_rate,
                                                 frame->ch_layout.nb_channels));
            if (!detail::append_interleaved(*frame, channels_, samples_)) {
                return fail(Code::Unsupported, "{}: FFmpeg's sample format {} is not known here",
                            name(), frame->format);
            }
        }
        filled_ = true;
        return {};
    }

    bool empty() const { return samples_.empty(); }

private:
    Result<CaptureBlock> decode() {
        if (!std::exchange(filled_, false)) {
            samples_.clear();
            SPINDLE_TRY_VOID(fill());
            filled_ = false;
        }
        if (options_.stop.stop_requested()) {
            return fail(Code::Cancelled, "{}: stopped", name());
        }
        CaptureBlock block;
        block.channels = channels_;
        block.rate = rate_;
        block.first_frame = place_;
        block.time = start_ + length_of(place_);
        if (samples_.empty()) {
            block.event = CaptureEvent::End;
            return block;
        }
        block.samples = samples_;
        place_ += block.frames();
        if (options_.pace == Pace::RealTime) {
            const Seconds elapsed = options_.clock->now() - begun_;
            options_.clock->wait(length_of(place_) - elapsed, options_.stop);
        }
        return block;
    }

    Seconds length_of(std::uint64_t frames) const {
        return Seconds{static_cast<double>(frames) / rate_.hz};
    }

    detail::PacketDecoder packets_;
    FileCaptureOptions options_;
    SampleRate rate_;
    int channels_;
    BootTime start_;
    BootTime begun_;
    std::uint64_t place_ = 0; // of the next frame
    std::vector<float> samples_;
    bool filled_ = false; // samples_ holds a block not yet given
    bool ended_ = false;
    std::optional<Error> failure_;
};

} // namespace

Result<std::unique_ptr<Capture>> open_file_capture(const std::filesystem::path& path,
                                                   const FileCaptureOptions& options) {
    auto completed = options;
    completed.clock = options.clock ? options.clock : std::make_shared<SystemBootClock>();
    SPINDLE_TRY(auto media, detail::MediaStream::open(path, options.stop));
    SPINDLE_TRY(auto packets, detail::PacketDecoder::create(std::move(media), Hashing::Off));
    auto capture = std::make_unique<FileCapture>(std::move(packets), std::move(completed));
    SPINDLE_TRY_VOID(capture->fill());
    if (capture->empty()) {
        return fail(Code::BadInput, "{}: its audio stream holds no sound that can be decoded",
                    capture->name());
    }
    return capture;
}

} // namespace spindle::audio
