// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "fingerprint/index.h"
#include "sides/pool.h"
#include "sides/score.h"
#include "sides/seed_list.h"
#include "simulator/surface.h"

namespace spindle::sides {

/// What sessions are run with. All must outlive the runs.
struct Stage {
    const Pool& pool;
    const fingerprint::Index& index;
    std::span<const simulator::RealBed> beds;
    unsigned jobs = 1;

    TrackStore store() const { return TrackStore(pool.files, kSessionRate, 1); }
};

/// A score and the hours of sound it is of.
struct Outcome {
    SessionScore score;
    double hours = 0;
};

/// Each session with a listener of its own, on `jobs` threads.
/// @param done called after each with how many are done; from any thread, one at a time.
Result<Outcome> run_sessions(const Stage& stage, std::span<const SessionSeed> seeds,
                             const std::function<void(std::size_t)>& done);

/// Hours of unknown records one after another; each hour with a listener of its own, that knows the
/// shelf of the known ones.
Result<Outcome> run_unknown(const Stage& stage, double hours, std::uint64_t seed);

/// The same of noise, tones, silence and speech.
Result<Outcome> run_noise(const Stage& stage, double hours, std::uint64_t seed);

} // namespace spindle::sides
