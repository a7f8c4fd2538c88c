// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/jobs/job_folders.h"
#include "app/jobs/job_queue.h"
#include "store/sqlite/sqlite_job_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using namespace std::chrono_literals;
using store::JobKind;
using store::JobState;
using store::StoredJob;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::json;

/// A store on a disk that may be full.
class FullDisk final : public store::JobStore {
public:
    FullDisk(std::unique_ptr<store::JobStore> store, std::atomic<bool>& is_full)
        : store_(std::move(store)), is_full_(is_full) {}
    Result<std::int64_t> add(const StoredJob& job) override {
        return is_full_ ? full() : store_->add(job);
    }
    Result<std::optional<StoredJob>> find(const std::string& id) override {
        return store_->find(id);
    }
    Result<std::vector<StoredJob>> jobs(std::optional<JobKind> kind, std::size_t most) override {
        return store_->jobs(kind, most);
    }
    Result<std::vector<StoredJob>> open_jobs() override { return store_->open_jobs(); }
    Result<std::vector<std::size_t>> counts() override { return store_->counts(); }
    Result<void> change(const StoredJob& job, std::span<const store::JobEvent> events) override {
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

class JobQueueTest : public ::testing::Test {
protected:
    static JobQueueOptions quick() {
        JobQueueOptions options;
        options.batch = 1ms;
        options.retry = 5ms;
        options.between_progress = 0ms;
        return options;
    }
    std::unique_ptr<JobQueue> start(JobWork work, JobQueueOptions options = quick(),
                                    std::function<JobKeeping()> keeping = {}) {
        std::vector<JobLane> lanes(1);
        lanes[0].work = {{JobKind::Scan, std::move(work)}};
        lanes[0].keeping = std::move(keeping);
        return start(std::move(lanes), options);
    }
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
    static StoredJob over(JobQueue& queue, const std::string& id) {
        for (int i = 0; i < 10'000; ++i) {
            const auto job = queue.find(JobKind::Scan, id);
            if (!job || store::is_over(job->state)) {
                return job.value();
            }
            std::this_thread::sleep_for(1ms);
        }
        ADD_FAILURE() << "does not end";
        return queue.find(JobKind::Scan, id).value();
    }
    static std::vector<store::JobEvent> all_events(JobQueue& queue, const std::string& id) {
        return queue.events_after(id, 0, 1'000'000).value().events;
    }

    testing::TempFolder folder_;
    std::atomic<bool> is_full_ = false;
};

TEST_F(JobQueueTest, DoesOneAfterTheOtherInOrder) {
    std::vector<std::string> done;
    std::atomic<int> at_once = 0;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        EXPECT_EQ(++at_once, 1);
        done.push_back(task.job.name);
        std::this_thread::sleep_for(1ms);
        --at_once;
        return std::string("{\"counts\":{\"known\":3}}");
    });
    std::vector<std::string> ids;
    for (const char* name : {"a", "b", "c", "d"}) {
        ids.push_back(add(*queue, name));
    }
    const auto last = over(*queue, ids.back());
    EXPECT_EQ(last.state, JobState::Done);
    EXPECT_EQ(last.summary, "{\"counts\":{\"known\":3}}");
    EXPECT_THAT(done, ElementsAre("a", "b", "c", "d"));
    EXPECT_EQ(queue->list(JobKind::Scan, 10).value().front().name, "d");
    EXPECT_TRUE(queue->list(JobKind::Grading, 10).value().empty());
}

TEST_F(JobQueueTest, TellsStatesWithWhatCameOut) {
    auto queue = start([](const JobTask& task) -> Result<std::string> {
        task.tell({0, "disc", "{\"number\":1}", {}});
        return std::string("{\"counts\":{\"known\":3}}");
    });
    const auto id = add(*queue, "rack.jpg");
    const auto job = over(*queue, id);
    const auto events = all_events(*queue, id);
    ASSERT_EQ(events.size(), 4U);
    const auto state = [&](std::size_t i) { return Json::parse(events[i].data); };
    EXPECT_EQ(state(0)["state"], "queued");
    EXPECT_EQ(state(1)["state"], "running");
    EXPECT_EQ(events[2].name, "disc");
    EXPECT_EQ(state(3)["state"], "done");
    EXPECT_EQ(state(3)["counts"]["known"], 3);
    EXPECT_EQ(state(3)["events"], 4);
    EXPECT_EQ(job.events, 4);
    EXPECT_TRUE(queue->events_after(id, 4, 10).value().over);
}

