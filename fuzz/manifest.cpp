// SPDX-License-Identifier: Apache-2.0
// The file that says which files make up the index. What is accepted must survive a round trip.
#include "fingerprint/manifest.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <xxhash.h>

namespace {

void parse(std::string_view text) {
    using spindle::fingerprint::Manifest;
    const auto manifest = Manifest::parse(text, "fuzz");
    if (manifest) {
        const auto again = Manifest::parse(manifest->text(), "fuzz");
        if (!again || again->text() != manifest->text()) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    parse(text);
    // A checksum that is right, so that the search gets past it.
    parse(fmt::format("{}checksum {:016x}\n", text, XXH3_64bits(data, size)));
    return 0;
}
