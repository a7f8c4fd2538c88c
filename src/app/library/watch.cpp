// SPDX-License-Identifier: Apache-2.0
#include "app/library/watch.h"

#include <map>

#include "io/file_watch.h"

namespace spindle::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Folders that have changed and when they last did.
class Waiting {
public:
    explicit Waiting(std::chrono::milliseconds quiet) : quiet_(quiet) {}

    void note(const io::FolderChanges& changes, const std::vector<std::string>& roots) {
        for (const auto& folder : changes.folders) {
            last_change_[folder.string()] = Clock::now();
        }
        if (changes.overflow) {
            for (const std::string& root : roots) {
                last_change_[root] = Clock::now();
            }
        }
    }

    /// All folders, once each has been quiet for long enough: files moved between two of them are
    /// then seen at both ends.
    std::vector<std::string> take_quiet() {
        for (const auto& [folder, changed] : last_change_) {
            if (Clock::now() - changed < quiet_) {
                return {};
            }
        }
        std::vector<std::string> folders;
        for (const auto& [folder, changed] : last_change_) {
            if (folders.empty() || !is_within(folder, folders.back())) { // sorted: outer ones first
                folders.push_back(folder);
            }
        }
        last_change_.clear();
        return folders;
    }

    bool empty() const { return last_change_.empty(); }

    void put_back(const std::vector<std::string>& folders) {
        for (const std::string& folder : folders) {
            last_change_[folder] = Clock::now();
        }
    }

private:
    std::chrono::milliseconds quiet_;
    std::map<std::string, Clock::time_point> last_change_;
};

/// A folder that is gone is looked for through the nearest one above it that is still there.
std::string nearest_existing(std::string folder, const std::vector<std::string>& roots) {
    std::error_code error;
    while (!std::filesystem::is_directory(folder, error)) {
        for (const std::string& root : roots) {
            if (folder == root) {
                return folder;
            }
        }
        const auto above = std::filesystem::path(folder).parent_path().string();
        if (above == folder) {
            break;
        }
        folder = above;
    }
    return folder;
}

} // namespace

Result<void> watch_library(const Backends& backends, const std::filesystem::path& data_folder,
                           const WatchOptions& options, const WatchSink& sink,
                           const ReadySink& ready, const std::stop_token& stop) {
    std::vector<std::string> roots;
    for (const std::string& folder : options.folders) {
        std::error_code error;
        const auto root = std::filesystem::canonical(folder, error);
        if (error) {
            return tl::unexpected(system_error(folder, error.value()));
        }
        roots.push_back(root.string());
    }
    if (roots.empty()) {
        SPINDLE_TRY(auto store, backends.open_library(data_folder, store::Access::Read));
        SPINDLE_TRY(roots, store->roots());
    }
    if (roots.empty()) {
        return fail(Code::NotFound, "no folder has been added yet; name one");
    }
    // Watching begins before looking: what changes meanwhile is noticed.
    SPINDLE_TRY(auto watch, io::FileWatch::create());
    for (const std::string& root : roots) {
        SPINDLE_TRY_VOID(watch.add(root));
    }
    Waiting waiting(options.quiet);
    std::vector<std::string> due = roots;
    bool first = true;
    while (!stop.stop_requested()) {
        if (!due.empty()) {
            AddOptions add;
            add.sources.paths = due;
            add.roots = first ? Roots::Remember : Roots::Leave;
            const auto report = add_to_library(backends, data_folder, add, {}, stop);
            if (!report && report.error().code == Code::Busy) {
                waiting.put_back(due); // another process writes: later
            } else if (!report && report.error().code == Code::Cancelled) {
                return {};
            } else if (!report) {
                return tl::unexpected(report.error());
            } else {
                sink(*report);
                if (report->stopped_by) {
                    return tl::unexpected(*report->stopped_by);
                }
                if (!first && options.lasting == Lasting::OneChange) {
                    return {};
                }
                if (first) {
                    first = false;
                    ready(roots.size());
                }
            }
        }
        const auto timeout =
            waiting.empty() ? std::chrono::milliseconds{60'000} : options.quiet / 4;
        SPINDLE_TRY(const auto changes, watch.wait(timeout, stop));
        waiting.note(changes, roots);
        due = waiting.take_quiet();
        for (std::string& folder : due) {
            folder = nearest_existing(folder, roots);
        }
    }
    return {};
}

} // namespace spindle::app
