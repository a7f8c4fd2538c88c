// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/job_queue.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/jobs/job_document.h"
#include "app/jobs/job_folders.h"
#include "app/jobs/job_queue_state.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using store::JobEvent;
using store::JobState;
using store::StoredJob;

} // namespace

Result<std::unique_ptr<JobQueue>> JobQueue::start(fs::path folder, const OpenStore& open,
                                                  std::vector<JobLane> lanes,
                                                  JobQueueOptions options) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    SPINDLE_TRY(auto lock, io::FileLock::acquire(folder / "lock"));
    auto state =
        std::make_unique<State>(std::move(folder), options, std::move(lanes), std::move(lock));
    SPINDLE_TRY(state->writer, open());
    SPINDLE_TRY(state->reader, open());
    SPINDLE_TRY(const auto all, state->writer->jobs(std::nullopt, kAllJobs));
    std::set<std::string> known;
    for (const StoredJob& job : all) {
        known.insert(job.id);
    }
    remove_stray_folders(state->folder, known);
    SPINDLE_TRY(const auto unfinished, state->writer->open_jobs());
    for (const StoredJob& job : unfinished) {
        state->lane_of(job.kind).waiting.emplace_back(job.number, job.id);
    }
    State& s = *state;
    for (State::Lane& lane : s.lanes) {
        lane.worker =
            std::jthread([&s, &lane](const std::stop_token& ending) { s.work_on(lane, ending); });
    }
    s.recorder = std::jthread([&s](const std::stop_token& ending) { s.record(ending); });
    return std::unique_ptr<JobQueue>(new JobQueue(std::move(state)));
}

JobQueue::JobQueue(std::unique_ptr<State> state) : state_(std::move(state)) {}

JobQueue::~JobQueue() {
    for (State::Lane& lane : state_->lanes) {
        lane.worker.request_stop();
    }
    for (State::Lane& lane : state_->lanes) {
        lane.worker.join(); // it still needs nobody, but the recorder may hold the store
    }
    state_->recorder.request_stop();
    state_->recorder.join();
}

Result<StoredJob> JobQueue::add(NewJob job,
                                const std::function<Result<void>(const fs::path&)>& fill) {
    State& s = *state_;
    State::Lane& lane = s.lane_of(job.kind);
    const auto full = [&s, &lane] {
        const std::lock_guard guard(s.mutex);
        return lane.waiting.size() >= s.options.most_queued;
    };
    const auto refusal = [&s] {
        return fail(Code::Busy,
                    "{} jobs are waiting already; send it again when some are done, or "
                    "delete some",
                    s.options.most_queued);
    };
    if (full()) {
        return refusal();
    }
    StoredJob stored;
    SPINDLE_TRY(stored.id, draw_job_id());
    stored.kind = job.kind;
    stored.name = std::move(job.name);
    stored.options = std::move(job.options);
    stored.created = job_clock();
    const fs::path folder = s.folder_of(stored);
    std::error_code error;
    fs::create_directory(folder, error);
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    const auto kept = [&]() -> Result<void> {
        SPINDLE_TRY_VOID(fill(folder));
        const std::lock_guard in_order(s.adding); // they wait in the order of their numbers
        if (full()) {
            return refusal();
        }
        {
            const std::lock_guard write(s.writing);
            SPINDLE_TRY(stored.number, s.writer->add(stored));
            stored.events = 1;
            const std::vector<JobEvent> event{
                {0, "state", document_of(stored, {.before = before(stored)}), {}}};
            if (const auto told = s.writer->add_events(stored.number, event); !told) {
                (void)s.writer->remove(stored.id);
                return tl::unexpected(told.error());
            }
        }
        const std::lock_guard guard(s.mutex);
        lane.waiting.emplace_back(stored.number, stored.id);
        return {};
    }();
    if (!kept) {
        fs::remove_all(folder, error);
        return tl::unexpected(kept.error());
    }
    s.changed.notify_all();
    return stored;
}

Result<StoredJob> JobQueue::find(store::JobKind kind, const std::string& id) const {
    const std::lock_guard read(state_->reading);
    SPINDLE_TRY(auto found, state_->reader->find(id));
    if (!found || found->kind != kind) {
        return no_job(kind, id);
    }
    return std::move(*found);
}

Result<std::vector<StoredJob>> JobQueue::list(store::JobKind kind, std::size_t most) const {
    const std::lock_guard read(state_->reading);
    return state_->reader->jobs(kind, most);
}

Result<std::vector<std::size_t>> JobQueue::counts() const {
    const std::lock_guard read(state_->reading);
    return state_->reader->counts();
}

