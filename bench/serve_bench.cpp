// SPDX-License-Identifier: Apache-2.0
// How the server bears a house full of pages: N of them follow events, and requests of all kinds
// come at a steady rate, whatever became of those before (so a slow answer delays none that is
// measured). The server is a process of its own, on one core; its memory is its own. It is started
// here, or it is a `spindle serve` that runs (--url, --pid), on data that --fill made.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/backends.h"
#include "app/play/listening_board.h"
#include "io/file.h"
#include "server/routes/routes.h"
#include "server/server.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "store/sqlite/sqlite_device_store.h"
#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_market_store.h"
#include "store/sqlite/sqlite_play_store.h"
#include "store/sqlite/sqlite_scrobble_store.h"
#include "testing/raw_client.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using Clock = std::chrono::steady_clock;
using testing::RawClient;

struct Options {
    int followers = 200;
    double per_second = 50;
    double seconds = 20;
    int copies = 1000, plays = 5000;
    double events_per_second = 5;
    int core = 0;     ///< of the server
    std::string fill; ///< a data folder to be filled; then nothing is measured
    pid_t server = 0; ///< one that runs
    std::string data; ///< its data folder: a turntable is made up there, for the events
    std::string events = "/api/bench/events";
};

app::Backends backends() {
    app::Backends all;
    all.open_library = store::open_sqlite_library;
    all.open_market = store::open_sqlite_market;
    all.open_collection = store::open_sqlite_collection;
    all.open_plays = store::open_sqlite_plays;
    all.open_scrobbles = store::open_sqlite_scrobbles;
    all.open_devices = store::open_sqlite_devices;
    return all;
}

/// Half of the discs as files, too, of ten tracks each; the rest is on the shelf only.
void fill_library(const std::filesystem::path& folder, const Options& options) {
    constexpr int kTracks = 10;
    const auto library = *store::open_sqlite_library(folder, store::Access::Write);
    for (int i = 0; i < options.copies / 2; ++i) {
        store::LibraryStore::Formation formation;
        formation.record.artist = fmt::format("Artist {}", i % 200);
        formation.record.album = fmt::format("Record number {}", i);
        formation.record.folder = fmt::format("/music/{}", i);
        for (int k = 1; k <= kTracks; ++k) {
            store::Sound sound{{}, Seconds{240}, "flac"};
            const int number = i * kTracks + k;
            std::memcpy(sound.audio.data(), &number, sizeof number);
            store::Tags tags;
            tags.title = fmt::format("Track {}", number % 2000);
            tags.artist = formation.record.artist;
            tags.album = formation.record.album;
            tags.track_number = k;
            const auto track =
                library->add_track(sound, fmt::format("/music/{}/{}.flac", i, k), {}, tags, 1);
            formation.files.push_back(library->track(*track)->value().files.front().id);
        }
        (void)library->form_records({&formation, 1});
    }
}

/// A collector's data: discs, and what was played of them.
void fill(const std::filesystem::path& folder, const Options& options) {
    fill_library(folder, options);
    const auto collection = *store::open_sqlite_collection(folder, store::Access::Write);
    std::vector<store::Copy> copies;
    for (int i = 0; i < options.copies; ++i) {
        store::Copy& copy = copies.emplace_back();
        copy.release.value = static_cast<std::uint32_t>(1000 + i);
        copy.artist = fmt::format("Artist {}", i % 200);
        copy.title = fmt::format("Record number {}", i);
        copy.label = "Label";
        copy.number = fmt::format("CAT {}", i);
        copy.format = "Vinyl, LP, Album";
        copy.media = "Very Good Plus (VG+)";
    }
    (void)collection->add(copies);
    const auto plays = *store::open_sqlite_plays(folder, store::Access::Write);
    constexpr store::Milliseconds kFourMinutes = 240'000;
    for (int i = 0; i < options.plays; ++i) {
        store::StoredPlay play;
        play.started = server::milliseconds_now() - i * kFourMinutes;
        play.ended = play.started + kFourMinutes;
        play.artist = fmt::format("Artist {}", i % 200);
        play.title = fmt::format("Track {}", i % 2000);
        play.album = fmt::format("Record number {}", i % 300);
        play.played = Seconds{230};
        (void)plays->add(play);
    }
}

