// SPDX-License-Identifier: Apache-2.0
// A file that claims to be sound: probed, decoded and hashed. FFmpeg itself is not instrumented;
// what is looked for is our reading of what it says, and inputs on which it takes for ever.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "audio/audio_hash.h"
#include "audio/decoder.h"
#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    const fuzz::MemoryFile file({data, size});
    audio::DecodeOptions options;
    options.rate = SampleRate{8000};
    options.max_duration = Seconds{60}; // headers may promise days of silence
    auto decoder = audio::Decoder::open(file.path(), options);
    while (decoder) {
        const auto block = decoder->next();
        if (!block || block->empty()) {
            break;
        }
        for (const float sample : *block) {
            if (!std::isfinite(sample) || std::abs(sample) > 1000) {
                std::abort();
            }
        }
    }
    static_cast<void>(audio::hash_audio(file.path()));
    return 0;
}