TEST_F(JobQueueTest, AJobThatFailsOrThrowsHurtsNoOther) {
    auto queue = start([](const JobTask& task) -> Result<std::string> {
        if (task.job.name == "throws") {
            throw std::runtime_error("a library gave up");
        }
        return task.job.name == "fails"
                   ? Result<std::string>(fail(Code::BadInput, "rack.jpg: no photo"))
                   : std::string("{}");
    });
    const auto fails = add(*queue, "fails");
    const auto throws = add(*queue, "throws");
    const auto good = add(*queue, "good");
    EXPECT_EQ(over(*queue, good).state, JobState::Done);
    const auto failed = over(*queue, fails);
    EXPECT_EQ(failed.state, JobState::Failed);
    EXPECT_EQ(failed.error->code, Code::BadInput);
    EXPECT_THAT(over(*queue, throws).error->message, HasSubstr("a library gave up"));
}

TEST_F(JobQueueTest, CancelsWhatRunsAndWhatWaits) {
    Gate gate;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        return gate.wait(task.stop) ? Result<std::string>("{}")
                                    : Result<std::string>(fail(Code::Cancelled, "stopped"));
    });
    const auto first = add(*queue, "first");
    const auto second = add(*queue, "second");
    EXPECT_EQ(queue->before(queue->find(JobKind::Scan, second).value()), 1U);
    ASSERT_TRUE(queue->cancel(JobKind::Scan, second));
    EXPECT_EQ(queue->find(JobKind::Scan, second).value().state, JobState::Cancelled);
    ASSERT_TRUE(queue->cancel(JobKind::Scan, first));
    EXPECT_EQ(over(*queue, first).state, JobState::Cancelled);
    const auto events = all_events(*queue, second);
    EXPECT_EQ(Json::parse(events.back().data)["state"], "cancelled");
    EXPECT_EQ(queue->cancel(JobKind::Scan, "nobody").error().code, Code::NotFound);
}

TEST_F(JobQueueTest, RemovesAJobWithItsFolderAlsoWhileItRuns) {
    Gate gate;
    std::atomic<bool> runs = false;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        runs = true;
        gate.wait(task.stop);
        std::ofstream(task.folder / "late") << "x"; // it takes a while to stop
        return fail(Code::Cancelled, "stopped");
    });
    const auto id = add(*queue, "a");
    while (!runs) {
        std::this_thread::sleep_for(1ms);
    }
    const auto folder = queue->folder(id);
    EXPECT_TRUE(std::filesystem::exists(folder));
    ASSERT_TRUE(queue->remove(JobKind::Scan, id));
    EXPECT_EQ(queue->find(JobKind::Scan, id).error().code, Code::NotFound);
    EXPECT_TRUE(queue->events_after(id, 0, 10).value().over);
    for (int i = 0; i < 2000 && std::filesystem::exists(folder); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(JobQueueTest, TakesUpAgainWhatAnOrderlyEndInterrupted) {
    std::string running, waiting;
    {
        std::atomic<bool> runs = false;
        Gate gate;
        auto queue = start([&](const JobTask& task) -> Result<std::string> {
            task.tell({0, "disc", "{}", {}});
            runs = true;
            gate.wait(task.stop);
            return fail(Code::Cancelled, "stopped");
        });
        running = add(*queue, "running");
        waiting = add(*queue, "waiting");
        while (!runs) {
            std::this_thread::sleep_for(1ms);
        }
    }
    std::vector<std::string> done;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        done.push_back(task.job.name);
        return std::string("{}");
    });
    EXPECT_EQ(over(*queue, waiting).state, JobState::Done);
    EXPECT_EQ(over(*queue, running).state, JobState::Done);
    EXPECT_THAT(done, ElementsAre("running", "waiting"));
    std::vector<std::string> names;
    for (const auto& event : all_events(*queue, running)) {
        names.push_back(event.name);
    }
    // queued, running, what was told, running as it was left, running again, done.
    EXPECT_THAT(names, ElementsAre("state", "state", "disc", "state", "state", "state"));
}

