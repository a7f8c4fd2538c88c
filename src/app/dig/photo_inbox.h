// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::app {

/// May a file of this name be a photo somebody put there? By its extension (.jpg, .jpeg, .heic,
/// .heif, .png, .webp, in any case). Not: what is hidden, as files are while Syncthing, rsync,
/// Dropbox and iCloud bring them (".syncthing.a.jpg.tmp", ".a.jpg.x3Rf1o", ".a.jpg.icloud"), and
/// what is a result.
bool is_inbox_photo(std::string_view name);

/// "rack-spindle.jpg" and "rack-spindle.json" of "rack.heic".
struct ResultNames {
    std::string picture, document;
};
/// @param whole with the extension in it, for where "rack.jpg" has taken the name already
ResultNames result_names(const std::filesystem::path& photo, bool whole = false);

/// The photos that were looked at, by what is in them: a file that is renamed, copied or comes
/// again after a restart is none to be scanned. Kept in one file, a line each, which grows by some
/// 150 bytes a photo.
class SeenPhotos {
public:
    /// A file that is not there is empty; a line that is none (the last one, after a power cut) is
    /// passed over.
    static Result<SeenPhotos> open(std::filesystem::path file);

    bool contains(const std::string& hash) const { return seen_.contains(hash); }
    /// @param hash SHA-256 in hexadecimal @param outcome for who reads the file
    Result<void> add(const std::string& hash, const std::string& name, std::string_view outcome);

private:
    explicit SeenPhotos(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
    std::set<std::string> seen_;
};

/// Which files of a folder have stopped changing. Pure: is told what is there, and when.
class StillFiles {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Stamp {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
        bool operator==(const Stamp&) const = default;
    };

    /// What is in the folder now. Those not named are forgotten.
    void look(const std::map<std::filesystem::path, Stamp>& files, Time now);
    /// Not empty, unchanged for so long, and not settled; in the order of their names.
    std::vector<std::filesystem::path> still_for(std::chrono::milliseconds quiet, Time now) const;
    bool is_still_for(const std::filesystem::path& file, std::chrono::milliseconds quiet,
                      Time now) const;
    /// Nothing more is to be done with it unless it changes.
    void settle(const std::filesystem::path& file);
    /// Is there anything that is not settled?
    bool waits() const;

private:
    struct Known {
        Stamp stamp;
        Time since;
        bool settled = false;
    };
    std::map<std::filesystem::path, Known> files_;
};

} // namespace spindle::app
