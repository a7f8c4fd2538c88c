// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/rows.h"

#include <algorithm>
#include <array>

namespace spindle::store {

#define SPINDLE_FILE_COLUMNS                                                                       \
    "f.id, f.track_id, f.record_id, f.path, f.size, f.mtime_ns, f.missing_since, f.title,"         \
    " f.artist, f.album_artist, f.album, f.position, f.mb_recording, f.mb_release, f.mb_track,"    \
    " f.track_number, f.disc_number, f.compilation"

const std::string_view kSelectFile = "SELECT " SPINDLE_FILE_COLUMNS " FROM file f";
const std::string_view kSelectTrack =
    "SELECT t.id, t.audio, t.duration_s, t.codec, t.indexed, t.added_at, " SPINDLE_FILE_COLUMNS
    " FROM track t LEFT JOIN file f ON f.track_id = t.id";
const char* const kTrackOrder = " ORDER BY t.id, f.id";
const std::string_view kSelectRecord =
    "SELECT r.id, r.artist, r.album, r.folder, s.side, s.track_id"
    " FROM record r LEFT JOIN record_side s ON s.record_id = r.id";
const char* const kRecordOrder = " ORDER BY r.id, s.side";
const std::string_view kUpsertFile =
    "INSERT INTO file (track_id, path, size, mtime_ns, title, artist, album_artist, album,"
    " position, mb_recording, mb_release, mb_track, track_number, disc_number, compilation)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (path) DO UPDATE SET track_id = excluded.track_id, size = excluded.size,"
    " mtime_ns = excluded.mtime_ns, missing_since = NULL, title = excluded.title,"
    " artist = excluded.artist, album_artist = excluded.album_artist, album = excluded.album,"
    " position = excluded.position, mb_recording = excluded.mb_recording,"
    " mb_release = excluded.mb_release, mb_track = excluded.mb_track,"
    " track_number = excluded.track_number, disc_number = excluded.disc_number,"
    " compilation = excluded.compilation";

namespace {

constexpr int kTrackColumns = 6; // of kSelectTrack, before those of the file

constexpr std::array kCodes = {Code::BadInput, Code::NotFound,  Code::NoAccess,    Code::NoSpace,
                               Code::Busy,     Code::Cancelled, Code::Unsupported, Code::Failed};

} // namespace

std::uint32_t id_of(const Statement& row, int column) {
    return static_cast<std::uint32_t>(row.integer(column)); // the schema holds it to 32 bits
}

IndexState state_of(const Statement& row, int column) {
    return row.integer(column) != 0 ? IndexState::Indexed : IndexState::Pending;
}

TrackFile read_file(const Statement& row, int first_column) {
    int column = first_column;
    TrackFile file;
    file.id = FileId{id_of(row, column++)};
    file.track = TrackId{id_of(row, column++)};
    file.record = RecordId{id_of(row, column++)};
    file.path = row.text(column++);
    file.stamp.size = static_cast<std::uint64_t>(row.integer(column++));
    file.stamp.mtime_ns = row.integer(column++);
    if (!row.is_null(column)) {
        file.missing_since = row.integer(column);
    }
    ++column;
    for (std::string Tags::*field :
         {&Tags::title, &Tags::artist, &Tags::album_artist, &Tags::album, &Tags::position,
          &Tags::mb_recording, &Tags::mb_release, &Tags::mb_track}) {
        file.tags.*field = row.text(column++);
    }
    file.tags.track_number = static_cast<int>(row.integer(column++));
    file.tags.disc_number = static_cast<int>(row.integer(column++));
    file.tags.compilation = row.integer(column) != 0;
    return file;
}

void bind_tags(Statement& statement, const Tags& tags) {
    for (const std::string Tags::*field :
         {&Tags::title, &Tags::artist, &Tags::album_artist, &Tags::album, &Tags::position,
          &Tags::mb_recording, &Tags::mb_release, &Tags::mb_track}) {
        statement.bind(tags.*field);
    }
    statement.bind(std::int64_t{tags.track_number})
        .bind(std::int64_t{tags.disc_number})
        .bind(std::int64_t{tags.compilation ? 1 : 0});
}

KnownFile read_known_file(const Statement& row) {
    KnownFile file;
    file.id = FileId{id_of(row, 0)};
    file.track = TrackId{id_of(row, 1)};
    file.path = row.text(2);
    file.stamp = {static_cast<std::uint64_t>(row.integer(3)), row.integer(4)};
    file.missing = row.integer(5) != 0;
    file.state = state_of(row, 6);
    return file;
}

Problem read_problem(const Statement& row) {
    Problem problem;
    problem.path = row.text(0);
    problem.stamp = {static_cast<std::uint64_t>(row.integer(1)), row.integer(2)};
    const std::string code = row.text(3);
    const auto* const known =
        std::find_if(kCodes.begin(), kCodes.end(), [&](Code one) { return name_of(one) == code; });
    problem.code = known == kCodes.end() ? Code::Failed : *known;
    problem.message = row.text(4);
    problem.seen_at = row.integer(5);
    return problem;
}

Result<std::vector<Record>> read_records(Statement& statement) {
    std::vector<Record> records;
    for (;;) {
        SPINDLE_TRY(const bool row, statement.step());
        if (!row) {
            return records;
        }
        const RecordId id{id_of(statement, 0)};
        if (records.empty() || records.back().id != id) {
            records.push_back({id, statement.text(1), statement.text(2), statement.text(3), {}});
        }
        if (!statement.is_null(4)) {
            records.back().sides.push_back(
                {statement.text(4).front(), TrackId{id_of(statement, 5)}});
        }
    }
}

Result<std::optional<Track>> TrackRows::next() {
    std::optional<Track> track;
    while (!ended_) {
        if (!row_waiting_) {
            SPINDLE_TRY(const bool row, statement_.step());
            if (!row) {
                ended_ = true;
                break;
            }
        }
        row_waiting_ = false;
        const TrackId id{id_of(statement_, 0)};
        if (track && track->id != id) {
            row_waiting_ = true;
            break;
        }
        if (!track) {
            track.emplace();
            track->id = id;
            const auto audio = statement_.blob(1);
            std::copy_n(audio.begin(), std::min(audio.size(), track->sound.audio.size()),
                        track->sound.audio.begin());
            track->sound.duration = Seconds{statement_.real(2)};
            track->sound.codec = statement_.text(3);
            track->state = state_of(statement_, 4);
            track->added_at = statement_.integer(5);
        }
        if (!statement_.is_null(kTrackColumns)) {
            track->files.push_back(read_file(statement_, kTrackColumns));
        }
    }
    return track;
}

} // namespace spindle::store
