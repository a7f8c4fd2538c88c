// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <string_view>

namespace spindle::simulator {

/// Seeded random numbers that are the same with every standard library: the engine (mt19937_64) is
/// fixed by the C++ standard, the distributions of <random> are not, so they are written out here.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// Uniform in [0, 1), 53 random bits.
    double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

    /// Uniform in [low, high).
    double between(double low, double high) { return low + (high - low) * unit(); }

    /// Uniform in [0, count); the bias of the multiplication is below count / 2^53.
    std::size_t below(std::size_t count) {
        return static_cast<std::size_t>(unit() * static_cast<double>(count));
    }

    /// -1 or +1.
    double sign() { return unit() < 0.5 ? -1.0 : 1.0; }

    /// Normal with mean 0 and deviation 1 (Box and Muller 1958).
    double normal() {
        if (has_spare_) {
            has_spare_ = false;
            return spare_;
        }
        const double radius = std::sqrt(-2.0 * std::log(1.0 - unit()));
        const double angle = 2.0 * std::numbers::pi * unit();
        spare_ = radius * std::sin(angle);
        has_spare_ = true;
        return radius * std::cos(angle);
    }

    /// Waiting time of a Poisson process with `rate` events per unit of time.
    double waiting_time(double rate) { return -std::log(1.0 - unit()) / rate; }

    /// 24 random bits as a sample in [-1, 1): cheap white noise.
    float white() { return static_cast<float>(engine_() >> 40) * 0x1p-23F - 1.0F; }

private:
    std::mt19937_64 engine_;
    double spare_ = 0;
    bool has_spare_ = false;
};

/// A seed of its own for each purpose: one more random number drawn in one place then changes
/// nothing elsewhere. FNV-1a over the text, mixed with the seed by SplitMix64's finaliser.
constexpr std::uint64_t derive_seed(std::uint64_t seed, std::string_view purpose) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char letter : purpose) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    }
    hash ^= seed + 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31);
}

} // namespace spindle::simulator
