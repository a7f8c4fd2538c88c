// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "app/catalog/dump_files.h"
#include "app/settings/settings.h"
#include "base/text.h"
#include "document/json.h"
#include "server/routes/upkeep.h"

namespace spindle::server {
namespace {

using document::Json;
using store::JobKind;

constexpr std::int64_t kMostDaysBack = 36'500;

Result<Response> kept(House& house, const app::JobQueue& jobs) {
    SPINDLE_TRY(const auto set, app::load_settings(house.config_folder));
    SPINDLE_TRY(const auto scans, jobs.room_of(JobKind::Scan));
    SPINDLE_TRY(const auto gradings, jobs.room_of(JobKind::Grading));
    const auto room = [](const app::JobQueue::Room& of) {
        return Json{{"count", of.jobs}, {"bytes", of.bytes}};
    };
    const auto free = app::free_bytes(house.data_folder);
    return Response::json(document::to_text(Json{
        {"scans", room(scans)},
        {"gradings", room(gradings)},
        {"free_bytes", free ? Json(*free) : Json()},
        {"limits",
         {{"days", set.kept.days}, {"gigabytes", set.kept.gigabytes}, {"most", set.kept.most}}}}));
}

Result<Response> remove_kept(app::JobQueue& jobs, const Request& request) {
    SPINDLE_TRY(const auto days, request.number("older_than_days", 0, 0, kMostDaysBack));
    const auto kind = request.query_value("kind").value_or("all");
    if (kind != "all" && kind != "scan" && kind != "grading") {
        return fail(Code::BadInput, "kind={}: none of all, scan, grading",
                    text::printable(kind.substr(0, 40)));
    }
    std::size_t removed = 0;
    for (const auto one : {JobKind::Scan, JobKind::Grading}) {
        if (kind == "all" || kind == store::name_of(one)) {
            SPINDLE_TRY(const auto gone, jobs.remove_finished(one, std::chrono::days(days)));
            removed += gone;
        }
    }
    return Response::json(document::to_text(Json{{"removed", removed}}));
}

} // namespace

void add_kept_routes(Router& router, House& house, const JobServices& services) {
    const auto jobs = services.jobs;
    router.add(Method::Get, "/api/kept", {},
               [&house, jobs](const Request&) { return kept(house, *jobs); });
    router.add(Method::Delete, "/api/kept", {},
               [jobs](const Request& request) { return remove_kept(*jobs, request); });
}

void add_upkeep_routes(Router& router, House& house, const JobServices& services) {
    add_catalog_job_routes(router, house, services);
    add_library_job_routes(router, house, services);
    add_kept_routes(router, house, services);
}

} // namespace spindle::server
