// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "source_tree.h"

/// The rules of the house that a program can check. Each returns what breaks it; none is empty by
/// accident, as rules_test.cpp plants one violation of each and expects it found.
namespace spindle::structure {

struct Finding {
    std::string path;
    std::size_t line = 0; ///< counted from 1; 0 when it is about the whole file
    std::string what;     ///< the rule in words, and what to do
};

/// Rooms use rooms further down only, never a neighbour on their own floor, never another room's
/// detail/ folder, and only what their CMakeLists.txt declares. src/testing is for tests.
std::vector<Finding> wrong_directions(const SourceTree& tree);

/// Third-party headers appear in .cpp files and detail/ folders, so that a library can be exchanged
/// without touching those who use the room. fmt and tl::expected are our vocabulary and may be
/// seen.
std::vector<Finding> exposed_third_party(const SourceTree& tree);

/// A licence line first; in headers, #pragma once.
std::vector<Finding> wrong_openings(const SourceTree& tree);

/// A file of more than kMostLines is two ideas.
inline constexpr std::size_t kMostLines = 800; // rule 15 of the design
inline constexpr std::size_t kManyLines = 400; // "few past 400": worth a look, not an error
std::vector<Finding> longer_than(const SourceTree& tree, std::size_t lines);

/// Words that mark something unfinished belong in the issue tracker.
std::vector<Finding> unfinished_marks(const SourceTree& tree);

/// Only the command line (src/cli, src/main) speaks to the terminal; everyone else returns values.
std::vector<Finding> terminal_output(const SourceTree& tree);

} // namespace spindle::structure
