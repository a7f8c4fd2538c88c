// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "app/play/heard_batch.h"
#include "audio/capture.h"
#include "base/result.h"
#include "base/wall_time.h"

namespace spindle::app {

/// How batches get to the machine with the library. Called on one thread; may take its time.
struct EarLine {
    /// @return the number of the piece that is wanted next: all before it is safe there.
    /// Code::Failed and Code::Busy: cannot be reached now, tried again. Any other error ends the
    /// ear: it is not let in, or does not speak this language.
    std::function<Result<std::uint64_t>(const std::string& stream, const HeardBatch& batch,
                                        const std::stop_token& stop)>
        send;
    /// The stream is over; errors likewise. Asking twice is no error.
    std::function<Result<void>(const std::string& stream, const std::stop_token& stop)> end;
};

struct DistantEarOptions {
    Seconds batch{5};         ///< of sound in one batch while all is well
    Seconds first_wait{2};    ///< before a failed batch is tried again, doubled each time ...
    Seconds longest_wait{60}; ///< ... up to this
    /// After the source has ended: for what is still to be sent. What remains goes with the next
    /// run.
    Seconds patience{10};
};

struct DistantEarReport {
    Seconds heard{0};
    std::uint64_t sent = 0;  ///< pieces that are safe there
    std::size_t waiting = 0; ///< batches on the disk that go with the next run
    std::size_t dropped = 0; ///< batches that were older than the disk may hold
    bool interrupted = false;
};

/// Remarks for the owner: the line is gone, or back; the source's own. On either thread, one at a
/// time.
using EarNote = std::function<void(const std::string&)>;

/// The ear of a small box: hears a source until it ends and sends what it heard (landmarks and
/// levels, never sound) to the machine with the library. What cannot be sent waits on the disk,
/// hours of it, and is sent in order when the line is back, after the next start, too. A kill loses
/// what was heard in the last seconds, at most DistantEarOptions::batch, if it had not gone out.
///
/// Threads: the caller's hears; one of its own sends.
/// @param folder where streams wait; one process at a time (Code::Busy)
/// Errors: the source's own, but for the stop; those of the line that do not pass; the disk.
Result<DistantEarReport> hear_for(const EarLine& line, const std::filesystem::path& folder,
                                  audio::Capture& capture, const ClockSources& clocks,
                                  const DistantEarOptions& options, const EarNote& note);

} // namespace spindle::app
