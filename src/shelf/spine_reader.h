// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "image/picture.h"
#include "shelf/spine.h"

namespace spindle::shelf {

struct ReaderOptions {
    int threads = 2;
};

/// Reads what is printed on spines, at the photo's full resolution.
class SpineReader {
public:
    /// @param models the folder that holds the text models.
    static Result<SpineReader> open(const std::filesystem::path& models,
                                    ReaderOptions options = {});
    SpineReader(SpineReader&&) noexcept;
    SpineReader& operator=(SpineReader&&) noexcept;
    ~SpineReader();

    /// One answer for each spine, in their order; a spine without legible text has no readings.
    /// @param each_read called after each spine, from any thread, one call at a time; may be empty.
    Result<std::vector<ReadSpine>> read(const image::Picture& photo, std::span<const Spine> spines,
                                        const std::function<void(std::size_t done)>& each_read = {},
                                        std::stop_token stop = {}) const;

private:
    struct State;
    explicit SpineReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::shelf
