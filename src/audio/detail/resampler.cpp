// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/resampler.h"

#include <cmath>
#include <cstddef>
#include <utility>

#include <soxr.h>

namespace spindle::audio::detail {
namespace {

struct Delete {
    void operator()(soxr_t handle) const { soxr_delete(handle); }
};

} // namespace

struct Resampler::State {
    std::unique_ptr<soxr, Delete> handle;
    double ratio = 1;
    std::size_t channels = 1;

    /// @param count frames
    void process(const float* in, std::size_t count, std::vector<float>& out) const {
        // The delay soxr holds back and then gives at once is far below this reserve.
        std::size_t used = 0;
        for (;;) {
            const std::size_t before = out.size();
            const auto room =
                static_cast<std::size_t>(std::ceil(static_cast<double>(count - used) * ratio)) +
                1024;
            out.resize(before + room * channels);
            std::size_t taken = 0;
            std::size_t made = 0;
            const soxr_error_t error =
                soxr_process(handle.get(), in == nullptr ? nullptr : in + used * channels,
                             count - used, &taken, out.data() + before, room, &made);
            out.resize(before + (error == nullptr ? made : 0) * channels);
            used += taken;
            if (error != nullptr || made < room) {
                return;
            }
        }
    }
};

Resampler::Resampler(std::unique_ptr<State> state) : state_(std::move(state)) {}
Resampler::~Resampler() = default;
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;

Result<Resampler> Resampler::create(SampleRate from, SampleRate to, Resampling quality,
                                    int channels) {
    soxr_quality_spec_t recipe =
        soxr_quality_spec(quality == Resampling::High ? SOXR_HQ : SOXR_MQ, 0);
    if (quality == Resampling::Fast) {
        // Let the top tenth fold over: a filter half as steep, a few percent less time.
        recipe.passband_end = 0.9;
        recipe.stopband_begin = 1.1;
    }
    const soxr_io_spec_t format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const soxr_runtime_spec_t threads = soxr_runtime_spec(1);
    soxr_error_t error = nullptr;
    auto state = std::make_unique<State>();
    state->handle.reset(soxr_create(from.hz, to.hz, static_cast<unsigned>(channels), &error,
                                    &format, &recipe, &threads));
    state->ratio = static_cast<double>(to.hz) / from.hz;
    state->channels = static_cast<std::size_t>(channels);
    if (error != nullptr || !state->handle) {
        return fail(Code::Failed, "cannot bring sound from {} to {} Hz: {}", from.hz, to.hz,
                    error != nullptr ? error : "not enough memory");
    }
    return Resampler(std::move(state));
}

void Resampler::feed(std::span<const float> in, std::vector<float>& out) {
    if (in.empty()) {
        return; // to soxr, nothing means the end
    }
    state_->process(in.data(), in.size() / state_->channels, out);
}

void Resampler::finish(std::vector<float>& out) {
    state_->process(nullptr, 0, out);
}

} // namespace spindle::audio::detail
