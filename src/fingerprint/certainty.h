// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "fingerprint/matcher.h"

namespace spindle::fingerprint {

/// Turns the scores of a clip's candidates into chances (Candidate::in_library, ::confidence).
///
/// Two things can be wrong. The clip may not be in the library at all: then the best score is just
/// the best of many chance fits, and the next tracks fit nearly as well. Or the library holds the
/// same music twice (a remix, a reprise) and the other one is meant: then the second score is
/// close. Both chances are logistic in a margin of scores; the first is fitted to the development
/// set of bench/, the second set by hand (docs/identify.md says what was measured).
/// @param candidates best first.
void judge_certainty(std::span<Candidate> candidates);

} // namespace spindle::fingerprint
