// SPDX-License-Identifier: Apache-2.0
#include "scrobble/sender.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>

#include "base/clock.h"
#include "base/text.h"

namespace spindle::scrobble {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
// This was written in 2026: an earlier time is that of a clock that was never set.
constexpr std::int64_t kSaneClock = 1'767'225'600;
constexpr std::int64_t kClockSlack = 60;        // seconds a listen may begin in the future
constexpr std::int64_t kClockWait = 60;         // s between looks at a clock that is not set
constexpr std::int64_t kFutureWait = 600;       // s, at most, before listens of the future
constexpr std::int64_t kSameTime = 2;           // s a history may be off; plays are further apart
constexpr std::int64_t kLongestLookBack = kDay; // s one question to the history spans
constexpr std::size_t kMostExpired = 500;       // listens looked at at once

void really_pause(Seconds length, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nothing;
    std::unique_lock lock(mutex);
    nothing.wait_for(lock, stop, length, [] { return false; });
}

/// Services correct names; the second and one of the names are enough.
bool is_the_same(const Listen& listen, const Heard& heard) {
    const auto alike = [](const std::string& a, const std::string& b) {
        return text::ascii_lower(a) == text::ascii_lower(b);
    };
    return std::abs(heard.at - listen.started_at) <= kSameTime &&
           (alike(listen.title, heard.title) || alike(listen.artist, heard.artist));
}

bool ends_the_run(Fate fate) {
    return fate != Fate::Accepted && fate != Fate::Refused && fate != Fate::Unreadable;
}

/// Of a history: asking again would not help.
bool is_final(Fate fate) {
    return fate == Fate::Refused || fate == Fate::Unreadable || fate == Fate::Stopped;
}

} // namespace

Sender::Sender(Service& service, Outbox& outbox, SenderOptions options)
    : service_(service), outbox_(outbox), options_(std::move(options)),
      jitter_(static_cast<std::minstd_rand::result_type>(options_.jitter_seed + 1)) {
    if (!options_.pause) {
        options_.pause = really_pause;
    }
}

std::int64_t Sender::now() const {
    return options_.now ? options_.now() : system_seconds();
}

Result<Step> Sender::step(const std::stop_token& stop) {
    SPINDLE_TRY(state_, outbox_.state(service_.name()));
    if (state_.halt != ServiceState::Halt::None) {
        return Step{Step::Next::Halted, 0, state_.reason};
    }
    if (now() < kSaneClock) {
        return Step{Step::Next::Later, now() + kClockWait,
                    "the clock of this machine is not set; listens wait for it"};
    }
    // A clock that was ahead and is right again must not make us wait for ever.
    const auto longest =
        static_cast<std::int64_t>(std::ceil(options_.longest_asked.count() * 1.25));
    if (state_.paused_until > now() && state_.paused_until <= now() + longest) {
        return Step{Step::Next::Later, state_.paused_until, state_.reason};
    }
    const std::size_t most = service_.traits().most_together;
    SPINDLE_TRY(const auto attempted, outbox_.owed(service_.name(), Delivery::Attempted, most));
    if (!attempted.empty()) {
        return look_for(attempted, stop);
    }
    const std::size_t wanted = service_.traits().oldest ? std::max(most, kMostExpired) : most;
    SPINDLE_TRY(auto batch, outbox_.owed(service_.name(), Delivery::Owed, wanted));
    if (batch.empty()) {
        return Step{};
    }
    SPINDLE_TRY(const int expired, expire(batch));
    if (expired > 0) {
        Step step{Step::Next::Again, 0, {}};
        step.expired = expired;
        return step;
    }
    return send(std::move(batch), stop);
}

