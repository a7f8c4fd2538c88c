// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/backends.h"
#include "app/play/heard_batch.h"
#include "app/play/listening.h"
#include "base/result.h"

namespace spindle::app {

/// What a box is told when its batch was taken.
struct EarAnswer {
    std::uint64_t next = 0;      ///< number of the piece that is wanted next: all before is safe
    std::optional<NowHeard> now; ///< what plays, as far as is known
};

/// What the machine with the library does with what distant ears send: listens to each stream, as
/// to a turntable of its own, and keeps its plays. Thread-safe, one batch at a time.
///
/// A batch is on the disk before it is answered, and stays there until the needle is up and all it
/// brought is kept; after a kill the rest is heard again, and what was kept is not kept twice
/// (PlayStore). So a batch may be sent as often as the box likes.
class DistantEars {
public:
    static constexpr std::size_t kMostStreams = 8; ///< at a time; a box has one
    /// A stream of which nothing came for so long is over.
    static constexpr Seconds kForgotten{12 * 3600};

    using EventSink = std::function<void(const std::string& box, const ListeningEvent& event)>;
    using StatusSink = std::function<void(const std::string& box, const ListeningStatus& status)>;

    /// @param folder where batches are kept. @param event, @param status on the thread of take();
    /// status may be empty.
    DistantEars(const Backends& backends, std::filesystem::path data_folder,
                std::filesystem::path folder, EventSink event, StatusSink status);
    ~DistantEars();
    DistantEars(const DistantEars&) = delete;
    DistantEars& operator=(const DistantEars&) = delete;

    /// Once, first: takes up the streams that were not over when this program ended. What cannot be
    /// is told as an event, and left where it is.
    Result<void> resume();

    /// @param box who sends; its streams come one after the other. @param stream its name, 41
    /// characters as hear_for() makes them. @param now of this machine's clock.
    /// Code::BadInput: no name of a stream; a gap: the batch begins after what is wanted.
    /// Code::Busy for too many streams. Else those of the disk, the store and the index; then the
    /// batch is not taken, and may be sent again.
    Result<EarAnswer> take(const std::string& box, const std::string& stream, HeardBatch batch,
                           UtcTime now);

    /// The stream is over: what played is kept. One that is not known was ended before.
    Result<void> end(const std::string& box, const std::string& stream);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::app
