// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_text.h"

#include <fmt/format.h>

#include "app/play/scrobble_services.h"
#include "base/time_text.h"
#include "cli/market_text.h"
#include "document/outbox_document.h"
#include "market/quote.h"

namespace spindle::cli {
namespace {

using scrobble::Delivery;
using scrobble::ServiceState;
using scrobble::Step;

std::string advice_for(ServiceState::Halt halt) {
    return halt == ServiceState::Halt::Login ? "log in again: spindle login --help"
                                             : "when that is set right: spindle scrobble retry";
}

} // namespace

std::string listen_text(const store::QueuedListen& listen) {
    std::string text = fmt::format(
        "{}  {}  {}{}", listen.id,
        listen.waits_for_clock ? "time not known yet" : time_text(listen.listen.started_at),
        scrobble::name_of(listen.listen),
        listen.listen.album.empty() ? std::string() : fmt::format(" ({})", listen.listen.album));
    for (const auto& one : listen.deliveries) {
        if (one.delivery != Delivery::Done) {
            text += fmt::format("\n    {}: {}{}{}", app::shown_service(one.service),
                                document::word_of(one.delivery), one.reason.empty() ? "" : ": ",
                                one.reason);
        }
    }
    return text;
}

std::string service_text(const store::ServiceSummary& service, std::int64_t now) {
    std::string text = fmt::format("{}: {} waiting, {} sent", app::shown_service(service.service),
                                   service.owed + service.attempted, service.done);
    const auto add = [&text](std::int64_t count, std::string_view what) {
        if (count > 0) {
            text += fmt::format(", {} {}", count, what);
        }
    };
    add(service.dead, "refused");
    add(service.expired, "too old");
    if (service.oldest_owed) {
        text +=
            fmt::format("; the oldest was played {}", market::age_text(*service.oldest_owed, now));
    }
    if (service.state.halt != ServiceState::Halt::None) {
        text += fmt::format("\n    halted: {}; {}", service.state.reason,
                            advice_for(service.state.halt));
    } else if (service.state.paused_until > now) {
        text += fmt::format("\n    next try {}: {}", time_text(service.state.paused_until),
                            service.state.reason);
    }
    return text;
}

std::string report_text(const app::ServiceReport& report) {
    std::string text =
        fmt::format("{}: {} sent", app::shown_service(report.service), report.accepted);
    if (report.dead > 0) {
        text += fmt::format(", {} refused (spindle scrobble status)", report.dead);
    }
    if (report.expired > 0) {
        text += fmt::format(", {} too old", report.expired);
    }
    if (report.last.next == Step::Next::Later) {
        text += fmt::format("; the next try is due {}: {}", time_text(report.last.at),
                            report.last.reason);
    } else if (report.last.next == Step::Next::Halted) {
        text += fmt::format("; halted: {}", report.last.reason);
    }
    return text;
}

} // namespace spindle::cli