void use_core(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(core), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

/// The server, until it is told to end. Tells its port through `pipe`.
int serve(const std::filesystem::path& folder, const Options& options, int pipe) {
    use_core(options.core);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const app::Backends all = backends();
    server::House house(all, folder, folder / "config", "bench");
    const auto metrics = std::make_shared<server::Metrics>();
    server::Router router;
    server::add_house_routes(router, house, *metrics);
    const auto feed = std::make_shared<server::EventFeed>();
    router.add(server::Method::Get, "/api/bench/events", {},
               [feed](const server::Request&) { return server::Response::of_events(feed); });
    server::ServerOptions listening;
    listening.upload_folder = folder / "uploads";
    auto server = server::Server::start(listening, std::move(router), server::Guard({}), metrics);
    if (!server) {
        fmt::print(stderr, "{}\n", server.error().message);
        return 1;
    }
    const std::uint16_t port = (*server)->port();
    if (::write(pipe, &port, sizeof port) != sizeof port) {
        return 1;
    }
    std::stop_source stop;
    std::jthread events([&](const std::stop_token& ended) {
        const auto pause = std::chrono::duration<double>(1 / options.events_per_second);
        for (auto next = Clock::now(); !ended.stop_requested();) {
            next += std::chrono::duration_cast<Clock::duration>(pause);
            std::this_thread::sleep_until(next);
            feed->send(
                "progress",
                fmt::format(R"({{"at":{},"step":"pricing","done":17,"total":66,"eta_s":42.5}})",
                            Clock::now().time_since_epoch().count()));
        }
    });
    std::thread waiter([&] {
        int number = 0;
        ::sigwait(&signals, &number);
        stop.request_stop();
    });
    (*server)->run(stop.get_token());
    waiter.join();
    return 0;
}

const std::vector<std::string>& targets() {
    static const std::vector<std::string> all{"/api/health",
                                              "/api/collection?q=record+7",
                                              "/api/plays?limit=100",
                                              "/api/wants",
                                              "/api/outbox",
                                              "/api/settings",
                                              "/api/session",
                                              "/api/plays/summary?days=30",
                                              "/api/styli",
                                              "/api/library/records",
                                              "/metrics",
                                              "/api/collection"};
    return all;
}

std::string field_of(pid_t process, std::string_view name) {
    const auto status = io::read_file(fmt::format("/proc/{}/status", process), 1U << 16U);
    const auto at = status ? status->find(name) : std::string::npos;
    return at == std::string::npos ? "?" : status->substr(at, status->find('\n', at) - at);
}

/// Seconds of processor time a process has used.
double processor_seconds(pid_t process) {
    const auto stat = io::read_file(fmt::format("/proc/{}/stat", process), 1U << 16U);
    unsigned long long user = 0;
    unsigned long long system = 0;
    const auto name_end = stat ? stat->rfind(')') : std::string::npos;
    if (name_end == std::string::npos ||
        std::sscanf(stat->c_str() + name_end + 2, // NOLINT(cert-err34-c)
                    "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system) != 2) {
        return 0;
    }
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double percentile(std::vector<double>& sorted, double share) {
    if (sorted.empty()) {
        return 0;
    }
    const auto place = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[place];
}

struct Measured {
    std::vector<double> milliseconds;
    std::atomic<int> failed{0};
    std::mutex mutex;
};

void ask_steadily(std::uint16_t port, const Options& options, Measured& measured) {
    constexpr int kThreads = 16;
    const auto begun = Clock::now();
    const int count = static_cast<int>(options.per_second * options.seconds);
    std::atomic<int> next{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            auto client = std::make_unique<RawClient>(port);
            for (int i = next++; i < count; i = next++) {
                const auto due = begun + std::chrono::duration_cast<Clock::duration>(
                                             std::chrono::duration<double>(i / options.per_second));
                std::this_thread::sleep_until(due);
                const auto& target = targets()[static_cast<std::size_t>(i) % targets().size()];
                const std::string answer = client->ask_again(
                    fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", target));
                const double took =
                    std::chrono::duration<double, std::milli>(Clock::now() - due).count();
                if (!answer.starts_with("HTTP/1.1 200")) {
                    ++measured.failed;
                    client = std::make_unique<RawClient>(port);
                }
                const std::lock_guard lock(measured.mutex);
                measured.milliseconds.push_back(took);
            }
        });
    }
}

int measure(std::uint16_t port, pid_t server, const Options& options) {
    std::vector<std::unique_ptr<RawClient>> followers;
    for (int i = 0; i < options.followers; ++i) {
        followers.push_back(std::make_unique<RawClient>(port));
        followers.back()->send(
            fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", options.events));
    }
    const auto refused =
        std::count_if(followers.begin(), followers.end(), [](const auto& follower) {
            return !follower->read_until("retry: ").starts_with("HTTP/1.1 200");
        });
    std::atomic<std::int64_t> events{0};
    std::jthread reader([&](const std::stop_token& ended) {
        std::vector<pollfd> waited;
        for (const auto& one : followers) {
            waited.push_back({one->descriptor(), POLLIN, 0});
        }
        std::string piece(1U << 16U, '\0');
        while (!ended.stop_requested() && ::poll(waited.data(), waited.size(), 100) >= 0) {
            for (const pollfd& one : waited) {
                if ((one.revents & POLLIN) != 0) {
                    const ssize_t got = ::recv(one.fd, piece.data(), piece.size(), 0);
                    const std::string_view text(piece.data(),
                                                got > 0 ? static_cast<std::size_t>(got) : 0);
                    for (auto at = text.find("id: "); at != std::string_view::npos;
                         at = text.find("id: ", at + 1)) {
                        ++events;
                    }
                }
            }
        }
    });
    std::this_thread::sleep_for(std::chrono::seconds{1});
    Measured measured;
    const double used = processor_seconds(server);
    ask_steadily(port, options, measured);
    const double core_used = (processor_seconds(server) - used) * 100 / options.seconds;
    reader.request_stop();
    reader.join();
    auto& all = measured.milliseconds;
    std::sort(all.begin(), all.end());
    fmt::print(
        "{} pages following ({} refused), {:.0f} requests/s for {:.0f} s, server on core {}; load "
        "{}"
        "requests {}  failed {}  p50 {:.1f} ms  p90 {:.1f} ms  p99 {:.1f} ms  longest {:.1f} ms\n"
        "events received {} ({:.0f}/s)  of the core used {:.0f} %\n{}\n{}\n",
        options.followers, refused, options.per_second, options.seconds, options.core,
        io::read_file("/proc/loadavg", 1000).value_or("?\n"), all.size(), measured.failed.load(),
        percentile(all, 0.5), percentile(all, 0.9), percentile(all, 0.99), percentile(all, 1),
        events.load(), static_cast<double>(events.load()) / options.seconds, core_used,
        field_of(server, "VmHWM"), field_of(server, "VmRSS"));
    return measured.failed > 0 || refused > 0 ? 1 : 0;
}

/// What a `spindle listen` writes while a record plays.
void play_up(const Options& options, const std::stop_token& ended) {
    app::ListeningBoard board(options.data);
    const auto pause = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1 / options.events_per_second));
    double position = 0;
    for (auto next = Clock::now(); !ended.stop_requested(); position += 0.2) {
        board.show(fmt::format(
            R"({{"active":true,"state":"playing","level_db":-21.5,"playing":{{"track_id":7,)"
            R"("title":"Track 7","artist":"Artist 0","album":"Record number 0","side":"A",)"
            R"("position":7,"position_s":{:.1f},"duration_s":240,"confidence":0.99}}}})",
            position));
        next += pause;
        std::this_thread::sleep_until(next);
    }
}

int measure_running(const std::string& url, Options options) {
    unsigned port = 0;
    if (std::sscanf(url.c_str(), "http://127.0.0.1:%u", &port) != 1 || // NOLINT(cert-err34-c)
        port == 0 || port > std::numeric_limits<std::uint16_t>::max()) {
        fmt::print(stderr, "{}: not of this machine; write http://127.0.0.1:PORT\n", url);
        return 2;
    }
    options.events = "/api/listening/events";
    const std::jthread turntable(
        [&options](const std::stop_token& ended) { play_up(options, ended); });
    return measure(static_cast<std::uint16_t>(port), options.server, options);
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Latency and memory of the server under load"};
    app.add_option("--followers", options.followers, "pages that follow events");
    app.add_option("--rate", options.per_second, "requests a second");
    app.add_option("--seconds", options.seconds, "how long");
    app.add_option("--copies", options.copies, "discs in the collection");
    app.add_option("--plays", options.plays, "plays in the history");
    app.add_option("--core", options.core, "of the server");
    app.add_option("--fill", options.fill, "only fill this data folder, for a spindle serve");
    std::string url;
    auto* const running = app.add_option("--url", url,
                                         "of a spindle serve that runs on --core, "
                                         "as http://127.0.0.1:8137");
    running->needs(app.add_option("--pid", options.server, "its process"));
    running->needs(app.add_option("--data", options.data,
                                  "its data folder: a turntable is made up there, for events"));
    CLI11_PARSE(app, argc, argv);
    if (!options.fill.empty()) {
        std::filesystem::create_directories(options.fill);
        fill(options.fill, options);
        return 0;
    }
    if (!url.empty()) {
        return measure_running(url, options);
    }
    const testing::TempFolder folder;
    fill(folder.path(), options);
    int pipe[2];
    if (::pipe(pipe) != 0) {
        return 2;
    }
    const pid_t child = ::fork();
    if (child == 0) {
        const int code = serve(folder.path(), options, pipe[1]);
        std::_Exit(code);
    }
    std::uint16_t port = 0;
    if (::read(pipe[0], &port, sizeof port) != sizeof port) {
        return 2;
    }
    const int code = measure(port, child, options);
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    return code != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0 ? 1 : 0;
}
