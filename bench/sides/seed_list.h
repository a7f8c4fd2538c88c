// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sides/happening.h"

namespace spindle::sides {

/// One session to be drawn.
struct SessionSeed {
    std::uint64_t run = 0;  ///< seed of the run it is of
    std::size_t number = 0; ///< in that run
    Happening happening = Happening::Plain;
};

/// The first `count` sessions of a run, all of one happening if it is given.
std::vector<SessionSeed> seeds_of_run(std::uint64_t run, std::size_t count,
                                      std::optional<Happening> happening);

/// The sessions of one set ("dev", "test") in a list of some worth running again: tab separated,
/// with the columns set, seed, number, happening (and others). Errors name file and line.
Result<std::vector<SessionSeed>> read_seeds(const std::filesystem::path& path,
                                            std::string_view set);

} // namespace spindle::sides
