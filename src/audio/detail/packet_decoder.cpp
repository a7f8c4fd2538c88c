// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/packet_decoder.h"

#include <utility>

namespace spindle::audio::detail {
namespace {

// A jump of the time stamps beyond this is lost sound; below, it is rounding in the container.
constexpr std::int64_t kGapMilliseconds = 100;

} // namespace

Result<PacketDecoder> PacketDecoder::create(MediaStream media, Hashing hashing) {
    PacketDecoder decoder(std::move(media));
    const AVStream& stream = decoder.media_.stream();
    const std::string& name = decoder.media_.name();
    const AVCodec* found = avcodec_find_decoder(stream.codecpar->codec_id);
    if (found == nullptr) {
        return fail(Code::Unsupported, "{}: this FFmpeg has no decoder for its codec ({})", name,
                    decoder.media_.info().codec);
    }
    decoder.codec_.reset(avcodec_alloc_context3(found));
    AVCodecContext* codec = decoder.codec_.get();
    if (codec == nullptr || !decoder.packet_ || !decoder.frame_) {
        return fail(Code::Failed, "{}: not enough memory", name);
    }
    int status = avcodec_parameters_to_context(codec, stream.codecpar);
    codec->thread_count = 1; // callers run one decoder per core instead
    codec->pkt_timebase = stream.time_base;
    if (found->id == AV_CODEC_ID_FLAC) {
        // Every FLAC frame has a checksum; a frame that fails it would be a burst of noise.
        codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    }
    if (status >= 0) {
        status = avcodec_open2(codec, found, nullptr);
    }
    if (status < 0) {
        return fail(Code::BadInput, "{}: its {} stream cannot be decoded ({})", name,
                    decoder.media_.info().codec, words_for(status));
    }
    if (hashing == Hashing::On) {
        decoder.hash_.emplace(decoder.media_.info().codec);
    }
    return decoder;
}

Result<void> PacketDecoder::send_packet() {
    SPINDLE_TRY(const bool more, media_.read(*packet_));
    if (!more) {
        state_ = Reading::Draining;
        avcodec_send_packet(codec_.get(), nullptr);
        return {};
    }
    if (hash_) {
        hash_->add({packet_->data, static_cast<std::size_t>(packet_->size)});
    }
    if (packet_->size == 0) {
        return {}; // an empty packet would tell the codec that the end has come
    }
    const int sent = avcodec_send_packet(codec_.get(), packet_.get());
    if (sent == AVERROR(ENOMEM)) {
        return fail(Code::Failed, "{}: not enough memory to decode it", media_.name());
    }
    if (sent < 0) {
        ++damaged_;
    }
    return {};
}

Result<const AVFrame*> PacketDecoder::next() {
    while (state_ != Reading::Ended) {
        if (media_.stopped()) {
            return fail(Code::Cancelled, "{}: stopped", media_.name());
        }
        const int got = avcodec_receive_frame(codec_.get(), frame_.get());
        if (got >= 0) {
            count_gap();
            return frame_.get();
        }
        if (got == AVERROR(ENOMEM)) {
            return fail(Code::Failed, "{}: not enough memory to decode it", media_.name());
        }
        if (got == AVERROR_EOF || (got != AVERROR(EAGAIN) && state_ == Reading::Draining)) {
            state_ = Reading::Ended;
        } else if (got == AVERROR(EAGAIN)) {
            SPINDLE_TRY_VOID(send_packet());
        } else {
            ++damaged_;
        }
    }
    return nullptr;
}

void PacketDecoder::count_gap() {
    const AVFrame& frame = *frame_;
    if (frame.pts == AV_NOPTS_VALUE || frame.sample_rate <= 0) {
        return;
    }
    const AVRational tick = media_.stream().time_base;
    if (expected_pts_ != AV_NOPTS_VALUE &&
        av_rescale_q(frame.pts - expected_pts_, tick, {1, 1000}) > kGapMilliseconds) {
        ++damaged_;
    }
    expected_pts_ = frame.pts + av_rescale_q(frame.nb_samples, {1, frame.sample_rate}, tick);
}

bool PacketDecoder::jump(std::int64_t timestamp) {
    hash_.reset();
    expected_pts_ = AV_NOPTS_VALUE;
    if (!media_.seek_before(timestamp)) {
        return false;
    }
    avcodec_flush_buffers(codec_.get());
    state_ = Reading::Packets;
    return true;
}

std::optional<AudioHash> PacketDecoder::hash() const {
    return hash_ && at_end() ? std::optional(hash_->value()) : std::nullopt;
}

Seconds PacketDecoder::declared_duration() const {
    const AVFormatContext& format = media_.format();
    return format.duration_estimation_method == AVFMT_DURATION_FROM_STREAM ? media_.info().duration
                                                                           : Seconds{0};
}

} // namespace spindle::audio::detail
