// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audio/level_meter.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

/// What is wrong with a signal, whatever music is in it.
enum class SignalFault {
    Silence,     ///< every sample is exactly 0: muted, or an input to which nothing leads
    Stuck,       ///< every sample is the same value that is not 0: the converter does not run
    DeadChannel, ///< one channel is silent while the other plays
    Clipping,    ///< tops are cut off at full scale
    Offset,      ///< the middle of the wave is not at 0
    Hum,         ///< mains: 50 or 60 Hz and its multiples, always there
};

/// "silence", "stuck", "dead_channel", "clipping", "offset", "hum"
std::string_view name_of(SignalFault fault);

struct SignalFinding {
    SignalFault fault = SignalFault::Silence;
    int channel = -1; ///< 0 left, 1 right; -1: all
    double value =
        0; ///< Clipping: samples; Offset: part of full scale; Hum: dBFS; else rms in dBFS
    std::string message; ///< what is wrong and what to do, for the owner
};

struct SignalCheckOptions {
    /// Less cannot be told from a track that begins with a fade-in.
    Seconds least{1};
    /// Line inputs of a phono stage idle at -60 to -80 dBFS; music is above -40.
    double playing_dbfs = -50;
    double apart_db = 40; ///< no record is that much louder on one side for seconds
    /// A click or two at full scale is nothing; 10 samples are 3 flat tops.
    std::uint64_t clipped_samples = 10;
    /// Cheap converters have 0.001 to 0.01 and do no harm; from here on it costs headroom.
    double offset = 0.02;
    /// Quieter hum is below the groove noise of any record.
    double hum_dbfs = -65;
};

/// Looks at a signal while it goes by. What is steady is told from music by the least that was
/// there in each two seconds, so hum needs five seconds of sound; it is seen best with the needle
/// up. Not thread-safe. Memory 40 kB a channel; about 5 ns a sample.
class SignalCheck {
public:
    /// @param channels 1 or 2; @param rate 8000 Hz or more, else Code::BadInput
    static Result<SignalCheck> create(int channels, SampleRate rate,
                                      const SignalCheckOptions& options = {});
    ~SignalCheck();
    SignalCheck(SignalCheck&&) noexcept;
    SignalCheck& operator=(SignalCheck&&) noexcept;

    /// @param interleaved whole frames; blocks of any length give the same answer
    void add(std::span<const float> interleaved);

    Seconds heard() const;
    std::vector<ChannelLevel> levels() const;

    /// All that is wrong with what was added; empty: nothing, or too little was heard to say.
    std::vector<SignalFinding> findings() const;

private:
    struct State;
    explicit SignalCheck(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::audio
