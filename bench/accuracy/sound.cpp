// SPDX-License-Identifier: Apache-2.0
#include "accuracy/sound.h"

#include "audio/decoder.h"
#include "fingerprint/extractor.h"

namespace spindle::accuracy {

Result<std::vector<float>> read_sound(const std::filesystem::path& file, Seconds start,
                                      Seconds length) {
    audio::DecodeOptions options;
    options.rate = fingerprint::kLandmarkRate;
    options.start = start;
    options.length = length;
    SPINDLE_TRY(auto decoder, audio::Decoder::open(file, options));
    std::vector<float> sound;
    while (true) {
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            return sound;
        }
        sound.insert(sound.end(), block.begin(), block.end());
    }
}

std::vector<fingerprint::Landmark> landmarks_of(std::span<const float> sound,
                                                fingerprint::Density density) {
    fingerprint::LandmarkExtractor extractor(density);
    extractor.feed(sound);
    extractor.finish();
    return extractor.take();
}

} // namespace spindle::accuracy
