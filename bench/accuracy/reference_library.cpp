// SPDX-License-Identifier: Apache-2.0
#include "accuracy/reference_library.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "accuracy/sound.h"
#include "fingerprint/index_writer.h"
#include "fingerprint/segment_format.h"
#include "io/file.h"

namespace spindle::accuracy {
namespace {

constexpr std::uint64_t kMostListBytes = 16U << 20U;

/// What an index was made of and how: of the same list it is the same index.
std::string list_of(const std::vector<material::CorpusTrack>& tracks) {
    std::string list = fmt::format("index {}.{}\n", fingerprint::format::kVersion,
                                   fingerprint::format::kParameterVersion);
    for (const auto& track : tracks) {
        list += track.path + "\n";
    }
    return list;
}

Result<void> build(const std::filesystem::path& corpus,
                   const std::vector<material::CorpusTrack>& tracks,
                   const std::filesystem::path& folder, unsigned jobs) {
    SPINDLE_TRY(auto writer, fingerprint::IndexWriter::open(folder));
    std::atomic<std::size_t> done = 0;
    SPINDLE_TRY_VOID(in_parallel(tracks.size(), jobs, [&](std::size_t i) -> Result<void> {
        SPINDLE_TRY(const auto sound, read_sound(corpus / tracks[i].path));
        const auto landmarks = landmarks_of(sound, fingerprint::Density::Reference);
        const Seconds duration(static_cast<double>(sound.size()) / fingerprint::kLandmarkRate.hz);
        const TrackId track{static_cast<std::uint32_t>(i + 1)};
        if (auto added = writer.add(track, landmarks, duration); !added) {
            return added;
        }
        if (++done % 50 == 0) {
            fmt::print(stderr, "indexed {} of {} tracks\n", done.load(), tracks.size());
        }
        return {};
    }));
    return writer.commit();
}

} // namespace

Result<void> in_parallel(std::size_t count, unsigned jobs,
                         const std::function<Result<void>(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::optional<Error> error;
    const auto run = [&] {
        for (std::size_t i = 0; (i = next++) < count;) {
            if (auto done = work(i); !done) {
                const std::lock_guard lock(mutex);
                error = std::move(done.error());
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned job = 0; job < std::max(jobs, 1U); ++job) {
            threads.emplace_back(run);
        }
    }
    return error ? Result<void>(tl::unexpected(std::move(*error))) : Result<void>{};
}

Result<ReferenceLibrary> open_library(const material::Manifest& corpus,
                                      const std::filesystem::path& folder, unsigned jobs) {
    std::vector<material::CorpusTrack> tracks;
    std::copy_if(corpus.tracks.begin(), corpus.tracks.end(), std::back_inserter(tracks),
                 [](const auto& track) { return track.role == material::Role::Known; });
    // The list is written last: without it, or with another, the index is begun again.
    const auto list_file = folder / "tracks.txt";
    const auto list = io::read_file(list_file, kMostListBytes);
    if (!list || *list != list_of(tracks)) {
        std::error_code ignored;
        for (const auto& item : std::filesystem::directory_iterator(folder, ignored)) {
            const std::string name = item.path().filename().string();
            if (name.ends_with(".seg") || name.ends_with(".jnl") || name == "MANIFEST") {
                std::filesystem::remove(item.path(), ignored);
            }
        }
        SPINDLE_TRY_VOID(build(corpus.folder, tracks, folder, jobs));
        SPINDLE_TRY_VOID(io::write_atomically(list_file, list_of(tracks)));
    }
    SPINDLE_TRY(auto index, fingerprint::FileIndex::open(folder));
    std::map<std::string, TrackId> by_path;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        by_path[tracks[i].path] = TrackId{static_cast<std::uint32_t>(i + 1)};
    }
    return ReferenceLibrary{corpus.folder, std::move(tracks), std::move(by_path), std::move(index)};
}

} // namespace spindle::accuracy
