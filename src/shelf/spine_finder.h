// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "image/picture.h"
#include "shelf/spine.h"

namespace spindle::shelf {

struct FinderOptions {
    int threads = 2;
    /// Longest side of the first look, pixels: a shelf of sixty discs is found whole at this size.
    int first_look = 1024;
    /// The second look is at the size at which the median spine is this thick. Thinner than half of
    /// it spines are missed, thicker than four times their ends are out of sight.
    double best_thickness = 20;
    /// The third look, where the spines of a photo are of many sizes, is at the size at which all
    /// but this share are as thick.
    double thin_share = 0.05;
    /// How sure the network is of other sizes: the standard deviation, in the logarithm of the
    /// thickness, of what a spine weighs against what another look has seen in its place.
    double thickness_spread = 2;
    int longest_side = 2560; ///< of any look: bounds time and memory (0.5 GB)
};

/// Finds every spine in a photo.
class SpineFinder {
public:
    /// @param model models/spine_detector.onnx. Errors: as inference::Session::open.
    static Result<SpineFinder> open(const std::filesystem::path& model, FinderOptions options = {});
    SpineFinder(SpineFinder&&) noexcept;
    SpineFinder& operator=(SpineFinder&&) noexcept;
    ~SpineFinder();

    /// Spines in the photo's pixels, in the order in which one would count them: row by row or
    /// stack by stack. Those that show the back of their case are among them (Spine::printed). None
    /// is no error. Errors: Code::BadInput for an empty picture, Code::Cancelled. Thread-safe.
    Result<std::vector<Spine>> find(const image::Picture& photo, std::stop_token stop = {}) const;

private:
    struct State;
    explicit SpineFinder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::shelf
