// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_play_store.h"

#include <utility>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

constexpr const char* kColumns =
    "started_ms, ended_ms, track_id, record_id, side, position, artist, title, album, played_s,"
    " from_s, to_s, duration_s, speed, speed_error, wow_peak, wow_weighted, turns_per_minute,"
    " confidence, inferred, skips, matched, expected";

StoredPlay read_play(const Statement& row) {
    int column = 0;
    const auto integer = [&] { return row.integer(column++); };
    const auto real = [&] { return row.real(column++); };
    const auto text = [&] { return row.text(column++); };
    StoredPlay play;
    play.id = integer();
    play.started = integer();
    play.ended = integer();
    play.track.value = static_cast<std::uint32_t>(integer());
    play.record.value = static_cast<std::uint32_t>(integer());
    play.side = text();
    play.position = static_cast<int>(integer());
    play.artist = text();
    play.title = text();
    play.album = text();
    play.played = Seconds{real()};
    play.from = Seconds{real()};
    play.to = Seconds{real()};
    play.duration = Seconds{real()};
    play.speed = real();
    play.speed_error = real();
    if (!row.is_null(column)) {
        const double peak = real();
        const double weighted = real();
        play.wow = PlayWow{peak, weighted, real()};
    } else {
        column += 3;
    }
    play.confidence = real();
    play.inferred = integer() != 0;
    play.skips = static_cast<int>(integer());
    play.matched = static_cast<int>(integer());
    play.expected = static_cast<int>(integer());
    return play;
}

class SqlitePlayStore final : public PlayStore {
public:
    explicit SqlitePlayStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Result<void> add(const StoredPlay& play) override {
        std::string sql = "INSERT OR IGNORE INTO play (";
        sql += kColumns;
        sql += ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        SPINDLE_TRY(auto insert, database_->prepare(sql));
        insert.bind(play.started)
            .bind(play.ended)
            .bind(std::int64_t{play.track.value})
            .bind(std::int64_t{play.record.value})
            .bind(play.side)
            .bind(std::int64_t{play.position})
            .bind(play.artist)
            .bind(play.title)
            .bind(play.album)
            .bind(play.played.count())
            .bind(play.from.count())
            .bind(play.to.count())
            .bind(play.duration.count())
            .bind(play.speed)
            .bind(play.speed_error);
        if (play.wow) {
            insert.bind(play.wow->peak).bind(play.wow->weighted).bind(play.wow->turns_per_minute);
        } else {
            const std::optional<std::int64_t> none;
            insert.bind(none).bind(none).bind(none);
        }
        insert.bind(play.confidence)
            .bind(std::int64_t{play.inferred ? 1 : 0})
            .bind(std::int64_t{play.skips})
            .bind(std::int64_t{play.matched})
            .bind(std::int64_t{play.expected});
        return insert.run();
    }

