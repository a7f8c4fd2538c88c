// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "document/play_document.h"
#include "server/listening_desk.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

/// Who asks, as the streams of an ear belong to somebody.
std::string box_of(const Request& request) {
    return request.asker.device.empty() ? "owner" : request.asker.device;
}

UtcTime utc_now() {
    return UtcTime{std::chrono::milliseconds(milliseconds_now())};
}

Result<Response> take(ListeningDesk& desk, const Request& request) {
    SPINDLE_TRY(auto batch, app::heard_batch_of(request.body));
    SPINDLE_TRY(const auto answer,
                desk.ears().take(box_of(request), std::string(request.parameter("stream")),
                                 std::move(batch), utc_now()));
    Json json{{"next", answer.next}, {"playing", nullptr}};
    if (answer.now) {
        json["playing"] = {{"artist", answer.now->names.artist},
                           {"title", answer.now->names.title}};
    }
    return Response::json(document::to_text(json));
}

} // namespace

void add_listening_routes(Router& router, ListeningDesk& desk) {
    router.add(Method::Get, "/api/listening", {}, [&desk](const Request&) -> Result<Response> {
        return Response::json(document::to_text(desk.now()));
    });
    router.add(
        Method::Get, "/api/listening/events", {},
        [&desk](const Request&) -> Result<Response> { return Response::of_events(desk.events()); });
    router.add(Method::Post, "/api/ears/{stream}",
               {.body = Body::Memory,
                .largest_body = app::HeardBatch::kLargest,
                .types = {"application/octet-stream"}},
               [&desk](const Request& request) { return take(desk, request); });
    router.add(Method::Delete, "/api/ears/{stream}", {},
               [&desk](const Request& request) -> Result<Response> {
                   SPINDLE_TRY_VOID(
                       desk.ears().end(box_of(request), std::string(request.parameter("stream"))));
                   return Response::no_content();
               });
}

} // namespace spindle::server
