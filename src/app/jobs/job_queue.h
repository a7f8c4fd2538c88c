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

/// How much of finished jobs stays; beyond that the oldest go, with their folders.
struct JobKeeping {
    std::size_t most = 500;
    std::uint64_t most_bytes = 5'000'000'000; ///< of all their folders; the newest stays anyway
    std::chrono::seconds longest{0};          ///< after its end; 0: as long as there is room
};

/// How a lane shares the processor.
enum class Pace {
    Brisk,  ///< somebody stands and waits for it
    Gentle, ///< takes what others leave: its threads are nicer by ten
};

/// Jobs of some kinds, done one after the other in the order they came: two scans at once would
/// take twice the memory and finish no sooner. Lanes go side by side: an hour's import holds up no
/// scan.
struct JobLane {
    std::map<store::JobKind, JobWork> work;
    Pace pace = Pace::Brisk;
    /// Asked whenever something ends, and each hour: the owner may change it. Empty: the defaults.
    std::function<JobKeeping()> keeping{};
};

struct JobQueueOptions {
    std::size_t most_queued = 1000; ///< in a lane; more are refused: somebody sends them by mistake
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

/// Long work, in lanes of one thread each. Jobs and events are in a store, files in `folder`/ID:
/// what was queued or running when the program ended is taken up by the next.
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
    /// does. Jobs of a kind that is in no lane fail.
    /// @param lanes at least one
    static Result<std::unique_ptr<JobQueue>> start(std::filesystem::path folder,
                                                   const OpenStore& open,
                                                   std::vector<JobLane> lanes,
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
    /// Jobs of its lane that are to be done before it.
    std::size_t before(const store::StoredJob& job) const;
    /// How far the job is that runs now; nothing for others.
    std::optional<Progress> progress(const std::string& id) const;
    std::filesystem::path folder(const std::string& id) const;

    /// Stops it if it is not over; then it is Cancelled, soon. Code::NotFound.
    Result<void> cancel(store::JobKind kind, const std::string& id);
    /// Stops it, and removes it with its folder. Code::NotFound.
    Result<void> remove(store::JobKind kind, const std::string& id);
    /// Removes those of a kind that ended so long ago or longer, with their folders. @return how
    /// many.
    Result<std::size_t> remove_finished(store::JobKind kind, std::chrono::seconds ago);

    /// What finished jobs of a kind take on disk now.
    struct Room {
        std::size_t jobs = 0;
        std::uint64_t bytes = 0;
    };
    Result<Room> room_of(store::JobKind kind) const;

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
