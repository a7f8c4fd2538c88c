// SPDX-License-Identifier: Apache-2.0
#include "app/collection/copy_records.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "app/collection/copy_plays.h"

namespace spindle::app {

Result<std::vector<RecordId>> records_of_copies(std::span<const store::Copy> copies,
                                                store::LibraryStore& library) {
    std::vector<RecordId> found(copies.size());
    if (copies.empty()) {
        return found;
    }
    SPINDLE_TRY(const auto records, library.records());
    std::unordered_map<std::string, RecordId> by_name;
    for (const store::Record& record : records) {
        if (std::string key = album_key(record.artist, record.album); !key.empty()) {
            by_name.emplace(std::move(key), record.id);
        }
    }
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const auto record = by_name.find(album_key(copies[i].artist, copies[i].title));
        found[i] = record == by_name.end() ? RecordId{} : record->second;
    }
    return found;
}

Result<std::optional<RecordId>> record_called(std::string_view artist, std::string_view title,
                                              store::LibraryStore& library) {
    const std::string key = album_key(artist, title);
    if (key.empty()) {
        return std::nullopt;
    }
    SPINDLE_TRY(const auto records, library.records());
    const auto record = std::find_if(records.begin(), records.end(), [&](const auto& one) {
        return album_key(one.artist, one.album) == key;
    });
    return record == records.end() ? std::nullopt : std::optional(record->id);
}

} // namespace spindle::app
