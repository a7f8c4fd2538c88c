// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/click_classifier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

#include "dsp/four.h"

namespace spindle::grade {
namespace {

using dsp::Four;
using dsp::four_of;
using dsp::kLanes;
using dsp::load_four;
using dsp::store_four;

constexpr std::array<std::size_t, 4> kSizes{kImpulseFeatures, 64, 32, 1};
constexpr std::size_t kHeaderBytes = 4 + 4 * (2 + kSizes.size());
constexpr float kLimit = 6; // as in train.py

/// One layer, its weights by input: sixteen outputs, of which there are so many or a multiple, are
/// summed at once.
struct Layer {
    std::size_t inputs = 0, outputs = 0;
    std::vector<float> weights; // [input][output]
    std::vector<float> offsets;

    void apply(const float* in, float* out) const {
        for (std::size_t j = 0; j < outputs; j += 4 * kLanes) {
            std::array<Four, 4> sums{};
            for (std::size_t k = 0; k < 4; ++k) {
                sums[k] = load_four(offsets.data() + j + k * kLanes);
            }
            const float* row = weights.data() + j;
            for (std::size_t i = 0; i < inputs; ++i, row += outputs) {
                const Four x = four_of(in[i]);
                for (std::size_t k = 0; k < 4; ++k) {
                    sums[k] += x * load_four(row + k * kLanes);
                }
            }
            for (std::size_t k = 0; k < 4; ++k) {
                store_four(sums[k], out + j + k * kLanes);
            }
        }
    }
};

struct Network {
    std::vector<float> mean, scale;
    std::array<Layer, 2> layers;
    std::vector<float> last;
    float last_offset = 0;
    float slope = 1, offset = 0;

    // The bytes are our own, checked by a test; no file of a user gets here.
    Network() {
        const unsigned char* at = click_network_bytes().data() + kHeaderBytes;
        const auto read = [&](std::size_t count) {
            std::vector<float> values(count);
            std::memcpy(values.data(), at, count * sizeof(float)); // little-endian, as we are
            at += count * sizeof(float);
            return values;
        };
        mean = read(kSizes.front());
        scale = read(kSizes.front());
        for (std::size_t n = 0; n < layers.size(); ++n) {
            Layer& layer = layers[n];
            layer.inputs = kSizes[n];
            layer.outputs = kSizes[n + 1];
            const auto by_output = read(layer.inputs * layer.outputs);
            layer.weights.resize(by_output.size());
            for (std::size_t j = 0; j < layer.outputs; ++j) {
                for (std::size_t i = 0; i < layer.inputs; ++i) {
                    layer.weights[i * layer.outputs + j] = by_output[j * layer.inputs + i];
                }
            }
            layer.offsets = read(layer.outputs);
        }
        last = read(kSizes[2]);
        last_offset = read(1)[0];
        const auto line = read(2);
        slope = line[0];
        offset = line[1];
    }
};

} // namespace

double click_probability(const ImpulseFeatures& features) {
    static const Network network;
    std::array<float, kSizes[0]> in;
    std::array<float, kSizes[1]> hidden{};
    std::array<float, kSizes[2]> second{};
    for (std::size_t n = 0; n < in.size(); ++n) {
        in[n] = std::clamp((features[n] - network.mean[n]) * network.scale[n], -kLimit, kLimit);
    }
    const auto rectify = [](auto& values) {
        for (float& value : values) {
            value = std::max(value, 0.0F);
        }
    };
    network.layers[0].apply(in.data(), hidden.data());
    rectify(hidden);
    network.layers[1].apply(hidden.data(), second.data());
    rectify(second);
    const float score =
        std::inner_product(second.begin(), second.end(), network.last.begin(), network.last_offset);
    return 1 / (1 + std::exp(-static_cast<double>(network.slope * score + network.offset)));
}

} // namespace spindle::grade
