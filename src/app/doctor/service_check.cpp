// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/service_check.h"

#include <thread>

namespace spindle::app {
namespace {

using Kind = scrobble::Standing::Kind;
using Family = store::ScrobbleAccount::Family;

std::string login_command(const store::ScrobbleAccount& account) {
    const bool is_lastfm = account.family == Family::Lastfm;
    const std::string_view family = is_lastfm ? "lastfm" : "listenbrainz";
    return account.profile == family
               ? fmt::format("spindle login {}", family)
               : fmt::format("spindle login {} --profile {}", family, account.profile);
}

Diagnosis diagnosis_of(const store::ScrobbleAccount& account, const scrobble::Standing& standing) {
    const std::string name = shown_service(account.profile);
    const std::string reason =
        standing.reason.starts_with(name) ? standing.reason : name + ": " + standing.reason;
    const std::string whose = account.username.empty() ? "" : " of " + account.username;
    switch (standing.kind) {
    case Kind::Known:
        return {"service", Health::Good, fmt::format("{}: takes the login{}", name, whose)};
    case Kind::Reached:
        return {
            "service", Health::Good,
            fmt::format("{}: answers; whether it takes the login{} shows with the next play, in "
                        "spindle scrobble status",
                        name, whose)};
    case Kind::Refused:
        return {"service", Health::Bad,
                fmt::format("{}; nothing is lost, but nothing is sent until you log in again: {}",
                            reason, login_command(account))};
    case Kind::Unreachable:
        return {
            "service", Health::Bad,
            fmt::format("{}; plays are kept and sent when it can be reached. Is this machine on "
                        "the internet, and the address right? ({})",
                        reason, login_command(account))};
    }
    return {};
}

Diagnosis ask(const store::ScrobbleAccount& account, const Examination& examination) {
    ScrobbleLine line = examination.line;
    line.wire.limits.connect_timeout = examination.patience / 2;
    line.wire.limits.stall_timeout = examination.patience;
    line.wire.limits.whole_timeout = examination.patience;
    const auto services = services_of({account}, line);
    if (!services) {
        return {
            "service", Health::Bad,
            fmt::format("{}; log in again: {}", services.error().message, login_command(account))};
    }
    return diagnosis_of(account, services->front()->standing(examination.stop));
}

} // namespace

std::vector<Diagnosis> check_services(const Examination& examination) {
    if (examination.config_folder.empty()) {
        return {};
    }
    const auto accounts = store::ScrobbleAccounts(examination.config_folder).all();
    if (!accounts) {
        return {{"service", Health::Bad, accounts.error().message}};
    }
    if (accounts->empty()) {
        return {{"service", Health::Good,
                 "you are logged in to none; spindle login lastfm, or listenbrainz, if you like"}};
    }
    if (examination.progress) {
        examination.progress({"asking services", "", 0, accounts->size(), std::nullopt});
    }
    std::vector<Diagnosis> all(accounts->size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < all.size(); ++i) {
            threads.emplace_back([&, i] { all[i] = ask((*accounts)[i], examination); });
        }
    }
    return all;
}

} // namespace spindle::app
