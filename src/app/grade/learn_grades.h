// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "app/grade/listings.h"
#include "base/progress.h"
#include "base/result.h"
#include "base/units.h"
#include "grade/grader.h"
#include "grade/model/agreement.h"

namespace spindle::app {

struct LearningOptions {
    /// Recordings are cut into pieces of this length, each an example of its own (0: not cut).
    /// Pieces of one record never lie on both sides of a split.
    Seconds segment{60};
    std::string name = "own recordings"; ///< of the model: told with each grading
    std::string user_agent;              ///< towards servers of audio: see io::user_agent
};

/// A piece of a listed recording as it was measured.
struct MeasuredPiece {
    std::size_t listing = 0;                           ///< which
    grade::Evidence evidence = grade::Evidence::Music; ///< the strongest there is
    /// For Groove the figures of Music too: what has a groove has music.
    std::map<grade::Evidence, std::vector<double>> figures;
};

struct MeasuredListings {
    std::vector<MeasuredPiece> pieces;
    std::vector<LeftOut>
        left_out; ///< listings that could not be heard (row: number of the listing)
};

/// Hears the recordings; files at web addresses are fetched (FetchedAudio) and removed. What cannot
/// be heard is left out, with the reason. Errors: Code::Cancelled alone.
Result<MeasuredListings> measure_listings(const std::vector<Listing>& listings,
                                          const LearningOptions& options,
                                          const ProgressSink& progress,
                                          const std::stop_token& stop);

struct LearnedGrades {
    grade::GradeModels models;
    /// Of each kind of evidence: how records unseen in training were graded (folds).
    std::map<grade::Evidence, grade::Agreement> agreement;
    std::map<grade::Evidence, std::string> not_learned; ///< why there is no model
};

/// Fits a model for each kind of evidence there is enough of: how much each fault is worth. Where a
/// fault puts a side is taken over from `known`, the model of simulated sides, since nobody's
/// labels tell the faults apart. Records and sellers are kept together in folds: by seller where
/// sellers are told, else by record. Errors: Code::BadInput when there is too little for any;
/// Code::Cancelled.
Result<LearnedGrades> learn_grades(const std::vector<Listing>& listings,
                                   const std::vector<MeasuredPiece>& pieces,
                                   const grade::GradeModels& known, const LearningOptions& options,
                                   const ProgressSink& progress, const std::stop_token& stop);

/// How a model grades listings: each recording by the mean of its pieces' probabilities.
grade::Agreement agreement_on(const std::vector<Listing>& listings,
                              const std::vector<MeasuredPiece>& pieces,
                              const grade::GradeModels& models);

} // namespace spindle::app
