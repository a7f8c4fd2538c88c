// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <nlohmann/json.hpp>

#include "document/json.h"
#include "inference/places.h"
#include "server/embedded_files.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

/// Whether spines can be read here: the networks and what runs them.
bool has_reader() {
    const auto runtimes = inference::onnxruntime_files();
    const bool runtime = std::any_of(runtimes.begin(), runtimes.end(), [](const auto& file) {
        std::error_code ignored;
        return !file.has_parent_path() || std::filesystem::exists(file, ignored);
    });
    return runtime && inference::model_file("spine_detector.onnx").has_value();
}

Response health(House& house, const Request& request) {
    return Response::json(
        document::to_text(Json{{"status", "ok"},
                               {"version", house.version},
                               {"catalog", house.catalog.get().has_value()},
                               {"reader", has_reader()},
                               {"listening", house.listening && house.listening()},
                               {"tokens", !request.asker.known()}}));
}

} // namespace

void add_health_routes(Router& router, House& house, Metrics& metrics) {
    router.add(Method::Get, "/api/health", {.who = Who::Anybody},
               [&house](const Request& request) { return health(house, request); });
    router.add(Method::Get, "/metrics", {}, [&metrics](const Request&) {
        return Response::text(metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
    });
    router.add(Method::Get, "/api/openapi.yaml", {.who = Who::Anybody}, [](const Request&) {
        const auto contract = embedded_file("openapi.yaml");
        return contract ? Response::text(std::string(*contract), "application/yaml")
                        : problem(404, "this build does not carry its contract");
    });
    metrics.add_gauge("spindle_resident_bytes", "Memory this process holds.", "",
                      [] { return std::vector{std::pair(std::string(), resident_bytes())}; });
}

} // namespace spindle::server
