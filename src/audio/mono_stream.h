// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

/// Brings captured sound to what engines listen to: channels averaged, at another rate
/// (Resampling::Fast of decoder.h). Streaming: block sizes do not change the result. Output sample
/// n lies at the time n / to. Not thread-safe; about 5 ns a frame.
class MonoStream {
public:
    /// @param channels 1 or 2. Code::BadInput for rates that cannot be.
    static Result<MonoStream> create(SampleRate from, int channels, SampleRate to);
    ~MonoStream();
    MonoStream(MonoStream&&) noexcept;
    MonoStream& operator=(MonoStream&&) noexcept;

    /// @param interleaved whole frames. @return what is ready of it, valid until the next call.
    std::span<const float> feed(std::span<const float> interleaved);

    /// What was still held back; valid until the next call. Begins anew after it: what is fed then
    /// does not join what was before.
    std::span<const float> finish();

private:
    struct State;
    explicit MonoStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::audio