/// Asks the history what became of listens without an answer.
Result<Step> Sender::look_for(std::span<const OwedListen> attempted, const std::stop_token& stop) {
    const auto settling = static_cast<std::int64_t>(options_.settling.count());
    std::int64_t sent_last = 0;
    for (const OwedListen& one : attempted) {
        // An attempt in the future was made by a clock that was wrong.
        sent_last = std::max(sent_last, std::min(one.attempted_at, now()));
    }
    if (sent_last + settling > now()) {
        return Step{Step::Next::Later, sent_last + settling,
                    state_.reason.empty() ? "waiting to ask whether the last ones arrived"
                                          : state_.reason};
    }
    std::vector<Heard> heard;
    if (service_.traits().has_history) {
        // As many as one question may span; the others have their turn in the next step.
        const std::int64_t first = attempted.front().listen.started_at;
        attempted = attempted.first(static_cast<std::size_t>(
            std::find_if(attempted.begin(), attempted.end(),
                         [&](const OwedListen& one) {
                             return one.listen.started_at > first + kLongestLookBack;
                         }) -
            attempted.begin()));
        const std::int64_t last = attempted.back().listen.started_at;
        auto history = service_.history(first - kSameTime, last + kSameTime, stop);
        if (!history && history.error().fate == Fate::Cancelled) {
            return Step{Step::Next::Cancelled, 0, {}};
        }
        const bool never = !history && is_final(history.error().fate);
        const auto patience = static_cast<std::int64_t>(options_.history_patience.count());
        const bool given_up = !history && state_.failures >= options_.history_failures &&
                              sent_last + patience <= now();
        if (!history && !never && !given_up) {
            note_trouble(history.error());
            SPINDLE_TRY_VOID(outbox_.settle(service_.name(), {}, state_, now()));
            return after_trouble();
        }
        if (history) {
            heard = std::move(*history);
        }
    }
    Step step{Step::Next::Again, 0, {}};
    std::vector<Settlement> settlements;
    for (const OwedListen& one : attempted) {
        const bool there = std::any_of(heard.begin(), heard.end(), [&](const Heard& other) {
            return is_the_same(one.listen, other);
        });
        settlements.push_back({one.id, there ? Delivery::Done : Delivery::Owed,
                               there ? std::string() : std::string("sent once without an answer")});
        step.accepted += there ? 1 : 0;
    }
    if (step.accepted > 0) { // it does take them, whatever it answers
        state_.failures = 0;
        state_.reason.clear();
    }
    SPINDLE_TRY_VOID(outbox_.settle(service_.name(), settlements, state_, now()));
    return step;
}

/// Takes from the front of `batch` what the service does not want any more.
Result<int> Sender::expire(std::vector<OwedListen>& batch) {
    const auto& oldest = service_.traits().oldest;
    if (!oldest) {
        return 0;
    }
    const std::int64_t limit = now() - static_cast<std::int64_t>(oldest->count());
    std::vector<Settlement> settlements;
    for (const OwedListen& one : batch) {
        if (one.listen.started_at < limit) {
            settlements.push_back({one.id, Delivery::Expired,
                                   "played too long ago: the service takes only the last 14 days"});
        }
    }
    if (!settlements.empty()) {
        SPINDLE_TRY_VOID(outbox_.settle(service_.name(), settlements, state_, now()));
    }
    return static_cast<int>(settlements.size());
}

Result<Step> Sender::send(std::vector<OwedListen> batch, const std::stop_token& stop) {
    const ServiceTraits& traits = service_.traits();
    const auto future = std::find_if(batch.begin(), batch.end(), [&](const OwedListen& one) {
        return one.listen.started_at > now() + kClockSlack;
    });
    if (future == batch.begin()) {
        return Step{Step::Next::Later, std::min(future->listen.started_at, now() + kFutureWait),
                    "the next listen began in the future by this machine's clock"};
    }
    batch.erase(future, batch.end());
    if (state_.day != now() / kDay) {
        state_.day = now() / kDay;
        state_.sent_today = 0;
    }
    std::size_t room = traits.most_together;
    if (traits.most_a_day) {
        room = std::min(
            room, static_cast<std::size_t>(std::max(0, *traits.most_a_day - state_.sent_today)));
        if (room == 0) {
            state_.paused_until = next_day();
            state_.reason =
                fmt::format("{} were sent today; the rest follows tomorrow", state_.sent_today);
            SPINDLE_TRY_VOID(outbox_.settle(service_.name(), {}, state_, now()));
            return after_trouble();
        }
    }
    batch.resize(std::min(batch.size(), room));
    std::vector<std::int64_t> ids;
    for (const OwedListen& one : batch) {
        ids.push_back(one.id);
    }
    SPINDLE_TRY_VOID(outbox_.begin(service_.name(), ids, now()));
    Step step{Step::Next::Again, 0, {}};
    std::vector<std::span<const OwedListen>> parts{batch}; // the oldest last
    while (!parts.empty()) {
        const std::span<const OwedListen> part = parts.back();
        parts.pop_back();
        std::vector<Listen> listens;
        for (const OwedListen& one : part) {
            listens.push_back(one.listen);
        }
        const BatchReply reply = service_.submit(listens, stop);
        const bool unreadable =
            std::all_of(reply.items.begin(), reply.items.end(),
                        [](const Outcome& one) { return one.fate == Fate::Unreadable; });
        if (unreadable && part.size() > 1) {
            const std::size_t half = part.size() / 2;
            parts.push_back(part.subspan(half));
            parts.push_back(part.first(half));
            continue;
        }
        SPINDLE_TRY(const bool go_on, settle_reply(part, reply, step));
        if (!go_on) {
            break;
        }
        if (reply.pause && *reply.pause <= options_.short_pause) {
            options_.pause(*reply.pause, stop);
        } else if (reply.pause) {
            state_.paused_until =
                now() + static_cast<std::int64_t>(std::ceil(reply.pause->count()));
            state_.reason = "the service asks to wait";
            SPINDLE_TRY_VOID(outbox_.settle(service_.name(), {}, state_, now()));
            break;
        }
    }
    if (!parts.empty()) { // never sent
        std::vector<Settlement> back;
        for (const auto& part : parts) {
            for (const OwedListen& one : part) {
                back.push_back({one.id, Delivery::Owed, {}});
            }
        }
        SPINDLE_TRY_VOID(outbox_.settle(service_.name(), back, state_, now()));
    }
    if (stop.stop_requested()) {
        step.next = Step::Next::Cancelled;
    } else if (state_.halt != ServiceState::Halt::None || state_.paused_until > now()) {
        const Step trouble = after_trouble();
        step.next = trouble.next;
        step.at = trouble.at;
        step.reason = trouble.reason;
    }
    return step;
}

