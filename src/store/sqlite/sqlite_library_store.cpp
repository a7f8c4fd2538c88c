// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_library_store.h"

#include <algorithm>

#include "store/sqlite/library_database.h"
#include "store/sqlite/rows.h"

namespace spindle::store {
namespace {

// A record lives as long as its files, a side as long as its first track is on the record.
constexpr std::string_view kDropEmptyRecords =
    "DELETE FROM record WHERE id NOT IN"
    " (SELECT record_id FROM file WHERE record_id IS NOT NULL);"
    "DELETE FROM record_side WHERE NOT EXISTS (SELECT 1 FROM file f"
    " WHERE f.record_id = record_side.record_id AND f.track_id = record_side.track_id)";

class SqliteLibraryStore final : public LibraryStore {
public:
    explicit SqliteLibraryStore(std::unique_ptr<Database> database)
        : database_(std::move(database)) {}

    Result<std::optional<Track>> track(TrackId id) override {
        SPINDLE_TRY(auto statement, database_->prepare(std::string(kSelectTrack) +
                                                       " WHERE t.id = ?" + kTrackOrder));
        statement.bind(std::int64_t{id.value});
        return one_track(statement);
    }

    Result<std::optional<Track>> track_with_audio(const AudioHash& audio) override {
        SPINDLE_TRY(auto statement, database_->prepare(std::string(kSelectTrack) +
                                                       " WHERE t.audio = ?" + kTrackOrder));
        statement.bind(std::span<const std::uint8_t>(audio));
        return one_track(statement);
    }

    Result<std::optional<TrackFile>> file_at(std::string_view path) override {
        SPINDLE_TRY(auto statement,
                    database_->prepare(std::string(kSelectFile) + " WHERE f.path = ?"));
        statement.bind(path);
        SPINDLE_TRY(const bool found, statement.step());
        return found ? std::optional(read_file(statement, 0)) : std::nullopt;
    }

    Result<void> each_track(const std::function<bool(const Track&)>& visit) override {
        SPINDLE_TRY(auto statement, database_->prepare(std::string(kSelectTrack) + kTrackOrder));
        TrackRows rows(statement);
        for (;;) {
            SPINDLE_TRY(const auto track, rows.next());
            if (!track || (!track->files.empty() && !visit(*track))) {
                return {};
            }
        }
    }

    Result<std::vector<KnownFile>> known_files() override {
        SPINDLE_TRY(auto statement,
                    database_->prepare("SELECT f.id, f.track_id, f.path, f.size, f.mtime_ns,"
                                       " f.missing_since IS NOT NULL, t.indexed"
                                       " FROM file f JOIN track t ON t.id = f.track_id"
                                       " ORDER BY f.id"));
        std::vector<KnownFile> files;
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row) {
                return files;
            }
            files.push_back(read_known_file(statement));
        }
    }

