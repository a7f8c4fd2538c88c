// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/track_id.h"

namespace spindle::fingerprint {

/// Which files make up the index at one commit (FORMAT.md, "manifest"). Replaced as a whole: this
/// one small file decides what readers see.
struct Manifest {
    struct Entry {
        std::string file;          ///< "000004.seg", in the index folder
        std::set<TrackId> removed; ///< tracks in it that no longer count
    };
    std::uint32_t next_number = 1; ///< for the next segment or journal
    std::string journal;           ///< name of the journal that goes with this state
    std::vector<Entry> segments;   ///< oldest first

    /// A folder without a manifest is an empty index. Damaged or foreign: Code::BadInput.
    static Result<Manifest> read(const std::filesystem::path& folder);
    static Result<Manifest> parse(std::string_view text, const std::string& name);
    Result<void> write(const std::filesystem::path& folder) const;
    std::string text() const;
};

} // namespace spindle::fingerprint
