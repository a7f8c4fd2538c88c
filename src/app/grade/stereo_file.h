// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "audio/decoder.h"
#include "base/result.h"
#include "grade/reference/sound_source.h"
#include "grade/stereo.h"

namespace spindle::app {

/// An audio file as the grading engine hears it: both channels, at the file's own rate or another.
class StereoFile {
public:
    /// @param rate 0: the file's own, or 44.1 or 48 kHz where it has more. Errors as
    /// audio::Decoder::open; Code::Unsupported below 8 and above 192 kHz, which the engine does not
    /// measure.
    static Result<StereoFile> open(const std::filesystem::path& path, SampleRate rate = {},
                                   const std::stop_token& stop = {});

    SampleRate rate() const { return rate_; }
    const audio::AudioInfo& info() const { return decoder_.info(); }

    /// The next block; empty at the end. Valid until the next call. Errors as audio::Decoder::next.
    Result<grade::StereoSpan> next();

    /// After the end: what was wrong with the file although sound came out of it; or empty.
    std::string warning() const { return decoder_.warning(); }

private:
    StereoFile(audio::Decoder decoder, SampleRate rate)
        : decoder_(std::move(decoder)), rate_(rate) {}

    audio::Decoder decoder_;
    SampleRate rate_;
    std::vector<float> left_, right_;
};

/// Both channels of interleaved samples.
void part(std::span<const float> interleaved, int channels, std::vector<float>& left,
          std::vector<float>& right);

/// A file as a source that can be heard again and again: decoded anew each time, closed where it
/// has ended.
/// Errors as StereoFile::open.
Result<grade::SoundSource> sound_of_file(const std::filesystem::path& path, SampleRate rate = {},
                                         const std::stop_token& stop = {});

} // namespace spindle::app
