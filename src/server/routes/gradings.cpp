// SPDX-License-Identifier: Apache-2.0
#include "server/routes/gradings.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/grade/stereo_file.h"
#include "app/grade/wave_peaks.h"
#include "app/jobs/grading_job.h"
#include "base/text.h"
#include "document/grade_document.h"
#include "document/json.h"
#include "io/file.h"
#include "server/json_request.h"

namespace spindle::server {
namespace fs = std::filesystem;
namespace {

using store::JobKind;
using store::StoredJob;

constexpr std::uint64_t kLargestRecording = 500U << 20U;
constexpr std::uint64_t kLargestGrading = 64U << 20U; // thousands of defects are 1 MB

using Jobs = std::shared_ptr<app::JobQueue>;

Result<StoredJob> find(const Jobs& jobs, const Request& request) {
    return jobs->find(JobKind::Grading, std::string(request.parameter("id")));
}

Result<double> number_in(const Request& request, std::string_view name, double otherwise) {
    const auto word = request.query_value(name);
    if (!word) {
        return otherwise;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(word->data(), word->data() + word->size(), number);
    if (error != std::errc() || end != word->data() + word->size() || !(number >= 0) ||
        number > 1e6) {
        return fail(Code::BadInput, "{}={}: not a number of seconds", name,
                    text::printable(word->substr(0, 40)));
    }
    return number;
}

Result<app::GradingJob> grading_options_in(const Request& request, const Uploads& uploads) {
    app::GradingJob job;
    job.side = text::printable(uploads.value(request, "side"));
    if (characters_of(job.side) > 2) {
        return fail(Code::BadInput, "side={}: longer than 2 characters; say A or B",
                    text::shortened(job.side, 40));
    }
    if (const std::string word = uploads.value(request, "release"); !word.empty()) {
        const auto [end, error] =
            std::from_chars(word.data(), word.data() + word.size(), job.release);
        if (error != std::errc() || end != word.data() + word.size() || job.release == 0) {
            return fail(Code::BadInput, "release={}: not the number of a release",
                        text::printable(word.substr(0, 40)));
        }
    }
    return job;
}

Result<Response> post_grading(const JobServices& services, const Request& request) {
    if (is_form_without_file(request)) {
        return problem(415, "this is a form without a file; send the recording itself, or "
                            "multipart/form-data with it");
    }
    SPINDLE_TRY(const auto holding, Holding::make(request, services.data_folder));
    SPINDLE_TRY(const auto uploads, take_uploads(request, holding.folder(), 1, kLargestRecording));
    SPINDLE_TRY(const auto options, grading_options_in(request, uploads));
    const Uploads::File& file = uploads.files.front();
    std::string name = text::printable(text::shortened(uploads.value(request, "name"), 300));
    name = name.empty() ? file.name : name;
    name = name.empty() ? "recording" : name;
    // Judged by what it holds: one that cannot be heard is told at once.
    if (auto heard = app::StereoFile::open(file.path, {}, request.stop); !heard) {
        // Where it lies is nobody's business.
        const auto message = text::replaced(heard.error().message, file.path.string(), name);
        return problem(415, message, name_of(heard.error().code));
    }
    SPINDLE_TRY(const auto added,
                services.jobs->add({JobKind::Grading, name, text_of(options)},
                                   [&](const fs::path& folder) -> Result<void> {
                                       std::error_code moving;
                                       fs::rename(file.path, folder / app::kRecordingFile, moving);
                                       return moving ? Result<void>(tl::unexpected(
                                                           system_error(name, moving.value())))
                                                     : Result<void>();
                                   }));
    return Response::json(job_json(*services.jobs, added), 202)
        .with("Location", "/api/gradings/" + added.id);
}

Result<Response> get_grading(const Jobs& jobs, const Request& request) {
    SPINDLE_TRY(const auto job, find(jobs, request));
    const auto grading = io::read_file(jobs->folder(job.id) / app::kGradingFile, kLargestGrading);
    return Response::json(
        job_json(*jobs, job, "\"grading\":" + (grading ? *grading : std::string("null"))));
}

Result<Response> get_file(const Jobs& jobs, const Request& request, const char* file,
                          const char* type) {
    SPINDLE_TRY(const auto job, find(jobs, request));
    const fs::path path = jobs->folder(job.id) / file;
    std::error_code error;
    if (!fs::exists(path, error)) {
        return fail(Code::NotFound, "grading {} has not come so far; wait until it is done",
                    job.id);
    }
    return Response::of_file(path, type);
}

document::Json rounded(const std::vector<float>& samples) {
    document::Json json = document::Json::array();
    for (const float sample : samples) {
        json.push_back(std::round(static_cast<double>(sample) * 1e4) / 1e4);
    }
    return json;
}

Result<Response> get_waveform(const Jobs& jobs, const Request& request) {
    SPINDLE_TRY(const auto job, find(jobs, request));
    SPINDLE_TRY(const auto points, request.number("points", 2000, 10, 20'000));
    SPINDLE_TRY(const auto from, number_in(request, "from_s", 0));
    SPINDLE_TRY(const auto to, number_in(request, "to_s", 0));
    SPINDLE_TRY(const auto peaks,
                app::read_wave_peaks(jobs->folder(job.id) / app::kPeaksFile, Seconds{from},
                                     Seconds{to}, static_cast<std::size_t>(points)));
    return Response::json(document::to_text({{"from_s", peaks.from.count()},
                                             {"to_s", peaks.to.count()},
                                             {"low", rounded(peaks.low)},
                                             {"high", rounded(peaks.high)}}));
}

Result<Response> get_plot(const Jobs& jobs, const Request& request) {
    const auto picture = request.query_value("picture").value_or("side");
    if (picture != "side" && picture != "spectrogram") {
        return fail(Code::BadInput, "picture={}: neither side nor spectrogram",
                    text::printable(picture.substr(0, 40)));
    }
    return get_file(jobs, request,
                    picture == "side" ? app::kSidePictureFile : app::kSpectrogramFile, "image/png");
}

} // namespace

void add_grading_routes(Router& router, const JobServices& services) {
    const Jobs jobs = services.jobs;
    add_common_routes(router, "/api/gradings", JobKind::Grading, services);
    router.add(Method::Post, "/api/gradings",
               {Who::Paired,
                Body::File,
                kLargestRecording + (1U << 20U), // and the form around it
                {"audio/*", "video/*", "application/octet-stream", "multipart/form-data",
                 "application/x-www-form-urlencoded"}},
               [services](const Request& request) { return post_grading(services, request); });
    router.add(Method::Get, "/api/grades", {}, [](const Request&) -> Result<Response> {
        return Response::json(document::to_text(document::grade_definition()));
    });
    router.add(Method::Get, "/api/gradings/{id}", {},
               [jobs](const Request& request) { return get_grading(jobs, request); });
    router.add(Method::Get, "/api/gradings/{id}/audio", {}, [jobs](const Request& request) {
        return get_file(jobs, request, app::kRecordingFile, "application/octet-stream");
    });
    router.add(Method::Get, "/api/gradings/{id}/waveform", {},
               [jobs](const Request& request) { return get_waveform(jobs, request); });
    router.add(Method::Get, "/api/gradings/{id}/plot", {},
               [jobs](const Request& request) { return get_plot(jobs, request); });
    router.add(Method::Get, "/api/gradings/{id}/labels", {}, [jobs](const Request& request) {
        return get_file(jobs, request, app::kLabelsFile, "text/plain; charset=utf-8");
    });
}

} // namespace spindle::server
