// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace spindle::testing {

/// What a simulated sound card does, in memory that the test and the plugin inside libasound share
/// (a file mapped by both, as arecord runs in another process). Everything may change at any time.
struct CardScript {
    enum Signal : int {
        Count, ///< the number of the frame, 15 bits in each of two channels: says exactly when
        Sine,  ///< 440 Hz at -12 dBFS
        Silence,
        LeftOnly, ///< the sine on the left, nothing on the right
    };
    /// Frame n sounds at epoch + n / (rate * speed), whether somebody records or not.
    std::atomic<std::int64_t> epoch_ns{0}; ///< CLOCK_BOOTTIME
    std::atomic<double> speed{1};
    std::atomic<int> signal{Count};
    std::atomic<int> only_rate{0}; ///< 0: any from 8000 to 192000
    std::atomic<int> channels{2};  ///< that it has
    std::atomic<int> bits{16};     ///< 16: S16_LE; 24: S24_3LE; 32: S32_LE

    // Faults. Numbers are positive errno values; 0 is none.
    std::atomic<int> open_error{0};
    std::atomic<int> run_error{0};    ///< of every call on an open device: -ENODEV is a pulled plug
    std::atomic<bool> stalled{false}; ///< runs, and gives nothing
    std::atomic<bool> output_stuck{false}; ///< what is to be played is not
    std::atomic<bool> dead_server{false};  ///< -EPIPE for ever, while prepare and start succeed
    std::atomic<int> overruns{0};          ///< to come; counted down
    std::atomic<int> suspends{0};          ///< likewise
    std::atomic<int> resume_answer{0};     ///< errno; 0 goes on
    std::atomic<bool> resume_lies{false};  ///< suspended for good, whatever resume answers
    std::atomic<bool> free_running{false}; ///< as ALSA's null: no time passes at all
    std::atomic<bool> untouched{false};    ///< says that it read, and writes nothing

    // Its mixer.
    std::atomic<int> line_on{1}, microphone_on{0};
    std::atomic<int> line_level{70};  ///< of 100
    std::atomic<int> input_source{1}; ///< 0: Mic, 1: Line

    // What happened.
    std::atomic<int> opens{0}, prepares{0}, starts{0}, reads{0}, resumes{0}, pointers{0};
    std::atomic<int> genuine_overruns{0};
    std::atomic<std::int64_t> played_frames{0};
};
static_assert(std::atomic<double>::is_always_lock_free);

} // namespace spindle::testing
