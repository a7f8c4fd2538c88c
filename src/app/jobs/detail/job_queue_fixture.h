// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/jobs/job_queue.h"
#include "store/sqlite/sqlite_job_store.h"

/// What the tests of the queue stand on.
namespace spindle::app {

/// A store on a disk that may be full.
class FullDisk final : public store::JobStore {
public:
    FullDisk(std::unique_ptr<store::JobStore> store, std::atomic<bool>& is_full)
        : store_(std::move(store)), is_full_(is_full) {}
    Result<std::int64_t> add(const store::StoredJob& job) override {
        return is_full_ ? full() : store_->add(job);
    }
    Result<std::optional<store::StoredJob>> find(const std::string& id) override {
        return store_->find(id);
    }
    Result<std::vector<store::StoredJob>> jobs(std::optional<store::JobKind> kind,
                                               std::size_t most) override {
        return store_->jobs(kind, most);
    }
    Result<std::vector<store::StoredJob>> open_jobs() override { return store_->open_jobs(); }
    Result<std::vector<std::size_t>> counts() override { return store_->counts(); }
    Result<void> change(const store::StoredJob& job,
                        std::span<const store::JobEvent> events) override {
        return is_full_ ? Result<void>(full()) : store_->change(job, events);
    }
    Result<std::int64_t> add_events(std::int64_t job,
                                    std::span<const store::JobEvent> events) override {
        return is_full_ ? full() : store_->add_events(job, events);
    }
    Result<std::vector<store::JobEvent>> events_after(std::int64_t job, std::int64_t last,
                                                      std::size_t most) override {
        return store_->events_after(job, last, most);
    }
    Result<void> remove_superseded(std::int64_t job) override {
        return store_->remove_superseded(job);
    }
    Result<void> remove(const std::string& id) override { return store_->remove(id); }

private:
    static tl::unexpected<Error> full() { return fail(Code::NoSpace, "the disk is full"); }
    std::unique_ptr<store::JobStore> store_;
    std::atomic<bool>& is_full_;
};

/// Work that waits until it is let go.
class Gate {
public:
    void open() {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }
    /// @return whether it was opened: else `stop` was requested
    bool wait(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        return changed_.wait(lock, stop, [this] { return is_open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool is_open_ = false;
};

/// A queue on a store that may be full.
/// @tparam Folder testing::TempFolder, which only tests name
template <typename Folder>
class JobQueueOnDisk : public ::testing::Test {
protected:
    static JobQueueOptions quick() {
        JobQueueOptions options;
        options.batch = std::chrono::milliseconds{1};
        options.retry = std::chrono::milliseconds{5};
        options.between_progress = std::chrono::milliseconds{0};
        return options;
    }
    std::unique_ptr<JobQueue> start(JobWork work, JobQueueOptions options = quick(),
                                    std::function<JobKeeping()> keeping = {}) {
        std::vector<JobLane> lanes(1);
        lanes[0].work = {{store::JobKind::Scan, std::move(work)}};
        lanes[0].keeping = std::move(keeping);
        return start(std::move(lanes), options);
    }
    // NOLINTNEXTLINE(performance-unnecessary-value-param): moved on; not seen in templates
    std::unique_ptr<JobQueue> start(std::vector<JobLane> lanes, JobQueueOptions options = quick()) {
        auto started = JobQueue::start(
            folder_ / "jobs",
            [this]() -> Result<std::unique_ptr<store::JobStore>> {
                SPINDLE_TRY(auto store,
                            store::open_sqlite_jobs(folder_.path(), store::Access::Write));
                return std::make_unique<FullDisk>(std::move(store), is_full_);
            },
            std::move(lanes), options);
        EXPECT_TRUE(started) << started.error().message;
        return std::move(*started);
    }
    static Result<void> nothing(const std::filesystem::path& /*folder*/) { return {}; }
    static std::string add(JobQueue& queue, const std::string& name) {
        NewJob job;
        job.name = name;
        return queue.add(job, nothing).value().id;
    }
    static store::StoredJob over(JobQueue& queue, const std::string& id) {
        for (int i = 0; i < 10'000; ++i) {
            const auto job = queue.find(store::JobKind::Scan, id);
            if (!job || store::is_over(job->state)) {
                return job.value();
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        ADD_FAILURE() << "does not end";
        return queue.find(store::JobKind::Scan, id).value();
    }
    static std::vector<store::JobEvent> all_events(JobQueue& queue, const std::string& id) {
        return queue.events_after(id, 0, 1'000'000).value().events;
    }

    Folder folder_;
    std::atomic<bool> is_full_ = false;
};

} // namespace spindle::app
