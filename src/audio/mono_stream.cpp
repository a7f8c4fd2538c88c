// SPDX-License-Identifier: Apache-2.0
#include "audio/mono_stream.h"

#include <optional>
#include <utility>

#include "audio/detail/resampler.h"

namespace spindle::audio {

struct MonoStream::State {
    SampleRate from, to;
    int channels = 1;
    std::optional<detail::Resampler> resampler; ///< none when the rates are the same
    std::vector<float> mono;
    std::vector<float> out;
};

MonoStream::MonoStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
MonoStream::~MonoStream() = default;
MonoStream::MonoStream(MonoStream&&) noexcept = default;
MonoStream& MonoStream::operator=(MonoStream&&) noexcept = default;

Result<MonoStream> MonoStream::create(SampleRate from, int channels, SampleRate to) {
    if (from.hz <= 0 || to.hz <= 0 || channels < 1 || channels > 2) {
        return fail(Code::BadInput, "cannot listen to {} channels at {} Hz", channels, from.hz);
    }
    auto state = std::make_unique<State>();
    state->from = from;
    state->to = to;
    state->channels = channels;
    if (from != to) {
        SPINDLE_TRY(state->resampler, detail::Resampler::create(from, to, Resampling::Fast));
    }
    return MonoStream(std::move(state));
}

std::span<const float> MonoStream::feed(std::span<const float> interleaved) {
    State& s = *state_;
    s.mono.clear();
    s.out.clear();
    if (s.channels == 1) {
        s.mono.assign(interleaved.begin(), interleaved.end());
    } else {
        for (std::size_t i = 0; i + 1 < interleaved.size(); i += 2) {
            s.mono.push_back(0.5F * (interleaved[i] + interleaved[i + 1]));
        }
    }
    if (!s.resampler) {
        return s.mono;
    }
    s.resampler->feed(s.mono, s.out);
    return s.out;
}

std::span<const float> MonoStream::finish() {
    State& s = *state_;
    s.out.clear();
    if (s.resampler) {
        s.resampler->finish(s.out);
        if (auto anew = detail::Resampler::create(s.from, s.to, Resampling::Fast)) {
            s.resampler = std::move(*anew);
        }
    }
    return s.out;
}

} // namespace spindle::audio