TEST_F(JobQueueTest, AKillInTheMiddleLosesNothingThatWasKept) {
    // Photo after photo is kept; each life of the program ends in the middle of one.
    const auto read_photos = [](const JobTask& task, int dies_in) -> Result<std::string> {
        for (int photo = 0; photo < 3; ++photo) {
            const auto kept = task.folder / std::to_string(photo);
            if (std::filesystem::exists(kept)) {
                continue;
            }
            task.tell({0, "disc", std::to_string(photo), {}});
            if (photo == dies_in) {
                std::this_thread::sleep_for(50ms); // it was told, and kept
                ::kill(::getpid(), SIGKILL);
            }
            std::ofstream(kept) << "read";
        }
        return std::string("{}");
    };
    for (const int dies_in : {0, 1}) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto queue = start([&](const JobTask& task) { return read_photos(task, dies_in); });
            if (dies_in == 0) {
                add(*queue, "a");
                add(*queue, "b");
            }
            std::this_thread::sleep_for(20s);
            ::_exit(1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
    }
    auto queue = start([&](const JobTask& task) { return read_photos(task, -1); });
    const auto all = queue->list(JobKind::Scan, 10).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(over(*queue, all[0].id).state, JobState::Done);
    EXPECT_EQ(over(*queue, all[1].id).state, JobState::Done);
    std::string read;
    std::int64_t last = 0;
    for (const auto& event : all_events(*queue, all[1].id)) {
        EXPECT_EQ(event.number, ++last);
        read += event.name == "disc" ? event.data : "";
    }
    EXPECT_EQ(read, "00112"); // each again in which it died, no other
}

TEST_F(JobQueueTest, GivesUpWhatTheProgramDiesOf) {
    {
        auto store = store::open_sqlite_jobs(folder_.path(), store::Access::Write).value();
        StoredJob job;
        job.id = std::string(32, 'a');
        job.number = store->add(job).value();
        job.state = JobState::Running; // as a kill leaves it, three times
        job.begun = 3;
        ASSERT_TRUE(store->change(job, {}));
    }
    auto queue = start([](const JobTask&) -> Result<std::string> {
        ADD_FAILURE() << "begun again";
        return std::string("{}");
    });
    const auto job = over(*queue, std::string(32, 'a'));
    EXPECT_EQ(job.state, JobState::Failed);
    EXPECT_THAT(job.error->message, HasSubstr("3 times"));
}

TEST_F(JobQueueTest, RefusesMoreThanSoManyThatWait) {
    Gate gate;
    auto options = quick();
    options.most_queued = 1000;
    auto queue = start(
        [&](const JobTask& task) -> Result<std::string> {
            gate.wait(task.stop);
            return std::string("{}");
        },
        options, [] { return JobKeeping{.most = 2000}; });
    std::size_t taken = 0;
    std::string last;
    for (int i = 0; i < 1002; ++i) {
        NewJob job;
        job.name = std::to_string(i);
        const auto added = queue->add(job, nothing);
        if (!added) {
            EXPECT_EQ(added.error().code, Code::Busy);
            EXPECT_THAT(added.error().message, HasSubstr("1000"));
        } else {
            last = added->id;
            ++taken;
        }
    }
    EXPECT_GE(taken, 1000U); // and the one that runs
    EXPECT_LE(taken, 1001U);
    // What was refused left no folder.
    std::size_t folders = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "jobs")) {
        folders += entry.is_directory() ? 1 : 0;
    }
    EXPECT_EQ(folders, taken);
    gate.open();
    EXPECT_EQ(over(*queue, last).state, JobState::Done);
}

