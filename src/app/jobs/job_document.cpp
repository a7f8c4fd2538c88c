// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/job_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace spindle::app {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json time_or_null(std::int64_t milliseconds) {
    return milliseconds == 0 ? Json() : Json(utc_text(milliseconds));
}

Json json_of(const Progress& progress) {
    return {{"step", progress.step},
            {"item", progress.item},
            {"done", progress.done},
            {"total", progress.total},
            {"eta_s", progress.remaining ? Json(std::round(progress.remaining->count() * 10) / 10)
                                         : Json()}};
}

} // namespace

std::string document_of(const store::StoredJob& job, const JobRemarks& remarks) {
    Json json{{"id", job.id},
              {"kind", store::name_of(job.kind)},
              {"name", job.name},
              {"state", store::name_of(job.state)},
              {"created", time_or_null(job.created)},
              {"started", time_or_null(job.started)},
              {"ended", time_or_null(job.ended)},
              {"events", job.events}};
    if (!store::is_over(job.state)) {
        json["before"] = remarks.before;
    }
    if (remarks.progress) {
        json["progress"] = json_of(*remarks.progress);
    }
    if (job.error) {
        json["error"] = {{"code", name_of(job.error->code)}, {"message", job.error->message}};
    }
    if (const Json summary = Json::parse(job.summary, nullptr, false); summary.is_object()) {
        json.update(summary);
    }
    return text_of(json);
}

std::string document_of(const Progress& progress) {
    return text_of(json_of(progress));
}

} // namespace spindle::app
