// SPDX-License-Identifier: Apache-2.0
// The journal a killed writer leaves behind: whole records are read, the rest is told apart.
#include "fingerprint/journal.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include <xxhash.h>

namespace {

constexpr std::size_t kMagicBytes =
    8; // FORMAT.md: then records of checksum (8), bytes (4), zero (4)
constexpr std::size_t kHeadBytes = 16;

void read(std::span<const std::uint8_t> bytes) {
    spindle::fingerprint::PendingTracks pending;
    if (read_journal(std::as_bytes(bytes), pending) > bytes.size()) {
        std::abort();
    }
}

/// Gives every record the checksum it should have, so that the search gets past it.
std::vector<std::uint8_t> with_checksums(std::span<const std::uint8_t> bytes) {
    std::vector<std::uint8_t> fixed(bytes.begin(), bytes.end());
    for (std::size_t at = kMagicBytes; at + kHeadBytes <= fixed.size();) {
        std::uint32_t length = 0;
        std::memcpy(&length, &fixed[at + 8], sizeof length);
        const std::size_t end = at + kHeadBytes + length;
        if (end > fixed.size()) {
            break;
        }
        const std::uint64_t checksum = XXH3_64bits(fixed.data() + at + kHeadBytes, length);
        std::memcpy(&fixed[at], &checksum, sizeof checksum);
        at = end;
    }
    return fixed;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read({data, size});
    read(with_checksums({data, size}));
    return 0;
}
