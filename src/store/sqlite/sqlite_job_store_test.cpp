// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "store/sqlite/sqlite_job_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

class SqliteJobStoreTest : public ::testing::Test {
protected:
    std::unique_ptr<JobStore> open() {
        return open_sqlite_jobs(folder_.path(), Access::Write).value();
    }
    static StoredJob a_job(const std::string& id, JobKind kind = JobKind::Scan) {
        StoredJob job;
        job.id = id;
        job.kind = kind;
        job.name = "rack.jpg";
        job.created = 1000;
        job.options = "{\"photos\":1}";
        return job;
    }
    testing::TempFolder folder_;
};

TEST_F(SqliteJobStoreTest, GivesBackWhatWasKept) {
    {
        auto store = open();
        auto job = a_job("aa");
        job.number = store->add(job).value();
        job.state = JobState::Failed;
        job.started = 2000;
        job.ended = 3000;
        job.summary = "{\"known\":3}";
        job.error = Error{Code::NoSpace, "full"};
        job.bytes = 77;
        const std::vector<JobEvent> events{{0, "state", "{}"}, {0, "disc", "{\"number\":1}"}};
        ASSERT_TRUE(store->change(job, events));
    }
    auto store = open();
    const auto job = store->find("aa").value();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->kind, JobKind::Scan);
    EXPECT_EQ(job->name, "rack.jpg");
    EXPECT_EQ(job->state, JobState::Failed);
    EXPECT_EQ(job->created, 1000);
    EXPECT_EQ(job->started, 2000);
    EXPECT_EQ(job->ended, 3000);
    EXPECT_EQ(job->options, "{\"photos\":1}");
    EXPECT_EQ(job->summary, "{\"known\":3}");
    ASSERT_TRUE(job->error);
    EXPECT_EQ(job->error->code, Code::NoSpace);
    EXPECT_EQ(job->error->message, "full");
    EXPECT_EQ(job->events, 2);
    EXPECT_EQ(job->bytes, 77U);
    EXPECT_FALSE(store->find("bb").value());
}

TEST_F(SqliteJobStoreTest, NumbersEventsOfEachJobFromOne) {
    auto store = open();
    const auto a = store->add(a_job("aa")).value();
    const auto b = store->add(a_job("bb")).value();
    const std::vector<JobEvent> two{{0, "one", "1"}, {0, "two", "2"}};
    EXPECT_EQ(store->add_events(a, two).value(), 2);
    EXPECT_EQ(store->add_events(b, two).value(), 2);
    EXPECT_EQ(store->add_events(a, two).value(), 4);
    const auto events = store->events_after(a, 1, 2).value();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].number, 2);
    EXPECT_EQ(events[0].name, "two");
    EXPECT_EQ(events[1].number, 3);
    EXPECT_EQ(events[1].data, "1");
    EXPECT_TRUE(store->events_after(a, 4, 100).value().empty());
}

TEST_F(SqliteJobStoreTest, ListsByKindNewestFirstAndOpenOnesInOrder) {
    auto store = open();
    for (const char* id : {"aa", "bb", "cc"}) {
        ASSERT_TRUE(store->add(a_job(id, *id == 'b' ? JobKind::Grading : JobKind::Scan)));
    }
    const auto scans = store->jobs(JobKind::Scan, 10).value();
    ASSERT_EQ(scans.size(), 2U);
    EXPECT_EQ(scans[0].id, "cc");
    EXPECT_EQ(store->jobs(std::nullopt, 2).value().size(), 2U);
    auto done = store->find("aa").value().value();
    done.state = JobState::Done;
    ASSERT_TRUE(store->change(done, {}));
    const auto open_ones = store->open_jobs().value();
    ASSERT_EQ(open_ones.size(), 2U);
    EXPECT_EQ(open_ones[0].id, "bb");
    EXPECT_EQ(store->counts().value(), (std::vector<std::size_t>{2, 0, 1, 0, 0}));
}

TEST_F(SqliteJobStoreTest, KeepsTheLatestOfEachSubject) {
    auto store = open();
    const auto number = store->add(a_job("aa")).value();
    const std::vector<JobEvent> events{{0, "disc", "1", "disc 1"},
                                       {0, "state", "{}"},
                                       {0, "disc", "2", "disc 2"},
                                       {0, "disc", "3", "disc 1"},
                                       {0, "state", "{}"}};
    ASSERT_TRUE(store->add_events(number, events));
    ASSERT_TRUE(store->remove_superseded(number));
    std::vector<std::int64_t> left;
    const auto all = store->events_after(number, 0, 10).value();
    for (const JobEvent& event : all) {
        left.push_back(event.number);
    }
    EXPECT_EQ(left, (std::vector<std::int64_t>{2, 3, 4, 5}));
}

TEST_F(SqliteJobStoreTest, ARemovedJobTakesItsEventsAlong) {
    auto store = open();
    const auto number = store->add(a_job("aa")).value();
    ASSERT_TRUE(store->add_events(number, std::vector<JobEvent>{{0, "state", "{}"}}));
    ASSERT_TRUE(store->remove("aa"));
    ASSERT_TRUE(store->remove("aa"));
    EXPECT_TRUE(store->events_after(number, 0, 10).value().empty());
    EXPECT_EQ(store->add_events(number, {}).error().code, Code::NotFound);
    StoredJob gone;
    gone.number = number;
    EXPECT_EQ(store->change(gone, {}).error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::store
