// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <functional>
#include <mutex>

#include <nlohmann/json.hpp>

#include "app/catalog/dump_files.h"
#include "app/catalog/dump_place.h"
#include "app/catalog/list_import.h"
#include "app/jobs/catalog_job.h"
#include "base/text.h"
#include "document/json.h"
#include "io/http.h"
#include "server/json_request.h"
#include "server/routes/upkeep.h"

namespace spindle::server {
namespace fs = std::filesystem;
namespace {

using document::Json;
using store::JobKind;

constexpr const char* kImports = "/api/catalog/imports";
constexpr std::uint64_t kLargestList = 64U << 20U; // 500,000 releases
constexpr std::uint64_t kLargestImport = 4U << 20U;
constexpr std::size_t kHead = 64U << 10U; // of a list, to see whether it is one
constexpr std::size_t kLongestName = 100, kLongestFormats = 200, kMostFormats = 20;

/// Of 14.3 GB packed 4.6 GB were needed beside it (docs/catalog.md); some more is asked for.
constexpr double kImportShare = 0.55;

struct CatalogJobs {
    House& house;
    std::shared_ptr<app::JobQueue> jobs;
    std::mutex asking; ///< Discogs' server, one at a time: each holds a worker

    Result<app::DumpPlace> place() const {
        SPINDLE_TRY(const auto set, app::load_settings(house.config_folder));
        return app::dump_place(set, house.data_folder);
    }
};

Json or_null(const std::optional<std::uint64_t>& number) {
    return number ? Json(*number) : Json();
}

/// A month; nothing when it is empty.
Result<std::optional<app::Month>> month_in(std::string_view word) {
    const auto month = app::parse_month(word);
    if (!month && !word.empty()) {
        return fail(Code::BadInput, "month={}: a month is written YYYY-MM, as 2026-07",
                    text::printable(word.substr(0, 40)));
    }
    return month;
}

Result<Response> dumps(const CatalogJobs& catalog) {
    SPINDLE_TRY(const auto place, catalog.place());
    Json files = Json::array();
    for (const app::DumpFile& file : app::dumps_in(place.folder)) {
        files.push_back({{"name", file.name},
                         {"month", to_string(file.month)},
                         {"bytes", file.bytes},
                         {"complete", file.complete},
                         {"has_sum", file.has_sum},
                         {"masters", !file.masters.empty()}});
    }
    return Response::json(
        document::to_text(Json{{"folder", place.folder.string()},
                               {"free_bytes", or_null(app::free_bytes(place.folder))},
                               {"files", std::move(files)}}));
}

/// Asks the server of the dumps. That it cannot be reached is an answer, too.
Result<Response> offer(CatalogJobs& catalog, const Request& request) {
    SPINDLE_TRY(const auto month, month_in(request.query_value("month").value_or("")));
    SPINDLE_TRY(const auto place, catalog.place());
    const std::unique_lock one(catalog.asking, std::try_to_lock);
    if (!one.owns_lock()) {
        return fail(Code::Busy, "Discogs is being asked already; ask again in some seconds");
    }
    app::DumpDownloadOptions options;
    options.month = month;
    options.from = place.server;
    options.folder = place.folder;
    options.user_agent = io::user_agent(catalog.house.version);
    options.stall_timeout = options.page_timeout = Seconds{10}; // somebody looks at the page
    const auto found = app::offered_dump(options, request.stop);
    Json json{{"month", nullptr}, {"free_bytes", or_null(app::free_bytes(place.folder))}};
    if (!found) {
        json["why"] = found.error().message;
        return Response::json(document::to_text(json));
    }
    json["month"] = to_string(found->month);
    json["file"] = found->releases;
    json["bytes"] = or_null(found->bytes);
    json["there_bytes"] = found->there;
    json["import_bytes"] =
        found->bytes
            ? Json(static_cast<std::uint64_t>(static_cast<double>(*found->bytes) * kImportShare))
            : Json();
    return Response::json(document::to_text(json));
}

Result<std::vector<std::string>> formats_in(const std::string& words) {
    std::vector<std::string> formats;
    for (std::size_t at = 0; at <= words.size();) {
        const auto comma = std::min(words.find(',', at), words.size());
        const auto one = text::trimmed(std::string_view(words).substr(at, comma - at));
        if (!one.empty()) {
            formats.emplace_back(one);
        }
        at = comma + 1;
    }
    if (formats.size() > kMostFormats) {
        return fail(Code::BadInput, "formats: more than {}", kMostFormats);
    }
    return formats;
}

Result<app::CatalogJob> job_in(const CatalogJobs& catalog, const Json& json) {
    app::CatalogJob job;
    SPINDLE_TRY(const auto from, text_field(json, "from", kLongestName));
    SPINDLE_TRY(const auto month, text_field(json, "month", kLongestName));
    SPINDLE_TRY(const auto file, text_field(json, "file", kLongestName));
    SPINDLE_TRY(const auto formats, text_field(json, "formats", kLongestFormats));
    SPINDLE_TRY(const bool masters, flag_field(json, "masters", false));
    SPINDLE_TRY(const bool keep_file, flag_field(json, "keep_file", true));
    SPINDLE_TRY(job.month, month_in(month.value_or("")));
    SPINDLE_TRY(job.formats, formats_in(formats.value_or("")));
    job.masters = masters ? app::Masters::Fetch : app::Masters::Leave;
    job.afterwards = keep_file ? app::Afterwards::Keep : app::Afterwards::Remove;
    if (from == "server") {
        return job;
    }
    if (from != "dump") {
        return fail(Code::BadInput, "from: neither server (a month is downloaded first) nor dump "
                                    "(a file of the folder of dumps)");
    }
    SPINDLE_TRY(const auto place, catalog.place());
    SPINDLE_TRY(const auto dump, app::find_dump(place.folder, file.value_or("")));
    job.from = app::CatalogFrom::Dump;
    job.file = dump.name;
    return job;
}

/// A second one would only do the same again, an hour later.
Result<void> check_idle(const app::JobQueue& jobs) {
    constexpr std::size_t kEnough = 1000;
    SPINDLE_TRY(const auto list, jobs.list(JobKind::Catalog, kEnough));
    for (const store::StoredJob& job : list) {
        const auto options = app::read_catalog_job(job.options);
        if (!store::is_over(job.state) && options && options->from != app::CatalogFrom::List) {
            return fail(Code::Busy, "an import is under way already ({}); wait for it or stop it",
                        job.name);
        }
    }
    return {};
}

Result<Response> begin(const CatalogJobs& catalog, app::NewJob job,
                       const std::function<Result<void>(const fs::path&)>& fill) {
    SPINDLE_TRY(const auto added, catalog.jobs->add(std::move(job), fill));
    return Response::json(job_json(*catalog.jobs, added), 202)
        .with("Location", fmt::format("{}/{}", kImports, added.id));
}

Result<Response> post_import(const CatalogJobs& catalog, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto job, job_in(catalog, json));
    SPINDLE_TRY_VOID(check_idle(*catalog.jobs));
    const std::string name = job.from == app::CatalogFrom::Dump ? job.file
                             : job.month ? fmt::format("Discogs, {}", to_string(*job.month))
                                         : std::string("Discogs, the newest month");
    return begin(catalog, {JobKind::Catalog, name, text_of(job)},
                 [](const fs::path&) { return Result<void>(); });
}

/// A name for a file, whatever its sender calls it.
std::string safe_name(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                           (c == '.' && !safe.empty());
        safe += plain ? c : '_';
    }
    return safe.empty() ? "list" : safe.substr(0, kLongestName);
}

