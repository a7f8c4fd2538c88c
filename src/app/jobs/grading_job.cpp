// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/grading_job.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "app/grade/defect_labels.h"
#include "app/grade/own_library.h"
#include "app/grade/side_picture.h"
#include "app/grade/side_spectrogram.h"
#include "app/grade/wave_peaks.h"
#include "inference/places.h"
#include "io/file.h"

namespace spindle::app {
namespace {

using Json = nlohmann::ordered_json;

/// Everything about a recording that the page shows.
Result<void> write_results(const GradedRecording& graded, const GradingWorth& worth,
                           const GradingJobTools& tools, const JobTask& task) {
    const auto& folder = task.folder;
    task.progress({"drawing", {}, 0, 4, std::nullopt});
    SPINDLE_TRY_VOID(io::write_atomically(folder / kLabelsFile, defect_labels(graded.measures)));
    SPINDLE_TRY_VOID(write_side_picture(graded, folder / kSidePictureFile));
    task.progress({"drawing", {}, 2, 4, std::nullopt});
    SPINDLE_TRY_VOID(write_wave_peaks(folder / kRecordingFile, folder / kPeaksFile, task.stop));
    task.progress({"drawing", {}, 3, 4, std::nullopt});
    SPINDLE_TRY_VOID(write_side_spectrogram(folder / kRecordingFile, task.job.name,
                                            folder / kSpectrogramFile, task.stop));
    return io::write_atomically(folder / kGradingFile, tools.render(graded, worth));
}

} // namespace

std::string text_of(const GradingJob& job) {
    return Json{{"side", job.side}, {"release", job.release}}.dump(-1, ' ', false,
                                                                   Json::error_handler_t::replace);
}

Result<GradingJob> read_grading_job(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        return GradingJob{json.at("side").get<std::string>(),
                          json.at("release").get<std::uint32_t>()};
    } catch (const Json::exception& error) {
        return fail(Code::BadInput, "the options of a grading: {}", error.what());
    }
}

JobWork grading_work(GradingJobTools tools) {
    return [tools = std::move(tools)](const JobTask& task) -> Result<std::string> {
        SPINDLE_TRY(const auto job, read_grading_job(task.job.options));
        SPINDLE_TRY(const auto model, inference::model_file("grade.json"));
        SPINDLE_TRY(const auto models, open_grade_models(model));
        const auto library = OwnLibrary::open(tools.data_folder, tools.backends);
        const GradingTools using_tools{models, library.fingerprints(), library.store.get()};
        SPINDLE_TRY(auto graded, grade_recording(task.folder / kRecordingFile, {}, using_tools,
                                                 task.progress, task.stop));
        SPINDLE_TRY(const auto worth,
                    worth_of(graded.report, AskedRelease{ReleaseId{job.release}, {}, 0},
                             tools.settings, tools.data_folder, tools.backends));
        graded.recording = task.job.name; // as the owner knows it
        SPINDLE_TRY_VOID(write_results(graded, worth, tools, task));
        const auto& report = graded.report;
        return Json{{"grade", report.graded ? Json(short_name(report.grade)) : Json()}}.dump();
    };
}

} // namespace spindle::app
