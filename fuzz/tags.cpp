// SPDX-License-Identifier: Apache-2.0
// The tags of a file somebody else wrote: whatever they hold, clean short text comes out.
#include "audio/tags.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    const fuzz::MemoryFile file({data, size});
    const auto tags = audio::read_tags(file.path());
    if (!tags) {
        return 0;
    }
    for (const auto* value : {&tags->title, &tags->artist, &tags->album, &tags->album_artist,
                              &tags->genre, &tags->date, &tags->position, &tags->recording_id}) {
        if (value->size() > audio::kLongestTag || !text::is_utf8(*value) ||
            text::printable(*value) != *value) {
            std::abort();
        }
    }
    if (tags->track_number && *tags->track_number < 1) {
        std::abort();
    }
    return 0;
}
