// SPDX-License-Identifier: Apache-2.0
// A playlist from elsewhere. The first byte says in which format it is read.
#include "playlist/playlist.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    if (size == 0) {
        return 0;
    }
    constexpr playlist::Format kFormats[] = {playlist::Format::M3u, playlist::Format::M3u8,
                                             playlist::Format::Pls, playlist::Format::Xspf};
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto list = playlist::parse(bytes, kFormats[data[0] % 4], "/music/lists");
    if (!list) {
        return 0;
    }
    for (const playlist::Entry& entry : list->entries) {
        for (const auto* value : {&entry.title, &entry.artist, &entry.album}) {
            if (!text::is_utf8(*value)) {
                std::abort();
            }
        }
        // A path with a zero byte in it would open another file than the one named.
        if (entry.location.empty() || (entry.place == playlist::Place::File &&
                                       entry.location.find('\0') != std::string::npos)) {
            std::abort();
        }
    }
    return 0;
}
