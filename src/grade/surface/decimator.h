// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace spindle::grade {

/// Every n-th sample of a sound, without what would fold: a Kaiser-windowed sinc of 20 n + 1 taps,
/// flat (0.1 dB) to 0.33 of the new rate, 60 dB down from 0.5 on; its delay is made up for: sample
/// k of the answer is of sample k * n of the sound. Independent of block sizes.
class Decimator {
public:
    /// @param factor 1 passes everything.
    explicit Decimator(std::size_t factor);
    /// Appends to `out`.
    void feed(std::span<const float> in, std::vector<float>& out);

private:
    std::size_t factor_;
    std::vector<float> taps_;
    std::vector<float> waiting_; ///< samples still needed
    std::size_t next_ = 0;       ///< in waiting_, where the next answer's taps begin
};

} // namespace spindle::grade
