// SPDX-License-Identifier: Apache-2.0
// The rules that concern one file at a time.
#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "rules.h"

namespace spindle::structure {
namespace {

// C and POSIX headers a header may show: they come with the system, not with a library.
constexpr std::array<std::string_view, 12> kSystemHeaders{
    "dirent.h", "dlfcn.h",  "fcntl.h",   "poll.h", "pthread.h", "signal.h",
    "stdlib.h", "string.h", "termios.h", "time.h", "unistd.h",  "errno.h"};

bool is_third_party(const Include& include) {
    const std::string_view target = include.target;
    if (include.quoted || target.starts_with("fmt/") || target.starts_with("tl/") ||
        target.starts_with("sys/") || target.starts_with("linux/") ||
        target == "nlohmann/json_fwd.hpp") { // names only, and cheap to compile
        return false;
    }
    const bool standard = target.find_first_of("./") == std::string_view::npos;
    return !standard &&
           std::find(kSystemHeaders.begin(), kSystemHeaders.end(), target) == kSystemHeaders.end();
}

/// A finding for each line of `text` that `pattern` is found in.
void find_lines(const SourceFile& file, const std::string& text, const std::regex& pattern,
                const std::string& what, std::vector<Finding>& findings) {
    std::size_t line = 1;
    for (std::size_t start = 0; start < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::smatch match;
        const std::string one = text.substr(start, end - start);
        if (std::regex_search(one, match, pattern)) {
            findings.push_back({file.path, line, match.str() + ": " + what});
        }
        start = end + 1;
    }
}

} // namespace

std::vector<Finding> exposed_third_party(const SourceTree& tree) {
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        // src/testing may show the test libraries: nothing but tests includes it.
        if (file.room().empty() || !file.is_header() || file.is_detail() ||
            file.room() == "testing") {
            continue;
        }
        for (const Include& include : file.includes) {
            if (is_third_party(include)) {
                findings.push_back({file.path, include.line,
                                    include.target + ": a library's header belongs in a .cpp or a "
                                                     "detail/ folder"});
            }
        }
    }
    return findings;
}

std::vector<Finding> wrong_openings(const SourceTree& tree) {
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        if (!file.text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) {
            findings.push_back(
                {file.path, 1, "the first line is // SPDX-License-Identifier: Apache-2.0"});
        }
        if (file.is_header() && file.text.find("\n#pragma once\n") == std::string::npos) {
            findings.push_back({file.path, 0, "a header says #pragma once"});
        }
    }
    return findings;
}

std::vector<Finding> longer_than(const SourceTree& tree, std::size_t lines) {
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        if (file.line_count > lines) {
            findings.push_back({file.path, 0,
                                std::to_string(file.line_count) + " lines, more than " +
                                    std::to_string(lines) + ": two ideas in one file?"});
        }
    }
    return findings;
}

std::vector<Finding> unfinished_marks(const SourceTree& tree) {
    // Spelt in two pieces, so that this file does not find itself.
    static const std::regex pattern("\\b(TO"
                                    "DO|FIX"
                                    "ME|X"
                                    "XX|HA"
                                    "CK)\\b");
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        find_lines(file, file.text, pattern, "finish it, or open an issue", findings);
    }
    return findings;
}

std::vector<Finding> terminal_output(const SourceTree& tree) {
    static const std::regex pattern(
        R"(\bstd::(cout|cerr|clog|puts|printf|fprintf|putchar)\b|\b(stdout|stderr)\b|\b(printf|fprintf|puts|perror)\s*\(|\bfmt::print\s*\()");
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        const std::string_view room = file.room();
        if (room.empty() || room == "cli" || room == "main" || file.is_test()) {
            continue;
        }
        find_lines(file, file.code, pattern, "only src/cli and src/main speak to the terminal",
                   findings);
    }
    return findings;
}

} // namespace spindle::structure
