// SPDX-License-Identifier: Apache-2.0
#include "sides/trial.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "accuracy/reference_library.h"
#include "sides/listening.h"
#include "simulator/random.h"

namespace spindle::sides {
namespace {

constexpr Seconds kHour{3600};

/// Runs `hour(i, length, seed)` for each hour begun, and adds the outcomes up in their order.
Result<Outcome>
by_hour(const Stage& stage, double hours, std::uint64_t seed, std::string_view what,
        const std::function<Result<Outcome>(std::size_t, Seconds, std::uint64_t)>& hour) {
    const auto count = static_cast<std::size_t>(std::ceil(hours - 1e-9));
    std::vector<Outcome> outcomes(count);
    SPINDLE_TRY_VOID(accuracy::in_parallel(count, stage.jobs, [&](std::size_t i) -> Result<void> {
        const Seconds length = kHour * std::min(1.0, hours - static_cast<double>(i));
        SPINDLE_TRY(outcomes[i],
                    hour(i, length, simulator::derive_seed(seed, fmt::format("{} {}", what, i))));
        return {};
    }));
    Outcome all;
    for (Outcome& outcome : outcomes) {
        all.score.add(std::move(outcome.score));
        all.hours += outcome.hours;
    }
    return all;
}

} // namespace

Result<Outcome> run_sessions(const Stage& stage, std::span<const SessionSeed> seeds,
                             const std::function<void(std::size_t)>& done) {
    std::vector<Outcome> outcomes(seeds.size());
    std::mutex mutex;
    std::size_t finished = 0;
    const auto run = [&](std::size_t i) -> Result<void> {
        auto store = stage.store();
        SPINDLE_TRY(const auto session,
                    draw_session(stage.pool, store, seeds[i].happening,
                                 session_seed(seeds[i].run, seeds[i].number), stage.beds.size()));
        SPINDLE_TRY(const auto sound, sound_of(session, store, stage.beds));
        Ear ear(stage.index, shelf_of(stage.pool, session));
        ear.hear(sound);
        const Heard heard = ear.finish();
        SPINDLE_TRY(outcomes[i].score, score(stage.pool, seeds[i].number, session, heard));
        outcomes[i].hours = heard.sound / kHour;
        const std::scoped_lock lock(mutex);
        done(++finished);
        return {};
    };
    SPINDLE_TRY_VOID(accuracy::in_parallel(seeds.size(), stage.jobs, run));
    Outcome all;
    for (Outcome& outcome : outcomes) {
        all.score.add(std::move(outcome.score));
        all.hours += outcome.hours;
    }
    return all;
}

Result<Outcome> run_unknown(const Stage& stage, double hours, std::uint64_t seed) {
    const auto hour = [&](std::size_t number, Seconds length,
                          std::uint64_t own) -> Result<Outcome> {
        auto store = stage.store();
        Session none; // the shelf as it always stands
        Ear ear(stage.index, shelf_of(stage.pool, none));
        std::vector<UnknownStretch> stretches;
        for (std::size_t i = 0; ear.now() < length; ++i) {
            SPINDLE_TRY(auto session, draw_unknown_session(stage.pool, store, session_seed(own, i),
                                                           stage.beds.size()));
            SPINDLE_TRY(const auto sound, sound_of(session, store, stage.beds));
            const Seconds start = ear.now();
            ear.hear(sound);
            stretches.push_back({start, std::move(session)});
        }
        const Heard heard = ear.finish();
        Outcome outcome;
        outcome.hours = heard.sound / kHour;
        SPINDLE_TRY(outcome.score,
                    score_unknown(stage.pool, fmt::format("unknown {}", number), stretches, heard));
        return outcome;
    };
    return by_hour(stage, hours, seed, "unknown", hour);
}

Result<Outcome> run_noise(const Stage& stage, double hours, std::uint64_t seed) {
    const auto hour = [&](std::size_t number, Seconds length,
                          std::uint64_t own) -> Result<Outcome> {
        auto store = stage.store();
        Session none;
        Ear ear(stage.index, shelf_of(stage.pool, none));
        SPINDLE_TRY_VOID(noise(length, own, stage.pool, store, stage.beds,
                               [&](std::span<const float> sound) { ear.hear(sound); }));
        const Heard heard = ear.finish();
        Outcome outcome;
        outcome.hours = heard.sound / kHour;
        SPINDLE_TRY(outcome.score,
                    score_unknown(stage.pool, fmt::format("noise {}", number), {}, heard));
        return outcome;
    };
    return by_hour(stage, hours, seed, "noise", hour);
}

} // namespace spindle::sides
