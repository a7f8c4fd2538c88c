// SPDX-License-Identifier: Apache-2.0
// The threads of a queue: one a lane works, another keeps what is told.
#include <algorithm>
#include <exception>
#include <tuple>

#include <sys/resource.h>
#include <unistd.h>

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

constexpr int kGentleTelling = 5;

/// What is too old goes without a job that ends, too.
constexpr std::chrono::hours kLookAgain{1};

/// This thread, and those it starts from now on, leave the processor to others. On Linux priorities
/// belong to threads; where it is not allowed, nothing is lost.
void be_gentle() {
    constexpr int kNicer = 10;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNicer);
}

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

JobQueue::State::State(fs::path root, JobQueueOptions how, std::vector<JobLane> what,
                       io::FileLock held)
    : folder(std::move(root)), options(how), lock(std::move(held)) {
    for (JobLane& lane : what) {
        lanes.emplace_back(std::move(lane));
    }
}

/// What is of no lane fails in the first.
JobQueue::State::Lane& JobQueue::State::lane_of(store::JobKind kind) {
    const auto found = std::find_if(lanes.begin(), lanes.end(), [kind](const Lane& lane) {
        return lane.what.work.contains(kind);
    });
    return found == lanes.end() ? lanes.front() : *found;
}

JobQueue::State::Lane* JobQueue::State::running_in(const std::string& id) {
    const auto found = std::find_if(lanes.begin(), lanes.end(), [&id](const Lane& lane) {
        return lane.current && lane.current->job.id == id;
    });
    return found == lanes.end() ? nullptr : &*found;
}

void JobQueue::State::tell(Lane& lane, JobEvent event) {
    {
        const std::lock_guard guard(mutex);
        if (!lane.current || lane.current->removed) {
            return;
        }
        auto& pending = lane.current->pending;
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

void JobQueue::State::tell_progress(Lane& lane, const Progress& progress) {
    {
        const std::lock_guard guard(mutex);
        auto& current = lane.current;
        if (!current) {
            return;
        }
        const auto now = Clock::now();
        const bool is_new_step = !current->progress || current->progress->step != progress.step;
        current->progress = progress;
        // What goes on for hours is not looked at every moment, and each is kept until its end.
        const auto between = lane.what.pace == Pace::Gentle
                                 ? kGentleTelling * options.between_progress
                                 : options.between_progress;
        if (!is_new_step && now - current->told < between) {
            return;
        }
        current->told = now;
    }
    tell(lane, {0, "progress", document_of(progress), "progress"});
}

/// Keeps what was told until now. On failure it stays to be kept.
Result<void> JobQueue::State::flush(Lane& lane) {
    auto& current = lane.current;
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
Result<void> JobQueue::State::note(Lane& lane, StoredJob& job) {
    SPINDLE_TRY_VOID(flush(lane));
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
bool JobQueue::State::note_at_last(Lane& lane, StoredJob& job, const std::stop_token& ending) {
    for (;;) {
        const auto noted = note(lane, job);
        if (noted || noted.error().code == Code::NotFound || ending.stop_requested()) {
            return noted.has_value();
        }
        std::unique_lock guard(mutex);
        changed.wait_for(guard, ending, options.retry, [] { return false; });
    }
}

Result<std::string> JobQueue::State::run(Lane& lane, const StoredJob& job,
                                         const std::stop_token& stop) {
    const auto does = lane.what.work.find(job.kind);
    if (does == lane.what.work.end()) {
        return fail(Code::Unsupported, "a {} cannot be done here", store::name_of(job.kind));
    }
    try {
        return does->second({job, folder_of(job), stop,
                             [&](const Progress& progress) { tell_progress(lane, progress); },
                             [&](JobEvent event) { tell(lane, std::move(event)); }});
    } catch (const std::exception& error) {
        return fail(Code::Failed, "it could not be done: {}", error.what());
    }
}

void JobQueue::State::do_job(Lane& lane, const std::string& id, const std::stop_token& ending) {
    auto& current = lane.current;
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
    bool there = note_at_last(lane, job, ending);
    if (there && !ending.stop_requested()) {
        const auto done =
            dies_of_it
                ? Result<std::string>(fail(Code::Failed,
                                           "the program ended {} times in the middle of it, so it "
                                           "is not tried again; try another file",
                                           options.most_begun))
                : run(lane, job, stop);
        bool cancelled = false;
        {
            const std::lock_guard guard(mutex);
            cancelled = current->cancelled;
        }
        const bool stopped = !done && done.error().code == Code::Cancelled;
        if (stopped && !cancelled && ending.stop_requested()) {
            job.begun = 0; // an orderly end: the next start goes on
            there = note_at_last(lane, job, ending);
        } else {
            job.ended = job_clock();
            job.begun = 0;
            job.state = done ? JobState::Done : stopped ? JobState::Cancelled : JobState::Failed;
            job.error = done || stopped ? std::nullopt : std::optional(done.error());
            job.summary = done ? *done : job.summary;
            job.bytes = bytes_in(folder_of(job));
            there = note_at_last(lane, job, ending);
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
    remove_old(lane);
}

/// The oldest finished ones beyond what is kept.
void JobQueue::State::remove_old(const Lane& lane) {
    const JobKeeping keep = lane.what.keeping ? lane.what.keeping() : JobKeeping{};
    const std::int64_t oldest =
        keep.longest.count() == 0
            ? 0
            : job_clock() -
                  std::chrono::duration_cast<std::chrono::milliseconds>(keep.longest).count();
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
            if (!store::is_over(job.state) || !lane.what.work.contains(job.kind)) {
                continue;
            }
            bytes += job.bytes;
            if (++kept > keep.most || (bytes > keep.most_bytes && kept > 1) || job.ended < oldest) {
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

void JobQueue::State::work_on(Lane& lane, const std::stop_token& ending) {
    if (lane.what.pace == Pace::Gentle) {
        be_gentle();
    }
    remove_old(lane);
    for (;;) {
        std::string id;
        {
            std::unique_lock guard(mutex);
            const bool some = changed.wait_for(guard, ending, kLookAgain,
                                               [&lane] { return !lane.waiting.empty(); });
            if (ending.stop_requested()) {
                return;
            }
            if (some) {
                id = lane.waiting.front().second;
                lane.current.emplace();
                std::tie(lane.current->job.number, lane.current->job.id) =
                    std::move(lane.waiting.front());
                lane.waiting.pop_front();
            }
        }
        if (id.empty()) {
            remove_old(lane);
        } else {
            do_job(lane, id, ending);
        }
    }
}

/// Keeps what is told while the work is silent.
void JobQueue::State::record(const std::stop_token& ending) {
    const auto pause = [&](std::chrono::milliseconds length) {
        std::unique_lock guard(mutex);
        changed.wait_for(guard, ending, length, [] { return false; });
    };
    const auto has_news = [](const Lane& lane) {
        return lane.current && !lane.current->pending.empty();
    };
    while (!ending.stop_requested()) {
        {
            std::unique_lock guard(mutex);
            changed.wait(guard, ending,
                         [&] { return std::any_of(lanes.begin(), lanes.end(), has_news); });
        }
        pause(options.batch);
        bool kept = true;
        for (Lane& lane : lanes) {
            kept = flush(lane).has_value() && kept;
        }
        if (!kept) {
            pause(options.retry);
        }
    }
}

} // namespace spindle::app