/// Notes what became of one request. False when no more should be sent now.
Result<bool> Sender::settle_reply(std::span<const OwedListen> part, const BatchReply& reply,
                                  Step& step) {
    std::vector<Settlement> settlements;
    const Outcome* trouble = nullptr;
    for (std::size_t i = 0; i < part.size(); ++i) {
        // An answer for another number of listens tells nothing.
        static const Outcome kNothing{Fate::Unknown, "no answer for this one", {}};
        const Outcome& outcome = reply.items.size() == part.size() ? reply.items[i] : kNothing;
        Settlement settlement{part[i].id, Delivery::Owed, outcome.reason};
        switch (outcome.fate) {
        case Fate::Accepted:
            settlement.delivery = Delivery::Done;
            settlement.reason.clear();
            ++step.accepted;
            ++state_.sent_today;
            break;
        case Fate::Refused:
        case Fate::Unreadable:
            settlement.delivery = Delivery::Dead;
            ++step.dead;
            break;
        case Fate::Unknown:
        case Fate::Cancelled:
            settlement.delivery = Delivery::Attempted;
            break;
        default:
            break;
        }
        if (ends_the_run(outcome.fate) && trouble == nullptr) {
            trouble = &outcome;
        }
        settlements.push_back(std::move(settlement));
    }
    if (trouble != nullptr) {
        note_trouble(*trouble);
    } else {
        state_.failures = 0;
        state_.reason.clear();
        state_.paused_until = 0;
    }
    SPINDLE_TRY_VOID(outbox_.settle(service_.name(), settlements, state_, now()));
    return trouble == nullptr;
}

Seconds Sender::backoff() {
    const double doubled = std::ldexp(options_.first_pause.count(), std::min(state_.failures, 30));
    const double share = std::uniform_real_distribution<double>(0.75, 1.25)(jitter_);
    state_.failures = std::min(state_.failures + 1, 1000);
    return Seconds{std::min(doubled, options_.longest_pause.count()) * share};
}

/// Some minutes after midnight UTC, when services count anew; an hour from now at least.
std::int64_t Sender::next_day() {
    const auto minutes = std::uniform_int_distribution<std::int64_t>(60, 600)(jitter_);
    return std::max((now() / kDay + 1) * kDay + minutes, now() + 3600);
}

void Sender::note_trouble(const Outcome& outcome) {
    if (outcome.fate == Fate::Cancelled) {
        return;
    }
    state_.reason = outcome.reason;
    switch (outcome.fate) {
    case Fate::Reauthorise:
        state_.halt = ServiceState::Halt::Login;
        return;
    case Fate::Stopped:
        state_.halt = ServiceState::Halt::Stopped;
        return;
    case Fate::DailyLimit:
        state_.paused_until = next_day();
        return;
    default:
        break;
    }
    Seconds wait = backoff();
    if (outcome.after) {
        wait = std::clamp(*outcome.after, wait * 0.1, options_.longest_asked);
    }
    state_.paused_until =
        now() + std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(wait.count())));
}

Step Sender::after_trouble() const {
    return state_.halt == ServiceState::Halt::None
               ? Step{Step::Next::Later, state_.paused_until, state_.reason}
               : Step{Step::Next::Halted, 0, state_.reason};
}

} // namespace spindle::scrobble
