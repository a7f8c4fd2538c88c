// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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

/// The networks that read. A recogniser's signs stand beside it, in a file of the same name that
/// ends in .txt.
struct ReaderModels {
    std::filesystem::path finder;            ///< of lines of text: models/spine_text_finder.onnx
    std::filesystem::path recognizer;        ///< of what a line says
    std::filesystem::path second_recognizer; ///< asked where the first is unsure; may be none
};

/// Told of each spine as it is read, from any thread, one call at a time.
/// @param done how many have been read by now. @param index which of the given ones this is
using EachRead = std::function<void(std::size_t done, std::size_t index, const ReadSpine& read)>;

/// Reads what is printed on spines, at the photo's full resolution: finds lines of text along each
/// spine, reads each, and tells by what it reads which way round the spine is meant.
class SpineReader {
public:
    /// @param threads at least 1. Errors: as inference::Session::open.
    static Result<SpineReader> open(const ReaderModels& models, unsigned threads = 2);
    SpineReader(SpineReader&&) noexcept;
    SpineReader& operator=(SpineReader&&) noexcept;
    ~SpineReader();

    /// One answer for each spine, in their order; a spine without legible text has no readings.
    /// Spine::direction says which way to try first. Stopped, the rest has no readings either.
    /// 0.13 s of one core's time for a spine of a dozen words.
    /// @param each_read may be empty.
    Result<std::vector<ReadSpine>> read(const image::Picture& photo, std::span<const Spine> spines,
                                        const EachRead& each_read = {},
                                        std::stop_token stop = {}) const;

private:
    struct State;
    explicit SpineReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::shelf