TEST_F(JobQueueTest, KeepsOnlyTheNewest) {
    auto queue = start(
        [](const JobTask& task) -> Result<std::string> {
            std::ofstream(task.folder / "result") << std::string(1000, 'x');
            return std::string("{}");
        },
        quick(), [] { return JobKeeping{.most = 3, .most_bytes = 2500}; });
    std::string last;
    for (int i = 0; i < 6; ++i) {
        last = add(*queue, std::to_string(i));
    }
    over(*queue, last);
    for (int i = 0; i < 2000 && queue->list(JobKind::Scan, 100).value().size() > 2; ++i) {
        std::this_thread::sleep_for(1ms);
    }
    const auto kept = queue->list(JobKind::Scan, 100).value(); // two thousand bytes of them
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept.front().name, "5");
    EXPECT_TRUE(std::filesystem::exists(folder_ / "jobs" / last));
}

TEST_F(JobQueueTest, KeepsNothingLongerThanItMay) {
    std::atomic<int> days = 0;
    const auto write = [](const JobTask& task) -> Result<std::string> {
        std::ofstream(task.folder / "result") << std::string(1000, 'x');
        return std::string("{}");
    };
    const auto keeping = [&] { return JobKeeping{.longest = std::chrono::days(days)}; };
    auto queue = start(write, quick(), keeping);
    const auto old = add(*queue, "old");
    over(*queue, old);
    queue.reset();
    { // as if it were of last week
        auto store = store::open_sqlite_jobs(folder_.path(), store::Access::Write).value();
        auto job = *store->find(old).value();
        job.ended -= std::chrono::milliseconds(std::chrono::days(7)).count();
        ASSERT_TRUE(store->change(job, {}));
    }
    queue = start(write, quick(), keeping);
    over(*queue, add(*queue, "kept while there is room"));
    EXPECT_EQ(queue->list(JobKind::Scan, 10).value().size(), 2U);
    days = 6;
    const auto latest = add(*queue, "new");
    over(*queue, latest);
    for (int i = 0; i < 2000 && queue->find(JobKind::Scan, old); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_FALSE(queue->find(JobKind::Scan, old));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "jobs" / old));
    EXPECT_TRUE(queue->find(JobKind::Scan, latest));
}

TEST_F(JobQueueTest, RemovesWhatIsOverAndTellsItsRoom) {
    Gate gate;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        std::ofstream(task.folder / "result") << std::string(1000, 'x');
        if (task.job.name == "runs") {
            gate.wait(task.stop);
        }
        return std::string("{}");
    });
    over(*queue, add(*queue, "a"));
    over(*queue, add(*queue, "b"));
    const auto runs = add(*queue, "runs");
    const auto room = queue->room_of(JobKind::Scan).value();
    EXPECT_EQ(room.jobs, 2U);
    EXPECT_EQ(room.bytes, 2000U);
    EXPECT_EQ(queue->room_of(JobKind::Grading).value().jobs, 0U);
    EXPECT_EQ(queue->remove_finished(JobKind::Scan, 1h).value(), 0U);
    EXPECT_EQ(queue->remove_finished(JobKind::Grading, 0s).value(), 0U);
    EXPECT_EQ(queue->remove_finished(JobKind::Scan, 0s).value(), 2U);
    EXPECT_EQ(queue->room_of(JobKind::Scan).value().bytes, 0U);
    gate.open();
    EXPECT_EQ(over(*queue, runs).state, JobState::Done);
}

