// SPDX-License-Identifier: Apache-2.0
#include "server/routes/scans.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <mutex>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/dig/corrections.h"
#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "app/jobs/scan_job.h"
#include "base/goldmine.h"
#include "base/text.h"
#include "document/json.h"
#include "image/decode.h"
#include "image/encode.h"
#include "image/photo_type.h"
#include "image/rectify.h"
#include "io/file.h"
#include "server/json_request.h"
#include "server/routes/sender_words.h"

namespace spindle::server {
namespace fs = std::filesystem;
namespace {

using store::JobKind;
using store::StoredJob;

constexpr std::uint64_t kLargestPhoto = 40U << 20U;
constexpr std::size_t kMostPhotos = 20;             // of one rack
constexpr std::uint64_t kLargestScan = 256U << 20U; // of one request
constexpr std::uint64_t kLargestScanFile = 128U << 20U;
constexpr int kLongestWait = 120; // seconds

/// What the routes share.
struct Scans {
    fs::path data_folder;
    std::shared_ptr<app::JobQueue> jobs;
    app::Corrections corrections;
    std::mutex decoding; ///< one photo at a time: a large one takes a gigabyte for a moment

    Result<StoredJob> find(const Request& request) const {
        return jobs->find(JobKind::Scan, std::string(request.parameter("id")));
    }
    /// The document, as far as there is one; empty: none yet.
    std::string document_of(const StoredJob& job) const;
    Result<app::ScanReport> report_of(const StoredJob& job) const;
    Result<app::Disc> disc_of(const Request& request, const StoredJob& job) const;
};

std::string Scans::document_of(const StoredJob& job) const {
    for (const char* file : {app::kScanFile, app::kPartialScanFile}) {
        if (auto text = io::read_file(jobs->folder(job.id) / file, kLargestScanFile)) {
            while (!text->empty() && text->back() == '\n') {
                text->pop_back();
            }
            const auto told = corrections.of_scan(job.id);
            if (told.empty()) {
                return std::move(*text);
            }
            auto json = document::Json::parse(*text, nullptr, false);
            if (!json.is_object() || !json.contains("discs")) {
                return std::move(*text);
            }
            for (auto& disc : json["discs"]) {
                const auto found = told.find(disc.value("number", std::size_t{0}));
                if (found != told.end()) {
                    disc["correction"] = document::Json::parse(found->second, nullptr, false);
                }
            }
            return document::to_text(json);
        }
    }
    return {};
}

Result<app::ScanReport> Scans::report_of(const StoredJob& job) const {
    for (const char* file : {app::kScanFile, app::kPartialScanFile}) {
        if (const auto text = io::read_file(jobs->folder(job.id) / file, kLargestScanFile)) {
            return app::read_scan_document(*text);
        }
    }
    return fail(Code::NotFound, "scan {} has no discs yet; wait until it is done", job.id);
}

Result<app::Disc> Scans::disc_of(const Request& request, const StoredJob& job) const {
    SPINDLE_TRY(const auto number, request.id("number", 100'000));
    SPINDLE_TRY(auto report, report_of(job));
    for (app::Disc& disc : report.discs) {
        if (disc.number == static_cast<std::size_t>(number)) {
            return std::move(disc);
        }
    }
    return fail(Code::NotFound, "scan {} has no disc {}", job.id, number);
}

/// A number of the form or the query within its range; nothing where it is not given.
Result<std::optional<double>> number_in(const std::string& word, std::string_view name,
                                        double lowest, double highest) {
    if (word.empty()) {
        return std::optional<double>();
    }
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() ||
        !(number >= lowest && number <= highest)) {
        return fail(Code::BadInput, "{}={}: not a number from {} to {}", name,
                    text::printable(word.substr(0, 40)), lowest, highest);
    }
    return std::optional(number);
}

Result<app::ScanJob> scan_options_in(const Request& request, const Uploads& uploads) {
    app::ScanJob job;
    const auto value = [&](std::string_view name) { return uploads.value(request, name); };
    if (const std::string word = value("format"); !word.empty()) {
        const auto format = app::shelf_format_of(word);
        if (!format) {
            return fail(Code::BadInput, "format={}: none of any, cd, lp, dvd",
                        text::printable(word.substr(0, 40)));
        }
        job.format = *format;
    }
    SPINDLE_TRY(const auto certainty, number_in(value("threshold"), "threshold", 0.5, 0.9999));
    job.certainty = certainty.value_or(job.certainty);
    SPINDLE_TRY(job.asking, number_in(value("asking"), "asking", 0, 100'000));
    if (const std::string word = value("grade"); !word.empty()) {
        const auto grade = grade_named(word);
        if (!grade) {
            return fail(Code::BadInput, "grade={}: none of M, NM, VG+, VG, G+, G, F, P",
                        text::printable(word.substr(0, 40)));
        }
        job.grade = short_name(*grade);
    }
    const std::string offline = value("offline");
    job.offline = offline == "true" || offline == "1";
    if (!offline.empty() && !job.offline && offline != "false" && offline != "0") {
        return fail(Code::BadInput, "offline={}: neither true nor false",
                    text::printable(offline.substr(0, 40)));
    }
    return job;
}

/// Are these photos? By what they hold, not by their names; then they are named by that.
Result<void> name_photos(const Uploads& uploads, const fs::path& folder, app::ScanJob& job) {
    for (std::size_t i = 0; i < uploads.files.size(); ++i) {
        const Uploads::File& file = uploads.files[i];
        std::string beginning(64, '\0');
        std::ifstream stream(file.path, std::ios::binary);
        stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
        beginning.resize(static_cast<std::size_t>(stream.gcount()));
        SPINDLE_TRY(const auto type,
                    image::photo_type_of(std::as_bytes(std::span(beginning)),
                                         file.name.empty() ? "the photo" : file.name));
        job.photos.push_back(fmt::format("photo-{}{}", i + 1, type.extension));
        job.names.push_back(file.name);
        std::error_code error;
        fs::rename(file.path, folder / job.photos.back(), error);
        if (error) {
            return tl::unexpected(system_error(file.path.string(), error.value()));
        }
    }
    return {};
}

std::string name_of_scan(const Uploads& uploads) {
    std::string name;
    for (const Uploads::File& file : uploads.files) {
        name = name.empty() ? file.name : name;
    }
    name = name.empty() ? "photo" : name;
    return uploads.files.size() > 1 ? fmt::format("{} and {} more", name, uploads.files.size() - 1)
                                    : name;
}

/// What somebody gets who waited for the end.
Result<Response> answer_at_end(const Scans& scans, const std::string& id, bool wants_photo) {
    SPINDLE_TRY(const auto job, scans.jobs->find(JobKind::Scan, id));
    const SenderWords words(scans.jobs->folder(id), job);
    if (job.state == store::JobState::Done) {
        return wants_photo
                   ? Response::of_file(scans.jobs->folder(id) / app::marked_file(0), "image/jpeg")
                   : Response::json(words.in_json(scans.document_of(job)));
    }
    if (job.error) {
        return tl::unexpected(words.in(*job.error));
    }
    return Response::json(job_json(*scans.jobs, job), 202)
        .with("Location", "/api/scans/" + id); // not over yet
}

Result<Response> post_scan(const std::shared_ptr<Scans>& scans, const Request& request) {
    SPINDLE_TRY(const auto wait, request.number("wait", 0, 0, kLongestWait));
    const auto answer = request.query_value("answer").value_or("document");
    if (answer != "document" && answer != "photo") {
        return fail(Code::BadInput, "answer={}: neither document nor photo",
                    text::printable(answer.substr(0, 40)));
    }
    if (is_form_without_file(request)) {
        return problem(415, "this is a form without a file; send the photo itself, or "
                            "multipart/form-data with it");
    }
    // The options are in the job's row, and the photos are to be in its folder first: the uploads
    // go to a folder beside it.
    SPINDLE_TRY(const auto holding, Holding::make(request, scans->data_folder));
    const auto uploads = take_uploads(request, holding.folder(), kMostPhotos, kLargestPhoto);
    if (!uploads) {
        const bool too_large = uploads.error().message.find(" MB, and may") != std::string::npos;
        return too_large ? problem(413, uploads.error().message, name_of(uploads.error().code))
                         : Result<Response>(tl::unexpected(uploads.error()));
    }
    SPINDLE_TRY(auto options, scan_options_in(request, *uploads));
    if (const auto named = name_photos(*uploads, holding.folder(), options); !named) {
        return problem(415, named.error().message, name_of(named.error().code));
    }
    app::NewJob job{JobKind::Scan, name_of_scan(*uploads), text_of(options)};
    SPINDLE_TRY(const auto added,
                scans->jobs->add(std::move(job), [&](const fs::path& folder) -> Result<void> {
                    for (const std::string& photo : options.photos) {
                        std::error_code error;
                        fs::rename(holding.folder() / photo, folder / photo, error);
                        if (error) {
                            return tl::unexpected(system_error(photo, error.value()));
                        }
                    }
                    return {};
                }));
    if (wait > 0) {
        return Response::wait_for({events_of(scans->jobs, added),
                                   Seconds{static_cast<double>(wait)},
                                   [scans, id = added.id, wants_photo = answer == "photo"] {
                                       return answer_at_end(*scans, id, wants_photo);
                                   }});
    }
    return Response::json(job_json(*scans->jobs, added), 202)
        .with("Location", "/api/scans/" + added.id);
}

constexpr std::int64_t kMostSheets = 1000;

/// In how many pictures the sheet of all spines is; 0 before it is drawn.
std::int64_t sheets_of(const fs::path& folder) {
    std::int64_t sheets = 0;
    std::error_code error;
    while (sheets < kMostSheets &&
           fs::exists(folder / app::sheet_file(static_cast<std::size_t>(sheets)), error)) {
        ++sheets;
    }
    return sheets;
}

Result<Response> get_scan(const Scans& scans, const Request& request) {
    SPINDLE_TRY(const auto job, scans.find(request));
    const std::string scan = scans.document_of(job);
    const auto options = app::read_scan_job(job.options);
    std::string more = "\"scan\":" + (scan.empty() ? "null" : scan);
    if (options && !store::is_over(job.state)) { // then it is in the summary
        more += fmt::format(",\"photos\":{}", options->photos.size());
    }
    more += fmt::format(",\"sheets\":{}", sheets_of(scans.jobs->folder(job.id)));
    return Response::json(job_json(*scans.jobs, job, more));
}

/// A photo upright and at most so wide, made once and kept beside it.
Result<fs::path> upright_photo(Scans& scans, const fs::path& photo, int width) {
    const fs::path view =
        photo.parent_path() / fmt::format("view-{}-{}.jpg", photo.stem().string(), width);
    const std::lock_guard one(scans.decoding);
    std::error_code error;
    if (fs::exists(view, error)) {
        return view;
    }
    SPINDLE_TRY(auto picture, image::read_picture(photo));
    if (width > 0 && picture.width > width) {
        const int height = std::max(
            1, static_cast<int>(static_cast<std::int64_t>(picture.height) * width / picture.width));
        picture = image::scaled(picture, width, height);
    }
    SPINDLE_TRY_VOID(image::write_picture(picture, view));
    return view;
}

Result<Response> get_photo(Scans& scans, const Request& request) {
    SPINDLE_TRY(const auto job, scans.find(request));
    SPINDLE_TRY(const auto options, app::read_scan_job(job.options));
    SPINDLE_TRY(const bool marked, request.flag("marked", false));
    SPINDLE_TRY(const auto width, request.number("width", 0, 64, 8192));
    const std::string word(request.parameter("index"));
    std::size_t index = 0;
    const auto [end, trouble] = std::from_chars(word.data(), word.data() + word.size(), index);
    if (trouble != std::errc() || end != word.data() + word.size() ||
        index >= options.photos.size()) {
        return fail(Code::NotFound, "scan {} has photos 0 to {}", job.id,
                    options.photos.size() - 1);
    }
    const fs::path folder = scans.jobs->folder(job.id);
    const fs::path photo = folder / (marked ? app::marked_file(index) : options.photos[index]);
    std::error_code error;
    if (!fs::exists(photo, error)) {
        return fail(Code::NotFound, "scan {} has no marked photo yet; wait until it is done",
                    job.id);
    }
    if (marked && width == 0) {
        return Response::of_file(photo, "image/jpeg");
    }
    // A few sizes, so that few views are kept: the largest that is not wider.
    constexpr int kWidths[] = {64, 160, 320, 640, 1024, 1600, 2560, 4096, 8192};
    int view_width = 0;
    for (const int one : kWidths) {
        view_width = one <= width ? one : view_width;
    }
    SPINDLE_TRY(const auto view, upright_photo(scans, photo, view_width));
    return Response::of_file(view, "image/jpeg");
}

/// A file that a scan leaves behind.
Result<Response> get_file(const Scans& scans, const StoredJob& job, const std::string& file,
                          const char* type) {
    const fs::path path = scans.jobs->folder(job.id) / file;
    std::error_code error;
    if (!fs::exists(path, error)) {
        return fail(Code::NotFound, "scan {} has not come so far; wait until it is done", job.id);
    }
    return Response::of_file(path, type);
}

Result<Response> get_sheet(const Scans& scans, const Request& request) {
    SPINDLE_TRY(const auto job, scans.find(request));
    SPINDLE_TRY(const auto page, request.number("page", 1, 1, kMostSheets));
    const std::int64_t sheets = sheets_of(scans.jobs->folder(job.id));
    if (sheets > 0 && page > sheets) {
        return fail(Code::NotFound, "the sheet of scan {} has pages 1 to {}", job.id, sheets);
    }
    return get_file(scans, job, app::sheet_file(static_cast<std::size_t>(page - 1)), "image/png");
}

Result<app::Correction> correction_in(const std::string& body) {
    const auto json = document::Json::parse(body, nullptr, false);
    if (!json.is_object()) {
        return fail(Code::BadInput, "the body is no JSON object");
    }
    app::Correction correction;
    if (const auto id = json.find("release_id"); id != json.end() && !id->is_null()) {
        if (!id->is_number_unsigned() || id->get<std::uint64_t>() == 0 ||
            id->get<std::uint64_t>() > 0xffff'ffffU) {
            return fail(Code::BadInput, "release_id: not the number of a release");
        }
        correction.release = id->get<std::uint32_t>();
    }
    if (const auto nothing = json.find("nothing"); nothing != json.end() && !nothing->is_null()) {
        if (!nothing->is_boolean()) {
            return fail(Code::BadInput, "nothing: neither true nor false");
        }
        correction.nothing = nothing->get<bool>();
    }
    constexpr std::size_t kLongestPrint = 1000;
    SPINDLE_TRY(const auto words, text_field(json, "text", kLongestPrint));
    correction.text = text::printable(words.value_or(""));
    if (!correction.release && !correction.nothing && correction.text.empty()) {
        return fail(Code::BadInput,
                    "say what the disc is: release_id, or text, or nothing if it is no disc");
    }
    return correction;
}

Result<Response> put_correction(const Scans& scans, const Request& request) {
    SPINDLE_TRY(const auto correction, correction_in(request.body));
    SPINDLE_TRY(const auto job, scans.find(request));
    SPINDLE_TRY(const auto disc, scans.disc_of(request, job));
    SPINDLE_TRY(auto kept,
                scans.corrections.keep(job.id, disc, correction,
                                       scans.jobs->folder(job.id) / app::strip_file(disc.number)));
    return Response::json(std::move(kept));
}

} // namespace

void add_scan_routes(Router& router, const JobServices& services) {
    const auto scans =
        std::make_shared<Scans>(services.data_folder, services.jobs,
                                app::Corrections(services.data_folder / "corrections"));
    add_common_routes(router, "/api/scans", JobKind::Scan, services);
    router.add(Method::Post, "/api/scans",
               {Who::Paired,
                Body::File,
                kLargestScan,
                {"image/*", "application/octet-stream", "multipart/form-data",
                 "application/x-www-form-urlencoded"}},
               [scans](const Request& request) { return post_scan(scans, request); });
    router.add(Method::Get, "/api/scans/{id}", {},
               [scans](const Request& request) { return get_scan(*scans, request); });
    router.add(Method::Get, "/api/scans/{id}/photos/{index}", {},
               [scans](const Request& request) { return get_photo(*scans, request); });
    router.add(Method::Get, "/api/scans/{id}/sheet", {},
               [scans](const Request& request) { return get_sheet(*scans, request); });
    router.add(Method::Get, "/api/scans/{id}/discs/{number}/strip", {},
               [scans](const Request& request) -> Result<Response> {
                   SPINDLE_TRY(const auto job, scans->find(request));
                   SPINDLE_TRY(const auto number, request.id("number", 100'000));
                   return get_file(*scans, job, app::strip_file(static_cast<std::size_t>(number)),
                                   "image/jpeg");
               });
    router.add(Method::Put, "/api/scans/{id}/discs/{number}/correction", json_body(),
               [scans](const Request& request) { return put_correction(*scans, request); });
    router.add(Method::Get, "/api/corrections", {}, [scans](const Request&) -> Result<Response> {
        SPINDLE_TRY(auto lines, scans->corrections.all());
        return Response::text(std::move(lines), "application/x-ndjson");
    });
}

} // namespace spindle::server
