// SPDX-License-Identifier: Apache-2.0
#include "app/grade/stereo_file.h"

#include <optional>
#include <utility>

namespace spindle::app {
namespace {

constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 192000;
constexpr int kEnough = 50000; // nothing above 22 kHz is graded; the models learned from 44.1 kHz

/// What a file is measured at that has more than enough.
SampleRate lowered(SampleRate rate) {
    return {rate.hz % 44100 == 0 ? 44100 : 48000};
}

} // namespace

void part(std::span<const float> interleaved, int channels, std::vector<float>& left,
          std::vector<float>& right) {
    if (channels == 1) {
        left.assign(interleaved.begin(), interleaved.end());
        right = left;
        return;
    }
    const std::size_t frames = interleaved.size() / 2;
    left.resize(frames);
    right.resize(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        left[i] = interleaved[2 * i];
        right[i] = interleaved[2 * i + 1];
    }
}

Result<StereoFile> StereoFile::open(const std::filesystem::path& path, SampleRate rate,
                                    const std::stop_token& stop) {
    SPINDLE_TRY(auto decoder, audio::Decoder::open(path, {.rate = rate,
                                                          .resampling = audio::Resampling::High,
                                                          .channels = audio::Channels::Stereo,
                                                          .stop = stop}));
    // A pipe cannot be opened again: it is measured as it comes.
    if (rate.hz == 0 && decoder.info().rate.hz > kEnough && path != "-") {
        return open(path, lowered(decoder.info().rate), stop);
    }
    const SampleRate delivered = rate.hz == 0 ? decoder.info().rate : rate;
    if (delivered.hz < kLowestRate || delivered.hz > kHighestRate) {
        return fail(Code::Unsupported, "{}: sampled at {} Hz; a record is measured at {} to {} Hz",
                    path.string(), delivered.hz, kLowestRate, kHighestRate);
    }
    return StereoFile(std::move(decoder), delivered);
}

Result<grade::StereoSpan> StereoFile::next() {
    SPINDLE_TRY(const auto block, decoder_.next());
    part(block, 2, left_, right_);
    return grade::StereoSpan{left_, right_};
}

Result<grade::SoundSource> sound_of_file(const std::filesystem::path& path, SampleRate rate,
                                         const std::stop_token& stop) {
    SPINDLE_TRY(auto first, StereoFile::open(path, rate, stop));
    const auto file = std::make_shared<std::optional<StereoFile>>(std::move(first));
    grade::SoundSource source;
    source.rate = (*file)->rate();
    source.length = (*file)->info().duration;
    source.start = [file, path, rate = source.rate, stop, fresh = true]() mutable -> Result<void> {
        if (!std::exchange(fresh, false)) {
            file->reset();
            SPINDLE_TRY(*file, StereoFile::open(path, rate, stop));
        }
        return {};
    };
    source.next = [file]() -> Result<grade::StereoSpan> {
        if (!*file) {
            return grade::StereoSpan{};
        }
        SPINDLE_TRY(const auto block, (*file)->next());
        if (block.size() == 0) {
            file->reset(); // of many copies few are heard at a time
        }
        return block;
    };
    return source;
}

} // namespace spindle::app
