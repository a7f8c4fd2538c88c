// SPDX-License-Identifier: Apache-2.0
#include "source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace spindle::structure {
namespace fs = std::filesystem;
namespace {

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Include> includes_of(const std::string& text) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> found;
    std::istringstream lines(text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) {
            found.push_back({number, match[2], match[1] == "\""});
        }
    }
    return found;
}

SourceFile read_source(const fs::path& root, const fs::path& path) {
    SourceFile file;
    file.path = path.lexically_relative(root).generic_string();
    file.text = content_of(path);
    file.code = without_comments_and_literals(file.text);
    file.includes = includes_of(file.text);
    file.line_count =
        static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
    return file;
}

/// spindle_room(NAME DEPENDS a b PACKAGES ...) -> a, b
std::vector<std::string> depends_in(const std::string& cmake) {
    static const std::regex call(R"(spindle_room\s*\(([^)]*)\))");
    static const std::regex keyword("[A-Z]+");
    std::vector<std::string> found;
    std::smatch match;
    if (!std::regex_search(cmake, match, call)) {
        return found;
    }
    std::istringstream words(match[1]);
    std::string word;
    bool in_depends = false;
    while (words >> word) {
        if (std::regex_match(word, keyword)) {
            in_depends = word == "DEPENDS";
        } else if (in_depends) {
            found.push_back(word);
        }
    }
    return found;
}

/// Adds what the dependencies depend on until nothing new turns up.
void close_over(std::map<std::string, std::vector<std::string>, std::less<>>& dependencies) {
    for (bool grown = true; grown;) {
        grown = false;
        for (auto& [room, direct] : dependencies) {
            for (std::size_t i = 0; i < direct.size(); ++i) {
                const auto found = dependencies.find(direct[i]);
                if (found == dependencies.end() || found->first == room) {
                    continue;
                }
                for (const std::string& further : found->second) {
                    if (std::find(direct.begin(), direct.end(), further) == direct.end()) {
                        direct.push_back(further);
                        grown = true;
                    }
                }
            }
        }
    }
}

} // namespace

std::string_view SourceFile::room() const {
    constexpr std::string_view kPrefix = "src/";
    const std::string_view view = path;
    if (!view.starts_with(kPrefix)) {
        return {};
    }
    const std::size_t end = view.find('/', kPrefix.size());
    return end == std::string_view::npos ? std::string_view{}
                                         : view.substr(kPrefix.size(), end - kPrefix.size());
}

SourceTree SourceTree::read(const fs::path& root) {
    SourceTree tree;
    for (const char* folder : {"src", "tests", "bench", "fuzz", "training"}) {
        if (!fs::exists(root / folder)) {
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const fs::path extension = entry.path().extension();
            if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
                tree.files.push_back(read_source(root, entry.path()));
            }
        }
    }
    std::sort(tree.files.begin(), tree.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    if (fs::exists(root / "src")) {
        for (const auto& entry : fs::directory_iterator(root / "src")) {
            const fs::path description = entry.path() / "CMakeLists.txt";
            if (fs::exists(description)) {
                tree.declared_dependencies[entry.path().filename().string()] =
                    depends_in(content_of(description));
            }
        }
    }
    close_over(tree.declared_dependencies);
    return tree;
}

bool SourceTree::contains(std::string_view path) const {
    return std::any_of(files.begin(), files.end(),
                       [path](const SourceFile& file) { return file.path == path; });
}

std::string without_comments_and_literals(std::string_view text) {
    std::string code(text);
    const auto blank = [&code](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < std::min(to, code.size()); ++i) {
            if (code[i] != '\n') {
                code[i] = ' ';
            }
        }
    };
    const auto after = [text](std::string_view end, std::size_t from) {
        const std::size_t found = text.find(end, from);
        return found == std::string_view::npos ? text.size() : found + end.size();
    };
    const auto is_word = [](char c) {
        return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t next = i + 1;
        if (text.substr(i, 2) == "//") {
            next = text.find('\n', i);
            next = next == std::string_view::npos ? text.size() : next;
            blank(i, next);
        } else if (text.substr(i, 2) == "/*") {
            next = after("*/", i + 2);
            blank(i, next);
        } else if (text.substr(i, 2) == "R\"") {
            const std::size_t open = text.find('(', i);
            if (open != std::string_view::npos) {
                const std::string end = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
                next = after(end, open);
                blank(i, next);
            }
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !is_word(text[i - 1])))) {
            // A ' after a digit separates digits (10'000) and opens nothing.
            while (next < text.size() && text[next] != text[i] && text[next] != '\n') {
                next += text[next] == '\\' ? 2 : 1;
            }
            blank(i + 1, next);
            ++next;
        }
        i = next;
    }
    return code;
}

} // namespace spindle::structure
