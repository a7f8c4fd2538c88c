// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "fingerprint/landmark.h"
#include "fingerprint/options.h"

namespace spindle::fingerprint {

/// Turns sound into landmarks. Streaming: blocks of any size give the same landmarks, which come in
/// order of time, about a second after their sound. Not thread-safe; one instance per stream.
class LandmarkExtractor {
public:
    explicit LandmarkExtractor(Density density);
    explicit LandmarkExtractor(const ExtractorOptions& options);
    ~LandmarkExtractor();
    LandmarkExtractor(LandmarkExtractor&&) noexcept;
    LandmarkExtractor& operator=(LandmarkExtractor&&) noexcept;

    /// @param block mono samples in [-1, 1] at kLandmarkRate, any length; NaN and infinity count as
    /// 0.
    void feed(std::span<const float> block);

    /// Everything has been fed: the landmarks still held back become available. Feed no more.
    void finish();

    /// Takes the landmarks that are final by now (all of them after finish()).
    std::vector<Landmark> take();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::fingerprint