TEST_F(JobQueueTest, ALaneHoldsUpNoOther) {
    Gate import;
    std::atomic<bool> imports = false;
    const auto niceness = [] { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); };
    std::atomic<int> of_import = 0, of_scan = 0, of_helper = 0;
    std::vector<JobLane> lanes(2);
    lanes[0].work = {{JobKind::Scan, [&](const JobTask&) -> Result<std::string> {
                          of_scan = niceness();
                          return std::string("{}");
                      }}};
    lanes[1].work = {{JobKind::Catalog, [&](const JobTask& task) -> Result<std::string> {
                          of_import = niceness();
                          std::thread([&] { of_helper = niceness(); }).join();
                          task.progress({"reading", {}, 1, 2, std::nullopt});
                          imports = true;
                          return import.wait(task.stop)
                                     ? Result<std::string>("{}")
                                     : Result<std::string>(fail(Code::Cancelled, "stopped"));
                      }}};
    lanes[1].pace = Pace::Gentle;
    auto queue = start(std::move(lanes));
    NewJob wanted;
    wanted.kind = JobKind::Catalog;
    wanted.name = "an hour's import";
    const auto long_one = queue->add(wanted, nothing).value();
    const auto next = queue->add(wanted, nothing).value();
    while (!imports) {
        std::this_thread::sleep_for(1ms);
    }
    const auto scan = add(*queue, "rack.jpg");
    EXPECT_EQ(over(*queue, scan).state, JobState::Done); // while the import goes on
    EXPECT_EQ(queue->find(JobKind::Catalog, long_one.id).value().state, JobState::Running);
    EXPECT_EQ(queue->progress(long_one.id)->step, "reading");
    EXPECT_EQ(queue->before(next), 1U); // what is of one lane waits
    EXPECT_EQ(of_scan, 0);
    EXPECT_EQ(of_import, 10);
    EXPECT_EQ(of_helper, 10);
    ASSERT_TRUE(queue->cancel(JobKind::Catalog, next.id));
    import.open();
    for (int i = 0;
         i < 2000 && queue->find(JobKind::Catalog, long_one.id).value().state != JobState::Done;
         ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(queue->find(JobKind::Catalog, long_one.id).value().state, JobState::Done);
    EXPECT_EQ(queue->find(JobKind::Catalog, next.id).value().state, JobState::Cancelled);
}

TEST_F(JobQueueTest, AFullDiskLosesNothingThatWasAnswered) {
    Gate gate;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        gate.wait(task.stop);
        task.tell({0, "disc", "{\"number\":1}", {}});
        return std::string("{}");
    });
    const auto id = add(*queue, "a");
    while (queue->find(JobKind::Scan, id).value().state != JobState::Running) {
        std::this_thread::sleep_for(1ms);
    }
    is_full_ = true;
    const auto refused = queue->add({}, nothing);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::NoSpace);
    gate.open();
    std::this_thread::sleep_for(30ms);
    EXPECT_EQ(queue->find(JobKind::Scan, id).value().state, JobState::Running); // cannot be noted
    is_full_ = false;
    EXPECT_EQ(over(*queue, id).state, JobState::Done);
    EXPECT_EQ(all_events(*queue, id).size(), 4U);
}

TEST_F(JobQueueTest, AnInputThatCannotBeKeptLeavesNothing) {
    auto queue = start([](const JobTask&) -> Result<std::string> { return std::string("{}"); });
    const auto refused = queue->add(
        {}, [](const auto&) -> Result<void> { return fail(Code::BadInput, "no photo"); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "no photo");
    EXPECT_TRUE(queue->list(JobKind::Scan, 10).value().empty());
}

TEST_F(JobQueueTest, OneProgramAtATime) {
    auto queue = start([](const JobTask&) -> Result<std::string> { return std::string("{}"); });
    const auto second = JobQueue::start(
        folder_ / "jobs",
        [this] { return store::open_sqlite_jobs(folder_.path(), store::Access::Write); }, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::Busy);
}

TEST_F(JobQueueTest, RemovesFoldersOfNoJob) {
    const auto stray = folder_ / "jobs" / std::string(32, 'b');
    std::filesystem::create_directories(stray);
    std::filesystem::create_directories(folder_ / "jobs" / "mine");
    auto queue = start([](const JobTask&) -> Result<std::string> { return std::string("{}"); });
    EXPECT_FALSE(std::filesystem::exists(stray));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "jobs" / "mine"));
}

