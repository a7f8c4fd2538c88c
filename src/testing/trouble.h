// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "testing/faulty_server.h"

namespace spindle::testing {

/// One answer of a service that is not as it should be.
struct Trouble {
    /// Does it do what was asked for, before it goes wrong?
    enum class Work { Undone, Stored } work = Work::Undone;
    int status = 0;                   ///< answers this with `content`; 0: its own answer
    std::string content;              ///< HTML, "OK", half of a JSON, nothing
    std::vector<std::string> headers; ///< "Retry-After: 5"
    int error = 0;                    ///< one of Last.fm's codes, with its status
    std::optional<Fault> fault;       ///< of the line: cut, stalled, torn, late

    static Trouble answer(int status, std::string content, std::vector<std::string> headers = {}) {
        Trouble trouble;
        trouble.status = status;
        trouble.content = std::move(content);
        trouble.headers = std::move(headers);
        return trouble;
    }
    static Trouble code(int error, std::vector<std::string> headers = {}) {
        Trouble trouble;
        trouble.error = error;
        trouble.headers = std::move(headers);
        return trouble;
    }
    /// The connection is torn before any answer.
    static Trouble reset() {
        Trouble trouble;
        trouble.fault.emplace();
        trouble.fault->reset = true;
        return trouble;
    }
    /// Its own answer, up to `bytes` of it.
    static Trouble cut(std::uint64_t bytes) {
        Trouble trouble;
        trouble.fault = Fault::cut(bytes);
        return trouble;
    }
    /// Silence without end.
    static Trouble hang() {
        Trouble trouble;
        trouble.fault = Fault::stall(0);
        return trouble;
    }
    /// Is what was asked for done? An answer of its own, even one that is cut, comes after the
    /// work.
    bool does_the_work() const {
        const bool silent = fault && (fault->reset || fault->stall_after != Fault::kNever);
        return work == Work::Stored || (status == 0 && error == 0 && !silent);
    }
    /// The same, after the work was done.
    Trouble stored() const {
        Trouble trouble = *this;
        trouble.work = Work::Stored;
        return trouble;
    }
};

/// What goes wrong next, by what is asked for ("track.scrobble", "/1/submit-listens"). Not
/// thread-safe.
class TroubleScript {
public:
    void next(const std::string& what, std::vector<Trouble> troubles) {
        auto& queue = next_[what];
        queue.insert(queue.end(), troubles.begin(), troubles.end());
    }
    void always(const std::string& what, std::optional<Trouble> trouble) {
        if (trouble) {
            always_[what] = *std::move(trouble);
        } else {
            always_.erase(what);
        }
    }
    std::optional<Trouble> take(const std::string& what) {
        if (auto& queue = next_[what]; !queue.empty()) {
            Trouble trouble = std::move(queue.front());
            queue.pop_front();
            return trouble;
        }
        const auto found = always_.find(what);
        return found == always_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<std::string, std::deque<Trouble>> next_;
    std::map<std::string, Trouble> always_;
};

/// What a service has of one listen.
struct Stored {
    std::string artist, title, album;
    std::int64_t at = 0;
    friend bool operator==(const Stored&, const Stored&) = default;
};

} // namespace spindle::testing
