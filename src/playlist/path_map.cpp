// SPDX-License-Identifier: Apache-2.0
#include "playlist/path_map.h"

#include <algorithm>

#include "playlist/unicode.h"

namespace spindle::playlist {
namespace {

std::string comparable(std::string_view path) {
    std::string text = nfc(path);
    std::replace(text.begin(), text.end(), '\\', '/');
    return text;
}

std::string without_last_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

} // namespace

Result<PathMap> PathMap::parse(std::span<const std::string> rules) {
    PathMap map;
    for (const std::string& rule : rules) {
        const auto equals = rule.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == rule.size()) {
            return fail(Code::BadInput,
                        "--map {}: write it as FROM=TO, such as /Users/ann/Music=/mnt/music", rule);
        }
        map.rules_.emplace_back(without_last_slashes(comparable(rule.substr(0, equals))),
                                without_last_slashes(rule.substr(equals + 1)));
    }
    std::stable_sort(map.rules_.begin(), map.rules_.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    return map;
}

std::string PathMap::apply(std::string_view path) const {
    const std::string text = comparable(path);
    for (const auto& [from, to] : rules_) {
        if (!text.starts_with(from)) {
            continue;
        }
        const std::string_view rest = std::string_view(text).substr(from.size());
        if (rest.empty() || rest.front() == '/') {
            return to + std::string(rest);
        }
        if (from == "/") {
            return without_last_slashes(to) + "/" + std::string(rest);
        }
    }
    return std::string(path);
}

void PathMap::apply(Entry& entry) const {
    if (rules_.empty() || entry.place == Place::Remote) {
        return;
    }
    const std::string mapped = apply(entry.location);
    if (mapped == entry.location) {
        return;
    }
    // Both Unicode forms of what follows TO may be on the disk.
    entry.location = mapped;
    std::vector<std::string> others{nfd(mapped)};
    for (const std::string& other : entry.alternatives) {
        others.push_back(apply(other));
    }
    entry.alternatives.clear();
    for (auto& other : others) {
        if (other != entry.location &&
            std::find(entry.alternatives.begin(), entry.alternatives.end(), other) ==
                entry.alternatives.end()) {
            entry.alternatives.push_back(std::move(other));
        }
    }
}

} // namespace spindle::playlist
