// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "catalog/quirk.h"
#include "catalog/world.h"

namespace spindle::bench {

/// What to make.
struct DumpOptions {
    World::Options world;
    std::uint32_t bytes_per_release = 3100; ///< 60 GB for 19.3 million: that of July 2026
    std::filesystem::path out = "-";        ///< packed if it ends in ".gz"; "-" = standard output
    std::filesystem::path masters_out;      ///< empty = no masters
    std::filesystem::path include;          ///< real releases to mix in; empty = none
    bool has_quirks = false;
};

/// What was made.
struct DumpReport {
    std::uint64_t releases = 0; ///< made up
    std::uint64_t included = 0;
    std::uint64_t replaced = 0; ///< not made, because an included release has their id
    std::uint64_t masters = 0;
    std::uint64_t text_bytes = 0; ///< of the releases
    std::uint64_t file_bytes = 0;
    std::array<std::uint64_t, kQuirks> quirks{};
};

/// Makes a releases dump, and the masters dump that belongs to it. The same options give the same
/// bytes on any machine. One thread makes, one writes: some 300 MB of XML a second.
/// @return BadInput if the included table is not one; whatever the file system refuses.
Result<DumpReport> make_dump(const DumpOptions& options);

} // namespace spindle::bench
