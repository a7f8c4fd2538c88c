// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "testing/trouble.h"

namespace spindle::testing {

/// What ListenBrainz says to the body of a submit-listens. The rules and their words are those of
/// its own validator, which gave its verdict on every payload of listenbrainz_rules_test.cpp.
struct SubmissionVerdict {
    int status = 200;
    std::string words;           ///< of the error; empty for 200
    std::string type;            ///< "single", "import", "playing_now"
    std::vector<Stored> listens; ///< those of a good one; `at` is 0 for what plays now
};

/// @param now seconds since 1970-01-01 UTC
SubmissionVerdict judge_submission(std::string_view body, std::int64_t now);

} // namespace spindle::testing
