// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "accuracy/reference_library.h"
#include "base/result.h"

namespace spindle::accuracy {

/// Processor seconds of one thread on some tracks of one file format, and what they came to.
struct IndexingCost {
    std::string format; ///< file name extension, or "all"
    std::size_t tracks = 0;
    double hours = 0;     ///< of music
    Seconds decode{0};    ///< to mono at the file's own rate: what the codec costs, and no more
    Seconds to_8k{0};     ///< decoding to mono at 8 kHz, which fingerprints are made from
    Seconds landmarks{0}; ///< extraction, without decoding
    Seconds writing{0};   ///< into an index, commit included

    Seconds indexing() const { return to_8k + landmarks + writing; }
    void add(const IndexingCost& other);
};

/// Measures about `sample` tracks evenly spread over the library, one after the other in this
/// thread; per format, then of all together.
Result<std::vector<IndexingCost>> measure_indexing(const ReferenceLibrary& library,
                                                   std::size_t sample);

} // namespace spindle::accuracy
