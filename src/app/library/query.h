// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/library_store.h"

namespace spindle::app {

/// A record with its files in playing order and the side of each (0 = not known).
struct RecordView {
    store::Record record;
    std::vector<store::TrackFile> files;
    std::vector<char> sides;
};

/// What a name on the command line may stand for.
struct Found {
    std::vector<store::Track> tracks;
    std::vector<RecordView> records;
};

/// The title for a person: the tag, else the file's name without its extension.
std::string title_of(const store::TrackFile& file);

/// "R12" or "r12" -> 12.
std::optional<RecordId> record_id_of(std::string_view word);
/// "12" -> 12.
std::optional<TrackId> track_id_of(std::string_view word);

Result<RecordView> view_of(store::LibraryStore& store, store::Record record);

/// Finds what `word` names: a track by number ("12"), a record by number ("R3"), a file by its
/// path, else tracks with the word in title, artist, album or path and records with it in artist or
/// album, whatever case and accents. At most `limit` of each.
Result<Found> find(store::LibraryStore& store, const std::string& word, std::size_t limit);

/// The one record that `word` names, by number or by part of its artist and album. NotFound when
/// there is none; BadInput lists them when there are several.
Result<RecordView> find_record(store::LibraryStore& store, const std::string& word);

} // namespace spindle::app
