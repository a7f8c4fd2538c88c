// SPDX-License-Identifier: Apache-2.0
#include "app/identify/landmarks_of.h"

#include <algorithm>
#include <cmath>

#include "audio/decoder.h"
#include "fingerprint/extractor.h"

namespace spindle::app {

Result<ListedLandmarks> landmarks_of(const std::filesystem::path& file,
                                     fingerprint::Density density, const ProgressSink& progress,
                                     const std::stop_token& stop) {
    constexpr int kRate = fingerprint::kLandmarkRate.hz;
    constexpr std::size_t kShown = 60 * kRate;
    audio::DecodeOptions options;
    options.rate = fingerprint::kLandmarkRate;
    options.stop = stop;
    SPINDLE_TRY(auto decoder, audio::Decoder::open(file, options));
    fingerprint::LandmarkExtractor extractor(density);
    ListedLandmarks listed;
    std::uint64_t heard = 0;
    const auto total = static_cast<std::uint64_t>(decoder.info().duration.count());
    for (;;) {
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            break;
        }
        extractor.feed(block);
        const auto room = block.first(std::min(block.size(), kShown - listed.samples.size()));
        listed.samples.insert(listed.samples.end(), room.begin(), room.end());
        heard += block.size();
        progress({"listening", file.string(), heard / kRate, total, std::nullopt});
    }
    extractor.finish();
    listed.landmarks = extractor.take();
    listed.duration = Seconds{static_cast<double>(heard) / kRate};
    listed.shown = Seconds{static_cast<double>(listed.samples.size()) / kRate};
    return listed;
}

double frequency_of(const fingerprint::Landmark& landmark) {
    return fingerprint::kLowestHz *
           std::exp2(static_cast<double>(landmark.pitch) / fingerprint::kStepsPerOctave);
}

} // namespace spindle::app
