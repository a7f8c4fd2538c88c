// SPDX-License-Identifier: Apache-2.0
#include "server/routes/job_routes.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/jobs/catalog_job.h"
#include "app/jobs/grading_job.h"
#include "app/jobs/job_document.h"
#include "app/jobs/library_job.h"
#include "app/jobs/scan_job.h"
#include "document/catalog_document.h"
#include "document/grade_document.h"
#include "document/json.h"
#include "document/library_document.h"
#include "io/file.h"
#include "server/multipart.h"
#include "server/router.h"
#include "server/routes/sender_words.h"

namespace spindle::server {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostListed = 10'000;
constexpr std::size_t kMostShown = 200; // of each list of what a look found
constexpr std::size_t kMostUpkeep = 50; // finished imports and looks: a year of them

app::JobKeeping keeping_of(const app::Kept& kept) {
    constexpr double kGigabyte = 1e9;
    constexpr double kDay = 86'400;
    return {static_cast<std::size_t>(kept.most),
            static_cast<std::uint64_t>(kept.gigabytes * kGigabyte),
            std::chrono::seconds(static_cast<std::int64_t>(kept.days * kDay))};
}

class JobEventSource final : public EventSource {
public:
    JobEventSource(std::shared_ptr<app::JobQueue> jobs, const store::StoredJob& job)
        : jobs_(std::move(jobs)), id_(job.id), words_(jobs_->folder(job.id), job) {}

    Result<EventBatch> after(std::int64_t last, std::size_t most) override {
        SPINDLE_TRY(auto found, jobs_->events_after(id_, last, most));
        EventBatch batch;
        batch.over = found.over;
        for (store::JobEvent& event : found.events) {
            batch.events.push_back(
                {event.number, std::move(event.name), words_.in_json(std::move(event.data))});
        }
        return batch;
    }

    std::shared_ptr<void> on_news(std::function<void()> wake) override {
        return jobs_->on_news(id_, std::move(wake));
    }

private:
    std::shared_ptr<app::JobQueue> jobs_;
    std::string id_;
    SenderWords words_;
};

} // namespace

Result<std::shared_ptr<app::JobQueue>> open_job_queue(JobWorld world) {
    const app::DigTools dig{world.data_folder, world.backends, world.discogs};
    const app::GradingJobTools grade{
        world.data_folder, world.backends, world.settings,
        [](const app::GradedRecording& graded, const app::GradingWorth& worth) {
            return document::to_text(document::to_json(graded, worth));
        }};
    const app::CatalogJobTools catalog{world.data_folder, world.settings, world.user_agent,
                                       [](const app::ImportReport& report) {
                                           return document::to_text(document::to_json(report));
                                       }};
    const app::LibraryJobTools library{
        world.data_folder, world.backends,
        [](const app::AddReport& report) {
            return document::to_text(document::to_json(report, kMostShown));
        },
        [](const app::RemoveReport& report) {
            return document::to_text(document::to_json(report, kMostShown));
        }};
    std::vector<app::JobLane> lanes(3);
    lanes[0].work = {{store::JobKind::Scan, app::scan_work(dig, world.settings)},
                     {store::JobKind::Grading, app::grading_work(grade)}};
    lanes[0].keeping = [settings = world.settings] {
        const auto set = settings();
        return set ? keeping_of(set->kept) : app::JobKeeping{};
    };
    lanes[1].work = {{store::JobKind::Catalog, app::catalog_work(catalog)}};
    lanes[2].work = {{store::JobKind::Library, app::library_work(library)}};
    for (const std::size_t upkeep : {1, 2}) {
        lanes[upkeep].pace = app::Pace::Gentle;
        lanes[upkeep].keeping = [] { return app::JobKeeping{.most = kMostUpkeep}; };
    }
    SPINDLE_TRY(auto queue, app::JobQueue::start(
                                world.data_folder / "jobs",
                                [data_folder = world.data_folder, &backends = world.backends] {
                                    return backends.open_jobs(data_folder, store::Access::Write);
                                },
                                std::move(lanes)));
    return std::shared_ptr<app::JobQueue>(std::move(queue));
}

std::shared_ptr<EventSource> events_of(std::shared_ptr<app::JobQueue> jobs,
                                       const store::StoredJob& job) {
    return std::make_shared<JobEventSource>(std::move(jobs), job);
}

std::string job_json(const app::JobQueue& jobs, const store::StoredJob& job,
                     const std::string& more) {
    app::JobRemarks remarks;
    if (!store::is_over(job.state)) {
        remarks.before = jobs.before(job);
        remarks.progress = jobs.progress(job.id);
    }
    std::string text = app::document_of(job, remarks);
    if (!more.empty()) {
        text.back() = ',';
        text += more + "}";
    }
    return SenderWords(jobs.folder(job.id), job).in_json(std::move(text));
}