    Result<void> add(const StoredSide& side) override {
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT OR IGNORE INTO side_play (ended_ms, record_id, side,"
                                       " music_s) VALUES (?, ?, ?, ?)"));
        insert.bind(side.ended)
            .bind(std::int64_t{side.record.value})
            .bind(side.side)
            .bind(side.music.count());
        return insert.run();
    }

    Result<void> add(const StoredUnknown& unknown, std::span<const std::uint8_t> heard) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT OR IGNORE INTO unknown_music (started_ms, ended_ms,"
                                       " name) VALUES (?, ?, ?)"));
        insert.bind(unknown.started).bind(unknown.ended).bind(unknown.name);
        SPINDLE_TRY_VOID(insert.run());
        if (!heard.empty()) {
            SPINDLE_TRY(auto keep, database_->prepare(
                                       "INSERT OR IGNORE INTO unknown_sound (unknown_id, sound)"
                                       " SELECT id, ? FROM unknown_music WHERE started_ms = ?"));
            SPINDLE_TRY_VOID(keep.bind(heard).bind(unknown.started).run());
            SPINDLE_TRY(auto drop,
                        database_->prepare("DELETE FROM unknown_sound WHERE unknown_id IN (SELECT"
                                           " unknown_id FROM (SELECT unknown_id, sum(length(sound))"
                                           " OVER (ORDER BY unknown_id DESC) AS bytes"
                                           " FROM unknown_sound) WHERE bytes > ?)"));
            SPINDLE_TRY_VOID(drop.bind(static_cast<std::int64_t>(kMostUnknownSound)).run());
        }
        return transaction.commit();
    }

    Result<void> each_play(Milliseconds since, Milliseconds until,
                           const std::function<bool(const StoredPlay&)>& visit) override {
        std::string sql = "SELECT id, ";
        sql += kColumns;
        sql += " FROM play WHERE started_ms >= ? AND started_ms < ? ORDER BY started_ms DESC";
        SPINDLE_TRY(auto select, database_->prepare(sql));
        select.bind(since).bind(until);
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row || !visit(read_play(select))) {
                return {};
            }
        }
    }

    Result<std::vector<AlbumPlays>> album_plays() override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT record_id, artist, album, count(*), max(started_ms)"
                                       " FROM play GROUP BY record_id, artist, album"));
        std::vector<AlbumPlays> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return all;
            }
            all.push_back({RecordId{static_cast<std::uint32_t>(select.integer(0))}, select.text(1),
                           select.text(2), select.integer(3), select.integer(4)});
        }
    }

    Result<std::vector<StoredUnknown>> unknown(Milliseconds since, Milliseconds until) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT id, started_ms, ended_ms, name, EXISTS (SELECT 1"
                                       " FROM unknown_sound WHERE unknown_id = id)"
                                       " FROM unknown_music"
                                       " WHERE started_ms >= ? AND started_ms < ?"
                                       " ORDER BY started_ms"));
        select.bind(since).bind(until);
        std::vector<StoredUnknown> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return all;
            }
            all.push_back({select.integer(0), select.integer(1), select.integer(2), select.text(3),
                           select.integer(4) != 0});
        }
    }

    Result<std::vector<std::uint8_t>> unknown_sound(std::int64_t id) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT s.sound FROM unknown_music u LEFT JOIN"
                                       " unknown_sound s ON s.unknown_id = u.id WHERE u.id = ?"));
        SPINDLE_TRY(const bool found, select.bind(id).step());
        if (!found) {
            return fail(Code::NotFound, "no unknown music has the number {}", id);
        }
        const auto blob = select.blob(0);
        return std::vector<std::uint8_t>(blob.begin(), blob.end());
    }

    Result<void> name_unknown(std::int64_t id, const std::string& name) override {
        SPINDLE_TRY(auto update,
                    database_->prepare("UPDATE unknown_music SET name = ? WHERE id = ?"));
        SPINDLE_TRY_VOID(update.bind(name).bind(id).run());
        if (database_->changes() == 0) {
            return fail(Code::NotFound, "no unknown music has the number {}", id);
        }
        return {};
    }

    Result<void> fit_stylus(Milliseconds at, const std::string& name) override {
        SPINDLE_TRY(
            auto insert,
            database_->prepare("INSERT OR REPLACE INTO stylus (fitted_ms, name) VALUES (?, ?)"));
        return insert.bind(at).bind(name).run();
    }

    Result<std::vector<StoredStylus>> styli() override {
        std::vector<StoredStylus> styli{StoredStylus{}};
        SPINDLE_TRY(auto fitted,
                    database_->prepare("SELECT fitted_ms, name FROM stylus ORDER BY fitted_ms"));
        for (;;) {
            SPINDLE_TRY(const bool row, fitted.step());
            if (!row) {
                break;
            }
            styli.push_back({fitted.integer(0), fitted.text(1), Seconds{0}});
        }
        SPINDLE_TRY(auto music,
                    database_->prepare("SELECT coalesce(sum(music_s), 0.0) FROM side_play"
                                       " WHERE ended_ms >= ? AND ended_ms < ?"));
        for (std::size_t i = 0; i < styli.size(); ++i) {
            const bool is_last = i + 1 == styli.size();
            music.bind(styli[i].fitted)
                .bind(is_last ? std::int64_t{1} << 62U : styli[i + 1].fitted);
            SPINDLE_TRY_VOID(music.step());
            styli[i].music = Seconds{music.real(0)};
            music.reset();
        }
        if (styli.size() > 1 && styli.front().music == Seconds{0}) {
            styli.erase(styli.begin()); // nothing was played before the first one that has a name
        }
        return styli;
    }

private:
    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<PlayStore>> open_sqlite_plays(const std::filesystem::path& data_folder,
                                                     Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "nothing was played yet; begin with: spindle listen"));
    return std::make_unique<SqlitePlayStore>(std::move(database));
}

} // namespace spindle::store
