// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "audio/capture.h"
#include "audio/level_meter.h"
#include "base/result.h"
#include "base/wall_time.h"
#include "fingerprint/file_index.h"
#include "grade/grader.h"
#include "store/grade_store.h"
#include "store/library_store.h"
#include "store/play_store.h"
#include "turntable/listener.h"

namespace spindle::app {

/// A track as the library calls it.
struct TrackNames {
    std::string artist, title, album;
    std::string recording_mbid, release_mbid; ///< MusicBrainz; may be empty
    std::string position;                     ///< "A1"; may be empty
};

// What happens while listening, for whoever shows or passes it on.

struct NowHeard {
    turntable::NowPlaying playing;
    TrackNames names;
    std::string next_title; ///< what the side has next; may be empty
    BootTime at{};
};
/// A track has ended and is in the store.
struct PlayKept {
    store::StoredPlay play;
    TrackNames names;
    BootTime started{}; ///< for services, when the clock was not set
};
struct NeedleMoved {
    bool down = false;
    BootTime at{};
};
struct SideEnded {
    store::StoredSide side;
};
struct UnknownKept {
    store::StoredUnknown unknown;
    std::vector<std::uint8_t> heard{}; ///< turntable::to_bytes()
};
struct GrooveLocked {
    turntable::LockedGroove groove;
    TrackNames names;
};
/// A side that was heard to its end was graded, and the grading kept.
struct SideGraded {
    store::StoredGrading grading;
    grade::GradeReport report;
};
/// Of the source: the device is gone, back, stalled; sound was lost.
struct SourceNote {
    audio::CaptureEvent event = audio::CaptureEvent::Sound;
    std::string note;
    Seconds lost{0};
};
using ListeningEvent = std::variant<NowHeard, PlayKept, NeedleMoved, SideEnded, UnknownKept,
                                    GrooveLocked, SideGraded, SourceNote>;

/// What is going on, about once a second.
struct ListeningStatus {
    turntable::Status status;
    std::optional<NowHeard> now;
    std::vector<audio::ChannelLevel> levels; ///< of the last second
    std::uint64_t blocks = 0;
    BootTime at{}; ///< when status.at was
};

struct ListeningReport {
    int plays = 0;
    int unknown = 0;
    Seconds heard{0};
    Seconds lost{0};
    bool interrupted = false;
};

struct ListeningSinks {
    /// Called on the listening thread; must not wait long (the capture keeps 10 s).
    std::function<void(const ListeningEvent&)> event;
    std::function<void(const ListeningStatus&)> status; ///< may be empty
};

/// Listens to a source until it ends or is stopped: names what plays, keeps plays, sides and
/// unknown music in the store with the times they sounded (capture times, not the time they were
/// known), and tells what happens. A library that grows is heard from the next side on.
///
/// A store that fails does not end it: what could not be kept is told in a SourceNote and tried
/// again with the next event; at most `kMostUnkept` wait.
class Listening {
public:
    static constexpr std::size_t kMostUnkept = 1000;

    /// All must outlive it. @param index_folder as app::index_folder.
    Listening(std::filesystem::path index_folder, store::LibraryStore& library,
              store::PlayStore& plays, ClockSources clocks,
              const turntable::ListenerOptions& options = {});
    ~Listening();

    /// Grades each side that is heard, too, and keeps that: 20 MB more for 20 minutes. Before
    /// run(); both must outlive it.
    void grade_with(const grade::GradeModels& models, store::GradeStore& gradings);

    /// All of it: begin(), hear() for what the source gives, end().
    /// Errors: no index or a damaged one; the source's own that end it (not Code::Cancelled: that
    /// is in the report).
    Result<ListeningReport> run(audio::Capture& capture, const ListeningSinks& sinks);

    // Piece by piece instead, as a distant ear sends them (distant_ears.h); sides are not graded.

    /// Once, first. Errors: no index or a damaged one.
    Result<void> begin();
    /// @param end when the piece ended. Errors: the index changed and cannot be read.
    Result<void> hear(const turntable::Heard& heard, BootTime end, const ListeningSinks& sinks);
    ListeningStatus status() const;
    /// What happened and could not be kept yet.
    std::size_t waiting() const;
    /// The needle is up and all that was played is kept: what comes does not need what was before.
    bool is_settled() const;
    /// Nothing follows: what plays ends here.
    ListeningReport end(const ListeningSinks& sinks);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::app
