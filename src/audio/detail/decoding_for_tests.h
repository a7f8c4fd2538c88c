// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "audio/decoder.h"

/// What the decoder's tests share.
namespace spindle::audio::detail {

inline std::vector<float> read_all(Decoder& decoder) {
    std::vector<float> samples;
    for (;;) {
        const auto block = decoder.next();
        EXPECT_TRUE(block) << (block ? "" : block.error().message);
        if (!block || block->empty()) {
            return samples;
        }
        samples.insert(samples.end(), block->begin(), block->end());
    }
}

inline std::vector<float> decode(const std::filesystem::path& path,
                                 const DecodeOptions& options = {}) {
    auto decoder = Decoder::open(path, options);
    EXPECT_TRUE(decoder) << (decoder ? "" : decoder.error().message);
    return decoder ? read_all(*decoder) : std::vector<float>{};
}

/// How alike two sounds are, 1 for the same: falls quickly when one is shifted or sped up.
inline double likeness(std::span<const float> a, std::span<const float> b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const auto x = static_cast<double>(a[i]);
        const auto y = static_cast<double>(b[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return ab / std::sqrt(aa * bb + 1e-30);
}

inline double loudness(std::span<const float> samples) {
    double sum = 0;
    for (const float sample : samples) {
        sum += static_cast<double>(sample) * static_cast<double>(sample);
    }
    return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, samples.size())));
}

} // namespace spindle::audio::detail
