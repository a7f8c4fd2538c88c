// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/job_queue.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

#include "app/jobs/job_document.h"
#include "app/jobs/job_folders.h"
#include "app/jobs/job_news.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using store::JobEvent;
using store::JobState;
using store::StoredJob;
using Clock = std::chrono::steady_clock;

/// Events that wait for room on a full disk; then what is said of progress is left out.
constexpr std::size_t kMostPending = 20'000;
constexpr std::size_t kAll = 1'000'000; // jobs: more than are ever kept

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

tl::unexpected<Error> no_job(store::JobKind kind, const std::string& id) {
    return fail(Code::NotFound, "there is no {} {}; it may have been deleted", store::name_of(kind),
                id.substr(0, 40));
}

} // namespace

struct JobQueue::State {
    /// What runs now.
    struct Current {
        StoredJob job;
        std::stop_source stop;
        bool cancelled = false; ///< by somebody, not by the end of the program
        bool removed = false;
        std::optional<Progress> progress;
        Clock::time_point told{}; ///< of progress
        std::vector<JobEvent> pending;
    };

    State(fs::path root, JobQueueOptions how, std::map<store::JobKind, JobWork> what,
          io::FileLock held)
        : folder(std::move(root)), options(how), work(std::move(what)), lock(std::move(held)) {}

    fs::path folder_of(const StoredJob& job) const { return folder / job.id; }
    void tell(JobEvent event);
    void tell_progress(const Progress& progress);
    Result<void> flush();
    Result<void> note(StoredJob& job);
    bool note_at_last(StoredJob& job, const std::stop_token& ending);
    Result<std::string> run(const StoredJob& job, const std::stop_token& stop);
    void do_job(const std::string& id, const std::stop_token& ending);
    void remove_old();
    void work_on(const std::stop_token& ending);
    void record(const std::stop_token& ending);

    const fs::path folder;
    const JobQueueOptions options;
    const std::map<store::JobKind, JobWork> work;
    io::FileLock lock;
    JobNews news;

    // Locked in this order: adding, writing, mutex. Readers have a connection of their own, so that
    // nobody waits for a disk who only looks.
    std::mutex adding;
    std::mutex writing;
    std::unique_ptr<store::JobStore> writer;
    std::mutex reading;
    std::unique_ptr<store::JobStore> reader;
    std::mutex mutex; ///< of what follows
    std::condition_variable_any changed;
    std::deque<std::pair<std::int64_t, std::string>> waiting; ///< number and id
    std::optional<Current> current;

    std::jthread worker, recorder;
};

void JobQueue::State::tell(JobEvent event) {
    {
        const std::lock_guard guard(mutex);
        if (!current || current->removed) {
            return;
        }
        auto& pending = current->pending;
        if (pending.size() >= kMostPending) {
            std::erase_if(pending, [](const JobEvent& one) { return one.name == "progress"; });
            if (pending.size() >= kMostPending) {
                return; // results are in the folder
            }
        }
        pending.push_back(std::move(event));
    }
    changed.notify_all();
}

void JobQueue::State::tell_progress(const Progress& progress) {
    {
        const std::lock_guard guard(mutex);
        if (!current) {
            return;
        }
        const auto now = Clock::now();
        const bool is_new_step = !current->progress || current->progress->step != progress.step;
        current->progress = progress;
        if (!is_new_step && now - current->told < options.between_progress) {
            return;
        }
        current->told = now;
    }
    tell({0, "progress", document_of(progress), "progress"});
}

/// Keeps what was told until now. On failure it stays to be kept.
Result<void> JobQueue::State::flush() {
    std::string id;
    {
        const std::lock_guard write(writing);
        std::vector<JobEvent> events;
        std::int64_t number = 0;
        {
            const std::lock_guard guard(mutex);
            if (!current || current->pending.empty()) {
                return {};
            }
            events.swap(current->pending);
            number = current->job.number;
            id = current->job.id;
        }
        if (const auto kept = writer->add_events(number, events);
            !kept && kept.error().code != Code::NotFound) {
            const std::lock_guard guard(mutex);
            if (current && current->job.number == number) {
                auto& pending = current->pending;
                pending.insert(pending.begin(), std::make_move_iterator(events.begin()),
                               std::make_move_iterator(events.end()));
            }
            return tl::unexpected(kept.error());
        }
    }
    news.tell(id);
    return {};
}

