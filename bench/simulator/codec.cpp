// SPDX-License-Identifier: Apache-2.0
#include "simulator/codec.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libavutil/log.h>
}

namespace spindle::simulator {

namespace {

struct FreeContext {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using Context = std::unique_ptr<AVCodecContext, FreeContext>;
using Frame = std::unique_ptr<AVFrame, FreeFrame>;
using Packet = std::unique_ptr<AVPacket, FreePacket>;

tl::unexpected<Error> codec_failure(std::string_view what, int status) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(status, text, sizeof text);
    return fail(Code::Failed, "{}: {}", what, text);
}

/// Both encoders and both decoders used here take and give one plane of floats per channel.
constexpr AVSampleFormat kFormat = AV_SAMPLE_FMT_FLTP;

Result<Context> open_encoder(Codec codec, int channels, SampleRate rate, int bits_per_second) {
    const char* const name = codec == Codec::Mp3 ? "libmp3lame" : "aac";
    const AVCodec* const found = avcodec_find_encoder_by_name(name);
    if (found == nullptr) {
        return fail(Code::Unsupported, "this FFmpeg has no encoder named {}", name);
    }
    Context context(avcodec_alloc_context3(found));
    context->sample_fmt = kFormat;
    context->sample_rate = rate.hz;
    context->bit_rate = bits_per_second;
    context->time_base = {1, rate.hz};
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context->log_level_offset = AV_LOG_INFO; // its statistics are nobody's news here
    context->thread_count = 1;
    av_channel_layout_default(&context->ch_layout, channels);
    if (const int status = avcodec_open2(context.get(), found, nullptr); status < 0) {
        return codec_failure(name, status);
    }
    return context;
}

Result<Context> open_decoder(Codec codec, const AVCodecContext& encoder) {
    const char* const name = codec == Codec::Mp3 ? "mp3float" : "aac";
    const AVCodec* const found = avcodec_find_decoder_by_name(name);
    if (found == nullptr) {
        return fail(Code::Unsupported, "this FFmpeg has no decoder named {}", name);
    }
    Context context(avcodec_alloc_context3(found));
    context->sample_rate = encoder.sample_rate;
    context->thread_count = 1;
    av_channel_layout_copy(&context->ch_layout, &encoder.ch_layout);
    if (encoder.extradata_size > 0) {
        const auto size = static_cast<std::size_t>(encoder.extradata_size);
        context->extradata =
            static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
        std::copy_n(encoder.extradata, size, context->extradata);
        context->extradata_size = encoder.extradata_size;
    }
    if (const int status = avcodec_open2(context.get(), found, nullptr); status < 0) {
        return codec_failure(name, status);
    }
    return context;
}

/// One round trip: packets go from encoder to decoder as soon as they are there.
class RoundTrip {
public:
    RoundTrip(Context encoder, Context decoder, int channels)
        : encoder_(std::move(encoder)), decoder_(std::move(decoder)), channels_(channels),
          packet_(av_packet_alloc()), frame_(av_frame_alloc()) {}

    Result<std::vector<float>> run(std::span<const float> interleaved) {
        const auto channels = static_cast<std::size_t>(channels_);
        const std::size_t count = interleaved.size() / channels;
        const auto step = static_cast<std::size_t>(encoder_->frame_size);
        // Silence after the end pushes the last real samples through both delays.
        const std::size_t padded = count + 4 * step;
        for (std::size_t start = 0; start < padded; start += step) {
            Frame frame(av_frame_alloc());
            frame->nb_samples = encoder_->frame_size;
            frame->format = kFormat;
            frame->sample_rate = encoder_->sample_rate;
            frame->pts = static_cast<std::int64_t>(start);
            av_channel_layout_copy(&frame->ch_layout, &encoder_->ch_layout);
            if (const int status = av_frame_get_buffer(frame.get(), 0); status < 0) {
                return codec_failure("audio frame", status);
            }
            for (std::size_t channel = 0; channel < channels; ++channel) {
                auto* const plane = reinterpret_cast<float*>(frame->extended_data[channel]);
                for (std::size_t i = 0; i < step; ++i) {
                    const std::size_t at = start + i;
                    plane[i] = at < count ? interleaved[at * channels + channel] : 0.0F;
                }
            }
            SPINDLE_TRY_VOID(encode(frame.get()));
        }
        SPINDLE_TRY_VOID(encode(nullptr));
        const std::size_t delay = static_cast<std::size_t>(encoder_->initial_padding) * channels;
        if (decoded_.size() < delay + interleaved.size()) {
            return fail(Code::Failed, "the codec gave back {} samples of {}", decoded_.size(),
                        delay + interleaved.size());
        }
        const auto first = decoded_.begin() + static_cast<std::ptrdiff_t>(delay);
        return std::vector<float>(first, first + static_cast<std::ptrdiff_t>(interleaved.size()));
    }

private:
    Result<void> encode(const AVFrame* frame) {
        if (const int status = avcodec_send_frame(encoder_.get(), frame); status < 0) {
            return codec_failure("encoding", status);
        }
        while (true) {
            const int status = avcodec_receive_packet(encoder_.get(), packet_.get());
            if (status == AVERROR(EAGAIN)) {
                return {};
            }
            if (status == AVERROR_EOF) {
                return decode(nullptr);
            }
            if (status < 0) {
                return codec_failure("encoding", status);
            }
            // The side data asks the decoder to skip the padding itself; run() does that, so that
            // both codecs are treated alike.
            av_packet_free_side_data(packet_.get());
            auto done = decode(packet_.get());
            av_packet_unref(packet_.get());
            SPINDLE_TRY_VOID(std::move(done));
        }
    }

    Result<void> decode(const AVPacket* packet) {
        if (const int status = avcodec_send_packet(decoder_.get(), packet); status < 0) {
            return codec_failure("decoding", status);
        }
        while (avcodec_receive_frame(decoder_.get(), frame_.get()) >= 0) {
            if (frame_->format != kFormat || frame_->ch_layout.nb_channels != channels_) {
                return fail(Code::Failed, "the decoder changed the sample format or channels");
            }
            for (int i = 0; i < frame_->nb_samples; ++i) {
                for (int channel = 0; channel < channels_; ++channel) {
                    decoded_.push_back(
                        reinterpret_cast<const float*>(frame_->extended_data[channel])[i]);
                }
            }
            av_frame_unref(frame_.get());
        }
        return {};
    }

    Context encoder_;
    Context decoder_;
    int channels_;
    Packet packet_;
    Frame frame_;
    std::vector<float> decoded_;
};

} // namespace

Result<std::vector<float>> encode_and_decode(std::span<const float> interleaved, int channels,
                                             SampleRate rate, Codec codec, int bits_per_second) {
    if (codec == Codec::None) {
        return std::vector<float>(interleaved.begin(), interleaved.end());
    }
    if (channels < 1 || channels > 2) {
        return fail(Code::BadInput, "codecs take 1 or 2 channels here, not {}", channels);
    }
    SPINDLE_TRY(auto encoder, open_encoder(codec, channels, rate, bits_per_second));
    SPINDLE_TRY(auto decoder, open_decoder(codec, *encoder));
    return RoundTrip(std::move(encoder), std::move(decoder), channels).run(interleaved);
}

} // namespace spindle::simulator
