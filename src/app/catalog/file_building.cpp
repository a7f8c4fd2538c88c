// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/file_building.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "app/workers.h"

namespace spindle::app {
namespace {

using Clock = std::chrono::steady_clock;

/// One step done for all its items in parallel. The first error ends it.
Result<Seconds> run_step(const std::string& step, std::size_t count, unsigned threads,
                         catalog::CatalogBuilder& builder,
                         const std::function<Result<void>(std::size_t)>& work,
                         const ProgressSink& progress, const std::stop_token& stop) {
    const auto begun = Clock::now();
    std::mutex mutex;
    std::optional<Error> error;
    std::size_t done = 0;
    RemainingTime remaining;
    std::stop_source failed;
    const std::stop_callback forward(stop, [&] {
        failed.request_stop();
        builder.abandon(); // those that wait for their turn need not
    });
    for_each_parallel(count, threads, failed.get_token(), [&](std::size_t item) {
        const auto result = work(item);
        const std::scoped_lock lock(mutex);
        if (!result) {
            // A worker that was only woken by the failure of another has no news.
            if (!error || error->code == Code::Cancelled) {
                error = result.error();
            }
            failed.request_stop();
            return;
        }
        ++done;
        const Seconds elapsed = Clock::now() - begun;
        progress(
            {step, "parts", done, count,
             remaining.estimate(elapsed, static_cast<double>(done), static_cast<double>(count))});
    });
    if (stop.stop_requested()) {
        return fail(Code::Cancelled, "stopped; the catalog is as it was");
    }
    if (error) {
        return tl::unexpected(*error);
    }
    return Clock::now() - begun;
}

} // namespace

Result<BuildTimes> build_file(catalog::CatalogBuilder& builder,
                              std::span<const std::pair<std::string, std::string>> about,
                              unsigned threads, const ProgressSink& progress,
                              const std::stop_token& stop) {
    BuildTimes times;
    SPINDLE_TRY(const std::size_t parts, builder.seal());
    SPINDLE_TRY(times.ordering,
                run_step(
                    "ordering", parts, threads, builder,
                    [&](std::size_t i) { return builder.order(i); }, progress, stop));
    SPINDLE_TRY(times.indexing,
                run_step(
                    "indexing", catalog::CatalogBuilder::kShards, threads, builder,
                    [&](std::size_t i) { return builder.index(i); }, progress, stop));
    SPINDLE_TRY_VOID(builder.finish(about));
    return times;
}

} // namespace spindle::app
