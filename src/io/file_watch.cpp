// SPDX-License-Identifier: Apache-2.0
#include "io/file_watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace spindle::io {
namespace {

// IN_MODIFY keeps a folder "changing" while a file in it is still being written.
constexpr std::uint32_t kEvents = IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF |
                                  IN_ATTRIB | IN_ONLYDIR | IN_DONT_FOLLOW;

} // namespace

struct FileWatch::State {
    int inotify = -1;
    int wake[2] = {-1, -1}; // a pipe: a stop request ends poll() at once
    std::unordered_map<int, std::filesystem::path> folders;

    ~State() {
        for (const int descriptor : {inotify, wake[0], wake[1]}) {
            if (descriptor >= 0) {
                ::close(descriptor);
            }
        }
    }

    /// Watches one folder; one that has gone meanwhile is no error.
    Result<void> watch(const std::filesystem::path& folder) {
        const int id = ::inotify_add_watch(inotify, folder.c_str(), kEvents);
        if (id >= 0) {
            folders[id] = folder;
            return {};
        }
        if (errno == ENOSPC) {
            return fail(Code::NoSpace,
                        "{}: the system watches no more folders; raise it with: sudo sysctl "
                        "fs.inotify.max_user_watches=524288",
                        folder.string());
        }
        if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) {
            return {};
        }
        return tl::unexpected(system_error(folder.string(), errno));
    }

    /// Watches a folder and those below; appends them to `seen` if given.
    Result<void> watch_tree(const std::filesystem::path& top,
                            std::set<std::filesystem::path>* seen) {
        SPINDLE_TRY_VOID(watch(top));
        if (seen != nullptr) {
            seen->insert(top);
        }
        std::error_code error;
        const auto options = std::filesystem::directory_options::skip_permission_denied;
        std::filesystem::recursive_directory_iterator walk(top, options, error);
        for (; !error && walk != std::filesystem::end(walk); walk.increment(error)) {
            std::error_code ignored;
            if (walk->symlink_status(ignored).type() == std::filesystem::file_type::directory) {
                SPINDLE_TRY_VOID(watch(walk->path()));
                if (seen != nullptr) {
                    seen->insert(walk->path());
                }
            }
        }
        return {}; // a folder that vanished meanwhile reports itself through its parent
    }

    Result<void> take(const inotify_event& event, const char* name,
                      std::set<std::filesystem::path>& changed, bool& overflow) {
        if ((event.mask & IN_Q_OVERFLOW) != 0) {
            overflow = true;
            return {};
        }
        const auto known = folders.find(event.wd);
        if (known == folders.end()) {
            return {};
        }
        const std::filesystem::path folder = known->second;
        if ((event.mask & IN_IGNORED) != 0) {
            folders.erase(known);
            return {};
        }
        changed.insert(folder);
        if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
            changed.insert(folder.parent_path());
        }
        const bool new_folder =
            (event.mask & IN_ISDIR) != 0 && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0;
        // Files may have been put into a new folder before it was watched.
        return new_folder && event.len > 0 ? watch_tree(folder / name, &changed) : Result<void>{};
    }
};

FileWatch::FileWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileWatch::~FileWatch() = default;
FileWatch::FileWatch(FileWatch&&) noexcept = default;
FileWatch& FileWatch::operator=(FileWatch&&) noexcept = default;

Result<FileWatch> FileWatch::create() {
    auto state = std::make_unique<State>();
    state->inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (state->inotify < 0 || ::pipe2(state->wake, O_CLOEXEC | O_NONBLOCK) != 0) {
        return tl::unexpected(system_error("watching folders", errno));
    }
    return FileWatch(std::move(state));
}

Result<void> FileWatch::add(const std::filesystem::path& root) {
    return state_->watch_tree(root, nullptr);
}

Result<FolderChanges> FileWatch::wait(std::chrono::milliseconds timeout,
                                      const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] {
        const char byte = 1;
        [[maybe_unused]] const ssize_t written = ::write(state_->wake[1], &byte, 1);
    });
    std::array<pollfd, 2> ready{pollfd{state_->inotify, POLLIN, 0},
                                pollfd{state_->wake[0], POLLIN, 0}};
    if (::poll(ready.data(), ready.size(), static_cast<int>(timeout.count())) < 0 &&
        errno != EINTR) {
        return tl::unexpected(system_error("watching folders", errno));
    }
    FolderChanges changes;
    std::set<std::filesystem::path> folders;
    std::vector<char> buffer(64UL * 1024);
    while (!stop.stop_requested()) {
        const ssize_t got = ::read(state_->inotify, buffer.data(), buffer.size());
        if (got <= 0) {
            if (got < 0 && errno != EAGAIN && errno != EINTR) {
                return tl::unexpected(system_error("watching folders", errno));
            }
            break;
        }
        for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char* name = buffer.data() + at + sizeof event;
            SPINDLE_TRY_VOID(state_->take(event, name, folders, changes.overflow));
            at += sizeof event + event.len;
        }
    }
    changes.folders.assign(folders.begin(), folders.end());
    return changes;
}

} // namespace spindle::io
