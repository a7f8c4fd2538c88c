// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>

#include "app/covers/cover_archive.h"
#include "app/covers/cover_cache.h"
#include "base/result.h"
#include "store/library.h"

namespace spindle::app {

/// Covers of what the owner has, as small JPEG files: from the tags of the files, from pictures
/// beside them, and, where the owner lets it (`may_ask`), from the Cover Art Archive, whose answers
/// come later: whoever asks again finds them. What was found, and that nothing was, is kept in a
/// cache, so that without a line everything that was seen once is there. Thread-safe.
class Covers {
public:
    struct Options {
        /// What could not be had, as the archive did not answer or the cache could not be written,
        /// is tried again after that.
        std::chrono::seconds again_after{600};
        std::size_t most_waiting = 500; ///< releases that are to be asked about; more are dropped
    };
    /// @param may_ask looked at before each question: a setting may change
    /// @param archive null: nobody is asked
    Covers(std::filesystem::path cache_folder, std::function<bool()> may_ask,
           std::unique_ptr<CoverArchive> archive, Options options);
    ~Covers();
    Covers(const Covers&) = delete;
    Covers& operator=(const Covers&) = delete;

    /// The cover of what these files are copies or tracks of: of the first that has one. Nothing
    /// where none is known, or not yet. At most four files are opened, each once until it changes.
    std::optional<std::filesystem::path> of(std::span<const store::TrackFile> files);

private:
    using Clock = std::chrono::steady_clock;
    std::optional<std::filesystem::path> own(const store::TrackFile& file);
    std::optional<std::filesystem::path> of_release(const std::string& release);
    void ask_on(const std::stop_token& stop);
    void ask(const std::string& release, const std::stop_token& stop);
    bool failed_lately(const std::string& key);
    void note_failure(const std::string& key);

    CoverCache cache_;
    const std::function<bool()> may_ask_;
    const std::unique_ptr<CoverArchive> archive_;
    const Options options_;

    std::mutex mutex_; // of what follows
    std::condition_variable_any more_;
    std::deque<std::string> waiting_;
    std::set<std::string> known_waiting_;
    std::map<std::string, Clock::time_point> failed_; ///< by key: not to be tried before
    std::jthread asking_;                             ///< last: it uses all above
};

} // namespace spindle::app
