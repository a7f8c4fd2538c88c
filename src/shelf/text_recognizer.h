// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"
#include "image/picture.h"
#include "inference/session.h"
#include "shelf/ctc_decoder.h"

namespace spindle::shelf {

/// Reads one line of text in a picture of it, by a network that ends in CTC (PP-OCR's kind).
class TextRecognizer {
public:
    static constexpr int kHeight = 48; ///< pixels of the picture of a line

    /// @param model an ONNX file; its signs are in the file of the same name with the ending .txt.
    static Result<TextRecognizer> open(const std::filesystem::path& model,
                                       DecoderOptions options = {});
    /// @param line upright, kHeight pixels high, 16 to 4096 wide.
    Result<Decoded> read(const image::Picture& line) const;

private:
    TextRecognizer(inference::Session session, SignTable signs, DecoderOptions options);
    inference::Session session_;
    SignTable signs_;
    DecoderOptions options_;
};

} // namespace spindle::shelf
