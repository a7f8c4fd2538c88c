// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/job.h"

namespace spindle::store {

/// Jobs and their events. Every changing call is one transaction. One instance per thread, or
/// serialise. Errors as LibraryStore's.
class JobStore {
public:
    JobStore() = default;
    virtual ~JobStore() = default;
    JobStore(const JobStore&) = delete;
    JobStore& operator=(const JobStore&) = delete;

    /// @return its number.
    virtual Result<std::int64_t> add(const StoredJob& job) = 0;
    /// Nothing where there is no such job.
    virtual Result<std::optional<StoredJob>> find(const std::string& id) = 0;
    /// Newest first, at most `most`.
    virtual Result<std::vector<StoredJob>> jobs(std::optional<JobKind> kind, std::size_t most) = 0;
    /// Those that are not over, in the order of arrival.
    virtual Result<std::vector<StoredJob>> open_jobs() = 0;
    /// Jobs of each state, in the order of JobState.
    virtual Result<std::vector<std::size_t>> counts() = 0;

    /// Keeps what becomes of it: state, times, summary, error, bytes. Together with `events`, which
    /// are numbered as add_events() does. Code::NotFound when the job is gone.
    virtual Result<void> change(const StoredJob& job, std::span<const JobEvent> events) = 0;
    /// Keeps events that happened, in their order, after those it has: whatever `number` says.
    /// @return the number of the last. Code::NotFound when the job is gone.
    virtual Result<std::int64_t> add_events(std::int64_t job, std::span<const JobEvent> events) = 0;
    /// The events after number `last`, at most `most`, in order.
    virtual Result<std::vector<JobEvent>> events_after(std::int64_t job, std::int64_t last,
                                                       std::size_t most) = 0;

    /// Removes events of whose subject there is a later one: who comes when all is over need not
    /// see how it came about.
    virtual Result<void> remove_superseded(std::int64_t job) = 0;

    /// With its events. No error where there is none.
    virtual Result<void> remove(const std::string& id) = 0;
};

} // namespace spindle::store