/// Keeps what became of a job, and tells it. Code::NotFound when it is gone.
Result<void> JobQueue::State::note(StoredJob& job) {
    SPINDLE_TRY_VOID(flush());
    {
        const std::lock_guard write(writing);
        SPINDLE_TRY(const auto kept, writer->find(job.id));
        if (!kept) {
            return no_job(job.kind, job.id);
        }
        job.events = kept->events + 1; // the number this one gets
        const std::vector<JobEvent> event{{0, "state", document_of(job), {}}};
        SPINDLE_TRY_VOID(writer->change(job, event));
    }
    news.tell(job.id);
    return {};
}

/// Tries until there is room on the disk. @return whether the job is still there
bool JobQueue::State::note_at_last(StoredJob& job, const std::stop_token& ending) {
    for (;;) {
        const auto noted = note(job);
        if (noted || noted.error().code == Code::NotFound || ending.stop_requested()) {
            return noted.has_value();
        }
        std::unique_lock guard(mutex);
        changed.wait_for(guard, ending, options.retry, [] { return false; });
    }
}

Result<std::string> JobQueue::State::run(const StoredJob& job, const std::stop_token& stop) {
    const auto does = work.find(job.kind);
    if (does == work.end()) {
        return fail(Code::Unsupported, "a {} cannot be done here", store::name_of(job.kind));
    }
    try {
        return does->second({job, folder_of(job), stop,
                             [this](const Progress& progress) { tell_progress(progress); },
                             [this](JobEvent event) { tell(std::move(event)); }});
    } catch (const std::exception& error) {
        return fail(Code::Failed, "it could not be done: {}", error.what());
    }
}

void JobQueue::State::do_job(const std::string& id, const std::stop_token& ending) {
    std::optional<StoredJob> found;
    {
        const std::lock_guard write(writing);
        if (auto there = writer->find(id); there && *there) {
            found = std::move(**there);
        }
    }
    std::stop_source stopper;
    {
        const std::lock_guard guard(mutex);
        if (!found) {
            current.reset();
            return;
        }
        current->job = *found;
        stopper = current->stop;
    }
    StoredJob& job = *found;
    const std::stop_token stop = stopper.get_token();
    const std::stop_callback on_end(ending, [&stopper] { stopper.request_stop(); });
    const bool dies_of_it = job.begun >= options.most_begun;
    job.state = JobState::Running;
    job.started = job.started == 0 ? now_ms() : job.started;
    ++job.begun;
    bool there = note_at_last(job, ending);
    if (there && !ending.stop_requested()) {
        const auto done =
            dies_of_it
                ? Result<std::string>(fail(Code::Failed,
                                           "the program ended {} times in the middle of it, so it "
                                           "is not tried again; try another file",
                                           options.most_begun))
                : run(job, stop);
        bool cancelled = false;
        {
            const std::lock_guard guard(mutex);
            cancelled = current->cancelled;
        }
        const bool stopped = !done && done.error().code == Code::Cancelled;
        if (stopped && !cancelled && ending.stop_requested()) {
            job.begun = 0; // an orderly end: the next start goes on
            there = note_at_last(job, ending);
        } else {
            job.ended = now_ms();
            job.begun = 0;
            job.state = done ? JobState::Done : stopped ? JobState::Cancelled : JobState::Failed;
            job.error = done || stopped ? std::nullopt : std::optional(done.error());
            job.summary = done ? *done : job.summary;
            job.bytes = bytes_in(folder_of(job));
            there = note_at_last(job, ending);
            if (there) {
                const std::lock_guard write(writing);
                (void)writer->remove_superseded(job.number); // it only takes room
            }
        }
    }
    bool removed = false;
    {
        const std::lock_guard guard(mutex);
        removed = current->removed;
        current.reset();
    }
    if (removed) {
        std::error_code ignored;
        fs::remove_all(folder / id, ignored);
    }
    news.tell(id);
    remove_old();
}

/// The oldest finished ones beyond what is kept.
void JobQueue::State::remove_old() {
    std::vector<std::string> old;
    {
        const std::lock_guard write(writing);
        const auto all = writer->jobs(std::nullopt, kAll);
        if (!all) {
            return; // next time
        }
        std::size_t kept = 0;
        std::uint64_t bytes = 0;
        for (const StoredJob& job : *all) { // newest first
            if (!store::is_over(job.state)) {
                continue;
            }
            bytes += job.bytes;
            if (++kept > options.most_kept || (bytes > options.most_bytes && kept > 1)) {
                if (writer->remove(job.id)) {
                    old.push_back(job.id);
                }
            }
        }
    }
    for (const std::string& id : old) {
        std::error_code ignored;
        fs::remove_all(folder / id, ignored);
    }
}

