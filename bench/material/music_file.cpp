// SPDX-License-Identifier: Apache-2.0
#include "material/music_file.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

namespace spindle::material {

namespace {

struct CloseInput {
    void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
};
struct FreeContext {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeResampler {
    void operator()(SwrContext* resampler) const { swr_free(&resampler); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

class Reader {
public:
    Reader(const std::filesystem::path& path, SampleRate rate, std::size_t limit)
        : name_(path.string()), limit_(limit), packet_(av_packet_alloc()),
          frame_(av_frame_alloc()) {
        music_.rate = rate;
    }

    Result<Music> read() {
        SPINDLE_TRY_VOID(open());
        while (!is_full() && av_read_frame(input_.get(), packet_.get()) >= 0) {
            if (packet_->stream_index == stream_) {
                SPINDLE_TRY_VOID(decode(packet_.get()));
            }
            av_packet_unref(packet_.get());
        }
        SPINDLE_TRY_VOID(decode(nullptr));
        SPINDLE_TRY_VOID(convert(nullptr));
        const std::size_t most = limit_ * static_cast<std::size_t>(music_.channels);
        music_.samples.resize(std::min(music_.samples.size(), most));
        if (music_.samples.empty()) {
            return fail(Code::BadInput, "{}: no audio in it", name_);
        }
        return std::move(music_);
    }

private:
    tl::unexpected<Error> failure(std::string_view what, int status) const {
        char text[AV_ERROR_MAX_STRING_SIZE] = {};
        av_strerror(status, text, sizeof text);
        return fail(Code::BadInput, "{}: {}: {}", name_, what, text);
    }

    Result<void> open() {
        AVFormatContext* raw = nullptr;
        if (const int status = avformat_open_input(&raw, name_.c_str(), nullptr, nullptr);
            status < 0) {
            return failure("cannot open", status);
        }
        input_.reset(raw);
        if (const int status = avformat_find_stream_info(raw, nullptr); status < 0) {
            return failure("cannot read", status);
        }
        const AVCodec* codec = nullptr;
        stream_ = av_find_best_stream(raw, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
        if (stream_ < 0) {
            return failure("no audio stream", stream_);
        }
        decoder_.reset(avcodec_alloc_context3(codec));
        const AVStream* const stream = raw->streams[stream_];
        avcodec_parameters_to_context(decoder_.get(), stream->codecpar);
        decoder_->pkt_timebase = stream->time_base;
        decoder_->thread_count = 1;
        if (const int status = avcodec_open2(decoder_.get(), codec, nullptr); status < 0) {
            return failure("cannot decode", status);
        }
        return {};
    }

    bool is_full() const {
        return music_.samples.size() >= limit_ * static_cast<std::size_t>(music_.channels);
    }

    Result<void> decode(const AVPacket* packet) {
        // A damaged packet is left out, as players do.
        if (avcodec_send_packet(decoder_.get(), packet) < 0) {
            return {};
        }
        while (avcodec_receive_frame(decoder_.get(), frame_.get()) >= 0) {
            SPINDLE_TRY_VOID(convert(frame_.get()));
            av_frame_unref(frame_.get());
        }
        return {};
    }

    Result<void> open_resampler(const AVFrame& frame) {
        music_.channels = std::min(frame.ch_layout.nb_channels, 2);
        AVChannelLayout layout{};
        av_channel_layout_default(&layout, music_.channels);
        AVChannelLayout from =
            frame.ch_layout; // up to 2 channels never own memory; more are borrowed
        SwrContext* raw = nullptr;
        const int status = swr_alloc_set_opts2(&raw, &layout, AV_SAMPLE_FMT_FLT, music_.rate.hz,
                                               &from, static_cast<AVSampleFormat>(frame.format),
                                               frame.sample_rate, 0, nullptr);
        resampler_.reset(raw);
        if (status < 0) {
            return failure("cannot convert", status);
        }
        if (const int opened = swr_init(raw); opened < 0) {
            return failure("cannot convert", opened);
        }
        return {};
    }

    /// @param frame nullptr drains the resampler.
    Result<void> convert(const AVFrame* frame) {
        if (!resampler_) {
            if (frame == nullptr) {
                return {};
            }
            SPINDLE_TRY_VOID(open_resampler(*frame));
        }
        const int count = frame == nullptr ? 0 : frame->nb_samples;
        const int room = swr_get_out_samples(resampler_.get(), count);
        const auto channels = static_cast<std::size_t>(music_.channels);
        const std::size_t before = music_.samples.size();
        music_.samples.resize(before + static_cast<std::size_t>(room) * channels);
        auto* out = reinterpret_cast<std::uint8_t*>(music_.samples.data() + before);
        const auto** in =
            frame == nullptr ? nullptr : const_cast<const std::uint8_t**>(frame->extended_data);
        const int done = swr_convert(resampler_.get(), &out, room, in, count);
        if (done < 0) {
            return failure("cannot convert", done);
        }
        music_.samples.resize(before + static_cast<std::size_t>(done) * channels);
        return {};
    }

    std::string name_;
    std::size_t limit_;
    Music music_;
    int stream_ = -1;
    std::unique_ptr<AVFormatContext, CloseInput> input_;
    std::unique_ptr<AVCodecContext, FreeContext> decoder_;
    std::unique_ptr<SwrContext, FreeResampler> resampler_;
    std::unique_ptr<AVPacket, FreePacket> packet_;
    std::unique_ptr<AVFrame, FreeFrame> frame_;
};

} // namespace

Result<Music> read_music(const std::filesystem::path& path, SampleRate rate, Seconds limit) {
    av_log_set_level(AV_LOG_FATAL); // a damaged packet is not this program's news
    const auto samples = static_cast<std::size_t>(limit.count() * rate.hz);
    return Reader(path, rate, samples).read();
}

} // namespace spindle::material
