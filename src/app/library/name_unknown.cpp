// SPDX-License-Identifier: Apache-2.0
#include "app/library/name_unknown.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "app/library/library_writer.h"
#include "fingerprint/landmark_bytes.h"

namespace spindle::app {
namespace {

using store::Milliseconds;

Result<store::StoredUnknown> session(store::PlayStore& plays, std::int64_t unknown) {
    SPINDLE_TRY(const auto all, plays.unknown(std::numeric_limits<Milliseconds>::min(),
                                              std::numeric_limits<Milliseconds>::max()));
    for (const store::StoredUnknown& one : all) {
        if (one.id == unknown) {
            return one;
        }
    }
    return fail(Code::NotFound, "no unknown music has the number {}", unknown);
}

/// What was heard, so that it can be divided. Music that falls as low as its groove all the time
/// has no level that tells a pause; that it was music the gate has told. Then nothing counts as a
/// pause: it is one track, unless the owner says when others begin.
Result<turntable::HeardSide> divisible_side(store::PlayStore& plays, std::int64_t unknown) {
    SPINDLE_TRY(auto heard, unknown_side(plays, unknown));
    if (!turntable::split_tracks(heard, {})) {
        heard.levels.clear();
    }
    return heard;
}

/// Do these landmarks come from what was heard? Pitches of all of them, in one row.
bool is_part_of(const turntable::HeardSide& heard, std::span<const std::uint8_t> kept) {
    const auto part = fingerprint::landmarks_of_bytes(kept);
    return part && !part->empty() &&
           std::search(heard.landmarks.begin(), heard.landmarks.end(), part->begin(), part->end(),
                       [](const auto& a, const auto& b) { return a.pitch == b.pitch; }) !=
               heard.landmarks.end();
}

/// The files of the side that is called so, if they were enrolled from what was heard: another
/// playing of it may have taken their place since, and stays.
Result<std::vector<store::FileId>> enrolled_as(store::LibraryStore& store, const std::string& name,
                                               const turntable::HeardSide& heard) {
    std::vector<store::FileId> files;
    SPINDLE_TRY(const auto records, store.records());
    for (const store::Record& record : records) {
        if (!store::is_on_vinyl(record.folder)) {
            continue;
        }
        SPINDLE_TRY(const auto tracks, store.files_of(record.id));
        for (const store::TrackFile& file : tracks) {
            const char letter = file.tags.position.empty() ? 'A' : file.tags.position.front();
            if (name_of(EnrolledSide{record.artist, record.album, letter, {}}) == name) {
                SPINDLE_TRY(const auto kept, store.kept_landmarks(file.track));
                if (is_part_of(heard, kept)) {
                    files.push_back(file.id);
                }
            }
        }
    }
    return files;
}

/// Takes away what was enrolled under another name.
Result<void> forget(const Backends& backends, const std::filesystem::path& data_folder,
                    const std::string& name, const turntable::HeardSide& heard,
                    const ProgressSink& progress) {
    SPINDLE_TRY(auto writer, LibraryWriter::open(backends, data_folder));
    SPINDLE_TRY(const auto files, writer->with_store([&](store::LibraryStore& store) {
        return enrolled_as(store, name, heard);
    }));
    if (files.empty()) {
        return {};
    }
    SPINDLE_TRY_VOID(writer->remove_files(files));
    return writer->finish(progress);
}

} // namespace

std::string name_of(const EnrolledSide& side) {
    const std::string record =
        side.artist.empty() ? side.title : fmt::format("{} - {}", side.artist, side.title);
    return side.artist.empty() && side.side == 'A' ? record
                                                   : fmt::format("{}, side {}", record, side.side);
}

Result<NamedUnknown> name_unknown(const Backends& backends,
                                  const std::filesystem::path& data_folder, store::PlayStore& plays,
                                  std::int64_t unknown, const EnrolledSide& side,
                                  const ProgressSink& progress) {
    NamedUnknown named;
    SPINDLE_TRY(named.unknown, session(plays, unknown));
    const std::string old_name = std::exchange(named.unknown.name, name_of(side));
    const auto heard = divisible_side(plays, unknown);
    if (heard) {
        SPINDLE_TRY(named.enrolment, enrol_side(backends, data_folder, side, *heard, progress));
        if (!old_name.empty() && old_name != named.unknown.name) {
            SPINDLE_TRY_VOID(forget(backends, data_folder, old_name, *heard, progress));
        }
    } else {
        named.because = heard.error().message;
    }
    SPINDLE_TRY_VOID(plays.name_unknown(unknown, named.unknown.name));
    return named;
}

Result<UnknownTracks> unknown_tracks(store::PlayStore& plays, std::int64_t unknown) {
    UnknownTracks found;
    SPINDLE_TRY(found.unknown, session(plays, unknown));
    const auto heard = divisible_side(plays, unknown);
    if (!heard) {
        return found;
    }
    if (auto tracks = turntable::split_tracks(*heard, {}); tracks && !tracks->empty()) {
        const Seconds begin = tracks->front().from;
        for (turntable::TrackStretch& track : *tracks) {
            track.from -= begin;
            track.to -= begin;
        }
        found.tracks = std::move(*tracks);
    }
    return found;
}

} // namespace spindle::app
