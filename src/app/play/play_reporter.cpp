// SPDX-License-Identifier: Apache-2.0
#include "app/play/play_reporter.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "app/play/now_playing.h"
#include "app/play/queue_play.h"
#include "app/play/scrobble_services.h"
#include "base/clock.h"

namespace spindle::app {
namespace {

scrobble::Listen named(const TrackNames& names, const std::optional<turntable::Place>& place) {
    scrobble::Listen listen;
    listen.artist = names.artist;
    listen.title = names.title;
    listen.album = names.album;
    listen.track_number = names.position;
    listen.recording_mbid = names.recording_mbid;
    listen.release_mbid = names.release_mbid;
    if (place && place->side != 0) {
        listen.side = std::string(1, place->side);
    }
    return listen;
}

} // namespace

scrobble::Listen listen_of(const PlayKept& kept) {
    scrobble::Listen listen = named(kept.names, std::nullopt);
    listen.side = kept.play.side;
    if (listen.track_number.empty() && kept.play.position > 0) {
        listen.track_number = kept.play.side + std::to_string(kept.play.position);
    }
    listen.duration = kept.play.duration;
    listen.started_at = kept.play.started / 1000;
    listen.played = kept.play.played;
    if (kept.play.wow) {
        listen.rpm = kept.play.wow->turns_per_minute;
    }
    return listen;
}

scrobble::Listen listen_of(const NowHeard& heard) {
    scrobble::Listen listen = named(heard.names, heard.playing.place);
    listen.duration = heard.playing.duration;
    return listen;
}

struct PlayReporter::State {
    using Services = std::vector<std::unique_ptr<scrobble::Service>>;

    std::unique_ptr<store::ScrobbleStore> outbox;
    Accounts read_accounts;
    ScrobbleLine line;
    ReporterOptions options;
    std::function<void(const std::string&)> tell_owner;
    std::mutex telling;

    // What is to be announced: a listen, or silence; and to whom.
    std::mutex mutex;
    std::vector<store::ScrobbleAccount> accounts;
    std::shared_ptr<const Services> announcers; ///< kept by who is in the middle of announcing
    std::condition_variable_any changed;
    bool is_new = false;
    std::optional<scrobble::Listen> newest;

    std::jthread announcer;
    std::jthread sender;

    void tell(const std::string& text) {
        const std::scoped_lock lock(telling);
        tell_owner(text);
    }
    void announce_now(std::optional<scrobble::Listen> listen) {
        const std::scoped_lock lock(mutex);
        if (!listen && !newest && !is_new) {
            return; // nothing was announced
        }
        newest = std::move(listen);
        is_new = true;
        changed.notify_one();
    }
    Result<void> take_accounts(std::vector<store::ScrobbleAccount> now);
    std::vector<store::ScrobbleAccount> known_accounts() {
        const std::scoped_lock lock(mutex);
        return accounts;
    }
    bool is_outdated() {
        const auto now = read_accounts();
        return now && *now != known_accounts(); // what cannot be read is just being written
    }
    void announcing(const std::stop_token& stop);
    bool send_until_accounts_change(const Backends& backends,
                                    const std::filesystem::path& data_folder,
                                    const std::stop_token& stop);
    void end_halts(const Backends& backends, const std::filesystem::path& data_folder,
                   const std::vector<store::ScrobbleAccount>& now);
    void sending(const Backends& backends, const std::filesystem::path& data_folder,
                 const std::stop_token& stop);
};

Result<void> PlayReporter::State::take_accounts(std::vector<store::ScrobbleAccount> now) {
    SPINDLE_TRY(auto services, services_of(now, line));
    const std::scoped_lock lock(mutex);
    accounts = std::move(now);
    announcers = std::make_shared<const Services>(std::move(services));
    return {};
}

void PlayReporter::State::announcing(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::optional<scrobble::Listen> listen;
        std::shared_ptr<const Services> to;
        {
            std::unique_lock lock(mutex);
            if (!changed.wait(lock, stop, [this] { return is_new; })) {
                return;
            }
            is_new = false;
            listen = newest;
            to = announcers;
        }
        if (listen) {
            announce(*to, *listen, stop);
        } else {
            announce_silence(*to, stop);
        }
    }
}