Result<void> check_list(const Uploads::File& file, const std::string& name) {
    std::string head(kHead, '\0');
    std::ifstream stream(file.path, std::ios::binary);
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    const bool packed = head.starts_with("\x1f\x8b");
    if (packed || text::trimmed(head).starts_with('<')) {
        return fail(Code::BadInput,
                    "{}: no list; a dump of Discogs' goes into the folder of dumps on the machine "
                    "Spindle runs on, and is imported from there",
                    name);
    }
    const auto list = app::check_list_head(head);
    return list ? list : tl::unexpected(list.error().within(name));
}

Result<Response> post_list(const CatalogJobs& catalog, const Request& request) {
    SPINDLE_TRY(const auto holding, Holding::make(request, catalog.house.data_folder));
    SPINDLE_TRY(const auto uploads, take_uploads(request, holding.folder(), 1, kLargestList));
    const Uploads::File& file = uploads.files.front();
    std::string name = text::printable(text::shortened(uploads.value(request, "name"), 300));
    name = name.empty() ? text::printable(text::shortened(file.name, 300)) : name;
    name = name.empty() ? "list" : name;
    if (const auto list = check_list(file, name); !list) {
        return problem(415, list.error().message, name_of(list.error().code));
    }
    app::CatalogJob job;
    job.from = app::CatalogFrom::List;
    return begin(catalog, {JobKind::Catalog, name, text_of(job)},
                 [&](const fs::path& folder) -> Result<void> {
                     std::error_code error;
                     fs::create_directory(folder / app::kListFolder, error);
                     if (!error) {
                         fs::rename(file.path, folder / app::kListFolder / safe_name(name), error);
                     }
                     return error ? Result<void>(tl::unexpected(system_error(name, error.value())))
                                  : Result<void>();
                 });
}

} // namespace

void add_catalog_job_routes(Router& router, House& house, const JobServices& services) {
    const auto catalog = std::make_shared<CatalogJobs>(house, services.jobs);
    add_common_routes(router, kImports, JobKind::Catalog, services);
    add_cancel_route(router, kImports, JobKind::Catalog, services);
    add_detail_route(router, kImports, JobKind::Catalog, services,
                     {"import", app::kImportFile, kLargestImport});
    router.add(Method::Post, kImports, json_body(),
               [catalog](const Request& request) { return post_import(*catalog, request); });
    router.add(Method::Post, "/api/catalog/lists",
               {Who::Paired,
                Body::File,
                kLargestList + (1U << 20U), // and the form around it
                {"text/csv", "text/tab-separated-values", "text/plain", "application/vnd.ms-excel",
                 "application/octet-stream", "multipart/form-data"}},
               [catalog](const Request& request) { return post_list(*catalog, request); });
    router.add(Method::Get, "/api/catalog/dumps", {},
               [catalog](const Request&) { return dumps(*catalog); });
    router.add(Method::Get, "/api/catalog/offer", {},
               [catalog](const Request& request) { return offer(*catalog, request); });
}

} // namespace spindle::server
