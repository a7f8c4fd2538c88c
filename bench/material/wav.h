// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "io/output_file.h"

namespace spindle::material {

/// Writes mono 16-bit PCM (RIFF WAVE). Samples outside [-1, 1] are clipped, others rounded.
Result<void> write_wav(const std::filesystem::path& path, std::span<const float> samples,
                       SampleRate rate);

/// The same for sound that is too long to hold, with one channel or two. How long it will be is
/// said first.
class WavWriter {
public:
    /// @param frames samples a channel. Code::BadInput for more than 4 GB.
    static Result<WavWriter> create(const std::filesystem::path& path, SampleRate rate,
                                    int channels, std::uint64_t frames);
    /// @param interleaved the next of them
    Result<void> append(std::span<const float> interleaved);

private:
    explicit WavWriter(io::OutputFile file) : file_(std::move(file)) {}
    io::OutputFile file_;
};

/// The same sound at another rate (soxr, high quality); the first sample stays the first.
/// @return size * to / from samples, rounded down.
Result<std::vector<float>> resample(std::span<const float> samples, SampleRate from, SampleRate to);

} // namespace spindle::material
