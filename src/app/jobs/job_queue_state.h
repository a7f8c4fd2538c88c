// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/jobs/job_news.h"
#include "app/jobs/job_queue.h"
#include "io/file.h"

namespace spindle::app {

inline constexpr std::size_t kAllJobs = 1'000'000; ///< more than are ever kept

/// "there is no scan 3f..."
tl::unexpected<Error> no_job(store::JobKind kind, const std::string& id);

/// Milliseconds since 1970 UTC.
std::int64_t job_clock();

/// What a queue is inside: its public functions are in job_queue.cpp, the work in job_worker.cpp.
struct JobQueue::State {
    /// What runs now.
    struct Current {
        store::StoredJob job;
        std::stop_source stop;
        bool cancelled = false; ///< by somebody, not by the end of the program
        bool removed = false;
        std::optional<Progress> progress;
        std::chrono::steady_clock::time_point told{}; ///< of progress
        std::vector<store::JobEvent> pending;
    };

    /// One thread and what waits for it. All but `what` under State::mutex.
    struct Lane {
        explicit Lane(JobLane of) : what(std::move(of)) {}
        const JobLane what;
        std::deque<std::pair<std::int64_t, std::string>> waiting{}; ///< number and id
        std::optional<Current> current{};
        std::jthread worker{};
    };

    State(std::filesystem::path root, JobQueueOptions how, std::vector<JobLane> what,
          io::FileLock held);

    std::filesystem::path folder_of(const store::StoredJob& job) const { return folder / job.id; }
    Lane& lane_of(store::JobKind kind);
    /// The lane that runs this job now; null: none does.
    Lane* running_in(const std::string& id);
    void tell(Lane& lane, store::JobEvent event);
    void tell_progress(Lane& lane, const Progress& progress);
    Result<void> flush(Lane& lane);
    Result<void> note(Lane& lane, store::StoredJob& job);
    bool note_at_last(Lane& lane, store::StoredJob& job, const std::stop_token& ending);
    Result<std::string> run(Lane& lane, const store::StoredJob& job, const std::stop_token& stop);
    void do_job(Lane& lane, const std::string& id, const std::stop_token& ending);
    void remove_old(const Lane& lane);
    void work_on(Lane& lane, const std::stop_token& ending);
    void record(const std::stop_token& ending);

    const std::filesystem::path folder;
    const JobQueueOptions options;
    io::FileLock lock;
    JobNews news;

    // Locked in this order: adding, writing, mutex. Readers have a connection of their own, so that
    // nobody waits for a disk who only looks.
    std::mutex adding;
    std::mutex writing;
    std::unique_ptr<store::JobStore> writer;
    std::mutex reading;
    std::unique_ptr<store::JobStore> reader;
    std::mutex mutex; ///< of what lanes hold
    std::condition_variable_any changed;
    std::deque<Lane> lanes; ///< as many from beginning to end; they do not move

    std::jthread recorder;
};

} // namespace spindle::app