/// Whoever joins, leaves and comes back with the last number sees every event once, in order.
RC_GTEST_FIXTURE_PROP(JobQueueTest, FollowersMissNothingAndGetNothingTwice, ()) {
    const auto told = *rc::gen::inRange(0, 200);
    const auto pauses = *rc::gen::container<std::vector<int>>(8, rc::gen::inRange(0, 40));
    const auto most = *rc::gen::inRange<std::size_t>(1, 30);
    std::filesystem::remove_all(folder_ / "jobs");
    Gate gate;
    auto queue = start([&](const JobTask& task) -> Result<std::string> {
        gate.wait(task.stop);
        for (int i = 0; i < told; ++i) {
            task.tell({0, "disc", std::to_string(i), {}});
            if (i % 16 == 0) {
                std::this_thread::sleep_for(std::chrono::microseconds(
                    pauses[static_cast<std::size_t>(i / 16) % pauses.size()] * 25));
            }
        }
        return std::string("{}");
    });
    const auto id = add(*queue, "a");
    std::vector<std::vector<store::JobEvent>> seen(3);
    std::vector<std::jthread> followers;
    for (std::size_t f = 0; f < seen.size(); ++f) {
        followers.emplace_back([&, f] {
            std::mutex mutex;
            std::condition_variable changed;
            bool news = true;
            std::shared_ptr<void> listening;
            std::int64_t last = 0;
            for (int round = 0;; ++round) {
                if (round % (5 + static_cast<int>(f)) == 0) { // goes, and comes back
                    listening.reset();
                    listening = queue->on_news(id, [&] {
                        const std::lock_guard lock(mutex);
                        news = true;
                        changed.notify_one();
                    });
                    news = true;
                }
                const auto batch = queue->events_after(id, last, most).value();
                for (const auto& event : batch.events) {
                    seen[f].push_back(event);
                    last = event.number;
                }
                if (batch.over) {
                    break;
                }
                if (batch.events.empty()) {
                    std::unique_lock lock(mutex);
                    // Without the news it would stay here.
                    if (!changed.wait_for(lock, 10s, [&] { return news; })) {
                        break;
                    }
                    news = false;
                }
            }
        });
    }
    gate.open();
    followers.clear();
    const auto all = all_events(*queue, id);
    RC_ASSERT(all.size() == static_cast<std::size_t>(told) + 3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        RC_ASSERT(all[i].number == static_cast<std::int64_t>(i) + 1);
    }
    for (int i = 0; i < told; ++i) {
        RC_ASSERT(all[static_cast<std::size_t>(i) + 2].data == std::to_string(i));
    }
    for (const auto& one : seen) {
        RC_ASSERT(one.size() == all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            RC_ASSERT(one[i].number == all[i].number);
            RC_ASSERT(one[i].data == all[i].data);
        }
    }
}

TEST_F(JobQueueTest, ShowsProgressButNotTooOften) {
    auto options = quick();
    options.between_progress = 10'000ms;
    Gate gate;
    std::atomic<bool> told = false;
    auto queue = start(
        [&](const JobTask& task) -> Result<std::string> {
            for (std::uint64_t i = 0; i < 1000; ++i) {
                task.progress({"reading", "rack.jpg", i, 1000, Seconds{12.34}});
            }
            task.progress({"pricing", {}, 0, 5, std::nullopt});
            told = true;
            gate.wait(task.stop);
            return std::string("{}");
        },
        options);
    const auto id = add(*queue, "a");
    while (!told || queue->find(JobKind::Scan, id).value().events < 4) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(queue->progress(id)->step, "pricing");
    const auto live = all_events(*queue, id);
    ASSERT_EQ(live.size(), 4U); // one of each step
    EXPECT_EQ(Json::parse(live[2].data)["eta_s"], 12.3);
    gate.open();
    over(*queue, id);
    for (int i = 0; i < 2000 && queue->progress(id); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_FALSE(queue->progress(id));
    const auto events = all_events(*queue, id);
    ASSERT_EQ(events.size(), 4U); // the last one is enough afterwards
    EXPECT_EQ(events[2].number, 4);
    EXPECT_EQ(Json::parse(events[2].data)["step"], "pricing");
}

} // namespace
} // namespace spindle::app
