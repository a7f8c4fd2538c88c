// SPDX-License-Identifier: Apache-2.0
#include "app/play/library_sides.h"

#include <algorithm>
#include <utility>

#include "app/library/query.h"

namespace spindle::app {
namespace {

/// A box of a hundred discs is the most there is; a folder of ten thousand songs is no record.
constexpr std::size_t kMostTracks = 2000;

Result<void> add_sides(store::LibraryStore& store, RecordId id, TrackId track,
                       std::vector<turntable::Side>& sides) {
    SPINDLE_TRY(auto record, store.record(id));
    if (!record) {
        return {};
    }
    SPINDLE_TRY(const RecordView view, view_of(store, std::move(*record)));
    const auto& [ignored, files, letters] = view;
    if (files.size() > kMostTracks) {
        return {};
    }
    // Files of one side stand together in playing order; a disc without sides is one.
    turntable::Side side;
    int disc = 0;
    const auto finish = [&] {
        const bool has = std::any_of(side.tracks.begin(), side.tracks.end(),
                                     [&](const auto& one) { return one.track == track; });
        if (has) {
            sides.push_back(side);
        }
        side.tracks.clear();
    };
    for (std::size_t i = 0; i < files.size(); ++i) {
        const int of = files[i].tags.disc_number;
        if (i == 0 || letters[i] != side.letter || (letters[i] == 0 && of != disc)) {
            finish();
            side = {id, letters[i], {}};
            disc = of;
        }
        if (!side.tracks.empty() && side.tracks.back().track == files[i].track) {
            continue; // the same sound twice on the disk
        }
        SPINDLE_TRY(const auto sound, store.track(files[i].track));
        side.tracks.push_back({files[i].track, sound ? sound->sound.duration : Seconds{0}});
    }
    finish();
    return {};
}

} // namespace

Result<std::vector<turntable::Side>> sides_with(store::LibraryStore& store, TrackId track) {
    std::vector<turntable::Side> sides;
    SPINDLE_TRY(const auto found, store.track(track));
    if (!found) {
        return sides;
    }
    std::vector<RecordId> records;
    for (const store::TrackFile& file : found->files) {
        if (file.record.value != 0 &&
            std::find(records.begin(), records.end(), file.record) == records.end()) {
            records.push_back(file.record);
        }
    }
    for (const RecordId record : records) {
        SPINDLE_TRY_VOID(add_sides(store, record, track, sides));
    }
    return sides;
}

} // namespace spindle::app
