// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

#include "simulator/random.h"

namespace spindle::simulator {

/// Noise without end that is the same wherever it is entered: pieces, each with a seed of its own,
/// cross-faded at equal power. Keeps the last four pieces.
class NoiseTape {
public:
    /// So many samples of noise.
    using Make = std::function<std::vector<float>(std::size_t count, Random& random)>;

    /// @param piece samples; @param fade samples that a piece reaches into the next.
    NoiseTape(std::uint64_t seed, std::size_t piece, std::size_t fade, Make make)
        : seed_(seed), piece_(piece), fade_(fade), make_(std::move(make)) {}

    /// into += gain * the tape from sample `first` (which may be negative).
    void add(std::int64_t first, std::span<float> into, float gain);

private:
    struct Piece {
        std::int64_t number = 0;
        std::vector<float> samples;
    };
    const std::vector<float>& piece(std::int64_t number);

    std::uint64_t seed_;
    std::size_t piece_;
    std::size_t fade_;
    Make make_;
    std::deque<Piece> made_;
};

} // namespace spindle::simulator
