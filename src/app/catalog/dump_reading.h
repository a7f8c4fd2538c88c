// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "catalog/dump/quirks.h"
#include "catalog/dump/record_splitter.h"
#include "catalog/release.h"
#include "io/byte_source.h"

namespace spindle::app {

/// What reading a dump met.
struct DumpCounts {
    std::string cut_by; ///< the error the dump ended with, if that was to be accepted
    catalog::SplitCounts split;
    catalog::Quirks quirks;
    std::uint64_t text_bytes = 0; ///< unpacked
};

/// Is a packed dump that is cut short or damaged an error, or the end of what there is?
enum class CutDump { Refuse, Accept };

/// Takes releases as they are read; called from several threads at once, in no order.
using ReleaseSink = std::function<Result<void>(std::vector<catalog::Release>)>;

/// Reads a releases dump: unpacking and splitting here, the records' XML in `threads` other
/// threads. Memory does not grow with the dump.
/// @param head bytes that were read off `source` before.
/// @param progress in MB of the (packed) source.
Result<DumpCounts> read_releases_dump(std::string_view head, io::ByteSource& source,
                                      unsigned threads, CutDump cut, const ReleaseSink& sink,
                                      const ProgressSink& progress, const std::stop_token& stop);

/// Reads the masters dump, which has no more in it than one thread can do.
/// @param head bytes that were read off `source` before.
Result<DumpCounts> read_masters_dump(std::string_view head, io::ByteSource& source,
                                     const std::function<void(MasterId, std::uint16_t year)>& sink,
                                     const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
