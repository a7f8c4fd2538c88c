// SPDX-License-Identifier: Apache-2.0
#include "document/outbox_document.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace spindle::document {
namespace {

using scrobble::Delivery;
using scrobble::ServiceState;
using scrobble::Step;

std::string_view word_of(ServiceState::Halt halt) {
    switch (halt) {
    case ServiceState::Halt::Login:
        return "login";
    case ServiceState::Halt::Stopped:
        return "stopped";
    default:
        return "none";
    }
}

std::string_view word_of(Step::Next next) {
    switch (next) {
    case Step::Next::Again:
        return "sending";
    case Step::Next::Later:
        return "waiting";
    case Step::Next::Halted:
        return "halted";
    case Step::Next::Cancelled:
        return "stopped";
    default:
        return "done";
    }
}

} // namespace

std::string_view word_of(scrobble::Delivery delivery) {
    switch (delivery) {
    case Delivery::Attempted:
        return "attempted";
    case Delivery::Done:
        return "done";
    case Delivery::Dead:
        return "dead";
    case Delivery::Expired:
        return "expired";
    default:
        return "owed";
    }
}

Json to_json(const store::QueuedListen& listen) {
    const scrobble::Listen& what = listen.listen;
    Json json{{"id", listen.id}, {"artist", what.artist}, {"title", what.title}};
    const auto put = [&json](const char* name, const std::string& value) {
        if (!value.empty()) {
            json[name] = value;
        }
    };
    put("album", what.album);
    put("album_artist", what.album_artist);
    put("track_number", what.track_number);
    put("side", what.side);
    json["started_at"] = listen.waits_for_clock ? Json(nullptr) : Json(time_text(what.started_at));
    if (what.duration > Seconds{0}) {
        json["duration"] = what.duration.count();
    }
    if (what.played > Seconds{0}) {
        json["played"] = what.played.count();
    }
    json["services"] = Json::array();
    for (const auto& one : listen.deliveries) {
        Json delivery{
            {"service", one.service}, {"state", word_of(one.delivery)}, {"attempts", one.attempts}};
        if (one.attempted_at > 0) {
            delivery["attempted_at"] = time_text(one.attempted_at);
        }
        if (!one.reason.empty()) {
            delivery["reason"] = one.reason;
        }
        json["services"].push_back(std::move(delivery));
    }
    return json;
}

Json to_json(const store::ServiceSummary& service) {
    Json json{{"service", service.service},
              {"owed", service.owed},
              {"attempted", service.attempted},
              {"done", service.done},
              {"dead", service.dead},
              {"expired", service.expired},
              {"halted", word_of(service.state.halt)}};
    if (!service.state.reason.empty()) {
        json["reason"] = service.state.reason;
    }
    if (service.state.paused_until > 0) {
        json["paused_until"] = time_text(service.state.paused_until);
    }
    if (service.oldest_owed) {
        json["oldest_owed"] = time_text(*service.oldest_owed);
    }
    return json;
}

Json to_json(const app::ServiceReport& report) {
    Json json{{"service", report.service},
              {"sent", report.accepted},
              {"dead", report.dead},
              {"expired", report.expired},
              {"state", word_of(report.last.next)}};
    if (!report.last.reason.empty()) {
        json["reason"] = report.last.reason;
    }
    if (report.last.next == Step::Next::Later) {
        json["next_try"] = time_text(report.last.at);
    }
    if (report.broken) {
        json["error"] = {{"code", name_of(report.broken->code)},
                         {"message", report.broken->message}};
    }
    return json;
}

} // namespace spindle::document