void JobQueue::State::work_on(const std::stop_token& ending) {
    remove_old();
    for (;;) {
        std::string id;
        {
            std::unique_lock guard(mutex);
            changed.wait(guard, ending, [this] { return !waiting.empty(); });
            if (ending.stop_requested()) {
                return;
            }
            id = waiting.front().second;
            current.emplace();
            std::tie(current->job.number, current->job.id) = std::move(waiting.front());
            waiting.pop_front();
        }
        do_job(id, ending);
    }
}

/// Keeps what is told while the work is silent.
void JobQueue::State::record(const std::stop_token& ending) {
    const auto pause = [&](std::chrono::milliseconds length) {
        std::unique_lock guard(mutex);
        changed.wait_for(guard, ending, length, [] { return false; });
    };
    while (!ending.stop_requested()) {
        {
            std::unique_lock guard(mutex);
            changed.wait(guard, ending, [this] { return current && !current->pending.empty(); });
        }
        pause(options.batch);
        if (!flush()) {
            pause(options.retry);
        }
    }
}

Result<std::unique_ptr<JobQueue>> JobQueue::start(fs::path folder, const OpenStore& open,
                                                  std::map<store::JobKind, JobWork> work,
                                                  JobQueueOptions options) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    SPINDLE_TRY(auto lock, io::FileLock::acquire(folder / "lock"));
    auto state =
        std::make_unique<State>(std::move(folder), options, std::move(work), std::move(lock));
    SPINDLE_TRY(state->writer, open());
    SPINDLE_TRY(state->reader, open());
    SPINDLE_TRY(const auto all, state->writer->jobs(std::nullopt, kAll));
    std::set<std::string> known;
    for (const StoredJob& job : all) {
        known.insert(job.id);
    }
    remove_stray_folders(state->folder, known);
    SPINDLE_TRY(const auto unfinished, state->writer->open_jobs());
    for (const StoredJob& job : unfinished) {
        state->waiting.emplace_back(job.number, job.id);
    }
    State& s = *state;
    s.worker = std::jthread([&s](const std::stop_token& ending) { s.work_on(ending); });
    s.recorder = std::jthread([&s](const std::stop_token& ending) { s.record(ending); });
    return std::unique_ptr<JobQueue>(new JobQueue(std::move(state)));
}

JobQueue::JobQueue(std::unique_ptr<State> state) : state_(std::move(state)) {}

JobQueue::~JobQueue() {
    state_->worker.request_stop();
    state_->worker.join(); // it still needs nobody, but the recorder may hold the store
    state_->recorder.request_stop();
    state_->recorder.join();
}

Result<StoredJob> JobQueue::add(NewJob job,
                                const std::function<Result<void>(const fs::path&)>& fill) {
    State& s = *state_;
    const auto full = [&s] {
        const std::lock_guard guard(s.mutex);
        return s.waiting.size() >= s.options.most_queued;
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
    stored.created = now_ms();
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
        s.waiting.emplace_back(stored.number, stored.id);
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
    const std::lock_guard guard(state_->mutex);
    const auto earlier = std::count_if(state_->waiting.begin(), state_->waiting.end(),
                                       [&](const auto& other) { return other.first < job.number; });
    const bool one_runs = state_->current && state_->current->job.number < job.number;
    return static_cast<std::size_t>(earlier) + (one_runs ? 1 : 0);
}

std::optional<Progress> JobQueue::progress(const std::string& id) const {
    const std::lock_guard guard(state_->mutex);
    return state_->current && state_->current->job.id == id ? state_->current->progress
                                                            : std::nullopt;
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
        if (s.current && s.current->job.id == id) {
            s.current->cancelled = true;
            running = s.current->stop;
        } else if (std::erase_if(s.waiting, [&](const auto& one) { return one.second == id; }) ==
                   0) {
            return {}; // it has ended meanwhile
        }
    }
    if (running) {
        running->request_stop(); // what hangs on it may want the mutex
        return {};
    }
    job.state = JobState::Cancelled;
    job.ended = now_ms();
    job.bytes = bytes_in(s.folder_of(job));
    return s.note(job);
}

Result<void> JobQueue::remove(store::JobKind kind, const std::string& id) {
    State& s = *state_;
    SPINDLE_TRY_VOID(find(kind, id));
    std::optional<std::stop_source> running; // its folder goes when the work has stopped
    {
        const std::lock_guard write(s.writing);
        {
            const std::lock_guard guard(s.mutex);
            std::erase_if(s.waiting, [&](const auto& one) { return one.second == id; });
        }
        SPINDLE_TRY_VOID(s.writer->remove(id));
        const std::lock_guard guard(s.mutex);
        if (s.current && s.current->job.id == id) {
            s.current->cancelled = s.current->removed = true;
            running = s.current->stop;
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
