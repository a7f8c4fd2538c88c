// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "io/http_source.h"

namespace spindle::app {

/// One large file to fetch, and the sum it must have.
struct FileToFetch {
    io::HttpRequest request; ///< the rest of it than `first_byte`
    io::HttpPatience patience;
    std::filesystem::path path; ///< where it shall be; the folder exists
    std::string sha256;         ///< 64 lower-case hexadecimal digits
};

struct FetchedFile {
    std::filesystem::path path;
    std::uint64_t bytes = 0;
    std::uint64_t resumed_from = 0; ///< bytes an earlier run had left behind
    std::string sha256;
    bool was_there = false; ///< nothing was fetched
};

/// Fetches a file so that under its name there is nothing or the right thing:
/// - it grows as PATH.part, which stays when the run is stopped or fails, and the next run goes on
///   with it;
/// - it gets its name only with the right sum. With a wrong one it becomes PATH.bad, an error that
///   says so;
/// - a file with that name and the right sum is not fetched again.
///
/// Code::NoSpace before anything is fetched if the rest does not fit on the disk. Reads what is
/// there already once (about 1 GB/s). One caller at a time for one path.
/// @param progress steps "checking" and "downloading", in megabytes.
/// @return errors of the transfer as they are, so that a caller can see the status.
io::HttpResult<FetchedFile> fetch_file(const FileToFetch& file, const ProgressSink& progress,
                                       const std::stop_token& stop);

} // namespace spindle::app
