// SPDX-License-Identifier: Apache-2.0
#include "app/library/walk.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

#include "base/text.h"

namespace spindle::app {
namespace {

// What FFmpeg reads and people keep music in. Video containers are in: concerts live in them.
constexpr std::array<std::string_view, 43> kExtensions = {
    ".mp3",  ".m4a",  ".m4b", ".m4p",  ".mp4", ".aac",  ".alac", ".flac", ".ogg", ".oga", ".opus",
    ".wav",  ".wave", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".wma",  ".asf", ".ape", ".wv",
    ".mpc",  ".mp+",  ".tta", ".tak",  ".dsf", ".dff",  ".ac3",  ".eac3", ".dts", ".mka", ".mkv",
    ".webm", ".caf",  ".au",  ".snd",  ".spx", ".mp2",  ".mp1",  ".mpga", ".amr", ".ofr"};

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

struct FolderEntry {
    std::string name;
    bool is_link = false;
};

/// The names in a folder, sorted; an Error when it cannot be read.
Result<std::vector<FolderEntry>> entries_of(const std::filesystem::path& folder) {
    const std::unique_ptr<DIR, CloseFolder> handle(::opendir(folder.c_str()));
    if (!handle) {
        return tl::unexpected(system_error(folder.string(), errno));
    }
    std::vector<FolderEntry> entries;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(handle.get()); // NOLINT(concurrency-mt-unsafe): own handle
        if (entry == nullptr) {
            break;
        }
        const std::string_view name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") {
            entries.push_back({std::string(name), entry->d_type == DT_LNK});
        }
    }
    if (errno != 0) {
        return tl::unexpected(system_error(folder.string(), errno));
    }
    std::sort(entries.begin(), entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return entries;
}

} // namespace

bool looks_like_audio(const std::filesystem::path& path) {
    const std::string extension = text::ascii_lower(path.extension().string());
    return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

store::FileStamp stamp_of(const struct stat& status) {
    constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
    return {static_cast<std::uint64_t>(status.st_size),
            std::int64_t{status.st_mtim.tv_sec} * kNanosecondsPerSecond + status.st_mtim.tv_nsec};
}

bool is_within(std::string_view path, std::string_view folder) {
    if (folder == "/") {
        return path.starts_with('/');
    }
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool Walker::add_file(const std::filesystem::path& path, const struct stat& status) {
    if (!files_.insert({status.st_dev, status.st_ino}).second) {
        return false;
    }
    walk_.files.push_back({path.string(), stamp_of(status)});
    return true;
}

void Walker::leave_out(const std::filesystem::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) {
        folders_.insert({status.st_dev, status.st_ino}); // as if it had been visited
    }
}

void Walker::add_folder(const std::filesystem::path& root) {
    const auto entries = entries_of(root);
    if (entries && entries->empty()) {
        walk_.empty_roots.push_back(root.string());
    }
    visit(root, {});
    while (!links_.empty() && !stop_.stop_requested()) {
        std::vector<Link> links;
        links.swap(links_);
        for (const auto& [path, above] : links) {
            struct stat status {};
            if (::stat(path.c_str(), &status) != 0) {
                // A link to nowhere is worth a word only if it looks like music.
                if (looks_like_audio(path) || errno != ENOENT) {
                    walk_.unreadable.push_back({path.string(), system_error(path.string(), errno)});
                }
            } else if (S_ISDIR(status.st_mode)) {
                const Identity self{status.st_dev, status.st_ino};
                if (std::find(above.begin(), above.end(), self) != above.end()) {
                    walk_.link_loops.push_back(path.string());
                } else {
                    visit(path, above);
                }
            } else if (S_ISREG(status.st_mode) && looks_like_audio(path)) {
                add_file(path, status);
            }
        }
    }
}

void Walker::visit(const std::filesystem::path& top, const std::vector<Identity>& above_top) {
    // An explicit stack: folders may nest deeper than the call stack is long.
    std::vector<Link> waiting{{top, above_top}};
    while (!waiting.empty() && !stop_.stop_requested()) {
        auto [folder, above] = std::move(waiting.back());
        waiting.pop_back();
        struct stat own {};
        if (::stat(folder.c_str(), &own) != 0) {
            walk_.unreadable.push_back({folder.string(), system_error(folder.string(), errno)});
            continue;
        }
        if (!folders_.insert({own.st_dev, own.st_ino}).second) {
            continue; // seen by another way
        }
        above.emplace_back(own.st_dev, own.st_ino);
        auto entries = entries_of(folder);
        if (!entries) {
            walk_.unreadable.push_back({folder.string(), entries.error()});
            continue;
        }
        std::vector<Link> below;
        for (const FolderEntry& entry : *entries) {
            const auto path = folder / entry.name;
            if (entry.name.starts_with('.')) {
                walk_.hidden += looks_like_audio(path) && !entry.name.starts_with("._") ? 1 : 0;
                continue;
            }
            struct stat status {};
            if (!entry.is_link && ::lstat(path.c_str(), &status) != 0) {
                walk_.unreadable.push_back({path.string(), system_error(path.string(), errno)});
            } else if (entry.is_link || S_ISLNK(status.st_mode)) {
                links_.push_back({path, above});
            } else if (S_ISDIR(status.st_mode)) {
                below.push_back({path, above});
            } else if (S_ISREG(status.st_mode) && looks_like_audio(path)) {
                add_file(path, status);
                tick_();
            }
        }
        // Reversed, so that the stack gives them in order.
        waiting.insert(waiting.end(), std::make_move_iterator(below.rbegin()),
                       std::make_move_iterator(below.rend()));
    }
}

} // namespace spindle::app
