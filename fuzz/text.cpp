// SPDX-License-Identifier: Apache-2.0
// Text of unknown encoding, as tags and playlists bring it: whatever comes in, UTF-8 comes out.
#include "base/text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto expect = [](bool holds) {
        if (!holds) {
            std::abort();
        }
    };
    expect(text::is_utf8(text::to_utf8(bytes)));
    expect(!text::is_utf8(bytes) || text::to_utf8(bytes) == bytes);
    expect(text::is_utf8(text::latin1_to_utf8(bytes)));
    expect(text::is_utf8(text::utf16_to_utf8(bytes, text::ByteOrder::Little)));
    expect(text::is_utf8(text::utf16_to_utf8(bytes, text::ByteOrder::Big)));
    expect(text::is_utf8(text::printable(bytes)));
    expect(text::is_utf8(text::shortened(text::to_utf8(bytes), 5)));
    expect(text::trimmed(bytes).size() <= size);
    return 0;
}
