// SPDX-License-Identifier: Apache-2.0
#include "base/heap.h"

#include <cstdlib> // tells whose C library it is

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace spindle {

void give_large_blocks_back() {
#ifdef __GLIBC__
    constexpr int kLarge = 128 * 1024; // the library's own beginning
    ::mallopt(M_MMAP_THRESHOLD, kLarge);
#endif
}

} // namespace spindle
