// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/jobs/library_job.h"
#include "base/text.h"
#include "document/json.h"
#include "server/json_request.h"
#include "server/routes/upkeep.h"

namespace spindle::server {
namespace {

using document::Json;
using store::JobKind;
using Jobs = std::shared_ptr<app::JobQueue>;

constexpr const char* kLooks = "/api/library/looks";
constexpr std::size_t kLongestPath = 4096; // PATH_MAX
constexpr std::uint64_t kLargestLook = 16U << 20U;

/// Each folder with how many of the library's files are in it.
Result<Response> folders(House& house) {
    SPINDLE_TRY(const auto store, house.library.lend());
    SPINDLE_TRY(const auto roots, store->roots());
    SPINDLE_TRY(const auto files, store->known_files());
    SPINDLE_TRY(const auto problems, store->problems());
    Json list = Json::array();
    for (const std::string& root : roots) {
        const auto within = [&root](const auto& one) { return app::is_within(one.path, root); };
        std::error_code error;
        list.push_back({{"path", root},
                        {"there", std::filesystem::is_directory(root, error)},
                        {"files", std::count_if(files.begin(), files.end(), within)},
                        {"missing", std::count_if(files.begin(), files.end(),
                                                  [&](const auto& one) {
                                                      return one.missing && within(one);
                                                  })},
                        {"failed", std::count_if(problems.begin(), problems.end(), within)}});
    }
    return Response::json(document::to_text(list));
}

Result<Response> look(House& house, const Jobs& jobs, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto path, text_field(json, "path", kLongestPath));
    SPINDLE_TRY(const bool retry, flag_field(json, "retry", false));
    app::LibraryJob job;
    job.retry = retry ? app::Retry::Everything : app::Retry::Changed;
    if (path) {
        SPINDLE_TRY(const auto checked, app::checked_music_path(*path, house.data_folder));
        job.path = checked.string();
        if (!text::is_utf8(job.path)) {
            return fail(Code::BadInput, "its name is not written in UTF-8, so it cannot be sent by "
                                        "a page; use spindle library add");
        }
    } else {
        SPINDLE_TRY(const auto store, house.library.lend());
        SPINDLE_TRY(const auto roots, store->roots());
        if (roots.empty()) {
            return fail(Code::NotFound, "no folder has been added yet; name one: path");
        }
    }
    SPINDLE_TRY(const auto added,
                jobs->add({JobKind::Library, path ? job.path : "all folders", text_of(job)},
                          [](const std::filesystem::path&) { return Result<void>(); }));
    return Response::json(job_json(*jobs, added), 202)
        .with("Location", fmt::format("{}/{}", kLooks, added.id));
}

/// A job, as it is to wait for a look that is under way, and as an index may have to be merged.
Result<Response> forget_folder(House& house, const Jobs& jobs, const Request& request) {
    const std::string path(request.query_value("path").value_or(""));
    if (path.empty() || path.size() > kLongestPath) {
        return fail(Code::BadInput, "path: name a folder of the library");
    }
    SPINDLE_TRY(const auto roots, [&]() -> Result<std::vector<std::string>> {
        SPINDLE_TRY(const auto store, house.library.lend());
        return store->roots();
    }());
    if (std::find(roots.begin(), roots.end(), path) == roots.end()) {
        return fail(Code::NotFound, "{}: no folder of the library",
                    text::shortened(text::printable(path), 200));
    }
    const app::LibraryJob job{.path = path, .task = app::LibraryTask::Forget};
    SPINDLE_TRY(const auto added,
                jobs->add({JobKind::Library, "forget " + path, text_of(job)},
                          [](const std::filesystem::path&) { return Result<void>(); }));
    return Response::json(job_json(*jobs, added), 202)
        .with("Location", fmt::format("{}/{}", kLooks, added.id));
}

} // namespace

void add_library_job_routes(Router& router, House& house, const JobServices& services) {
    const Jobs jobs = services.jobs;
    add_common_routes(router, kLooks, JobKind::Library, services);
    add_cancel_route(router, kLooks, JobKind::Library, services);
    add_detail_route(router, kLooks, JobKind::Library, services,
                     {"look", app::kLookFile, kLargestLook});
    router.add(Method::Get, "/api/library/folders", {},
               [&house](const Request&) { return folders(house); });
    router.add(Method::Delete, "/api/library/folders", {}, [&house, jobs](const Request& request) {
        return forget_folder(house, jobs, request);
    });
    router.add(Method::Post, kLooks, json_body(),
               [&house, jobs](const Request& request) { return look(house, jobs, request); });
}

} // namespace spindle::server
