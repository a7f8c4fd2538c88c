// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::material {

/// What one query file is. Time in the track = offset + speed * time in the query; the 5 s and 10 s
/// queries are its first seconds.
struct Query {
    std::string file;      ///< below the folder of truth.tsv
    std::string condition; ///< simulator condition, or the kind of noise
    std::string track;     ///< path in the corpus; empty when no indexed track is heard
    Seconds offset{0};     ///< of the query's first sample: in the track, or else in the source
    double speed = 1;      ///< track seconds per query second
    std::uint64_t seed = 0;
    std::string source; ///< what it was made from: a corpus path, or empty for noise
    std::string bed;    ///< recorded surface noise that was mixed in, or empty

    bool is_known() const { return !track.empty(); }
};

/// truth.tsv: a header line and the fields in this order; "-" stands for empty.
Result<std::vector<Query>> read_truth(const std::filesystem::path& path);
Result<void> write_truth(const std::filesystem::path& path, std::span<const Query> queries);

} // namespace spindle::material
