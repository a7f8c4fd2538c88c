// SPDX-License-Identifier: Apache-2.0
#include "app/grade/side_spectrogram.h"

#include <utility>
#include <vector>

#include "audio/decoder.h"
#include "audio/spectrogram.h"
#include "image/spectrogram_plot.h"

namespace spindle::app {
namespace {

constexpr SampleRate kPictureRate{24000};
constexpr Seconds kLongest{45 * 60};

} // namespace

Result<void> write_side_spectrogram(const std::filesystem::path& recording,
                                    const std::string& title, const std::filesystem::path& picture,
                                    const std::stop_token& stop) {
    SPINDLE_TRY(auto decoder,
                audio::Decoder::open(recording, {.rate = kPictureRate, .stop = stop}));
    const auto most = static_cast<std::size_t>(kLongest.count() * kPictureRate.hz);
    std::vector<float> samples;
    while (samples.size() < most) {
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            break;
        }
        samples.insert(samples.end(), block.begin(), block.end());
    }
    audio::SpectrogramOptions options;
    options.lowest_hz = 55;
    options.highest_hz = 11'000;
    options.window = Seconds{0.064}; // of a long side: time matters more than the pitch of notes
    SPINDLE_TRY(auto sound, audio::measure_spectrogram(samples, kPictureRate, options));
    image::SpectrogramPlot plot;
    plot.title = title;
    plot.sound = {sound.rows,     sound.columns,   std::move(sound.levels), Seconds{0},
                  sound.duration, sound.lowest_hz, sound.highest_hz};
    return image::write_png(plot, picture);
}

} // namespace spindle::app
