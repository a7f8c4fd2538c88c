// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "playlist/playlist.h"

namespace spindle::playlist {

/// Says where the folders of another computer are on this one: /Users/ann/Music -> /mnt/music.
class PathMap {
public:
    /// @param rules "FROM=TO" each. BadInput when one has no '=' or an empty side.
    static Result<PathMap> parse(std::span<const std::string> rules);

    /// Applies the rule with the longest FROM that is the path itself or a folder above it; paths
    /// without a rule stay. Compared after NFC and with backslashes as slashes.
    std::string apply(std::string_view path) const;

    /// Applies it to location and alternatives of a file entry.
    void apply(Entry& entry) const;

private:
    std::vector<std::pair<std::string, std::string>> rules_; // longest FROM first
};

} // namespace spindle::playlist