    Result<std::vector<std::pair<TrackId, IndexState>>> track_states() override {
        SPINDLE_TRY(auto statement,
                    database_->prepare("SELECT id, indexed FROM track ORDER BY id"));
        std::vector<std::pair<TrackId, IndexState>> states;
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row) {
                return states;
            }
            states.emplace_back(TrackId{id_of(statement, 0)}, state_of(statement, 1));
        }
    }

    Result<TrackId> add_track(const Sound& sound, std::string_view path, FileStamp stamp,
                              const Tags& tags, Timestamp now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(const TrackId track, insert_track(sound, now));
        SPINDLE_TRY_VOID(upsert_file(track, path, stamp, tags));
        SPINDLE_TRY_VOID(transaction.commit());
        return track;
    }

    Result<void> replace_sound(TrackId track, const Sound& sound) override {
        SPINDLE_TRY(auto update,
                    database_->prepare("UPDATE track SET audio = ?, duration_s = ?, codec = ?,"
                                       " indexed = 0 WHERE id = ?"));
        update.bind(std::span<const std::uint8_t>(sound.audio))
            .bind(sound.duration.count())
            .bind(sound.codec)
            .bind(std::int64_t{track.value});
        return update.run();
    }

    Result<void> put_file(TrackId track, std::string_view path, FileStamp stamp,
                          const Tags& tags) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY_VOID(upsert_file(track, path, stamp, tags));
        return transaction.commit();
    }

    Result<void> move_file(FileId file, std::string_view path, FileStamp stamp,
                           const Tags& tags) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto clear, database_->prepare("DELETE FROM file WHERE path = ? AND id <> ?"));
        SPINDLE_TRY_VOID(clear.bind(path).bind(std::int64_t{file.value}).run());
        SPINDLE_TRY(auto move, database_->prepare("UPDATE file SET path = ? WHERE id = ?"));
        SPINDLE_TRY_VOID(move.bind(path).bind(std::int64_t{file.value}).run());
        SPINDLE_TRY(auto who, database_->prepare("SELECT track_id FROM file WHERE id = ?"));
        SPINDLE_TRY(const bool found, who.bind(std::int64_t{file.value}).step());
        if (!found) {
            return fail(Code::NotFound, "file {} is not in the library", file.value);
        }
        const TrackId track{id_of(who, 0)};
        who.reset();
        SPINDLE_TRY_VOID(upsert_file(track, path, stamp, tags));
        return transaction.commit();
    }

    Result<TrackId> enrol(const Sound& sound, std::string_view path, const Tags& tags,
                          std::span<const std::uint8_t> landmarks, Timestamp now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(const auto same, track_with_audio(sound.audio));
        SPINDLE_TRY(const auto here, file_at(path));
        TrackId track;
        if (same) {
            track = same->id;
        } else if (here) {
            track = here->track;
            SPINDLE_TRY_VOID(replace_sound(track, sound));
        } else {
            SPINDLE_TRY(track, insert_track(sound, now));
        }
        SPINDLE_TRY_VOID(upsert_file(track, path, {}, tags));
        SPINDLE_TRY(auto keep,
                    database_->prepare("INSERT OR REPLACE INTO track_landmarks (track_id,"
                                       " landmarks) VALUES (?, ?)"));
        SPINDLE_TRY_VOID(keep.bind(std::int64_t{track.value}).bind(landmarks).run());
        SPINDLE_TRY_VOID(transaction.commit());
        return track;
    }

    Result<std::vector<std::uint8_t>> kept_landmarks(TrackId track) override {
        SPINDLE_TRY(auto select, database_->prepare("SELECT landmarks FROM track_landmarks"
                                                    " WHERE track_id = ?"));
        SPINDLE_TRY(const bool found, select.bind(std::int64_t{track.value}).step());
        if (!found) {
            return std::vector<std::uint8_t>();
        }
        const auto blob = select.blob(0);
        return std::vector<std::uint8_t>(blob.begin(), blob.end());
    }

    Result<void> set_state(TrackId track, IndexState state) override {
        SPINDLE_TRY(auto update, database_->prepare("UPDATE track SET indexed = ? WHERE id = ?"));
        return update.bind(std::int64_t{state == IndexState::Indexed ? 1 : 0})
            .bind(std::int64_t{track.value})
            .run();
    }

    Result<void> set_missing(std::span<const FileId> files,
                             std::optional<Timestamp> since) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto update,
                    database_->prepare("UPDATE file SET missing_since = ? WHERE id = ?"));
        for (const FileId file : files) {
            SPINDLE_TRY_VOID(update.bind(since).bind(std::int64_t{file.value}).run());
        }
        return transaction.commit();
    }

    Result<std::vector<TrackId>> remove_files(std::span<const FileId> files) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto remove, database_->prepare("DELETE FROM file WHERE id = ?"));
        for (const FileId file : files) {
            SPINDLE_TRY_VOID(remove.bind(std::int64_t{file.value}).run());
        }
        SPINDLE_TRY(auto removed, delete_orphans());
        SPINDLE_TRY_VOID(transaction.commit());
        return removed;
    }

    Result<std::vector<TrackId>> remove_orphans() override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto removed, delete_orphans());
        SPINDLE_TRY_VOID(transaction.commit());
        return removed;
    }

    Result<std::vector<Record>> records() override {
        SPINDLE_TRY(auto statement, database_->prepare(std::string(kSelectRecord) + kRecordOrder));
        return read_records(statement);
    }

    Result<std::optional<Record>> record(RecordId id) override {
        SPINDLE_TRY(auto statement, database_->prepare(std::string(kSelectRecord) +
                                                       " WHERE r.id = ?" + kRecordOrder));
        statement.bind(std::int64_t{id.value});
        SPINDLE_TRY(auto found, read_records(statement));
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    }

    Result<std::vector<TrackFile>> files_of(RecordId record) override {
        SPINDLE_TRY(auto statement,
                    database_->prepare(std::string(kSelectFile) + " WHERE f.record_id = ?"));
        statement.bind(std::int64_t{record.value});
        std::vector<TrackFile> files;
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row) {
                std::sort(files.begin(), files.end(), plays_before);
                return files;
            }
            files.push_back(read_file(statement, 0));
        }
    }

    Result<void> each_file(const std::function<bool(const TrackFile&)>& visit) override {
        SPINDLE_TRY(auto statement,
                    database_->prepare(std::string(kSelectFile) + " ORDER BY f.id"));
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row || !visit(read_file(statement, 0))) {
                return {};
            }
        }
    }

    Result<void> form_records(std::span<const Formation> formations) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(
            auto insert,
            database_->prepare("INSERT INTO record (artist, album, folder) VALUES (?, ?, ?)"));
        SPINDLE_TRY(auto update, database_->prepare("UPDATE record SET artist = ?, album = ?,"
                                                    " folder = ? WHERE id = ?"));
        SPINDLE_TRY(auto assign, database_->prepare("UPDATE file SET record_id = ? WHERE id = ?"));
        for (const Formation& formation : formations) {
            const Record& record = formation.record;
            std::int64_t id = record.id.value;
            auto& statement = id == 0 ? insert : update;
            statement.bind(record.artist).bind(record.album).bind(record.folder);
            if (id != 0) {
                statement.bind(id);
            }
            SPINDLE_TRY_VOID(statement.run());
            id = id == 0 ? database_->last_id() : id;
            for (const FileId file : formation.files) {
                SPINDLE_TRY_VOID(assign.bind(id).bind(std::int64_t{file.value}).run());
            }
        }
        SPINDLE_TRY_VOID(database_->execute(kDropEmptyRecords));
        return transaction.commit();
    }

    Result<void> set_sides(RecordId record, std::span<const SideStart> sides) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto clear, database_->prepare("DELETE FROM record_side WHERE record_id = ?"));
        SPINDLE_TRY_VOID(clear.bind(std::int64_t{record.value}).run());
        SPINDLE_TRY(auto insert, database_->prepare("INSERT INTO record_side (record_id, side,"
                                                    " track_id) VALUES (?, ?, ?)"));
        for (const SideStart& start : sides) {
            insert.bind(std::int64_t{record.value})
                .bind(std::string_view(&start.side, 1))
                .bind(std::int64_t{start.first.value});
            SPINDLE_TRY_VOID(insert.run());
        }
        return transaction.commit();
    }

    Result<std::vector<Problem>> problems() override {
        SPINDLE_TRY(auto statement,
                    database_->prepare("SELECT path, size, mtime_ns, code, message, seen_at"
                                       " FROM problem ORDER BY path"));
        std::vector<Problem> problems;
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row) {
                return problems;
            }
            problems.push_back(read_problem(statement));
        }
    }

    Result<void> put_problem(const Problem& problem) override {
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT OR REPLACE INTO problem (path, size, mtime_ns, code,"
                                       " message, seen_at) VALUES (?, ?, ?, ?, ?, ?)"));
        return insert.bind(problem.path)
            .bind(static_cast<std::int64_t>(problem.stamp.size))
            .bind(problem.stamp.mtime_ns)
            .bind(name_of(problem.code))
            .bind(problem.message)
            .bind(problem.seen_at)
            .run();
    }

    Result<void> remove_problem(std::string_view path) override {
        return run_with("DELETE FROM problem WHERE path = ?", path);
    }

    Result<std::vector<std::string>> roots() override {
        SPINDLE_TRY(auto statement, database_->prepare("SELECT path FROM root ORDER BY path"));
        std::vector<std::string> roots;
        for (;;) {
            SPINDLE_TRY(const bool row, statement.step());
            if (!row) {
                return roots;
            }
            roots.push_back(statement.text(0));
        }
    }

    Result<void> add_root(std::string_view path) override {
        return run_with("INSERT OR IGNORE INTO root (path) VALUES (?)", path);
    }

    Result<void> remove_root(std::string_view path) override {
        return run_with("DELETE FROM root WHERE path = ?", path);
    }

    Result<std::vector<std::string>> check() override {
        std::vector<std::string> findings;
        SPINDLE_TRY(auto integrity, database_->prepare("PRAGMA integrity_check(20)"));
        for (;;) {
            SPINDLE_TRY(const bool row, integrity.step());
            if (!row) {
                break;
            }
            if (integrity.text(0) != "ok") {
                findings.push_back(integrity.text(0));
            }
        }
        SPINDLE_TRY(auto foreign, database_->prepare("PRAGMA foreign_key_check"));
        for (;;) {
            SPINDLE_TRY(const bool row, foreign.step());
            if (!row || findings.size() >= 20) {
                return findings;
            }
            findings.push_back(fmt::format("a row of table {} refers to nothing", foreign.text(0)));
        }
    }

