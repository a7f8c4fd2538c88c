// SPDX-License-Identifier: Apache-2.0
#include "app/library/verify.h"

#include <cerrno>
#include <chrono>
#include <set>
#include <unordered_map>

#include <fcntl.h>
#include <unistd.h>

#include "app/library/sound_reader.h"
#include "fingerprint/file_index.h"
#include "fingerprint/landmark_bytes.h"

namespace spindle::app {
namespace {

/// The tracks of an index, by walking its timeline.
std::set<TrackId> tracks_of(const fingerprint::Index& index) {
    std::set<TrackId> tracks;
    for (std::uint32_t moment = 0; moment < index.moments();) {
        const auto place = index.place(moment);
        if (place) {
            tracks.insert(place->track);
        }
        const auto end = place ? place->start + place->length : moment + 1;
        moment = std::max(moment + 1, end);
    }
    return tracks;
}

void check_index(const std::filesystem::path& folder,
                 const std::vector<std::pair<TrackId, store::IndexState>>& states,
                 std::vector<Trouble>& findings) {
    const auto found = [&](Code code, std::string text) {
        findings.push_back({folder.string(), {code, folder.string() + ": " + std::move(text)}});
    };
    auto index = fingerprint::FileIndex::open(folder);
    if (!index) {
        findings.push_back({folder.string(), index.error()});
        return;
    }
    if (const auto whole = index->verify(); !whole) {
        findings.push_back({folder.string(), whole.error()});
        return;
    }
    const auto indexed = tracks_of(*index);
    std::set<TrackId> known;
    std::size_t unindexed = 0;
    for (const auto& [track, state] : states) {
        known.insert(track);
        unindexed += indexed.contains(track) ? 0 : 1;
    }
    std::size_t unknown = 0;
    for (const TrackId track : indexed) {
        unknown += known.contains(track) ? 0 : 1;
    }
    if (unindexed > 0) {
        found(Code::Failed,
              fmt::format("{} tracks are not in the index; run spindle library add", unindexed));
    }
    if (unknown > 0) {
        found(Code::Failed,
              fmt::format("{} tracks of the index are not in the library; run spindle library add",
                          unknown));
    }
}

Result<void> check_file(const store::KnownFile& file) {
    struct stat status {};
    if (::stat(file.path.c_str(), &status) != 0) {
        return tl::unexpected(system_error(file.path, errno));
    }
    const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return tl::unexpected(system_error(file.path, errno));
    }
    ::close(descriptor);
    if (stamp_of(status) != file.stamp) {
        return fail(Code::Failed, "{}: has changed; run spindle library add", file.path);
    }
    return {};
}

/// What is kept of a record instead of a file.
void check_enrolled(store::LibraryStore& store, const store::KnownFile& file,
                    std::vector<Trouble>& findings) {
    const auto kept = store.kept_landmarks(file.track);
    const auto read =
        kept ? fingerprint::landmarks_of_bytes(*kept)
             : Result<std::vector<fingerprint::Landmark>>(tl::unexpected(kept.error()));
    if (!read || read->empty()) {
        findings.push_back({file.path,
                            {Code::BadInput, file.path + ": nothing is kept of it; play the record "
                                                         "again with spindle library enrol"}});
    }
}

} // namespace

Result<VerifyReport> verify_library(const Backends& backends,
                                    const std::filesystem::path& data_folder, Depth depth,
                                    const ProgressSink& progress, const std::stop_token& stop) {
    SPINDLE_TRY(auto store, backends.open_library(data_folder, store::Access::Read));
    VerifyReport report;
    SPINDLE_TRY(const auto damage, store->check());
    for (const std::string& finding : damage) {
        const auto name = (data_folder / "library.db").string();
        report.findings.push_back({name, {Code::BadInput, fmt::format("{}: {}", name, finding)}});
    }
    SPINDLE_TRY(const auto states, store->track_states());
    report.tracks = states.size();
    check_index(index_folder(data_folder), states, report.findings);

    SPINDLE_TRY(const auto files, store->known_files());
    const auto begun = std::chrono::steady_clock::now();
    RemainingTime remaining;
    double total = 0;
    double done = 0;
    for (const store::KnownFile& file : files) {
        if (store::is_on_vinyl(file.path)) {
            ++report.vinyl;
            check_enrolled(*store, file, report.findings);
        }
        total += static_cast<double>(file.stamp.size);
    }
    for (const store::KnownFile& file : files) {
        if (store::is_on_vinyl(file.path)) {
            continue;
        }
        if (stop.stop_requested()) {
            report.interrupted = true;
            break;
        }
        if (progress) {
            progress({"checking", std::filesystem::path(file.path).filename().string(),
                      report.files, files.size(),
                      remaining.estimate(std::chrono::steady_clock::now() - begun, done, total)});
        }
        ++report.files;
        done += static_cast<double>(file.stamp.size);
        if (const auto sound = check_file(file); !sound) {
            report.findings.push_back({file.path, sound.error()});
            continue;
        }
        if (depth == Depth::Deep) {
            const auto hash = hash_of(file.path, stop);
            SPINDLE_TRY(const auto track, store->track(file.track));
            if (!hash && hash.error().code == Code::Cancelled) {
                report.interrupted = true;
                break;
            }
            if (!hash) {
                report.findings.push_back({file.path, hash.error()});
            } else if (track && track->sound.audio != *hash) {
                report.findings.push_back(
                    {file.path,
                     {Code::BadInput, file.path +
                                          ": its sound is not what was added, although size "
                                          "and time are; the disk may be failing"}});
            }
        }
    }
    return report;
}

} // namespace spindle::app
