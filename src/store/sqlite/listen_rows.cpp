// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/listen_rows.h"

#include <algorithm>
#include <array>

namespace spindle::store {

using scrobble::Delivery;
using scrobble::Listen;
using scrobble::ServiceState;

const std::string_view kInsertListen =
    "INSERT INTO scrobble_listen (started_at, artist, title, album, album_artist, track_number,"
    " duration_s, played_s, side, rpm, recording_mbid, release_mbid, discogs_release, requested_at,"
    " queued_at, boot, boot_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const std::string_view kUpdateListen =
    "UPDATE scrobble_listen SET started_at = ?, artist = ?, title = ?, album = ?, album_artist = ?,"
    " track_number = ?, duration_s = ?, played_s = ?, side = ?, rpm = ?, recording_mbid = ?,"
    " release_mbid = ?, discogs_release = ?, boot = '', boot_s = NULL WHERE id = ?";

namespace {

constexpr std::array<std::pair<Delivery, std::string_view>, 5> kDeliveries{{
    {Delivery::Owed, "owed"},
    {Delivery::Attempted, "attempted"},
    {Delivery::Done, "done"},
    {Delivery::Dead, "dead"},
    {Delivery::Expired, "expired"},
}};

Delivery delivery_named(std::string_view word) {
    const auto* const found = std::find_if(kDeliveries.begin(), kDeliveries.end(),
                                           [word](const auto& one) { return one.second == word; });
    return found == kDeliveries.end() ? Delivery::Dead : found->first; // the schema allows no other
}

} // namespace

std::string_view word_of(Delivery delivery) {
    return kDeliveries[static_cast<std::size_t>(delivery)].second;
}

std::string_view word_of(ServiceState::Halt halt) {
    return halt == ServiceState::Halt::Login     ? "login"
           : halt == ServiceState::Halt::Stopped ? "stopped"
                                                 : "";
}

std::string select_listens(std::string_view rest, std::string_view more) {
    return fmt::format("SELECT l.id, l.started_at, l.artist, l.title, l.album, l.album_artist,"
                       " l.track_number, l.duration_s, l.played_s, l.side, l.rpm, l.recording_mbid,"
                       " l.release_mbid, l.discogs_release, {} FROM scrobble_listen l {}",
                       more, rest);
}

Listen read_listen(const Statement& row) {
    Listen listen;
    listen.started_at = row.integer(1);
    listen.artist = row.text(2);
    listen.title = row.text(3);
    listen.album = row.text(4);
    listen.album_artist = row.text(5);
    listen.track_number = row.text(6);
    listen.duration = Seconds{row.real(7)};
    listen.played = Seconds{row.real(8)};
    listen.side = row.text(9);
    listen.rpm = row.real(10);
    listen.recording_mbid = row.text(11);
    listen.release_mbid = row.text(12);
    listen.discogs_release = ReleaseId{static_cast<std::uint32_t>(row.integer(13))};
    return listen;
}

void bind_listen(Statement& statement, const Listen& listen) {
    statement.bind(listen.started_at);
    for (const std::string Listen::*field : {&Listen::artist, &Listen::title, &Listen::album,
                                             &Listen::album_artist, &Listen::track_number}) {
        statement.bind(std::string_view(listen.*field));
    }
    statement.bind(listen.duration.count())
        .bind(listen.played.count())
        .bind(std::string_view(listen.side))
        .bind(listen.rpm)
        .bind(std::string_view(listen.recording_mbid))
        .bind(std::string_view(listen.release_mbid))
        .bind(std::int64_t{listen.discogs_release.value});
}

DeliveryState read_delivery(const Statement& row) {
    return {row.text(0), delivery_named(row.text(1)), static_cast<int>(row.integer(2)),
            row.integer(3), row.text(4)};
}

ServiceState read_state(const Statement& row, int first_column) {
    const std::string halt = row.text(first_column);
    ServiceState state;
    state.halt = halt == "login"     ? ServiceState::Halt::Login
                 : halt == "stopped" ? ServiceState::Halt::Stopped
                                     : ServiceState::Halt::None;
    state.reason = row.text(first_column + 1);
    state.paused_until = row.integer(first_column + 2);
    state.failures = static_cast<int>(row.integer(first_column + 3));
    state.day = row.integer(first_column + 4);
    state.sent_today = static_cast<int>(row.integer(first_column + 5));
    return state;
}

void count(ServiceSummary& summary, const Statement& row) {
    const Delivery delivery = delivery_named(row.text(1));
    std::int64_t& number = delivery == Delivery::Owed        ? summary.owed
                           : delivery == Delivery::Attempted ? summary.attempted
                           : delivery == Delivery::Done      ? summary.done
                           : delivery == Delivery::Dead      ? summary.dead
                                                             : summary.expired;
    number = row.integer(2);
    const bool waits = delivery == Delivery::Owed || delivery == Delivery::Attempted;
    if (waits && !row.is_null(3)) {
        summary.oldest_owed =
            std::min(summary.oldest_owed.value_or(row.integer(3)), row.integer(3));
    }
}

} // namespace spindle::store
