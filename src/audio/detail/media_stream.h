// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "audio/decoder.h"
#include "audio/detail/ffmpeg.h"
#include "audio/detail/input_file.h"
#include "base/result.h"

namespace spindle::audio::detail {

/// "x.m4p: protected by DRM ...", with the scheme or container that says so.
Error protected_by(const std::string& name, const std::string& scheme);

/// Refuses rates and channel counts no recording has, before anything is sized by them.
Result<void> check_sound(const std::string& name, int rate, int channels);

/// The first audio stream of a file as a sequence of coded packets. What reads files (decoder,
/// hash, tags) goes through here, so that all of them agree on what the first audio stream is.
class MediaStream {
public:
    /// @return errors as Decoder::open documents them, up to and including DRM.
    static Result<MediaStream> open(const std::filesystem::path& path, std::stop_token stop);

    /// Reads the next packet of the stream into `packet`. false at the end (or where damage ends
    /// it).
    Result<bool> read(AVPacket& packet);

    /// Moves to a packet at or before `timestamp` (in the stream's time base); false if it cannot.
    bool seek_before(std::int64_t timestamp);

    const AVStream& stream() const { return *format_->streams[index_]; }
    const AVFormatContext& format() const { return *format_; }
    const AudioInfo& info() const { return info_; }
    const std::string& name() const { return file_->name(); }
    bool seekable() const { return file_->seekable(); }
    bool stopped() const { return file_->stopped(); }

    /// How many bytes a RIFF file lacks of what its header says; 0 for other files.
    std::uint64_t missing_bytes() const;

    /// Places where the container was damaged and reading went on behind.
    std::uint64_t damaged_places() const { return damaged_places_; }

private:
    MediaStream() = default;
    Result<void> choose_stream();
    Result<void> refuse_protected() const;
    Result<void> describe();
    Error not_media(int ffmpeg_error) const;

    std::unique_ptr<InputFile>
        file_; // before format_: the format context reads from it until closed
    FormatPointer format_;
    unsigned index_ = 0;
    AudioInfo info_;
    std::uint64_t damaged_places_ = 0;
};

} // namespace spindle::audio::detail
