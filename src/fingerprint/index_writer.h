// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// Adds tracks to and removes them from an index folder (layout: FORMAT.md). One writer at a time
/// across all processes (Code::Busy otherwise); readers are never disturbed and see each commit
/// whole.
///
/// A kill at any moment loses at most the track being added: every added or removed track is in the
/// journal before add() or remove() returns, and the next writer carries the journal on.
/// Thread-safe: several threads may add.
class IndexWriter {
public:
    /// Opens or creates the index in `folder`; picks up the journal a killed writer left behind.
    static Result<IndexWriter> open(const std::filesystem::path& folder);
    ~IndexWriter();
    IndexWriter(IndexWriter&&) noexcept;
    IndexWriter& operator=(IndexWriter&&) noexcept;

    /// Adds a track, or replaces it. `landmarks` of Density::Reference, in order of time.
    Result<void> add(TrackId track, std::span<const Landmark> landmarks, Seconds duration);

    /// Removes a track; unknown tracks are no error.
    Result<void> remove(TrackId track);

    /// Every track now in the index (journal included), ascending.
    std::vector<TrackId> tracks() const;

    /// Makes all journalled changes visible to new readers, merging segments where that pays.
    /// Calls itself when the journal has grown large; call it when done.
    Result<void> commit(const ProgressSink& progress = {});

private:
    struct State;
    explicit IndexWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::fingerprint
