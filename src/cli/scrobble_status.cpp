// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_status.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "cli/scrobble_access.h"
#include "cli/scrobble_text.h"
#include "document/json.h"
#include "document/outbox_document.h"

namespace spindle::cli {

Result<Exit> scrobble_status(const ScrobbleStatusOptions& options, const Context& context) {
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    SPINDLE_TRY(auto services, store->summaries());
    for (const auto& account : accounts) {
        if (std::none_of(services.begin(), services.end(), [&](const store::ServiceSummary& one) {
                return one.service == account.profile;
            })) {
            services.emplace_back();
            services.back().service = account.profile;
        }
    }
    bool waits_for_owner = false;
    const auto has_account = [&](const std::string& name) {
        return std::any_of(accounts.begin(), accounts.end(),
                           [&](const auto& one) { return one.profile == name; });
    };
    for (const store::ServiceSummary& one : services) {
        const bool known = has_account(one.service);
        waits_for_owner = waits_for_owner || one.dead + one.expired > 0 ||
                          one.state.halt != scrobble::ServiceState::Halt::None ||
                          (!known && one.owed + one.attempted > 0);
        if (context.format == Format::Json) {
            document::Json json = document::to_json(one);
            json["logged_in"] = known;
            context.out.line(document::to_text(json));
        } else {
            context.out.line(service_text(one, system_seconds()) +
                             (known ? "" : "\n    not logged in"));
        }
    }
    if (services.empty()) {
        context.terminal.say("No service knows what you hear. Begin with: spindle login lastfm, or "
                             "spindle login listenbrainz");
    }
    SPINDLE_TRY(const auto listens, store->open_listens(static_cast<std::size_t>(options.most)));
    for (const store::QueuedListen& one : listens) {
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(one))
                                                        : listen_text(one));
    }
    return waits_for_owner ? Exit::Incomplete : Exit::Done;
}

const Command kScrobbleStatusCommand{
    "scrobble status", "what was sent, what waits, and why",
    "spindle scrobble status\n"
    "  spindle scrobble status --json | jq -r 'select(.dead > 0) | .service'\n\n"
    "Exit code 1 if something waits for you: a login, or a listen a service refused.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ScrobbleStatusOptions>();
        arguments.number("--most", "N", &options->most,
                         "show at most N listens that are not done (default: 20)", 0, 1e6);
        return [options](const Context& context) { return scrobble_status(*options, context); };
    }};

} // namespace spindle::cli
