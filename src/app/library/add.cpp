// SPDX-License-Identifier: Apache-2.0
#include "app/library/add.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>

#include <sys/stat.h>

#include "app/workers.h"
#include "base/clock.h"

namespace spindle::app {
namespace {

using Clock = std::chrono::steady_clock;

/// One run of add: the writer, the report, and what the workers share.
class Run {
public:
    Run(LibraryWriter& writer, const AddOptions& options, const ProgressSink& progress,
        const std::stop_token& stop)
        : writer_(writer), options_(options), progress_(progress), begun_(Clock::now()),
          owner_stop_(stop), forward_(stop, [this] { stop_.request_stop(); }) {}

    AddReport take_report() {
        report_.interrupted = owner_stop_.stop_requested();
        report_.elapsed = Clock::now() - begun_;
        return std::move(report_);
    }
    AddReport& report() { return report_; }
    bool stopped() const { return stop_.stop_requested(); }

    /// Ends the run: nothing more can be stored.
    void abandon(const Error& error) {
        const std::scoped_lock lock(mutex_);
        if (!report_.stopped_by && error.code != Code::Cancelled) {
            report_.stopped_by = error;
        }
        stop_.request_stop();
    }

    /// Follows changed and moved files by hash; what needs decoding is appended to `to_hear`.
    void follow(const std::vector<FoundFile>& files, std::vector<FoundFile>& to_hear) {
        begin_step("comparing", files);
        for_each_parallel(files.size(), threads(), stop_.get_token(), [&](std::size_t i) {
            const FoundFile& file = files[i];
            begin_item(file);
            const auto hash = hash_of(file.path, stop_.get_token());
            if (!hash) {
                failed(file, hash.error());
            } else if (auto taken = writer_.take_known(file, *hash); !taken) {
                abandon(taken.error());
            } else if (*taken) {
                finished(file, std::move(**taken));
            } else {
                const std::scoped_lock lock(mutex_);
                to_hear.push_back(file);
            }
            end_item(file);
        });
    }

