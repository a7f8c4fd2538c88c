// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/sound_source.h"

#include <algorithm>
#include <memory>

namespace spindle::grade {

SoundSource sound_in_memory(StereoSpan samples, SampleRate rate, std::size_t block) {
    SoundSource source;
    source.rate = rate;
    source.length = Seconds(rate.hz > 0 ? static_cast<double>(samples.size()) / rate.hz : 0);
    const auto place = std::make_shared<std::size_t>(0);
    source.start = [place]() -> Result<void> {
        *place = 0;
        return {};
    };
    source.next = [place, samples, block]() -> Result<StereoSpan> {
        const std::size_t count =
            std::min(std::max<std::size_t>(1, block), samples.size() - *place);
        const StereoSpan part = samples.subspan(*place, count);
        *place += count;
        return part;
    };
    return source;
}

} // namespace spindle::grade
