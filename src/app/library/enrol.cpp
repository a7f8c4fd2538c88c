// SPDX-License-Identifier: Apache-2.0
#include "app/library/enrol.h"

#include <algorithm>
#include <charconv>

#include "app/library/folding.h"
#include "app/library/library_writer.h"
#include "base/text.h"
#include "fingerprint/landmark_bytes.h"
#include "io/sha256.h"
#include "turntable/track_split.h"

namespace spindle::app {
namespace {

constexpr std::size_t kLongestName = 500; ///< bytes; a title is no novel
constexpr std::size_t kMostTracks = 99;

/// A name as one part of a path.
std::string part_of(const std::string& name) {
    std::string part = text::printable(name);
    std::replace_if(
        part.begin(), part.end(), [](char c) { return c == '/' || c == '\n' || c == '\t'; }, '_');
    return part.empty() ? "Unknown" : part;
}

std::string position_of(const EnrolledSide& side, std::size_t index) {
    return fmt::format("{}{}", side.side, index + 1);
}

Result<void> check(const EnrolledSide& side) {
    if (side.title.empty()) {
        return fail(Code::BadInput, "the record needs a title");
    }
    if (side.side < 'A' || side.side > 'Z') {
        return fail(Code::BadInput, "a side is called A to Z");
    }
    if (side.tracks.size() > kMostTracks) {
        return fail(Code::BadInput, "{} tracks: no side has more than {}", side.tracks.size(),
                    kMostTracks);
    }
    std::vector<std::string_view> names{side.artist, side.title};
    for (const EnrolTrack& track : side.tracks) {
        names.push_back(track.title);
    }
    for (const std::string_view name : names) {
        if (name.size() > kLongestName || !text::is_utf8(name)) {
            return fail(Code::BadInput, "{}: a name of at most {} bytes of UTF-8 is needed",
                        text::shortened(text::printable(name), 40), kLongestName);
        }
    }
    return {};
}

/// The record's folder: "vinyl:Artist/Title", of an earlier side if there is one.
Result<std::string> folder_of(store::LibraryStore& store, const EnrolledSide& side) {
    SPINDLE_TRY(const auto records, store.records());
    for (const store::Record& record : records) {
        if (store::is_on_vinyl(record.folder) && folded(record.artist) == folded(side.artist) &&
            folded(record.album) == folded(side.title)) {
            return record.folder;
        }
    }
    return fmt::format("{}{}/{}", store::kVinylPath, part_of(side.artist), part_of(side.title));
}

store::Tags tags_of(const EnrolledSide& side, const std::string& title, std::size_t index) {
    store::Tags tags;
    tags.title = title;
    tags.artist = tags.album_artist = side.artist;
    tags.album = side.title;
    tags.position = position_of(side, index);
    tags.track_number = static_cast<int>(index) + 1;
    return tags;
}

/// A sound without bytes is known by its landmarks.
store::AudioHash hash_of(std::span<const std::uint8_t> landmarks) {
    io::Sha256 sum;
    sum.update(std::as_bytes(landmarks));
    const std::string hex = sum.hex();
    store::AudioHash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) {
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, hash[i], 16);
    }
    return hash;
}

/// The files of this side, in order of playing.
Result<std::vector<store::TrackFile>> tracks_on(store::LibraryStore& store,
                                                const std::string& folder, char side) {
    std::vector<store::TrackFile> files;
    SPINDLE_TRY_VOID(store.each_file([&](const store::TrackFile& file) {
        if (is_within(file.path, folder) && file.tags.position.starts_with(side)) {
            files.push_back(file);
        }
        return true;
    }));
    std::sort(files.begin(), files.end(), store::plays_before);
    return files;
}

Result<RecordView> record_in(store::LibraryStore& store, const std::string& folder) {
    SPINDLE_TRY(auto records, store.records());
    for (store::Record& record : records) {
        if (record.folder == folder) {
            return view_of(store, std::move(record));
        }
    }
    return fail(Code::Failed, "{}: no record came of it", folder);
}

} // namespace

Result<EnrolTrack> parse_enrol_track(std::string_view word) {
    const auto at = word.rfind('@');
    EnrolTrack track;
    track.title = text::trimmed(word.substr(0, at));
    const bool has_time = at != std::string_view::npos && at + 1 < word.size() &&
                          word[at + 1] >= '0' && word[at + 1] <= '9';
    if (!has_time) { // "Love @ First Sight"
        track.title = text::trimmed(word);
        return track;
    }
    // Hours, minutes, seconds, from the right.
    std::string_view rest = word.substr(at + 1);
    double seconds = 0;
    int parts = 0;
    for (; parts < 3; ++parts) {
        const auto colon = rest.find(':');
        unsigned number = 0;
        const auto part = rest.substr(0, colon);
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error != std::errc() || end != part.data() + part.size() ||
            (parts > 0 && number >= 60)) {
            break;
        }
        seconds = seconds * 60 + number;
        if (colon == std::string_view::npos) {
            if (parts == 0) {
                break;
            }
            track.begins = Seconds{seconds};
            return track;
        }
        rest = rest.substr(colon + 1);
    }
    return fail(Code::BadInput,
                "{}: after the @ stands when the track begins, as in \"So What@9:22\"",
                text::printable(word));
}

