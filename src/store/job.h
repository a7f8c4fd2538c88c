// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::store {

/// Work that takes long.
enum class JobKind {
    Scan,
    Grading,
    Catalog, ///< a dump is fetched and imported, or a list is
    Library, ///< folders are looked through for music
};
/// As stored and in JSON: "scan", "grading", "catalog", "library".
std::string_view name_of(JobKind kind);
std::optional<JobKind> job_kind_named(std::string_view name);

enum class JobState {
    Queued,
    Running,   ///< also when what ran it died: it is taken up again
    Done,      ///< what came out is in its folder
    Failed,    ///< StoredJob::error says why
    Cancelled, ///< somebody stopped it
};
/// As stored and in JSON: "queued", "running", "done", "failed", "cancelled".
std::string_view name_of(JobState state);
std::optional<JobState> job_state_named(std::string_view name);

/// Nothing more will come of it.
constexpr bool is_over(JobState state) {
    return state != JobState::Queued && state != JobState::Running;
}

/// One job. Times are milliseconds since 1970-01-01 UTC.
struct StoredJob {
    std::int64_t number = 0; ///< the order of arrival; given by the store
    std::string id;          ///< 32 hexadecimal digits, drawn by lot: nobody can guess another's
    JobKind kind = JobKind::Scan;
    std::string name; ///< for people: "rack.jpg"
    JobState state = JobState::Queued;
    std::int64_t created = 0;
    std::int64_t started = 0;     ///< 0: not yet
    std::int64_t ended = 0;       ///< 0: not yet
    std::string options = "{}";   ///< JSON object; what the work needs to know
    std::string summary = "{}";   ///< JSON object: what came out, in short
    std::optional<Error> error{}; ///< why it failed
    int begun = 0; ///< times it was begun and not seen to end: what runs it may have died of it
    std::int64_t events = 0; ///< number of its latest event; kept by add_events()
    std::uint64_t bytes = 0; ///< its folder takes on disk, once it has ended
};

/// Something that happened while a job ran.
struct JobEvent {
    std::int64_t number = 0; ///< 1, 2, 3, ... of its job
    std::string name;        ///< "progress", "disc", "state"
    std::string data;        ///< JSON
    /// What it is about, "disc 12": a later one about the same says all that this one does. Empty:
    /// it stands for itself.
    std::string subject{};
};

} // namespace spindle::store
