// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/library.h"
#include "store/sqlite/database.h"

// How rows of the schema become values and back.
namespace spindle::store {

extern const std::string_view kSelectFile;   ///< read_file(statement, 0) reads a row
extern const std::string_view kSelectTrack;  ///< a track joined with its files: TrackRows
extern const char* const kTrackOrder;        ///< what TrackRows needs
extern const std::string_view kSelectRecord; ///< a record joined with its sides: read_records
extern const char* const kRecordOrder;
extern const std::string_view kUpsertFile; ///< track, path, size, mtime, then bind_tags

std::uint32_t id_of(const Statement& row, int column);
IndexState state_of(const Statement& row, int column);
TrackFile read_file(const Statement& row, int first_column);
KnownFile read_known_file(const Statement& row);
Problem read_problem(const Statement& row);
void bind_tags(Statement& statement, const Tags& tags);
Result<std::vector<Record>> read_records(Statement& statement);

/// Joins consecutive rows of one track into a Track.
class TrackRows {
public:
    explicit TrackRows(Statement& statement) : statement_(statement) {}
    /// The next track, or nothing at the end.
    Result<std::optional<Track>> next();

private:
    Statement& statement_;
    bool row_waiting_ = false;
    bool ended_ = false;
};

} // namespace spindle::store
