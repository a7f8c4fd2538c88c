// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "accuracy/reference_library.h"
#include "accuracy/verdict.h"
#include "base/result.h"
#include "fingerprint/matcher.h"
#include "material/truth.h"

namespace spindle::accuracy {

/// What kind of question a clip is.
enum class Kind { Known, UnknownMusic, NotMusic };

/// One clip asked about, and the answer.
struct Trial {
    std::string file;
    std::string condition;
    std::string source; ///< what the clip was made from
    Kind kind = Kind::Known;
    int length = 5;        ///< seconds
    int start = 0;         ///< in the file, seconds
    bool answered = false; ///< the engine names a track
    Verdict verdict;       ///< on the best candidate, whatever the engine thinks of it
    std::string named;     ///< path of the best candidate, or empty
    fingerprint::Candidate best;
    std::array<double, 5> scores{}; ///< of the five best candidates; 0 where there are fewer
    std::size_t landmarks = 0;      ///< of the clip
    Seconds position_error{0};      ///< signed, answer - truth, at the clip's first sample
    double speed_error = 0;         ///< answer / truth - 1
    Seconds extract_cpu{0};
    Seconds search_cpu{0};

    bool right() const { return answered && verdict.found; }
};

struct TrialOptions {
    std::vector<int> lengths{5, 10, 15}; ///< seconds; prefixes of known clips
    unsigned jobs = 2;
    fingerprint::MatchOptions match;
};

/// Asks about every query: a known clip once a length; unknown and noise files in as many parts of
/// 5 s as they hold, and one prefix for each longer length. Order: that of the queries.
Result<std::vector<Trial>> run_trials(const ReferenceLibrary& library,
                                      const std::filesystem::path& folder,
                                      std::span<const material::Query> queries,
                                      const TrialOptions& options);

/// One line a trial, tab separated with a header: to fit the certainty again, or to look closer.
Result<void> write_rows(const std::filesystem::path& path, std::span<const Trial> trials);

} // namespace spindle::accuracy
