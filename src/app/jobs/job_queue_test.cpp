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
#include <sys/wait.h>
#include <unistd.h>

#include "app/jobs/detail/job_queue_fixture.h"
#include "app/jobs/job_queue.h"
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

using JobQueueTest = JobQueueOnDisk<testing::TempFolder>;

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
