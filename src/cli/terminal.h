// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "base/progress.h"

namespace spindle::cli {

enum class Verbosity { Normal, Quiet };

/// Words for a person, on stderr: remarks, warnings, errors, and one line of progress that rewrites
/// itself on a real terminal and does not exist in a pipe or log. Thread-safe.
class Terminal {
public:
    /// @param descriptor stays open; not owned.
    Terminal(int descriptor, Verbosity verbosity);
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// A remark; left out with --quiet.
    void say(std::string_view text);
    /// Something went wrong with one item; shown always.
    void warn(std::string_view text);
    void error(std::string_view text);
    /// What the owner must answer; shown always.
    void ask(std::string_view text);

    /// Shows progress of work that takes more than a second, at most ten times a second.
    /// Valid as long as the Terminal.
    ProgressSink progress();

    /// One line that says how things stand now and rewrites itself; nothing in a pipe or log.
    void status(std::string_view text);

    /// Removes the progress line; the next message does it too.
    void clear();

private:
    void show(const Progress& progress);
    void clear_locked();
    void print_locked(std::string_view text) const;

    std::mutex mutex_;
    int descriptor_;
    Verbosity verbosity_;
    bool smart_; // can rewrite a line
    bool line_shown_ = false;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point shown_{};
};

/// The progress line as text, cut to `columns` characters: "indexing 12/340  3:20 left  Blue
/// Train".
std::string progress_line(const Progress& progress, std::size_t columns);

/// A length of time for a person: "0:07", "3:20", "1:02:03".
std::string clock_text(Seconds length);

} // namespace spindle::cli
