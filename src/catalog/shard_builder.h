// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/catalog_format.h"
#include "catalog/part_builder.h"

namespace spindle::catalog {

/// One of the 64 parts of the term table, as it lies in the file.
struct ShardContent {
    std::vector<std::uint32_t> directory;
    std::string entries;
    std::vector<std::uint64_t> filter; ///< lines of 512 bits
    std::string postings;
    std::uint32_t count = 0;
    std::uint32_t directory_bits = 0;
    std::uint32_t filter_lines = 0;
};

/// Makes a shard of all postings whose terms belong to it, in any order.
ShardContent build_shard(std::vector<Posting> postings);

} // namespace spindle::catalog
