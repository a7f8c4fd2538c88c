// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace spindle::bench {

/// Stirs 64 bits so that each bit of the answer depends on each of the question (the finaliser of
/// SplitMix64: Steele, Lea, Flood 2014).
constexpr std::uint64_t stir(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    return bits ^ (bits >> 31);
}

/// A key for the `number`-th thing of a kind: what is made of one key says nothing about another.
constexpr std::uint64_t key_of(std::uint64_t seed, std::uint64_t kind, std::uint64_t number) {
    return stir(stir(seed + kind * 0x9e3779b97f4a7c15ULL) + number * 0xd1342543de82ef95ULL);
}

/// Seeded draws in whole numbers only, so that a dump is the same, byte for byte, on every machine.
/// A few nanoseconds to make and to ask, unlike simulator::Random (2.5 kB of state), because a dump
/// starts some hundred of them for each of 19 million releases.
class Draw {
public:
    explicit constexpr Draw(std::uint64_t key) : state_(key) {}

    constexpr std::uint64_t bits() {
        state_ += 0x9e3779b97f4a7c15ULL;
        return stir(state_);
    }

    /// Uniform in [0, count).
    constexpr std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((bits() >> 32) * count) >> 32);
    }

    /// Uniform in [low, high], both included.
    constexpr std::uint32_t between(std::uint32_t low, std::uint32_t high) {
        return low + below(high - low + 1);
    }

    constexpr bool per_thousand(std::uint32_t share) { return below(1000) < share; }

    /// A rank from 0 to 2^octaves - 2 by Zipf's law in steps: each octave is as likely as the next,
    /// within it all ranks are.
    constexpr std::uint32_t rank(std::uint32_t octaves) {
        const std::uint32_t octave = below(octaves);
        return (1U << octave) - 1 + below(1U << octave);
    }

    /// 0 with `stop` in 1,000, else 1 with the same chance, and so on; at most `most`.
    constexpr std::uint32_t steps(std::uint32_t stop, std::uint32_t most) {
        std::uint32_t count = 0;
        while (count < most && !per_thousand(stop)) {
            ++count;
        }
        return count;
    }

    template <typename Value>
    constexpr const Value& one_of(std::span<const Value> values) {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }

    /// The place of the chosen weight; a last weight takes what the others leave of 1,000.
    template <typename Weights>
    constexpr std::uint32_t weighted(const Weights& per_thousands) {
        std::uint32_t left = below(1000);
        std::uint32_t place = 0;
        for (const auto weight : per_thousands) {
            if (left < static_cast<std::uint32_t>(weight)) {
                return place;
            }
            left -= static_cast<std::uint32_t>(weight);
            ++place;
        }
        return place == 0 ? 0 : place - 1;
    }

private:
    std::uint64_t state_;
};

} // namespace spindle::bench
