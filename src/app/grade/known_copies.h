// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audio/mono_stream.h"
#include "base/result.h"
#include "fingerprint/stream_identifier.h"
#include "grade/reference/comparison.h"
#include "grade/stereo.h"
#include "store/library_store.h"

namespace spindle::app {

/// A file that a recording may be compared with.
struct KnownCopy {
    std::filesystem::path path;
    std::string name;                    ///< "Artist - Title" where known, else the file's name
    std::optional<grade::CopyHint> hint; ///< where it lies in the recording, where that is known
};

/// Notices, while a recording is heard, which of the owner's tracks are in it: a glance at 10 s
/// every 5 s. A track counts when two glances agree on where it lies.
class KnownCopies {
public:
    /// @param index outlives this.
    static Result<KnownCopies> create(const fingerprint::Index& index, SampleRate rate);

    void feed(grade::StereoSpan block);

    /// Those heard whose file is there, in the order of the recording. Errors are the store's.
    Result<std::vector<KnownCopy>> finish(store::LibraryStore& store);

private:
    struct Sighting {
        TrackId track;
        double speed = 1;
        double offset = 0; ///< copy time = offset + speed * recording time
        Seconds at{0};
        int times = 1;
    };
    KnownCopies(const fingerprint::Index& index, audio::MonoStream mono);
    void note(const fingerprint::Heard& heard);

    audio::MonoStream mono_;
    fingerprint::StreamIdentifier identifier_;
    std::vector<float> interleaved_;
    std::vector<Sighting> sightings_;
};

} // namespace spindle::app
