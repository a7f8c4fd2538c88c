// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

/// What an audio file says about its first audio stream, before anything is decoded.
struct AudioInfo {
    std::string container; ///< FFmpeg's short name: "ogg", "mp3", "mov,mp4,m4a,3gp,3g2,mj2"
    std::string codec;     ///< "vorbis", "mp3", "alac", ...
    SampleRate rate;       ///< of the stream, not of what the decoder delivers
    int channels = 0;
    Seconds duration{0};   ///< as the container says; 0 when it does not
};

struct DecodeOptions {
    SampleRate rate{0};  ///< deliver at this rate; 0 = the stream's own
    Seconds start{0};    ///< skip to here (sample-exact where the format allows seeking)
    Seconds length{0};   ///< stop after this much; 0 = to the end
    Seconds max_duration{24 * 3600}; ///< a longer stream is cut here: bounds time on hostile input
};

/// Decodes the first audio stream of a file (or of stdin, path "-") to mono floats in [-1, 1]:
/// channels averaged, resampled to the rate asked for. Anything FFmpeg reads; pictures and video are
/// ignored. Not thread-safe; one instance per thread.
///
/// Errors name the file and the cause: no audio stream, DRM-protected (drms/FairPlay and the like),
/// empty, not a media file, zero-length audio. Damaged packets in the middle are skipped and counted.
class Decoder {
public:
    static Result<Decoder> open(const std::filesystem::path& path, const DecodeOptions& options = {});
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    const AudioInfo& info() const;

    /// The next block, of any length; empty at the end. Valid until the next call.
    Result<std::span<const float>> next();

    /// Packets that could not be decoded so far; their time is lost from the output.
    std::uint64_t damaged_packets() const;

private:
    struct State;
    explicit Decoder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::audio
