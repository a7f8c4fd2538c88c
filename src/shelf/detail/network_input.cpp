// SPDX-License-Identifier: Apache-2.0
#include "shelf/detail/network_input.h"

#include <algorithm>

namespace spindle::shelf::detail {

inference::Tensor network_input(const image::Picture& picture, int step,
                                const Normalisation& normalisation) {
    const int width = (picture.width + step - 1) / step * step;
    const int height = (picture.height + step - 1) / step * step;
    inference::Tensor input{{1, 3, height, width}, {}};
    input.values.reserve(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        std::array<float, 256> value;
        for (std::size_t i = 0; i < value.size(); ++i) {
            value[i] = (static_cast<float>(i) / 255 - normalisation.mean[channel]) /
                       normalisation.deviation[channel];
        }
        const std::size_t from = channels == 3 ? 2 - channel : 0;
        for (int y = 0; y < height; ++y) {
            const auto row = picture.row(std::min(y, picture.height - 1));
            for (int x = 0; x < picture.width; ++x) {
                input.values.push_back(value[row[static_cast<std::size_t>(x) * channels + from]]);
            }
            const float last = input.values.back();
            input.values.insert(input.values.end(), static_cast<std::size_t>(width - picture.width),
                                last);
        }
    }
    return input;
}

image::Picture with_border(const image::Picture& picture, int border) {
    if (picture.empty() || border <= 0) {
        return picture;
    }
    image::Picture larger{
        picture.width + 2 * border, picture.height + 2 * border, picture.channels, {}};
    larger.pixels.reserve(larger.stride() * static_cast<std::size_t>(larger.height));
    const auto channels = static_cast<std::size_t>(picture.channels);
    for (int y = -border; y < picture.height + border; ++y) {
        const auto row = picture.row(std::clamp(y, 0, picture.height - 1));
        const auto repeat = [&](std::span<const std::uint8_t> pixel) {
            for (int i = 0; i < border; ++i) {
                larger.pixels.insert(larger.pixels.end(), pixel.begin(), pixel.end());
            }
        };
        repeat(row.first(channels));
        larger.pixels.insert(larger.pixels.end(), row.begin(), row.end());
        repeat(row.last(channels));
    }
    return larger;
}

} // namespace spindle::shelf::detail
