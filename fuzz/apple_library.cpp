// SPDX-License-Identifier: Apache-2.0
// A Library.xml from elsewhere. Read whole and in two parts, cut where the first byte says: the
// entries must be the same.
#include "playlist/apple_library.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {
using namespace spindle;

Result<playlist::AppleLibrary> read(std::string_view first, std::string_view second) {
    playlist::AppleLibraryParser parser;
    if (!first.empty()) {
        SPINDLE_TRY_VOID(parser.feed(first));
    }
    if (!second.empty()) {
        SPINDLE_TRY_VOID(parser.feed(second));
    }
    return parser.finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = read(bytes, {});
    const std::size_t cut = bytes.size() * data[0] / 256;
    const auto parts = read(bytes.substr(0, cut), bytes.substr(cut));
    if (whole.has_value() != parts.has_value()) {
        std::abort();
    }
    if (whole) {
        if (whole->order != parts->order || whole->tracks != parts->tracks ||
            whole->playlists.size() != parts->playlists.size()) {
            std::abort();
        }
        static_cast<void>(playlist::entries_of(*whole, ""));
        static_cast<void>(playlist::entries_of(*whole, "Vinyl"));
    }
    return 0;
}
