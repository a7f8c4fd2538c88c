// SPDX-License-Identifier: Apache-2.0
#include "cli/serve.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/covers/cover_access.h"
#include "app/devices/lan.h"
#include "app/devices/pairing.h"
#include "base/boot_time.h"
#include "base/heap.h"
#include "base/time_text.h"
#include "cli/discogs_access.h"
#include "cli/owner_settings.h"
#include "cli/pairing_text.h"
#include "cli/reporter.h"
#include "cli/version.h"
#include "document/json.h"
#include "io/http.h"
#include "io/xdg.h"
#include "server/certificate.h"
#include "server/listening_desk.h"
#include "server/notice.h"
#include "server/page_files.h"
#include "server/routes/gradings.h"
#include "server/routes/routes.h"
#include "server/routes/scans.h"
#include "server/routes/upkeep.h"
#include "server/server.h"

namespace spindle::cli {
namespace {

constexpr double kHighestPort = 65'535;

std::string in_address(const std::string& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

/// Certificate and key for TLS; nothing without.
Result<std::optional<server::OwnCertificate>> tls_files(const ServeOptions& options,
                                                        const app::LanNames& lan,
                                                        const std::filesystem::path& folder) {
    if (!options.tls) {
        return std::nullopt;
    }
    if (!options.certificate.empty()) {
        return server::OwnCertificate{{options.certificate, options.key}, ""};
    }
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    names.insert(names.end(), lan.names.begin(), lan.names.end());
    names.insert(names.end(), options.names.begin(), options.names.end());
    names.insert(names.end(), lan.addresses.begin(), lan.addresses.end());
    SPINDLE_TRY(auto own, server::own_certificate(folder, names));
    return own;
}

std::vector<std::pair<std::string, double>> jobs_by_state(const app::JobQueue& jobs) {
    std::vector<std::pair<std::string, double>> figures;
    const auto counts = jobs.counts();
    for (std::size_t i = 0; counts && i < counts->size(); ++i) {
        figures.emplace_back(store::name_of(static_cast<store::JobState>(i)),
                             static_cast<double>((*counts)[i]));
    }
    return figures;
}

/// Where the server is, for people or programs. A pairing link is shown on a terminal or to the
/// program that asked for JSON; never to a log.
Result<void> announce(const server::Notice& notice, server::House& house, const Context& context) {
    std::optional<app::NewPairing> pairing;
    const bool seen = context.format == Format::Json || ::isatty(STDOUT_FILENO) == 1;
    if (notice.lan && seen) {
        SPINDLE_TRY(const auto devices, house.devices.lend());
        SPINDLE_TRY(pairing, app::begin_pairing(*devices, server::milliseconds_now()));
    }
    if (context.format == Format::Json) {
        document::Json json{{"address", notice.address}, {"lan", notice.lan}};
        if (!notice.fingerprint.empty()) {
            json["fingerprint"] = notice.fingerprint;
        }
        if (pairing) {
            json["pairing"] = pairing_json(notice.address, *pairing);
        }
        context.out.line(document::to_text(json));
    } else {
        context.out.line(fmt::format("Spindle is at {}/", notice.address));
        if (pairing) {
            context.out.line(pairing_text(notice, *pairing));
        } else if (notice.lan) {
            context.out.line("Pair a phone with: spindle devices pair");
        }
    }
    context.out.flush();
    return {};
}

} // namespace

Result<Exit> serve(const ServeOptions& options, const Context& context) {
    if (options.certificate.empty() != options.key.empty()) {
        return misuse(context, "--certificate and --key go together");
    }
    if (!options.certificate.empty() && !options.tls) {
        return misuse(context, "--certificate goes with --tls");
    }
    give_large_blocks_back();
    SPINDLE_TRY(const auto config, io::config_folder());
    SPINDLE_TRY(const auto posted, server::PostedNotice::take(context.data_folder));
    const app::LanNames lan = app::lan_names();
    SPINDLE_TRY(const auto tls, tls_files(options, lan, config));

    server::House house(context.backends, context.data_folder, config, std::string(kVersion));
    house.tls = tls.has_value();
    if (auto covers = app::open_covers(config, kVersion)) {
        house.covers = std::move(*covers);
    } else {
        context.terminal.warn("no covers are shown: " + covers.error().message);
    }
    server::ServerOptions listening;
    listening.address = options.lan ? "::" : "127.0.0.1";
    listening.port = static_cast<std::uint16_t>(options.port);
    listening.upload_folder = context.data_folder / "uploads";
    listening.complain = [&context](const std::string& words) { context.terminal.warn(words); };
    if (tls) {
        listening.tls = tls->files;
    }
    server::GuardOptions guard;
    guard.device_of = [&house](std::string_view token) { return house.book.device_of(token); };
    guard.names = options.names;
    if (options.lan) {
        guard.names.insert(guard.names.end(), lan.names.begin(), lan.names.end());
    }
    SPINDLE_TRY(const auto jobs,
                server::open_job_queue({context.data_folder, context.backends, owner_settings,
                                        discogs_with_token, io::user_agent(kVersion)}));
    const auto metrics = std::make_shared<server::Metrics>();
    metrics->add_gauge("spindle_jobs", "Scans, gradings, imports and looks, by state.", "state",
                       [jobs] { return jobs_by_state(*jobs); });
    std::unique_ptr<app::PlayReporter> reporter;
    if (!options.no_scrobble) {
        SPINDLE_TRY(reporter, open_reporter(options.repeat, context));
    }
    server::ListeningDesk desk(house, [&reporter](const app::ListeningEvent& event) {
        if (reporter) {
            reporter->take(event);
        }
    });
    SPINDLE_TRY_VOID(desk.ears().resume());
    house.listening = [&desk] { return desk.is_active(); };
    server::Router router;
    server::add_house_routes(router, house, *metrics);
    server::add_listening_routes(router, desk);
    server::add_scan_routes(router, {context.data_folder, jobs});
    server::add_grading_routes(router, {context.data_folder, jobs});
    server::add_upkeep_routes(router, house, {context.data_folder, jobs});
    router.set_page(server::page_handler(server::embedded_files()));
    SPINDLE_TRY(const auto server, server::Server::start(listening, std::move(router),
                                                         server::Guard(std::move(guard)), metrics));

    server::Notice notice;
    const std::string host =
        options.lan && !lan.addresses.empty() ? in_address(lan.addresses.front()) : "127.0.0.1";
    notice.address = fmt::format("{}://{}:{}", tls ? "https" : "http", host, server->port());
    notice.lan = options.lan;
    notice.fingerprint = tls ? tls->fingerprint : "";
    house.address = notice.address;
    SPINDLE_TRY_VOID(posted.post(notice));
    SPINDLE_TRY_VOID(announce(notice, house, context));
    context.terminal.say("Ctrl-C ends it");
    const std::jthread looking([&desk](const std::stop_token& stop) {
        for (SystemBootClock clock; !stop.stop_requested();) {
            desk.look();
            clock.wait(Seconds{1}, stop);
        }
    });
    server->run(context.stop);
    return Exit::Done;
}

const Command kServeCommand{
    "serve", "the page and the API, for this machine or for the phone in the shop",
    "spindle serve\n"
    "  spindle serve --lan --tls      (shows a QR code that pairs a phone)\n"
    "  curl http://127.0.0.1:8137/api/health",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ServeOptions>();
        arguments.number("--port", "N", &options->port,
                         "where to listen (default: 8137; 0: any free one)", 0, kHighestPort);
        arguments.flag("--lan", options->lan,
                       "serve other machines as well; each must be paired once");
        arguments.flag("--tls", options->tls,
                       "HTTPS, with a certificate made here or the one that is given");
        arguments.option("--certificate", "FILE", &options->certificate,
                         "a certificate, and those that vouch for it (PEM)", Takes::File);
        arguments.option("--key", "FILE", &options->key, "its key (PEM)", Takes::File);
        arguments.flag("--no-scrobble", options->no_scrobble,
                       "tell no service what boxes with spindle listen --server play");
        arguments.choice("--repeat", "RULE", options->repeat,
                         "when a track counts again: at each-play, or once-a-day",
                         {"each-play", "once-a-day"});
        arguments.option("--name", "HOST", &options->names,
                         "another name of this machine, as browsers call it; may be given again");
        return [options](const Context& context) { return serve(*options, context); };
    }};

} // namespace spindle::cli
