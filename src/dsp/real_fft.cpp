// SPDX-License-Identifier: Apache-2.0
#include "dsp/real_fft.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

namespace spindle::dsp {
namespace {

constexpr int kSmallest = 8;
constexpr int kLargest = 1 << 20;

struct Free {
    void operator()(void* memory) const { av_free(memory); }
};

/// Memory aligned to what the widest vector unit av_tx may use asks for.
template <typename T>
std::unique_ptr<T[], Free> allocate(int count) {
    return std::unique_ptr<T[], Free>(
        static_cast<T*>(av_calloc(static_cast<std::size_t>(count), sizeof(T))));
}

struct Uninit {
    void operator()(AVTXContext* context) const { av_tx_uninit(&context); }
};

/// av_tx refuses sizes it has no codelet for, but not all of them cleanly in every release.
bool has_small_factors(int size) {
    for (const int factor : {2, 3, 5, 7}) {
        while (size % factor == 0) {
            size /= factor;
        }
    }
    return size == 1;
}

} // namespace

struct RealFft::State {
    int size = 0;
    std::unique_ptr<AVTXContext, Uninit> context;
    av_tx_fn run = nullptr;
    std::unique_ptr<float[], Free> in;
    std::unique_ptr<std::complex<float>[], Free> out;
};

RealFft::RealFft(std::unique_ptr<State> state) : state_(std::move(state)) {}
RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

Result<RealFft> RealFft::create(int size) {
    if (size < kSmallest || size > kLargest || size % 4 != 0 || !has_small_factors(size)) {
        return fail(Code::Unsupported,
                    "no Fourier transform of {} samples: use a multiple of 4 from {} to {} whose "
                    "prime factors are 2, 3, 5 and 7",
                    size, kSmallest, kLargest);
    }
    auto state = std::make_unique<State>();
    state->size = size;
    AVTXContext* context = nullptr;
    const float scale = 1.0F;
    if (av_tx_init(&context, &state->run, AV_TX_FLOAT_RDFT, 0, size, &scale, 0) < 0) {
        return fail(Code::Unsupported, "this FFmpeg has no Fourier transform of {} samples", size);
    }
    state->context.reset(context);
    state->in = allocate<float>(size);
    state->out = allocate<std::complex<float>>(size / 2 + 1);
    if (!state->in || !state->out) {
        return fail(Code::Failed, "not enough memory for a Fourier transform of {} samples", size);
    }
    return RealFft(std::move(state));
}

int RealFft::size() const {
    return state_->size;
}

int RealFft::bins() const {
    return state_->size / 2 + 1;
}

void RealFft::forward(std::span<const float> in, std::span<std::complex<float>> out) {
    assert(in.size() == input().size() && out.size() == static_cast<std::size_t>(bins()));
    std::ranges::copy(in, state_->in.get());
    std::ranges::copy(transform(), out.begin());
}

std::span<float> RealFft::input() {
    return {state_->in.get(), static_cast<std::size_t>(state_->size)};
}

std::span<const std::complex<float>> RealFft::transform() {
    state_->run(state_->context.get(), state_->out.get(), state_->in.get(), sizeof(float));
    return {state_->out.get(), static_cast<std::size_t>(bins())};
}

} // namespace spindle::dsp