private:
    Result<void> run_with(std::string_view sql, std::string_view text) {
        SPINDLE_TRY(auto statement, database_->prepare(sql));
        return statement.bind(text).run();
    }

    Result<std::optional<Track>> one_track(Statement& statement) {
        return TrackRows(statement).next();
    }

    Result<TrackId> insert_track(const Sound& sound, Timestamp now) {
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT INTO track (audio, duration_s, codec, added_at)"
                                       " VALUES (?, ?, ?, ?)"));
        insert.bind(std::span<const std::uint8_t>(sound.audio))
            .bind(sound.duration.count())
            .bind(sound.codec)
            .bind(now);
        SPINDLE_TRY_VOID(insert.run());
        return TrackId{static_cast<std::uint32_t>(database_->last_id())};
    }

    Result<void> upsert_file(TrackId track, std::string_view path, FileStamp stamp,
                             const Tags& tags) {
        SPINDLE_TRY(auto upsert, database_->prepare(kUpsertFile));
        upsert.bind(std::int64_t{track.value})
            .bind(path)
            .bind(static_cast<std::int64_t>(stamp.size))
            .bind(stamp.mtime_ns);
        bind_tags(upsert, tags);
        return upsert.run();
    }

    Result<std::vector<TrackId>> delete_orphans() {
        SPINDLE_TRY(auto remove, database_->prepare("DELETE FROM track WHERE id NOT IN"
                                                    " (SELECT track_id FROM file) RETURNING id"));
        std::vector<TrackId> removed;
        for (;;) {
            SPINDLE_TRY(const bool row, remove.step());
            if (!row) {
                break;
            }
            removed.push_back(TrackId{id_of(remove, 0)});
        }
        SPINDLE_TRY_VOID(database_->execute(kDropEmptyRecords));
        return removed;
    }

    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<LibraryStore>> open_sqlite_library(const std::filesystem::path& data_folder,
                                                          Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "no library yet; begin with: spindle library add "
                                      "FOLDER-OF-MUSIC"));
    return std::make_unique<SqliteLibraryStore>(std::move(database));
}

} // namespace spindle::store
