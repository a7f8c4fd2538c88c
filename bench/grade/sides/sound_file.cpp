// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/sound_file.h"

#include <algorithm>
#include <vector>

#include "material/wav.h"

namespace spindle::damaged_sides {

namespace {
constexpr std::size_t kBlock = 1U << 16U; // frames
}

Result<simulator::StereoSound> at_rate(const simulator::StereoSound& sound, SampleRate rate) {
    if (rate == sound.rate) {
        return sound;
    }
    simulator::StereoSound other;
    other.rate = rate;
    SPINDLE_TRY(other.left, material::resample(sound.left, sound.rate, rate));
    SPINDLE_TRY(other.right, material::resample(sound.right, sound.rate, rate));
    return other;
}

Result<void> write_sound(const std::filesystem::path& path, const simulator::StereoSound& sound) {
    SPINDLE_TRY(auto file, material::WavWriter::create(path, sound.rate, 2, sound.size()));
    std::vector<float> block;
    for (std::size_t from = 0; from < sound.size(); from += kBlock) {
        block.clear();
        const std::size_t to = std::min(from + kBlock, sound.size());
        for (std::size_t n = from; n < to; ++n) {
            block.push_back(sound.left[n]);
            block.push_back(sound.right[n]);
        }
        SPINDLE_TRY_VOID(file.append(block));
    }
    return {};
}

} // namespace spindle::damaged_sides
