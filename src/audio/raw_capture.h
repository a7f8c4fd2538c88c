// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "audio/capture.h"

namespace spindle::audio {

/// How one raw sample is written, little-endian.
enum class RawEncoding {
    S16,    ///< "s16le": arecord's S16_LE, its "cd" and "dat"
    S24,    ///< "s24le": 24 bits in the lower three of four bytes (S24_LE)
    S24In3, ///< "s24_3le": 24 bits in three bytes (S24_3LE)
    S32,    ///< "s32le"
    F32,    ///< "f32le": full scale [-1, 1]; what is no number or beyond 16 becomes 0
};

/// The encoding of that name; Code::BadInput with the names there are.
Result<RawEncoding> raw_encoding_named(std::string_view name);
std::string_view name_of(RawEncoding encoding);
std::size_t bytes_of(RawEncoding encoding); ///< for one sample of one channel

struct RawFormat {
    RawEncoding encoding = RawEncoding::S16;
    int channels = 2;        ///< 1 or 2
    SampleRate rate{44'100}; ///< 8000 to 384000
};

/// What the times of blocks are made of.
enum class RawTiming {
    ByKind,  ///< Arrival for pipes, terminals and sockets, Counted for files
    Arrival, ///< live sound: by when it arrives, as from a device
    Counted, ///< recorded sound, handed out as fast as it comes: by counting frames
};

struct RawCaptureOptions {
    RawFormat format{};
    RawTiming timing = RawTiming::ByKind;
    std::optional<BootTime> start{}; ///< Counted: when the first frame sounds; nothing: at opening
    std::shared_ptr<const BootClock> clock{}; ///< null: the system's
    std::stop_token stop{};
};

/// Raw samples from a file, a named pipe or stdin ("-"), as of `arecord -t raw` or
/// `ssh pi arecord ... |`. A part of a frame at the end is left out. A pipe on which nothing comes
/// for two seconds gives Stalled, and Recovered with what was lost meanwhile when it goes on.
/// Errors: Code::NotFound, Code::NoAccess; Code::BadInput for a folder or an impossible format.
Result<std::unique_ptr<Capture>> open_raw_capture(const std::filesystem::path& path,
                                                  const RawCaptureOptions& options);

} // namespace spindle::audio