void add_common_routes(Router& router, const std::string& path, store::JobKind kind,
                       const JobServices& services) {
    const auto jobs = services.jobs;
    router.add(Method::Get, path, {}, [jobs, kind](const Request& request) -> Result<Response> {
        SPINDLE_TRY(const auto most, request.number("limit", 100, 1, kMostListed));
        SPINDLE_TRY(const auto list, jobs->list(kind, static_cast<std::size_t>(most)));
        std::string text = "[";
        for (const store::StoredJob& job : list) {
            text += (text.size() > 1 ? "," : "") + job_json(*jobs, job);
        }
        return Response::json(text + "]");
    });
    router.add(Method::Get, path + "/{id}/events", {},
               [jobs, kind](const Request& request) -> Result<Response> {
                   const std::string id(request.parameter("id"));
                   SPINDLE_TRY(const auto job, jobs->find(kind, id));
                   return Response::of_events(events_of(jobs, job));
               });
    router.add(Method::Delete, path + "/{id}", {},
               [jobs, kind](const Request& request) -> Result<Response> {
                   SPINDLE_TRY_VOID(jobs->remove(kind, std::string(request.parameter("id"))));
                   return Response::no_content();
               });
}

void add_cancel_route(Router& router, const std::string& path, store::JobKind kind,
                      const JobServices& services) {
    router.add(Method::Post, path + "/{id}/cancel", {},
               [jobs = services.jobs, kind](const Request& request) -> Result<Response> {
                   const std::string id(request.parameter("id"));
                   SPINDLE_TRY_VOID(jobs->cancel(kind, id));
                   SPINDLE_TRY(const auto job, jobs->find(kind, id));
                   return Response::json(job_json(*jobs, job));
               });
}

void add_detail_route(Router& router, const std::string& path, store::JobKind kind,
                      const JobServices& services, JobResult result) {
    router.add(
        Method::Get, path + "/{id}", {},
        [jobs = services.jobs, kind, result](const Request& request) -> Result<Response> {
            SPINDLE_TRY(const auto job, jobs->find(kind, std::string(request.parameter("id"))));
            const auto text = io::read_file(jobs->folder(job.id) / result.file, result.largest);
            return Response::json(job_json(
                *jobs, job,
                fmt::format("\"{}\":{}", result.name, text ? *text : std::string("null"))));
        });
}

Result<Holding> Holding::make(const Request& request, const fs::path& data_folder) {
    fs::path folder = request.upload ? fs::path(request.upload->path().string() + ".parts")
                                     : data_folder / "uploads/none";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    return Holding(std::move(folder));
}

Holding::Holding(Holding&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}

Holding::~Holding() {
    if (!folder_.empty()) {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
}

std::string Uploads::value(const Request& request, std::string_view name) const {
    for (const auto& [field, value] : fields) {
        if (field == name) {
            return value;
        }
    }
    return std::string(request.query_value(name).value_or(std::string_view()));
}

bool is_form_without_file(const Request& request) {
    if (request.content_type() != "application/x-www-form-urlencoded" || !request.upload) {
        return false;
    }
    std::string beginning(64, '\0');
    std::ifstream stream(request.upload->path(), std::ios::binary);
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(stream.gcount()));
    return std::all_of(beginning.begin(), beginning.end(),
                       [](char c) { return c > ' ' && c <= '~'; });
}

Result<Uploads> take_uploads(const Request& request, const fs::path& folder, std::size_t most_files,
                             std::uint64_t largest) {
    Uploads uploads;
    const auto next_file = [&] {
        return folder / fmt::format("upload-{}", uploads.files.size() + 1);
    };
    const auto check_size = [&](std::uint64_t bytes, const std::string& name) -> Result<void> {
        return bytes <= largest
                   ? Result<void>()
                   : fail(Code::BadInput, "{}: has {} MB, and may have {}; send a smaller one",
                          name.empty() ? "the file" : name, bytes >> 20U, largest >> 20U);
    };
    if (!request.upload || request.upload->bytes() == 0) {
        return fail(Code::BadInput, "the request brings no file; send the file itself as its body, "
                                    "or a form with it");
    }
    if (request.content_type() != "multipart/form-data") {
        SPINDLE_TRY_VOID(check_size(request.upload->bytes(), {}));
        const fs::path to = next_file();
        SPINDLE_TRY_VOID(request.upload->take(to));
        uploads.files.push_back({{}, to});
        return uploads;
    }
    SPINDLE_TRY(const auto mapped, io::MappedFile::open(request.upload->path()));
    SPINDLE_TRY(const auto parts, read_form(mapped.bytes(), request.header("content-type")));
    for (const FormPart& part : parts) {
        if (part.file_name.empty()) {
            uploads.fields.emplace_back(part.name, part.text().substr(0, 1000));
            continue;
        }
        if (part.body.empty()) {
            continue; // a file input nobody filled in
        }
        if (uploads.files.size() == most_files) {
            return fail(Code::BadInput, "more than {} files at once; send fewer", most_files);
        }
        SPINDLE_TRY_VOID(check_size(part.body.size(), part.file_name));
        const fs::path to = next_file();
        SPINDLE_TRY_VOID(io::write_atomically(to, part.text()));
        uploads.files.push_back({part.file_name, to});
    }
    if (uploads.files.empty()) {
        return fail(Code::BadInput, "the form brings no file; add one");
    }
    return uploads;
}

} // namespace spindle::server
