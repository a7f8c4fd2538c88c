// SPDX-License-Identifier: Apache-2.0
// The two threads of a queue: one works, the other keeps what is told.
#include <exception>
#include <tuple>

#include "app/jobs/job_document.h"
#include "app/jobs/job_folders.h"
#include "app/jobs/job_queue_state.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using store::JobEvent;
using store::JobState;
using store::StoredJob;
using Clock = std::chrono::steady_clock;

/// Events that wait for room on a full disk; then what is said of progress is left out.
constexpr std::size_t kMostPending = 20'000;

} // namespace

std::int64_t job_clock() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

tl::unexpected<Error> no_job(store::JobKind kind, const std::string& id) {
    return fail(Code::NotFound, "there is no {} {}; it may have been deleted", store::name_of(kind),
                id.substr(0, 40));
}

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
    job.started = job.started == 0 ? job_clock() : job.started;
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
            job.ended = job_clock();
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
        const auto all = writer->jobs(std::nullopt, kAllJobs);
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

} // namespace spindle::app