std::size_t JobQueue::before(const StoredJob& job) const {
    const State::Lane& lane = state_->lane_of(job.kind);
    const std::lock_guard guard(state_->mutex);
    const auto earlier = std::count_if(lane.waiting.begin(), lane.waiting.end(),
                                       [&](const auto& other) { return other.first < job.number; });
    const bool one_runs = lane.current && lane.current->job.number < job.number;
    return static_cast<std::size_t>(earlier) + (one_runs ? 1 : 0);
}

std::optional<Progress> JobQueue::progress(const std::string& id) const {
    const std::lock_guard guard(state_->mutex);
    const State::Lane* const lane = state_->running_in(id);
    return lane != nullptr ? lane->current->progress : std::nullopt;
}

fs::path JobQueue::folder(const std::string& id) const {
    return state_->folder / id;
}

Result<void> JobQueue::cancel(store::JobKind kind, const std::string& id) {
    State& s = *state_;
    SPINDLE_TRY(auto job, find(kind, id));
    if (store::is_over(job.state)) {
        return {};
    }
    std::optional<std::stop_source> running;
    {
        const std::lock_guard guard(s.mutex);
        if (State::Lane* const lane = s.running_in(id)) {
            lane->current->cancelled = true;
            running = lane->current->stop;
        } else if (std::erase_if(s.lane_of(kind).waiting,
                                 [&](const auto& one) { return one.second == id; }) == 0) {
            return {}; // it has ended meanwhile
        }
    }
    if (running) {
        running->request_stop(); // what hangs on it may want the mutex
        return {};
    }
    job.state = JobState::Cancelled;
    job.ended = job_clock();
    job.bytes = bytes_in(s.folder_of(job));
    return s.note(s.lane_of(kind), job);
}

Result<void> JobQueue::remove(store::JobKind kind, const std::string& id) {
    State& s = *state_;
    SPINDLE_TRY_VOID(find(kind, id));
    std::optional<std::stop_source> running; // its folder goes when the work has stopped
    {
        const std::lock_guard write(s.writing);
        {
            const std::lock_guard guard(s.mutex);
            std::erase_if(s.lane_of(kind).waiting,
                          [&](const auto& one) { return one.second == id; });
        }
        SPINDLE_TRY_VOID(s.writer->remove(id));
        const std::lock_guard guard(s.mutex);
        if (State::Lane* const lane = s.running_in(id)) {
            lane->current->cancelled = lane->current->removed = true;
            running = lane->current->stop;
        }
    }
    if (running) {
        running->request_stop();
    } else {
        std::error_code ignored;
        fs::remove_all(s.folder / id, ignored);
    }
    s.news.tell(id);
    return {};
}

Result<std::size_t> JobQueue::remove_finished(store::JobKind kind, std::chrono::seconds ago) {
    SPINDLE_TRY(const auto all, list(kind, kAllJobs));
    const std::int64_t latest =
        job_clock() - std::chrono::duration_cast<std::chrono::milliseconds>(ago).count();
    std::size_t removed = 0;
    for (const StoredJob& job : all) {
        if (store::is_over(job.state) && job.ended <= latest) {
            const auto gone = remove(kind, job.id);
            if (!gone && gone.error().code != Code::NotFound) {
                return tl::unexpected(gone.error());
            }
            removed += gone ? 1 : 0;
        }
    }
    return removed;
}

Result<JobQueue::Room> JobQueue::room_of(store::JobKind kind) const {
    SPINDLE_TRY(const auto all, list(kind, kAllJobs));
    Room room;
    for (const StoredJob& job : all) {
        if (store::is_over(job.state)) {
            ++room.jobs;
            room.bytes += bytes_in(state_->folder_of(job)); // views of photos come after its end
        }
    }
    return room;
}

Result<JobEvents> JobQueue::events_after(const std::string& id, std::int64_t last,
                                         std::size_t most) const {
    const std::lock_guard read(state_->reading);
    SPINDLE_TRY(const auto job, state_->reader->find(id));
    JobEvents found;
    if (!job) {
        found.over = true;
        return found;
    }
    SPINDLE_TRY(found.events, state_->reader->events_after(job->number, last, most));
    const std::int64_t reached = found.events.empty() ? last : found.events.back().number;
    found.over = store::is_over(job->state) && reached >= job->events;
    return found;
}

std::shared_ptr<void> JobQueue::on_news(const std::string& id, std::function<void()> wake) {
    return state_->news.listen(id, std::move(wake));
}

} // namespace spindle::app
