// SPDX-License-Identifier: Apache-2.0
#include "app/library/query.h"

#include <charconv>
#include <filesystem>

#include "app/library/folding.h"
#include "base/text.h"

namespace spindle::app {
namespace {

std::optional<std::uint32_t> number_of(std::string_view word) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || number == 0) {
        return std::nullopt;
    }
    return number;
}

bool contains(std::string_view text, std::string_view folded_word) {
    return folded(text).find(folded_word) != std::string::npos;
}

bool matches(const store::TrackFile& file, std::string_view word) {
    return contains(file.tags.title, word) || contains(file.tags.artist, word) ||
           contains(file.tags.album, word) || contains(file.path, word);
}

/// The path as the store has it: absolute, links in its folders resolved.
std::string stored_path(const std::string& word) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(word, error).lexically_normal();
    const auto folder = std::filesystem::weakly_canonical(absolute.parent_path(), error);
    return (error ? absolute : folder / absolute.filename()).string();
}

} // namespace

std::string title_of(const store::TrackFile& file) {
    return file.tags.title.empty() ? text::to_utf8(std::filesystem::path(file.path).stem().string())
                                   : file.tags.title;
}

std::optional<RecordId> record_id_of(std::string_view word) {
    if (!word.starts_with('R') && !word.starts_with('r')) {
        return std::nullopt;
    }
    const auto number = number_of(word.substr(1));
    return number ? std::optional(RecordId{*number}) : std::nullopt;
}

std::optional<TrackId> track_id_of(std::string_view word) {
    const auto number = number_of(word);
    return number ? std::optional(TrackId{*number}) : std::nullopt;
}

Result<RecordView> view_of(store::LibraryStore& store, store::Record record) {
    RecordView view;
    view.record = std::move(record);
    SPINDLE_TRY(view.files, store.files_of(view.record.id));
    view.sides = store::sides_of(view.record, view.files);
    return view;
}

Result<Found> find(store::LibraryStore& store, const std::string& word, std::size_t limit) {
    Found found;
    if (const auto id = track_id_of(word)) {
        SPINDLE_TRY(auto track, store.track(*id));
        if (track && !track->files.empty()) {
            found.tracks.push_back(std::move(*track));
            return found;
        }
    }
    if (const auto id = record_id_of(word)) {
        SPINDLE_TRY(auto record, store.record(*id));
        if (record) {
            SPINDLE_TRY(auto view, view_of(store, std::move(*record)));
            found.records.push_back(std::move(view));
            return found;
        }
    }
    for (const std::string& path : {word, stored_path(word)}) {
        SPINDLE_TRY(const auto file, store.file_at(path));
        if (file) {
            SPINDLE_TRY(auto track, store.track(file->track));
            found.tracks.push_back(std::move(*track));
            return found;
        }
    }
    const std::string wanted = folded(word);
    if (wanted.empty()) {
        return found;
    }
    SPINDLE_TRY_VOID(store.each_track([&](const store::Track& track) {
        for (const store::TrackFile& file : track.files) {
            if (matches(file, wanted)) {
                found.tracks.push_back(track);
                break;
            }
        }
        return found.tracks.size() < limit;
    }));
    SPINDLE_TRY(auto records, store.records());
    for (store::Record& record : records) {
        if (found.records.size() < limit && contains(record.artist + " " + record.album, wanted)) {
            SPINDLE_TRY(auto view, view_of(store, std::move(record)));
            found.records.push_back(std::move(view));
        }
    }
    return found;
}

Result<RecordView> find_record(store::LibraryStore& store, const std::string& word) {
    auto id = record_id_of(word);
    if (!id) {
        if (const auto number = number_of(word)) {
            id = RecordId{*number};
        }
    }
    if (id) {
        SPINDLE_TRY(auto record, store.record(*id));
        if (record) {
            return view_of(store, std::move(*record));
        }
    }
    const std::string wanted = folded(word);
    SPINDLE_TRY(auto records, store.records());
    std::vector<store::Record> matching;
    for (store::Record& record : records) {
        if (!wanted.empty() && contains(record.artist + " " + record.album, wanted)) {
            matching.push_back(std::move(record));
        }
    }
    if (matching.empty()) {
        return fail(Code::NotFound,
                    "no record is called {}; spindle library list --records shows all", word);
    }
    if (matching.size() > 1) {
        std::string names;
        for (std::size_t i = 0; i < matching.size() && i < 10; ++i) {
            names += fmt::format("{}R{} {} - {}", i == 0 ? "" : "; ", matching[i].id.value,
                                 matching[i].artist, matching[i].album);
        }
        return fail(Code::BadInput, "{} records match {}: {}", matching.size(), word, names);
    }
    return view_of(store, std::move(matching.front()));
}

} // namespace spindle::app
