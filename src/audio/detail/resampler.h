// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "audio/decoder.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::audio::detail {

/// Brings sound from one rate to another; several channels lie interleaved. Streaming: the block
/// size does not change the result. Output sample n lies at the time n / to: the filter's own delay
/// is taken away.
class Resampler {
public:
    static Result<Resampler> create(SampleRate from, SampleRate to, Resampling quality,
                                    int channels = 1);
    ~Resampler();
    Resampler(Resampler&&) noexcept;
    Resampler& operator=(Resampler&&) noexcept;

    /// Appends what `in`, whole frames, gives to `out`.
    void feed(std::span<const float> in, std::vector<float>& out);

    /// Appends what was still held back. Feed no more.
    void finish(std::vector<float>& out);

private:
    struct State;
    explicit Resampler(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::audio::detail
