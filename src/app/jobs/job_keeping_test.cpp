// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/jobs/detail/job_queue_fixture.h"
#include "app/jobs/job_queue.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using namespace std::chrono_literals;
using store::JobKind;
using store::JobState;
using ::testing::HasSubstr;

using JobQueueTest = JobQueueOnDisk<testing::TempFolder>;

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

TEST_F(JobQueueTest, RemovesFoldersOfNoJob) {
    const auto stray = folder_ / "jobs" / std::string(32, 'b');
    std::filesystem::create_directories(stray);
    std::filesystem::create_directories(folder_ / "jobs" / "mine");
    auto queue = start([](const JobTask&) -> Result<std::string> { return std::string("{}"); });
    EXPECT_FALSE(std::filesystem::exists(stray));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "jobs" / "mine"));
}

} // namespace
} // namespace spindle::app
