// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::structure {

/// One `#include` line.
struct Include {
    std::size_t line = 0; ///< counted from 1
    std::string target;   ///< what stands between the marks: "io/file.h", "vector"
    bool quoted = false;  ///< "..." rather than <...>
};

/// A C++ file of the repository, read once.
struct SourceFile {
    std::string path; ///< from the repository's root: "src/io/file.cpp"
    std::string text;
    std::string code; ///< the text with comments and literals blanked; lines stay where they are
    std::vector<Include> includes;
    std::size_t line_count = 0;

    bool is_header() const { return path.ends_with(".h"); }
    bool is_test() const { return path.ends_with("_test.cpp"); }
    /// The room a file of src/ is in ("io" for src/io/detail/x.h); empty elsewhere.
    std::string_view room() const;
    /// Is this a part the room keeps to itself (a folder named detail on the way)?
    bool is_detail() const { return path.find("/detail/") != std::string::npos; }
};

/// The C++ files under src, tests, bench and fuzz of one checkout, and what CMake says of the
/// rooms.
struct SourceTree {
    std::vector<SourceFile> files; ///< sorted by path

    /// Each room's DEPENDS in its spindle_room() line, and what those depend on in turn.
    std::map<std::string, std::vector<std::string>, std::less<>> declared_dependencies;

    static SourceTree read(const std::filesystem::path& root);
    bool contains(std::string_view path) const;
};

/// Blanks comments, string and character literals, so that rules look at code only.
std::string without_comments_and_literals(std::string_view text);

} // namespace spindle::structure
