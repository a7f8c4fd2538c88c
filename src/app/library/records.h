// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/library_store.h"

namespace spindle::app {

/// As much of a file as decides which record it is on.
struct RecordMember {
    store::FileId file;
    RecordId record; ///< where it is now; 0 = nowhere
    std::string path;
    std::string artist, album_artist, album;
    bool compilation = false;
};

/// Groups files into records: the same folder and the same album tag are one record. Disc folders
/// ("CD1", "Disc 2", "Side A") count as the folder above, and "(Disc 2)" at the end of an album tag
/// is left out. Without an album tag the folder's name is the album. Different album artists within
/// one folder and album are different records, unless the tag is merely missing on some files.
///
/// Records keep their ids (and so their sides) when folders are renamed or tags corrected: a group
/// continues the record most of its files were on.
///
/// Pure. @return only what changes; nothing if all is as it should be.
std::vector<store::LibraryStore::Formation> form_records(std::span<const RecordMember> members,
                                                         std::span<const store::Record> existing);

/// Reads all files from the store and brings its records up to date.
Result<void> settle_records(store::LibraryStore& store);

} // namespace spindle::app
