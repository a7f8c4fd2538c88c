// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "store/job_store.h"

namespace spindle::app {

/// What a job's work is given.
struct JobTask {
    const store::StoredJob& job;
    std::filesystem::path folder; ///< the job's own; inputs are in it, results go there
    std::stop_token stop;         ///< cancelled, or the program ends
    ProgressSink progress;        ///< becomes events "progress", five a second at most
    /// Tells whoever follows. Any thread. Its number counts nothing.
    std::function<void(store::JobEvent event)> tell;
};

/// Does a job. When the program ended in the middle of it, it is called again with what is in the
/// folder: what it keeps there it need not do twice.
/// @return what came out, in short: a JSON object. Code::Cancelled when stopped.
using JobWork = std::function<Result<std::string>(const JobTask&)>;

struct JobQueueOptions {
    std::size_t most_queued = 1000;           ///< more are refused: somebody sends them by mistake
    std::size_t most_kept = 500;              ///< finished ones; then the oldest go
    std::uint64_t most_bytes = 5'000'000'000; ///< of all finished ones' folders, likewise
    /// Times a job is taken up again after the program died in the middle of it: some photo may be
    /// what it dies of.
    int most_begun = 3;
    std::chrono::milliseconds batch{100};  ///< events of so long become one transaction
    std::chrono::milliseconds retry{1000}; ///< when the store cannot be written (disk full)
    /// Between two "progress" events: no person sees more than five a second.
    std::chrono::milliseconds between_progress{200};
};

/// A new job.
struct NewJob {
    store::JobKind kind = store::JobKind::Scan;
    std::string name;
    std::string options = "{}"; ///< JSON object, kept for the work
};

/// Events of a job, oldest first.
struct JobEvents {
    std::vector<store::JobEvent> events;
    bool over = false; ///< nothing will come after these
};

/// Long work, one job after the other in the order they came, in one thread: two scans at once
/// would take twice the memory and finish no sooner. Jobs and events are in a store, files in
/// `folder`/ID: what was queued or running when the program ended is taken up by the next.
/// Events can be read once they are in the store, so nobody sees one that a crash then takes back,
/// and whoever reads from some number on misses none and gets none twice. When a job is over, only
/// the last event of each subject stays.
///
/// A disk that is full makes jobs fail that write on it; what cannot be noted of them is noted when
/// there is room again.
///
/// Thread-safe.
class JobQueue {
public:
    /// Opens a store, twice: for reading and for writing.
    using OpenStore = std::function<Result<std::unique_ptr<store::JobStore>>()>;

    /// Removes what is left over in `folder`, and begins to work. Code::Busy where another program
    /// does.
    static Result<std::unique_ptr<JobQueue>> start(std::filesystem::path folder,
                                                   const OpenStore& open,
                                                   std::map<store::JobKind, JobWork> work,
                                                   JobQueueOptions options = {});
    /// Stops what runs; the next start() goes on with it.
    ~JobQueue();
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;

    /// @param fill puts the inputs into the job's folder; its error is returned.
    /// Code::Busy when too many wait.
    Result<store::StoredJob>
    add(NewJob job, const std::function<Result<void>(const std::filesystem::path& folder)>& fill);

    /// Code::NotFound where there is none of this kind.
    Result<store::StoredJob> find(store::JobKind kind, const std::string& id) const;
    /// Newest first.
    Result<std::vector<store::StoredJob>> list(store::JobKind kind, std::size_t most) const;
    /// How many are of each state, in the order of store::JobState.
    Result<std::vector<std::size_t>> counts() const;
    /// Jobs that are to be done before it.
    std::size_t before(const store::StoredJob& job) const;
    /// How far the job is that runs now; nothing for others.
    std::optional<Progress> progress(const std::string& id) const;
    std::filesystem::path folder(const std::string& id) const;

    /// Stops it if it is not over; then it is Cancelled, soon. Code::NotFound.
    Result<void> cancel(store::JobKind kind, const std::string& id);
    /// Stops it, and removes it with its folder. Code::NotFound.
    Result<void> remove(store::JobKind kind, const std::string& id);

    /// The events after number `last`, at most `most`. Does not wait for any. None, and over, where
    /// there is no such job.
    Result<JobEvents> events_after(const std::string& id, std::int64_t last,
                                   std::size_t most) const;
    /// `wake` is called whenever there may be new events of the job, by any thread; it must return
    /// at once. Not any more once what is returned is gone; that may outlive the queue.
    std::shared_ptr<void> on_news(const std::string& id, std::function<void()> wake);

private:
    struct State;
    explicit JobQueue(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::app