/// @return whether to begin anew: the owner has logged in or out.
bool PlayReporter::State::send_until_accounts_change(const Backends& backends,
                                                     const std::filesystem::path& data_folder,
                                                     const std::stop_token& stop) {
    const auto senders = services_of(known_accounts(), line);
    if (!senders) {
        tell("plays are queued, not sent: " + senders.error().message);
        return false;
    }
    const auto report = send_scrobbles(
        backends, data_folder, *senders, options.send,
        [this](const ServiceReport& one) {
            if (one.last.next == scrobble::Step::Next::Halted || one.dead > 0) {
                tell(shown_service(one.service) +
                     ": some plays are refused or wait for you; see spindle scrobble status");
            }
        },
        [this](const std::filesystem::path& aside) {
            tell("the database was damaged and is kept as " + aside.string());
        },
        [](const Progress&) {}, stop);
    if (!report && report.error().code != Code::Cancelled) {
        tell("plays are queued, not sent: " + report.error().message);
        return false;
    }
    return report && report->accounts_changed;
}

/// What a login was refused says nothing of the one that takes its place. `spindle login` ends the
/// halt, too, but the refusal of a request under way may be noted after that.
void PlayReporter::State::end_halts(const Backends& backends,
                                    const std::filesystem::path& data_folder,
                                    const std::vector<store::ScrobbleAccount>& now) {
    const auto ended = [&]() -> Result<void> {
        const auto before = known_accounts();
        SPINDLE_TRY(const auto own, backends.open_scrobbles(data_folder, store::Access::Write));
        for (const store::ScrobbleAccount& account : now) {
            if (std::find(before.begin(), before.end(), account) == before.end()) {
                SPINDLE_TRY_VOID(own->resume(account.profile));
            }
        }
        return {};
    }();
    if (!ended) {
        tell("plays may wait; see spindle scrobble status: " + ended.error().message);
    }
}

void PlayReporter::State::sending(const Backends& backends,
                                  const std::filesystem::path& data_folder,
                                  const std::stop_token& stop) {
    bool goes_on = true;
    while (goes_on && !stop.stop_requested()) {
        if (!known_accounts().empty()) {
            goes_on = send_until_accounts_change(backends, data_folder, stop);
        }
        // Where nobody is to be told, somebody may be later.
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, options.send.look_again, [] { return false; });
        lock.unlock();
        auto now = read_accounts();
        if (goes_on && now && *now != known_accounts()) {
            end_halts(backends, data_folder, *now);
            if (const auto taken = take_accounts(*std::move(now)); !taken) {
                tell("a login cannot be used: " + taken.error().message);
            }
        }
    }
}

PlayReporter::PlayReporter(std::unique_ptr<State> state) : state_(std::move(state)) {}

PlayReporter::~PlayReporter() {
    state_->announcer.request_stop();
    state_->sender.request_stop();
}

Result<std::unique_ptr<PlayReporter>>
PlayReporter::start(const Backends& backends, const std::filesystem::path& data_folder,
                    Accounts accounts, const ScrobbleLine& line, const ReporterOptions& options,
                    std::function<void(const std::string&)> tell) {
    auto state = std::make_unique<State>();
    SPINDLE_TRY(state->outbox, backends.open_scrobbles(data_folder, store::Access::Write));
    state->read_accounts = std::move(accounts);
    state->line = line;
    SPINDLE_TRY(auto first, state->read_accounts());
    SPINDLE_TRY_VOID(state->take_accounts(std::move(first)));
    state->options = options;
    state->options.send.accounts_changed = [own = state.get()] { return own->is_outdated(); };
    state->options.send.until = SendUntil::Stopped;
    state->tell_owner = std::move(tell);
    State* const own = state.get();
    state->announcer = std::jthread([own](const std::stop_token& stop) { own->announcing(stop); });
    state->sender = std::jthread([own, backends, data_folder](const std::stop_token& stop) {
        own->sending(backends, data_folder, stop);
    });
    return std::unique_ptr<PlayReporter>(new PlayReporter(std::move(state)));
}

void PlayReporter::take(const ListeningEvent& event) {
    State& s = *state_;
    if (const auto* heard = std::get_if<NowHeard>(&event)) {
        if (heard->playing.confirmed && !heard->names.artist.empty()) {
            s.announce_now(listen_of(*heard));
        }
    } else if (const auto* moved = std::get_if<NeedleMoved>(&event)) {
        if (!moved->down) {
            s.announce_now(std::nullopt);
        }
    } else if (std::holds_alternative<SideEnded>(event)) {
        s.announce_now(std::nullopt);
    } else if (const auto* kept = std::get_if<PlayKept>(&event)) {
        std::vector<std::string> names;
        for (const store::ScrobbleAccount& account : s.known_accounts()) {
            names.push_back(account.profile);
        }
        if (names.empty()) {
            return;
        }
        const auto queued =
            queue_play(*s.outbox, listen_of(*kept), names, s.options.rule, system_seconds());
        if (!queued) {
            s.tell("a play could not be queued: " + queued.error().message);
        } else if (queued->id == 0) {
            s.tell("not told to services: " + std::string(scrobble::reason_of(queued->verdict)));
        }
    }
}

} // namespace spindle::app
