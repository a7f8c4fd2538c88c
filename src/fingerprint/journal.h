// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/landmark.h"
#include "io/output_file.h"

namespace spindle::fingerprint {

/// What is to become of a track at the next commit.
struct PendingTrack {
    std::vector<Landmark> landmarks;
    Seconds duration{0};
};
/// Changes since the last commit; an empty optional is a removal.
using PendingTracks = std::map<TrackId, std::optional<PendingTrack>>;

/// The changes since the last commit, on disk, one checksummed record each (FORMAT.md, "journal").
/// A record is whole or, when the writer was killed inside it, not there.
class Journal {
public:
    /// Opens or creates; reads what is there into `pending` and cuts off a torn last record.
    static Result<Journal> open(const std::filesystem::path& path, PendingTracks& pending);

    Result<void> add(TrackId track, std::span<const Landmark> landmarks, Seconds duration);
    Result<void> remove(TrackId track);
    std::uint64_t bytes() const { return file_.size(); }

private:
    explicit Journal(io::OutputFile file) : file_(std::move(file)) {}
    Result<void> append(const std::vector<std::byte>& payload);
    io::OutputFile file_;
    std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

/// Reads the records of a journal's bytes; returns how many bytes are whole records. Pure, for
/// tests and fuzzing.
std::size_t read_journal(std::span<const std::byte> bytes, PendingTracks& pending);

} // namespace spindle::fingerprint
