// SPDX-License-Identifier: Apache-2.0
#include "app/library/sources.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>

#include "base/text.h"
#include "io/file.h"
#include "playlist/apple_library.h"
#include "playlist/path_map.h"
#include "playlist/playlist.h"

namespace spindle::app {
namespace {

/// The path without links in its folders and without "..": one file, one path. The last part stays,
/// so that a link keeps its name.
std::filesystem::path canonical_file(const std::filesystem::path& path) {
    std::error_code error;
    auto absolute = std::filesystem::absolute(path, error);
    const auto folder = std::filesystem::canonical(absolute.parent_path(), error);
    return error ? absolute.lexically_normal() : folder / absolute.filename();
}

bool is_apple_library(const std::filesystem::path& path) {
    return text::ascii_lower(path.extension().string()) == ".xml";
}

class Expansion {
public:
    Expansion(const SourceOptions& options, playlist::PathMap map, const ProgressSink& progress,
              const std::stop_token& stop)
        : options_(options), map_(std::move(map)), stop_(stop),
          walker_(sources_.walk, stop, [this, &progress] {
              if (progress && sources_.walk.files.size() % 64 == 0) {
                  progress({"looking for music", {}, sources_.walk.files.size(), 0, {}});
              }
          }) {
        if (!options_.leave_out.empty()) {
            std::error_code error;
            own_ = std::filesystem::weakly_canonical(options_.leave_out, error).string();
            walker_.leave_out(options_.leave_out);
        }
    }

    Result<void> add(const std::string& name) {
        std::error_code error;
        const std::filesystem::path path(name);
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) {
            const auto problem = system_error(name, errno);
            sources_.listed.push_back(canonical_file(path).string());
            sources_.missing.push_back({name, problem});
            return {};
        }
        if (S_ISDIR(status.st_mode)) {
            const auto root = std::filesystem::canonical(path, error);
            if (!own_.empty() && is_within(root.string(), own_)) {
                sources_.missing.push_back({name, own_folder_error(name)});
                return {};
            }
            sources_.roots.push_back(root.string());
            walker_.add_folder(root);
            return {};
        }
        if (const auto format = playlist::format_of(path)) {
            return add_playlist(path, *format);
        }
        if (is_apple_library(path)) {
            return add_apple_library(path);
        }
        add_file(canonical_file(path), status);
        return {};
    }

    Sources take() { return std::move(sources_); }

private:
    void add_file(const std::filesystem::path& path, const struct stat& status) {
        sources_.listed.push_back(path.string());
        if (!S_ISREG(status.st_mode)) {
            sources_.missing.push_back(
                {path.string(),
                 Error{Code::BadInput, fmt::format("{}: not a regular file", path.string())}});
            return;
        }
        walker_.add_file(path, status);
    }

    Result<void> add_playlist(const std::filesystem::path& path, playlist::Format format) {
        auto bytes = io::read_file(path, playlist::kLargestPlaylist);
        if (!bytes) {
            sources_.missing.push_back({path.string(), bytes.error()});
            return {};
        }
        auto list = playlist::parse(*bytes, format, canonical_file(path).parent_path());
        if (!list) {
            sources_.missing.push_back({path.string(), list.error().within(path.string())});
            return {};
        }
        add_entries(*list, path.string());
        return {};
    }

    Result<void> add_apple_library(const std::filesystem::path& path) {
        auto library = playlist::read_apple_library(path, stop_);
        if (!library) {
            if (library.error().code == Code::Cancelled) {
                return tl::unexpected(library.error());
            }
            sources_.missing.push_back({path.string(), library.error()});
            return {};
        }
        auto names = options_.playlists;
        if (names.empty()) {
            names.emplace_back();
        }
        for (const std::string& name : names) {
            auto list = playlist::entries_of(*library, name);
            if (!list) {
                return tl::unexpected(list.error().within(path.string()));
            }
            add_entries(*list, path.string());
        }
        return {};
    }

    void add_entries(playlist::Playlist& list, const std::string& source) {
        for (const std::string& warning : list.warnings) {
            sources_.warnings.push_back(fmt::format("{}: {}", source, warning));
        }
        std::size_t there = 0;
        std::string absent; // an example
        for (playlist::Entry& entry : list.entries) {
            if (stop_.stop_requested()) {
                return;
            }
            if (entry.place == playlist::Place::Remote) {
                ++sources_.remote;
                continue;
            }
            map_.apply(entry);
            if (add_entry(entry, source)) {
                ++there;
            } else {
                absent = entry.location;
            }
        }
        if (there == 0 && !absent.empty()) {
            sources_.warnings.push_back(fmt::format(
                "{}: none of its files is on this computer; if they are elsewhere, say where: "
                "--map {}=FOLDER-HERE",
                source, std::filesystem::path(absent).parent_path().string()));
        }
    }

    /// False if it is not there under any spelling.
    bool add_entry(const playlist::Entry& entry, const std::string& source) {
        struct stat status {};
        std::vector<std::string> spellings{entry.location};
        spellings.insert(spellings.end(), entry.alternatives.begin(), entry.alternatives.end());
        for (const std::string& spelling : spellings) {
            if (::stat(spelling.c_str(), &status) == 0) {
                add_file(canonical_file(spelling), status);
                return true;
            }
        }
        ::stat(entry.location.c_str(), &status); // for its errno
        auto error = system_error(entry.location, errno);
        error.message += fmt::format(" (listed in {})", source);
        sources_.listed.push_back(entry.location);
        sources_.missing.push_back({entry.location, std::move(error)});
        return false;
    }

    const SourceOptions& options_;
    playlist::PathMap map_;
    const std::stop_token& stop_;
    Sources sources_;
    Walker walker_;
    std::string own_; ///< the folder that is left out
};

} // namespace

Result<void> check_request(const SourceOptions& options) {
    SPINDLE_TRY_VOID(playlist::PathMap::parse(options.path_map));
    const bool apple = std::any_of(options.paths.begin(), options.paths.end(), is_apple_library);
    if (!options.playlists.empty() && !apple) {
        return fail(Code::BadInput,
                    "--playlist names a playlist of an Apple Library.xml; none was given");
    }
    return {};
}

Error own_folder_error(std::string_view shown) {
    return {Code::BadInput,
            fmt::format("{}: is Spindle's own; name the folder your music is in", shown)};
}

Result<Sources> expand(const SourceOptions& options, const ProgressSink& progress,
                       const std::stop_token& stop) {
    SPINDLE_TRY_VOID(check_request(options));
    SPINDLE_TRY(auto map, playlist::PathMap::parse(options.path_map));
    Expansion expansion(options, std::move(map), progress, stop);
    for (const std::string& path : options.paths) {
        SPINDLE_TRY_VOID(expansion.add(path));
    }
    if (stop.stop_requested()) {
        return fail(Code::Cancelled, "stopped while looking for music; nothing was changed");
    }
    return expansion.take();
}

} // namespace spindle::app
