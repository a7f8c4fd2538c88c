// SPDX-License-Identifier: Apache-2.0
#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace spindle::inference {

/// While it lives, this thread takes numbers below 1e-38 for zero. Trained networks have thousands
/// of such weights, and x86 processors take a hundred times as long for each: a quarter of a
/// recogniser's time. On other processors it does nothing, as they need no such help.
class TinyNumbersAreZero {
public:
    TinyNumbersAreZero() {
#if defined(__SSE2__)
        before_ = _mm_getcsr();
        _mm_setcsr(before_ | _MM_FLUSH_ZERO_ON | kDenormalsAreZero);
#endif
    }
    ~TinyNumbersAreZero() {
#if defined(__SSE2__)
        _mm_setcsr(before_);
#endif
    }
    TinyNumbersAreZero(const TinyNumbersAreZero&) = delete;
    TinyNumbersAreZero& operator=(const TinyNumbersAreZero&) = delete;

private:
#if defined(__SSE2__)
    static constexpr unsigned kDenormalsAreZero = 0x40;
    unsigned before_ = 0;
#endif
};

} // namespace spindle::inference
