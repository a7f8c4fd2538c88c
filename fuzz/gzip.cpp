// SPDX-License-Identifier: Apache-2.0
// Compressed files from elsewhere. Whatever the bytes, content must not depend on how they are
// read.
#include "io/gzip.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "testing/memory_source.h"

namespace {

// A hostile file may grow a thousandfold; what is checked shows in the first part.
constexpr std::size_t kMost = 4UL << 20U;

struct Read {
    std::string content;
    bool whole = false, cut_off = false;
};

Read read(const std::string& file, std::size_t piece, std::size_t step) {
    Read out;
    auto source =
        spindle::io::open_decoded(std::make_unique<spindle::testing::MemorySource>(file, piece));
    if (!source) {
        return out;
    }
    std::string buffer(step, '\0');
    while (out.content.size() < kMost) {
        const auto got = (*source)->read(std::as_writable_bytes(std::span(buffer)));
        if (!got || *got == 0) {
            out.whole = got.has_value();
            return out;
        }
        if (*got > step) {
            std::abort();
        }
        out.content.append(buffer, 0, *got);
    }
    out.cut_off = true;
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string file(reinterpret_cast<const char*>(data), size);
    const Read at_once = read(file, std::string::npos, 1U << 20U);
    const Read in_pieces = read(file, 3, 1000);
    if (at_once.cut_off || in_pieces.cut_off) {
        return 0;
    }
    // Damaged data may show a few bytes more or less before the damage is met, whole data may not.
    if (at_once.whole != in_pieces.whole ||
        (at_once.whole && at_once.content != in_pieces.content)) {
        std::abort();
    }
    return 0;
}
