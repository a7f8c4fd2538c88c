// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "audio/audio_hash.h"
#include "audio/decoder.h"
#include "audio/detail/ffmpeg.h"
#include "audio/detail/media_stream.h"
#include "audio/detail/packet_hash.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::audio::detail {

/// Turns the packets of a MediaStream into frames of samples in the codec's own format, stepping
/// over what is damaged and counting it.
class PacketDecoder {
public:
    /// Code::Unsupported when this FFmpeg has no decoder for the codec.
    static Result<PacketDecoder> create(MediaStream media, Hashing hashing);

    /// The next frame, null at the end. Valid until the next call.
    Result<const AVFrame*> next();

    /// Goes on from a packet at or before `timestamp` (stream time base); ends hashing.
    bool jump(std::int64_t timestamp);

    const MediaStream& media() const { return media_; }
    std::uint64_t damaged() const { return damaged_ + media_.damaged_places(); }
    bool at_end() const { return state_ == Reading::Ended; }

    /// The whole stream's hash, once its end was reached without a jump.
    std::optional<AudioHash> hash() const;

    /// What the header says the sound lasts; 0 where it is only estimated.
    Seconds declared_duration() const;

private:
    enum class Reading { Packets, Draining, Ended };

    explicit PacketDecoder(MediaStream media) : media_(std::move(media)) {}
    Result<void> send_packet();
    void count_gap();

    MediaStream media_;
    CodecPointer codec_;
    PacketPointer packet_{av_packet_alloc()};
    FramePointer frame_{av_frame_alloc()};
    std::optional<PacketHash> hash_;
    Reading state_ = Reading::Packets;
    std::uint64_t damaged_ = 0;
    std::int64_t expected_pts_ = AV_NOPTS_VALUE;
};

} // namespace spindle::audio::detail
