// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/grade/known_copies.h"
#include "app/grade/second_opinion.h"
#include "base/progress.h"
#include "base/result.h"
#include "grade/copy_figures.h"
#include "grade/grader.h"
#include "grade/side_meter.h"

namespace spindle::app {

/// What a recording is graded with.
struct GradingTools {
    const grade::GradeModels& models;
    /// The owner's library, in which the digital copies are looked for; null: none are.
    const fingerprint::Index* index = nullptr;
    store::LibraryStore* library = nullptr;
    /// Asked for its opinion of what was graded; null: nobody is.
    const AudioClassifier* second = nullptr;
};

/// A copy and what became of it.
struct HeardCopy {
    KnownCopy copy;
    grade::CopyComparison comparison;
};

/// A recording of one side, graded.
struct GradedRecording {
    std::filesystem::path recording;
    std::string warning; ///< what was wrong with the file although it could be heard; or empty
    grade::SideMeasures measures;
    std::optional<grade::CopyFigures> copy;
    std::vector<HeardCopy> copies;
    grade::GradeReport report;
    std::optional<SecondOpinion> second; ///< never part of the report
};

/// Hears a recording of a side once, compares it with copies of its tracks where there are some
/// (those given, else those the library knows), and grades it. Names steps "measuring" and
/// "comparing" on the way.
/// @param references files of the tracks, or of the whole side; empty: look in the library.
/// Errors: as StereoFile::open and AudioClassifier::hear; a reference that cannot be read (named);
/// Code::Cancelled.
Result<GradedRecording> grade_recording(const std::filesystem::path& recording,
                                        std::span<const std::filesystem::path> references,
                                        const GradingTools& tools, const ProgressSink& progress,
                                        const std::stop_token& stop);

/// A recording's clicks in its grooves. To compare two recordings of one side by: the expected
/// figures, which need none to be sure.
grade::ClickCount clicks_of(const GradedRecording& graded);

/// Reads the models of a file (models/grade.json). Errors name it.
Result<grade::GradeModels> open_grade_models(const std::filesystem::path& file);

} // namespace spindle::app
