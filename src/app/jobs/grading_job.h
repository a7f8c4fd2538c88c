// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "app/backends.h"
#include "app/grade/grade_recording.h"
#include "app/grade/grading_worth.h"
#include "app/jobs/job_queue.h"
#include "app/settings/settings.h"
#include "base/result.h"

namespace spindle::app {

/// A grading that is to be done in the background. The recording is kRecordingFile.
struct GradingJob {
    std::string side;          ///< "A"; empty: not said
    std::uint32_t release = 0; ///< Discogs'; 0: not said
};

/// As StoredJob::options, and back. Errors: Code::BadInput.
std::string text_of(const GradingJob& job);
Result<GradingJob> read_grading_job(std::string_view text);

/// What is in the job's folder.
inline constexpr const char* kRecordingFile = "recording"; ///< as it came, whatever format it has
inline constexpr const char* kGradingFile = "grading.json";
inline constexpr const char* kLabelsFile = "labels.txt";    ///< defect_labels.h
inline constexpr const char* kPeaksFile = "peaks";          ///< wave_peaks.h
inline constexpr const char* kSidePictureFile = "side.png"; ///< side_picture.h
inline constexpr const char* kSpectrogramFile = "spectrogram.png";

struct GradingJobTools {
    std::filesystem::path data_folder;
    const Backends& backends;
    std::function<Result<Settings>()> settings;
    /// How a grading looks as JSON: rooms above know (document/grade_document.h).
    std::function<std::string(const GradedRecording&, const GradingWorth&)> render;
};

/// Grades recordings; the library is looked into for digital copies. Summary: {"grade"}, null where
/// it cannot be graded.
JobWork grading_work(GradingJobTools tools);

} // namespace spindle::app
