// SPDX-License-Identifier: Apache-2.0
#include "app/market/price.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "app/workers.h"
#include "base/clock.h"

namespace spindle::app {
namespace {

using market::DiscogsError;
using market::DiscogsFailure;
using market::Figure;
using market::Quote;

// Releases in a row that fail by the service's fault (5xx, cut lines) before the rest is left for
// another time; each was tried several times by then.
constexpr int kMostFailures = 3;

/// Everything asked for of one release, or as much as could be had.
struct Answer {
    market::MarketFigures figures;
    std::vector<Quote> quotes;
    std::optional<DiscogsError> incomplete; ///< of what is beyond the figures
};

/// One run: the store and the report, shared by those who ask.
class Run {
public:
    Run(store::MarketStore& store, const market::DiscogsClient& discogs,
        std::span<const ReleaseId> releases, const PriceOptions& options, const PricedSink& sink,
        const ProgressSink& progress, const std::stop_token& stop)
        : store_(store), discogs_(discogs), options_(options), sink_(sink), progress_(progress),
          releases_(releases.size()), done_(releases.size(), false), owner_stop_(stop),
          forward_(stop, [this] { stop_.request_stop(); }) {
        for (std::size_t i = 0; i < releases.size(); ++i) {
            releases_[i].about.release = releases[i];
        }
    }

    Result<PriceReport> run() {
        SPINDLE_TRY(const std::vector<std::size_t> due, look_up());
        std::vector<ReleaseId> queue;
        for (const std::size_t i : due) {
            queue.push_back(releases_[i].about.release);
        }
        SPINDLE_TRY_VOID(store_.enqueue(queue, now()));
        {
            const std::scoped_lock lock(mutex_);
            left_ = due.size();
            total_ = due.size();
            show_finished();
        }
        {
            const std::jthread ticker([this](const std::stop_token& end) { tick(end); });
            for_each_parallel(due.size(), options_.together, stop_.get_token(),
                              [&](std::size_t i) { refresh(due[i]); });
        }
        return finish(due);
    }

private:
    std::int64_t now() const { return options_.now ? options_.now() : system_seconds(); }

    /// Reads what is known; returns what must be asked for.
    Result<std::vector<std::size_t>> look_up() {
        std::vector<std::size_t> due;
        for (std::size_t i = 0; i < releases_.size(); ++i) {
            PricedRelease& release = releases_[i];
            SPINDLE_TRY_VOID(read(release));
            if (is_known(release)) {
                release.pricing = Pricing::Known;
                done_[i] = true;
            } else {
                due.push_back(i);
            }
        }
        return due;
    }

    Result<void> read(PricedRelease& release) {
        const ReleaseId id = release.about.release;
        SPINDLE_TRY(const auto description, store_.description(id));
        if (description) {
            release.about = *description;
        }
        SPINDLE_TRY(release.quotes, store_.latest(id, now()));
        if (auto versions = options_.catalog.of(id)) {
            release.quotes.push_back(std::move(*versions));
        }
        if (const Quote* const lowest = release.find(Figure::Lowest, options_.currency)) {
            release.seen_at = lowest->seen_at;
            release.pricing = Pricing::Outdated;
        }
        return {};
    }

    /// Are all figures that were asked for fresh? There is no telling whether there are any
    /// suggestions, so those count as missing only with the rest.
    bool is_known(const PricedRelease& release) const {
        const auto fresh = [&](Figure figure) {
            const Quote* const quote = release.find(figure, options_.currency);
            return quote != nullptr && market::is_fresh(quote->seen_at, now());
        };
        const bool wants_versions = options_.versions == Ask::Yes &&
                                    release.about.master.value > 0 &&
                                    !options_.catalog.of(release.about.release);
        return fresh(Figure::Lowest) && (!wants_versions || fresh(Figure::Versions));
    }

    void refresh(std::size_t i) {
        const ReleaseId id = releases_[i].about.release;
        if (id.value >= kFirstOwnRelease) {
            fail_one(i, {DiscogsFailure::Missing,
                         {Code::NotFound, fmt::format("release {}: of a list of your own; Discogs "
                                                      "does not have it",
                                                      id.value)}});
            return;
        }
        auto answer = ask(id);
        if (!answer) {
            fail_one(i, answer.error());
            return;
        }
        const std::scoped_lock lock(mutex_);
        if (auto kept = store_.record(answer->figures, answer->quotes); !kept) {
            broken_ = broken_ ? broken_ : kept.error();
            stop_.request_stop();
            return;
        }
        PricedRelease& release = releases_[i];
        if (auto again = read(release); !again) {
            broken_ = broken_ ? broken_ : again.error();
            stop_.request_stop();
            return;
        }
        release.pricing = Pricing::Refreshed;
        if (answer->incomplete) {
            release.error = answer->incomplete->error;
        }
        failures_ = 0;
        finished(i);
    }

    market::DiscogsResult<Answer> ask(ReleaseId id) {
        const std::stop_token stop = stop_.get_token();
        Answer answer;
        SPINDLE_TRY(answer.figures, discogs_.figures(id, options_.currency, stop));
        answer.quotes = market::quotes_of(answer.figures, options_.currency, now());
        if (options_.suggestions == Ask::Yes && !no_suggestions()) {
            const auto suggestions = discogs_.suggestions(id, stop);
            if (suggestions) {
                const auto more = market::quotes_of(id, *suggestions, now());
                answer.quotes.insert(answer.quotes.end(), more.begin(), more.end());
            } else {
                note_refusal(suggestions.error());
                answer.incomplete = suggestions.error();
            }
        }
        if (options_.versions == Ask::Yes && answer.figures.master.value > 0 &&
            !options_.catalog.of(id)) {
            const auto versions = discogs_.versions(answer.figures.master, stop);
            if (versions) {
                answer.quotes.push_back({id,
                                         Figure::Versions,
                                         static_cast<double>(*versions),
                                         {},
                                         market::Source::Discogs,
                                         now()});
            } else {
                answer.incomplete = versions.error();
            }
        }
        return answer;
    }

