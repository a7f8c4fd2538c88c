// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/library/walk.h"
#include "store/library.h"

namespace spindle::app {

/// What there is to do for the library to match the disk.
struct Plan {
    std::vector<FoundFile> changed;             ///< known paths whose size or time differs
    std::vector<FoundFile> fresh;               ///< paths not known
    std::vector<FoundFile> unfinished;          ///< known and unchanged, but not in the index
    std::vector<store::KnownFile> missing;      ///< in scope, but not found
    std::vector<store::KnownFile> returned;     ///< were missing, found again unchanged
    std::vector<store::Problem> known_problems; ///< could not be used before and have not changed
    std::vector<std::string> solved_problems;   ///< paths of problem files that are gone
    std::size_t unchanged = 0;
};

/// What was looked at, and what could not be.
struct Scope {
    std::vector<std::string> roots;  ///< folders walked to the end
    std::vector<std::string> listed; ///< files named one by one
    std::vector<std::string>
        unknown; ///< at or below these nothing can be said: unreadable, unmounted
};

enum class Retry { Changed, Everything };

/// Compares what was found with what is known. Pure.
/// @param retry whether unchanged problem files are tried again.
Plan make_plan(std::span<const FoundFile> found, std::span<const store::KnownFile> known,
               std::span<const store::Problem> problems, const Scope& scope, Retry retry);

/// Is it worth trying such a file again although it has not changed? Permissions and disks change
/// without the file changing; content does not.
bool may_pass(const store::Problem& problem);

} // namespace spindle::app