    /// Decodes and indexes files.
    void hear_all(std::vector<FoundFile>& files) {
        std::sort(files.begin(), files.end(),
                  [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
        begin_step("indexing", files);
        for_each_parallel(files.size(), threads(), stop_.get_token(), [&](std::size_t i) {
            const FoundFile& file = files[i];
            begin_item(file);
            const auto heard = hear(file.path, stop_.get_token());
            if (!heard) {
                failed(file, heard.error());
            } else if (auto taken = writer_.take_heard(file, *heard); !taken) {
                abandon(taken.error());
            } else {
                finished(file, std::move(*taken));
                const std::scoped_lock lock(mutex_);
                report_.music += heard->sound.duration;
                if (!heard->warning.empty()) {
                    report_.warnings.push_back(heard->warning);
                }
            }
            end_item(file);
        });
    }

private:
    unsigned threads() const {
        return options_.threads == 0 ? default_threads() : options_.threads;
    }

    void failed(const FoundFile& file, const Error& error) {
        if (error.code == Code::Cancelled) {
            return;
        }
        const auto stored = writer_.with_store([&](store::LibraryStore& store) {
            return store.put_problem(
                {file.path, file.stamp, error.code, error.message, system_seconds()});
        });
        {
            const std::scoped_lock lock(mutex_);
            report_.failed.push_back({file.path, error});
        }
        if (!stored) {
            abandon(stored.error());
        }
    }

    void finished(const FoundFile& file, Taken taken) {
        const std::scoped_lock lock(mutex_);
        report_.taken.push_back({file.path, std::move(taken)});
    }

    void begin_step(const char* name, const std::vector<FoundFile>& files) {
        step_ = {name, {}, 0, files.size(), {}};
        remaining_ = {};
        step_begun_ = Clock::now();
        bytes_done_ = 0;
        bytes_total_ = 0;
        for (const FoundFile& file : files) {
            bytes_total_ += static_cast<double>(file.stamp.size);
        }
    }

    void begin_item(const FoundFile& file) {
        const std::scoped_lock lock(mutex_);
        step_.item = std::filesystem::path(file.path).filename().string();
        show_locked();
    }

    void end_item(const FoundFile& file) {
        const std::scoped_lock lock(mutex_);
        ++step_.done;
        bytes_done_ += static_cast<double>(file.stamp.size);
        // By bytes: a folder of long files after one of short ones would fool a count of files.
        step_.remaining =
            remaining_.estimate(Clock::now() - step_begun_, bytes_done_, bytes_total_);
        show_locked();
    }

    void show_locked() const {
        if (progress_) {
            progress_(step_);
        }
    }

    LibraryWriter& writer_;
    const AddOptions& options_;
    const ProgressSink& progress_;
    Clock::time_point begun_;
    std::stop_token owner_stop_;
    std::stop_source stop_; // the owner's stop, or a fatal error
    std::stop_callback<std::function<void()>> forward_;

    std::mutex mutex_; // guards what follows
    AddReport report_;
    Progress step_;
    RemainingTime remaining_;
    Clock::time_point step_begun_;
    double bytes_done_ = 0, bytes_total_ = 0;
};

/// What the sources could not tell: nothing below these may be called missing.
Scope scope_of(const Sources& sources, std::span<const store::KnownFile> known, AddReport& report) {
    Scope scope{sources.roots, sources.listed, {}};
    for (const Trouble& trouble : sources.walk.unreadable) {
        scope.unknown.push_back(trouble.path);
    }
    for (const std::string& root : sources.walk.empty_roots) {
        const auto inside = std::count_if(known.begin(), known.end(), [&](const auto& file) {
            return !file.missing && is_within(file.path, root);
        });
        if (inside > 0) {
            scope.unknown.push_back(root);
            report.warnings.push_back(fmt::format(
                "{}: empty, but {} files of the library belong there; is the disk mounted? They "
                "were left as they are (to forget them: spindle library remove {})",
                root, inside, root));
        }
    }
    return scope;
}

/// Tracks in the store that are not in the index and whose file is not looked at in this run
/// anyway.
void add_unfinished(std::span<const store::KnownFile> known, const Plan& plan,
                    std::vector<FoundFile>& to_hear) {
    std::set<std::string_view> in_hand;
    for (const auto* list : {&plan.changed, &plan.fresh, &plan.unfinished}) {
        for (const FoundFile& file : *list) {
            in_hand.insert(file.path);
        }
    }
    std::set<TrackId> added;
    for (const store::KnownFile& file : known) {
        struct stat status {};
        if (store::is_on_vinyl(file.path)) {
            continue; // reconcile() has seen to it
        }
        if (file.state == store::IndexState::Pending && !in_hand.contains(file.path) &&
            !added.contains(file.track) && ::stat(file.path.c_str(), &status) == 0) {
            added.insert(file.track);
            to_hear.push_back({file.path, stamp_of(status)});
        }
    }
}

void report_sources(Sources& sources, AddReport& report) {
    report.hidden = sources.walk.hidden;
    report.remote = sources.remote;
    report.warnings.insert(report.warnings.end(), sources.warnings.begin(), sources.warnings.end());
    report.failed.insert(report.failed.end(), sources.missing.begin(), sources.missing.end());
    report.failed.insert(report.failed.end(), sources.walk.unreadable.begin(),
                         sources.walk.unreadable.end());
    for (const std::string& loop : sources.walk.link_loops) {
        report.warnings.push_back(loop + ": a link to a folder above itself; not followed");
    }
}

/// Marks what is gone and what is back. Moved files are neither.
Result<void> mark_presence(LibraryWriter& writer, const Plan& plan, AddReport& report) {
    return writer.with_store([&](store::LibraryStore& store) -> Result<void> {
        std::vector<store::FileId> back;
        for (const store::KnownFile& file : plan.returned) {
            back.push_back(file.id);
            report.returned.push_back(file.path);
        }
        if (!back.empty()) {
            SPINDLE_TRY_VOID(store.set_missing(back, std::nullopt));
        }
        std::vector<store::FileId> gone;
        for (const store::KnownFile& file : plan.missing) {
            SPINDLE_TRY(const auto now_there, store.file_at(file.path));
            if (!now_there || now_there->id != file.id) {
                continue; // followed to its new place
            }
            if (file.missing) {
                ++report.still_missing;
            } else {
                gone.push_back(file.id);
                report.missing.push_back(file.path);
            }
        }
        for (const std::string& path : plan.solved_problems) {
            SPINDLE_TRY_VOID(store.remove_problem(path));
        }
        return gone.empty() ? Result<void>{} : store.set_missing(gone, system_seconds());
    });
}

/// The folders added before.
Result<std::vector<std::string>> known_roots(const Backends& backends,
                                             const std::filesystem::path& data_folder) {
    SPINDLE_TRY_VOID(backends.open_library(data_folder, store::Access::Read)); // NotFound if none
    SPINDLE_TRY(auto store, backends.open_library(data_folder, store::Access::Write));
    SPINDLE_TRY(auto roots, store->roots());
    SPINDLE_TRY(const auto known, store->known_files());
    const bool has_vinyl = std::any_of(known.begin(), known.end(), [](const auto& file) {
        return store::is_on_vinyl(file.path); // whose place in the index can be mended
    });
    if (roots.empty() && !has_vinyl) {
        return fail(Code::NotFound, "no folder has been added yet; name one");
    }
    return roots;
}

Result<void> run_plan(LibraryWriter& writer, const Plan& plan,
                      std::span<const store::KnownFile> known, Run& run) {
    std::set<std::string> changed;
    for (const FoundFile& file : plan.changed) {
        changed.insert(file.path);
    }
    writer.expect_changed(std::move(changed));

    std::vector<FoundFile> to_hear = plan.unfinished;
    std::vector<FoundFile> to_follow = plan.changed;
    // A new file can be a known one in another place only if something is gone from its place.
    const bool something_moved = !plan.missing.empty() || !plan.changed.empty();
    auto& fresh = something_moved ? to_follow : to_hear;
    fresh.insert(fresh.end(), plan.fresh.begin(), plan.fresh.end());
    add_unfinished(known, plan, to_hear);

    run.follow(to_follow, to_hear);
    run.hear_all(to_hear);
    if (!run.stopped()) {
        SPINDLE_TRY_VOID(mark_presence(writer, plan, run.report()));
        SPINDLE_TRY(run.report().overwritten, writer.remove_orphans());
    }
    return {};
}

} // namespace

std::size_t AddReport::count(Outcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(taken.begin(), taken.end(),
                      [&](const TakenFile& file) { return file.taken.outcome == outcome; }));
}

Result<AddReport> add_to_library(const Backends& backends, const std::filesystem::path& data_folder,
                                 const AddOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop) {
    AddOptions chosen = options;
    if (chosen.sources.paths.empty()) {
        SPINDLE_TRY(chosen.sources.paths, known_roots(backends, data_folder));
    }
    chosen.sources.leave_out = data_folder.string();
    SPINDLE_TRY(auto sources, expand(chosen.sources, progress, stop));
    SPINDLE_TRY(auto writer, LibraryWriter::open(backends, data_folder));
    SPINDLE_TRY_VOID(writer->reconcile());

    std::vector<store::KnownFile> known;
    std::vector<store::Problem> problems;
    const auto loaded = writer->with_store([&](store::LibraryStore& store) -> Result<void> {
        for (const std::string& root : sources.roots) {
            if (chosen.roots == Roots::Remember) {
                SPINDLE_TRY_VOID(store.add_root(root));
            }
        }
        SPINDLE_TRY(known, store.known_files());
        SPINDLE_TRY(problems, store.problems());
        return {};
    });
    if (!loaded) {
        return tl::unexpected(loaded.error());
    }

    Run run(*writer, chosen, progress, stop);
    report_sources(sources, run.report());
    const Scope scope = scope_of(sources, known, run.report());
    const Plan plan = make_plan(sources.walk.files, known, problems, scope, chosen.retry);
    run.report().unchanged = plan.unchanged;
    run.report().failed_before = plan.known_problems.size();
    for (const store::Problem& problem : plan.known_problems) {
        run.report().failed.push_back({problem.path, {problem.code, problem.message}});
    }
    if (const auto done = run_plan(*writer, plan, known, run); !done) {
        run.abandon(done.error());
    }
    if (const auto done = writer->finish(progress); !done) {
        run.abandon(done.error());
    }
    return run.take_report();
}

} // namespace spindle::app
