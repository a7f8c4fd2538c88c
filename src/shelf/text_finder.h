// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "image/picture.h"
#include "image/quad.h"
#include "inference/session.h"

namespace spindle::shelf {

struct TextFinderOptions {
    double pixel_threshold = 0.3; ///< a pixel as probable as this belongs to text
    double box_threshold = 0.5;   ///< mean probability within a box
    double unclip = 2.2;          ///< the network sees the heart of a line; its box is larger
    double least_height = 5;      ///< pixels; nothing lower can be read
    std::size_t most_boxes = 200;
};

/// A piece of a line of text: one word or several.
struct TextBox {
    image::Quad quad; ///< in the picture's pixels, along the text, as if it were upright
    double confidence = 0;
};

/// Finds lines of text in a picture in which they run left to right (or right to left, upside
/// down): differentiable binarization (Liao et al. 2020), with PP-OCRv4's network, trained further
/// on spines (training/reader).
class TextFinder {
public:
    /// @param model models/spine_text_finder.onnx
    static Result<TextFinder> open(const std::filesystem::path& model,
                                   TextFinderOptions options = {});
    /// Left to right. The picture is taken in its own size; letters of 12 to 40 pixels are found
    /// best. 60 ns a pixel.
    Result<std::vector<TextBox>> find(const image::Picture& picture) const;

private:
    TextFinder(inference::Session session, TextFinderOptions options);
    inference::Session session_;
    TextFinderOptions options_;
};

} // namespace spindle::shelf
