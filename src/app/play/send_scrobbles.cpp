// SPDX-License-Identifier: Apache-2.0
#include "app/play/send_scrobbles.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/play/queue_play.h"
#include "base/clock.h"
#include "io/file.h"

namespace spindle::app {
namespace {

using scrobble::Step;

/// One run; the sink and the progress are shared by the services' threads.
class Run {
public:
    Run(const SendOptions& options, const ServiceSink& sink, const ProgressSink& progress,
        const std::stop_token& stop)
        : options_(options), sink_(sink), progress_(progress), stop_(stop) {}

    void serve(scrobble::Service& service, store::ScrobbleStore& store, ServiceReport& report) {
        report.service = service.name();
        scrobble::Sender sender(service, store, options_.sender);
        while (!stop_.stop_requested()) {
            if (auto settled = settle_clock(store, clock_state(), now()); !settled) {
                report.broken = settled.error();
                break;
            }
            auto step = sender.step(stop_);
            if (!step) {
                report.broken = step.error();
                tell(report);
                if (!goes_on_after(step.error())) {
                    break;
                }
                wait(Seconds{30});
                report.broken.reset();
                continue;
            }
            note(report, *step);
            if (step->next == Step::Next::Again) {
                continue;
            }
            if (options_.until == SendUntil::NothingIsDue && !is_worth_waiting(*step)) {
                break;
            }
            const Seconds due{step->next == Step::Next::Later
                                  ? static_cast<double>(step->at - now())
                                  : options_.look_again.count()};
            wait(std::clamp(due, Seconds{0.2}, std::max(options_.look_again, Seconds{0.2})));
        }
        if (report.broken) {
            tell(report);
        }
    }

private:
    std::int64_t now() const {
        return options_.sender.now ? options_.sender.now() : system_seconds();
    }

    /// A full disk and another writer pass; a listener that runs all year waits for that.
    bool goes_on_after(const Error& error) const {
        return options_.until == SendUntil::Stopped &&
               (error.code == Code::Busy || error.code == Code::NoSpace);
    }

    bool is_worth_waiting(const Step& step) const {
        return step.next == Step::Next::Later &&
               Seconds{static_cast<double>(step.at - now())} <= options_.patience;
    }

    void note(ServiceReport& report, const Step& step) {
        report.accepted += step.accepted;
        report.dead += step.dead;
        report.expired += step.expired;
        const bool changed = step.accepted + step.dead + step.expired > 0 ||
                             step.next != report.last.next || step.reason != report.last.reason;
        report.last = step;
        if (changed) {
            tell(report);
        }
    }

    void tell(const ServiceReport& report) {
        const std::lock_guard lock(mutex_);
        progress_({"sending", report.service, static_cast<std::uint64_t>(report.accepted), 0, {}});
        sink_(report);
    }

    void wait(Seconds length) const {
        std::mutex mutex;
        std::condition_variable_any nothing;
        std::unique_lock lock(mutex);
        nothing.wait_for(lock, stop_, length, [] { return false; });
    }

    const SendOptions& options_;
    const ServiceSink& sink_;
    const ProgressSink& progress_;
    std::stop_token stop_;
    std::mutex mutex_; // of the sinks
};

} // namespace

Result<SendReport>
send_scrobbles(const Backends& backends, const std::filesystem::path& data_folder,
               const std::vector<std::unique_ptr<scrobble::Service>>& services,
               const SendOptions& options, const ServiceSink& sink,
               const std::function<void(const std::filesystem::path&)>& set_aside,
               const ProgressSink& progress, const std::stop_token& stop) {
    std::error_code error;
    std::filesystem::create_directories(data_folder, error);
    if (error) {
        return tl::unexpected(system_error(data_folder.string(), error.value()));
    }
    SPINDLE_TRY(const auto lock, io::FileLock::acquire(data_folder / "scrobble.lock"));
    std::vector<std::unique_ptr<store::ScrobbleStore>> stores;
    for (std::size_t i = 0; i < services.size(); ++i) {
        SPINDLE_TRY(auto store, backends.open_scrobbles(data_folder, store::Access::Write));
        if (store->set_aside()) {
            set_aside(*store->set_aside());
        }
        stores.push_back(std::move(store));
    }
    SendReport report;
    report.services.resize(services.size());
    Run run(options, sink, progress, stop);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < services.size(); ++i) {
            threads.emplace_back(
                [&, i] { run.serve(*services[i], *stores[i], report.services[i]); });
        }
    }
    report.interrupted = stop.stop_requested();
    return report;
}

} // namespace spindle::app
