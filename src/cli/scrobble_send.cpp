// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_send.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "cli/scrobble_access.h"
#include "cli/scrobble_text.h"
#include "document/json.h"
#include "document/outbox_document.h"

namespace spindle::cli {

namespace {

void show(const app::ServiceReport& report, const Context& context) {
    context.terminal.clear();
    context.out.line(context.format == Format::Json ? document::to_text(document::to_json(report))
                                                    : report_text(report));
    context.out.flush();
}

/// One run with the accounts there are now.
Result<app::SendReport> send_once(const ScrobbleSendOptions& options, const Context& context) {
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    if (accounts.empty()) {
        return fail(Code::NotFound,
                    "there is no service to tell; begin with: spindle login lastfm, "
                    "or spindle login listenbrainz");
    }
    app::ScrobbleLine line = scrobble_line();
    line.wire.limits.stall_timeout = Seconds{options.stall_timeout};
    SPINDLE_TRY(const auto services, app::services_of(accounts, line));
    app::SendOptions send = send_options(accounts);
    send.patience = Seconds{options.patience};
    if (options.watch) {
        send.until = app::SendUntil::Stopped;
        send.accounts_changed = [&] {
            const auto now = files.all();
            return now && *now != accounts; // one that cannot be read is being written, or wrong
        };
    }
    return app::send_scrobbles(
        context.backends, context.data_folder, services, send,
        [&](const app::ServiceReport& report) {
            if (options.watch) {
                show(report, context);
            }
        },
        [&](const std::filesystem::path& aside) { warn_of_damage(context, aside); },
        context.terminal.progress(), context.stop);
}

} // namespace

Result<Exit> scrobble_send(const ScrobbleSendOptions& options, const Context& context) {
    app::SendReport report;
    do {
        SPINDLE_TRY(report, send_once(options, context));
    } while (report.accounts_changed && !report.interrupted);
    context.terminal.clear();
    bool all = !report.interrupted || options.watch;
    for (const app::ServiceReport& one : report.services) {
        if (!options.watch) {
            show(one, context);
        }
        if (one.broken) {
            context.terminal.error(one.broken->message);
        }
        all = all && !one.broken && one.dead == 0 &&
              (options.watch || one.last.next == scrobble::Step::Next::Idle);
    }
    return all ? Exit::Done : Exit::Incomplete;
}

const Command kScrobbleSendCommand{
    "scrobble send", "send what is queued, each listen once",
    "spindle scrobble send\n"
    "  spindle scrobble send --watch\n\n"
    "The oldest first. What a service may have got without saying so is looked for in its history\n"
    "before it is sent again. Exit code 1 if something still waits.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ScrobbleSendOptions>();
        arguments.flag("--watch", options->watch, "go on for ever with what comes later");
        arguments.number("--patience", "SECONDS", &options->patience,
                         "wait for services that can be asked again this soon (default: 0)", 0,
                         86'400);
        arguments.number("--stall-timeout", "SECONDS", &options->stall_timeout,
                         "silence after which the line counts as cut (default: 30)", 0.1, 3600);
        return [options](const Context& context) { return scrobble_send(*options, context); };
    }};

} // namespace spindle::cli