    bool no_suggestions() {
        const std::scoped_lock lock(mutex_);
        return no_suggestions_;
    }

    /// Who does not sell gets no suggestions for any release: one question is enough.
    void note_refusal(const DiscogsError& error) {
        const std::scoped_lock lock(mutex_);
        no_suggestions_ = no_suggestions_ || error.kind == DiscogsFailure::Refused ||
                          error.kind == DiscogsFailure::Token;
    }

    void fail_one(std::size_t i, const DiscogsError& error) {
        if (error.kind == DiscogsFailure::Cancelled) {
            return; // stays queued; finish() shows it
        }
        const std::scoped_lock lock(mutex_);
        PricedRelease& release = releases_[i];
        release.error = error.error;
        release.queued = error.kind != DiscogsFailure::Missing;
        if (!release.queued) { // asking again would not help
            const auto removed = store_.dequeue(std::span(&release.about.release, 1));
            if (!removed) {
                broken_ = broken_ ? broken_ : removed.error();
                stop_.request_stop();
            }
        }
        failures_ = error.kind == DiscogsFailure::Server ? failures_ + 1 : 0;
        if (error.concerns_all() || failures_ >= kMostFailures) {
            report_.stopped_by = report_.stopped_by ? report_.stopped_by : error.error;
            stop_.request_stop();
        }
        finished(i);
    }

    // The rest is called with the lock held.

    void finished(std::size_t i) {
        done_[i] = true;
        --left_;
        show_finished();
        show_progress();
    }

    void show_finished() {
        for (; shown_ < releases_.size() && done_[shown_]; ++shown_) {
            sink_(releases_[shown_]);
        }
    }

    void show_progress() {
        Progress state{"pricing", {}, total_ - left_, total_, {}};
        if (left_ > 0) {
            const int requests = static_cast<int>(std::min<std::size_t>(left_, 1'000'000)) *
                                 (1 + (options_.suggestions == Ask::Yes && !no_suggestions_) +
                                  (options_.versions == Ask::Yes));
            state.remaining = discogs_.time_for(requests);
        }
        progress_(state);
    }

    /// Most of the time is spent waiting for the limit; the estimate counts down meanwhile.
    void tick(const std::stop_token& end) {
        std::condition_variable_any nothing;
        std::unique_lock lock(mutex_);
        while (!end.stop_requested()) {
            nothing.wait_for(lock, end, std::chrono::seconds{1}, [] { return false; });
            if (!end.stop_requested() && left_ > 0) {
                show_progress();
            }
        }
    }

    Result<PriceReport> finish(const std::vector<std::size_t>& due) {
        const std::scoped_lock lock(mutex_);
        for (const std::size_t i : due) {
            if (!done_[i]) {
                releases_[i].queued = true;
                releases_[i].error = report_.stopped_by;
                done_[i] = true;
            }
        }
        show_finished();
        if (broken_) {
            return tl::unexpected(*broken_);
        }
        for (const PricedRelease& release : releases_) {
            ++(release.pricing == Pricing::Known       ? report_.known
               : release.pricing == Pricing::Refreshed ? report_.refreshed
               : release.pricing == Pricing::Outdated  ? report_.outdated
                                                       : report_.missing);
            report_.queued += release.queued ? 1 : 0;
        }
        report_.interrupted = owner_stop_.stop_requested();
        return std::move(report_);
    }

    store::MarketStore& store_;
    const market::DiscogsClient& discogs_;
    const PriceOptions& options_;
    const PricedSink& sink_;
    const ProgressSink& progress_;

    std::mutex mutex_; // of all below but the stop source
    std::vector<PricedRelease> releases_;
    std::vector<bool> done_;
    std::size_t shown_ = 0; // of releases_, in order
    std::size_t left_ = 0, total_ = 0;
    int failures_ = 0; // in a row
    bool no_suggestions_ = false;
    std::optional<Error> broken_; // the store
    PriceReport report_;

    std::stop_source stop_;
    std::stop_token owner_stop_;
    std::stop_callback<std::function<void()>> forward_;
};

} // namespace

const Quote* PricedRelease::find(Figure figure, const std::string& currency) const {
    const Quote* found = nullptr;
    for (const Quote& quote : quotes) {
        const bool right = quote.figure == figure && quote.source != market::Source::SavedPage &&
                           (!market::is_money(figure) || quote.currency == currency);
        if (right && (found == nullptr || quote.seen_at > found->seen_at)) {
            found = &quote;
        }
    }
    return found;
}

Result<PriceReport> price_releases(store::MarketStore& store, const market::DiscogsClient& discogs,
                                   std::span<const ReleaseId> releases, const PriceOptions& options,
                                   const PricedSink& sink, const ProgressSink& progress,
                                   const std::stop_token& stop) {
    std::vector<ReleaseId> each; // once
    std::unordered_set<ReleaseId> seen;
    for (const ReleaseId release : releases) {
        if (seen.insert(release).second) {
            each.push_back(release);
        }
    }
    return Run(store, discogs, each, options, sink, progress, stop).run();
}

} // namespace spindle::app
