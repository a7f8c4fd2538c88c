// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

/// Owners for FFmpeg's objects.
namespace spindle::audio::detail {

struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreeCodec {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct CloseFormat {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct FreeIo {
    void operator()(AVIOContext* context) const {
        if (context != nullptr) {
            av_freep(&context->buffer);
            avio_context_free(&context);
        }
    }
};

using PacketPointer = std::unique_ptr<AVPacket, FreePacket>;
using FramePointer = std::unique_ptr<AVFrame, FreeFrame>;
using CodecPointer = std::unique_ptr<AVCodecContext, FreeCodec>;
using FormatPointer = std::unique_ptr<AVFormatContext, CloseFormat>;
using IoPointer = std::unique_ptr<AVIOContext, FreeIo>;

/// FFmpeg's words for one of its error numbers.
inline std::string words_for(int ffmpeg_error) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(ffmpeg_error, text, sizeof text);
    return text;
}

} // namespace spindle::audio::detail
