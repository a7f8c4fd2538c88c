// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "audio/audio_hash.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

/// What an audio file says about its first audio stream.
struct AudioInfo {
    std::string container; ///< FFmpeg's short name: "ogg", "mp3", "mov,mp4,m4a,3gp,3g2,mj2"
    std::string codec;     ///< "vorbis", "mp3", "alac", ...
    SampleRate rate;       ///< of the stream, not of what the decoder delivers
    int channels = 0;
    Seconds duration{0}; ///< as the container says or implies; 0 when it does not
};

/// How sound is brought to another rate.
enum class Resampling {
    Fast, ///< for fingerprints: within 0.5 dB below 90 % of the new half rate, aliases 60 dB down
          ///< there, and some foldover in the last 10 %
    High, ///< for measuring the sound itself: soxr HQ, 20 bit, flat to 91 %, nothing folds over
};

/// Which channels of a stream are delivered.
enum class Channels {
    Mono,   ///< the mean of all
    Stereo, ///< the first two, interleaved; of one channel, the same twice
};

/// Whether the coded packets are hashed on the way (audio_hash.h); costs about 0.1 % of decoding.
enum class Hashing { Off, On };

struct DecodeOptions {
    SampleRate rate{0}; ///< deliver at this rate, 1000 to 768000 Hz; 0 = the stream's own
    Seconds start{0};   ///< skip to here, counted in decoded sound: sample-exact in every format
    Seconds length{0};  ///< stop after this much; 0 = to the end
    Seconds max_duration{24 * 3600}; ///< a longer stream is cut here: bounds time on hostile input
    Resampling resampling = Resampling::Fast;
    Channels channels = Channels::Mono;
    Hashing hashing = Hashing::Off;
    std::stop_token stop{}; ///< asked between packets and while waiting for a pipe
};

/// Decodes the first audio stream of a file (or of stdin, path "-"; pipes work too) to floats, mono
/// or stereo, resampled to the rate asked for. Anything FFmpeg reads; pictures and video
/// are ignored, and nothing but the named file is opened, whatever a playlist inside says. Full
/// scale is [-1, 1]; lossy codecs and resampling may overshoot it a little. NaN, infinity and
/// values beyond 16 come out as 0.
///
/// Not thread-safe; one instance per thread, one codec thread each. Memory is bounded (a few MB and
/// the file's own cover art), however long the sound or whatever the file declares.
///
/// Cost with Resampling::Fast to 8 kHz: 10 to 20 % on top of the codec itself.
class Decoder {
public:
    /// Opens the file and decodes its first samples.
    /// Errors name the file and the cause. NotFound, NoAccess: as the system says. BadInput: a
    /// folder, empty, not media, cut off before any sound, no audio stream, no sound in it, nothing
    /// decodable, `start` beyond the end. Unsupported: DRM-protected, or a codec this FFmpeg lacks.
    static Result<Decoder> open(const std::filesystem::path& path,
                                const DecodeOptions& options = {});
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    const AudioInfo& info() const;

    /// The next block, of any length (whole frames); empty at the end. Valid until the next call.
    /// Errors: Code::Cancelled, or Code::Failed when the disk cannot be read.
    Result<std::span<const float>> next();

    /// Packets that could not be decoded so far; their time is lost from the output.
    std::uint64_t damaged_packets() const;

    /// After the end: a sentence naming the file and what was wrong with it although sound came out
    /// (damaged packets, shorter than its header says, cut at max_duration); empty if nothing was.
    std::string warning() const;

    /// After the end, with Hashing::On and the whole stream decoded (no start, length or cut): the
    /// hash hash_audio() would give.
    std::optional<AudioHash> hash() const;

private:
    struct State;
    explicit Decoder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::audio
