// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "base/result.h"
#include "store/library.h"

namespace spindle::app {

/// A file on a disk, as a scan sees it.
struct FoundFile {
    std::string path;
    store::FileStamp stamp;
};

/// Something named that could not be used, and why.
struct Trouble {
    std::string path;
    Error error;
};

/// What a walk through folders found.
struct Walk {
    std::vector<FoundFile> files;         ///< by path within each folder
    std::vector<Trouble> unreadable;      ///< folders and links that could not be followed
    std::vector<std::string> link_loops;  ///< links back to a folder above themselves
    std::vector<std::string> empty_roots; ///< roots without any entry: perhaps not mounted
    std::size_t hidden = 0;               ///< audio files left out because a dot begins their name
};

/// Does the name end like sound (.mp3, .flac, ...; also .mp4 and .m4p, which may turn out to hold
/// none)? Only such files are taken from folders; a file named by the owner is tried in any case.
bool looks_like_audio(const std::filesystem::path& path);

/// Walks folders. Each real folder and file is visited once, whatever links lead to it: real ones
/// before links, so that a file keeps its plain path. Hidden files and folders are left out.
class Walker {
public:
    Walker(Walk& walk, std::stop_token stop, std::function<void()> tick)
        : walk_(walk), stop_(std::move(stop)), tick_(std::move(tick)) {}

    /// Nothing in this folder is added, by whatever way it is reached; one that is not there is no
    /// error.
    void leave_out(const std::filesystem::path& folder);
    /// Adds the files below `root`, a folder.
    void add_folder(const std::filesystem::path& root);
    /// Adds one file, whatever its name. False if it was visited before.
    bool add_file(const std::filesystem::path& path, const struct stat& status);

private:
    using Identity = std::pair<std::uint64_t, std::uint64_t>; // device, inode
    void visit(const std::filesystem::path& folder, const std::vector<Identity>& above);

    Walk& walk_;
    std::stop_token stop_;
    std::function<void()> tick_;
    std::set<Identity> folders_;
    std::set<Identity> files_;
    struct Link {
        std::filesystem::path path;
        std::vector<Identity> above;
    };
    std::vector<Link> links_; // followed when all real folders are done
};

/// When the file was last changed, in nanoseconds since 1970.
store::FileStamp stamp_of(const struct stat& status);

/// Is `path` the folder itself or below it?
bool is_within(std::string_view path, std::string_view folder);

} // namespace spindle::app
