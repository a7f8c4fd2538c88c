// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::material {

/// Known tracks are indexed; unknown ones never are, and must not be found.
enum class Role : std::uint8_t { Known, Unknown };

/// Dev queries are for tuning, test queries for reporting. Whole packages belong to one of them.
enum class Set : std::uint8_t { Dev, Test };

struct CorpusTrack {
    std::string path; ///< below the manifest's folder
    std::string package;
    Seconds duration{0};
    Role role = Role::Known;
    Set set = Set::Dev;
};

/// manifest.tsv as bench/corpus writes it: a header line, then path, package, seconds, role, set.
struct Manifest {
    std::filesystem::path folder; ///< where the paths start
    std::vector<CorpusTrack> tracks;

    /// Errors name the file and line.
    static Result<Manifest> read(const std::filesystem::path& path);
};

} // namespace spindle::material