Result<Enrolment> enrol_side(const Backends& backends, const std::filesystem::path& data_folder,
                             const EnrolledSide& side, const turntable::HeardSide& heard,
                             const ProgressSink& progress) {
    SPINDLE_TRY_VOID(check(side));
    std::vector<std::optional<Seconds>> begins;
    for (const EnrolTrack& track : side.tracks) {
        begins.push_back(track.begins);
    }
    SPINDLE_TRY(const auto stretches, turntable::split_tracks(heard, begins));
    if (stretches.size() > kMostTracks) {
        return fail(Code::BadInput, "{} gaps were heard: say what is on the side with --track",
                    stretches.size());
    }
    SPINDLE_TRY(auto writer, LibraryWriter::open(backends, data_folder));
    SPINDLE_TRY_VOID(writer->reconcile());
    SPINDLE_TRY(const auto folder, writer->with_store([&](store::LibraryStore& store) {
        return folder_of(store, side);
    }));
    SPINDLE_TRY(const auto before, writer->with_store([&](store::LibraryStore& store) {
        return tracks_on(store, folder, side.side);
    }));
    Enrolment enrolment;
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        HeardSound sound;
        sound.landmarks = turntable::landmarks_in(heard, stretches[i]);
        if (sound.landmarks.empty()) {
            return fail(Code::BadInput, "track {}: nothing was heard of it", i + 1);
        }
        sound.sound.duration = stretches[i].to - stretches[i].from;
        sound.sound.codec = "vinyl";
        sound.sound.audio = hash_of(fingerprint::landmark_bytes(sound.landmarks));
        paths.push_back(folder + "/" + position_of(side, i));
        const std::string title = i < side.tracks.size() ? side.tracks[i].title : "";
        SPINDLE_TRY(const TrackId track,
                    writer->take_enrolled(paths.back(), sound, tags_of(side, title, i)));
        enrolment.tracks.push_back(track);
        enrolment.begins.push_back(stretches[i].from - stretches.front().from);
        enrolment.lengths.push_back(sound.sound.duration);
    }
    std::vector<store::FileId> gone; // it had more tracks before
    for (const store::TrackFile& file : before) {
        if (std::find(paths.begin(), paths.end(), file.path) == paths.end()) {
            gone.push_back(file.id);
        }
    }
    SPINDLE_TRY_VOID(writer->remove_files(gone));
    SPINDLE_TRY_VOID(writer->finish(progress));
    SPINDLE_TRY(enrolment.record, writer->with_store([&](store::LibraryStore& store) {
        return record_in(store, folder);
    }));
    return enrolment;
}

Result<Enrolment> rename_side(const Backends& backends, const std::filesystem::path& data_folder,
                              const EnrolledSide& side, const ProgressSink& progress) {
    SPINDLE_TRY_VOID(check(side));
    SPINDLE_TRY(auto writer, LibraryWriter::open(backends, data_folder));
    Enrolment enrolment;
    const auto renamed = writer->with_store([&](store::LibraryStore& store) -> Result<std::string> {
        SPINDLE_TRY(const auto folder, folder_of(store, side));
        SPINDLE_TRY(const auto files, tracks_on(store, folder, side.side));
        if (files.empty()) {
            return fail(Code::NotFound,
                        "no side {} of {} by {} was enrolled; spindle library list "
                        "--records shows what is there",
                        side.side, side.title, side.artist);
        }
        if (files.size() != side.tracks.size()) {
            return fail(Code::BadInput, "side {} of {} has {} tracks, not {}", side.side,
                        side.title, files.size(), side.tracks.size());
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            SPINDLE_TRY_VOID(store.put_file(files[i].track, files[i].path, files[i].stamp,
                                            tags_of(side, side.tracks[i].title, i)));
            enrolment.tracks.push_back(files[i].track);
        }
        return folder;
    });
    if (!renamed) {
        return tl::unexpected(renamed.error());
    }
    SPINDLE_TRY_VOID(writer->finish(progress));
    SPINDLE_TRY(enrolment.record, writer->with_store([&](store::LibraryStore& store) {
        return record_in(store, *renamed);
    }));
    return enrolment;
}

Result<turntable::HeardSide> unknown_side(store::PlayStore& plays, std::int64_t unknown) {
    SPINDLE_TRY(const auto bytes, plays.unknown_sound(unknown));
    if (bytes.empty()) {
        return fail(
            Code::NotFound,
            "of unknown music {} only the time is kept: it was heard by an older Spindle, or "
            "long ago; play it again",
            unknown);
    }
    return turntable::heard_side_of_bytes(bytes);
}

} // namespace spindle::app
