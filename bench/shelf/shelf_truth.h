// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/quad.h"

namespace spindle::bench {

/// How a line is set. Nobody measures it by hand: only made-up shelves have it.
struct TruePrint {
    std::string role;    ///< "artist", "title", "catno"
    std::string font;    ///< the typeface's file
    double height = 0;   ///< of a capital letter, pixels
    double contrast = 0; ///< of ink and ground, 0 to 1
};

/// A spine in a photo, as a person (or the program that made the photo) says it is.
struct TrueSpine {
    std::string id;
    image::Quad quad; ///< of the whole case, in reading order
    bool legible = false;
    std::string text;   ///< all that can be read; "?" for a sign that cannot
    std::string artist; ///< empty: not visible
    std::string title;
    std::string number;        ///< the catalog number, only if every sign was read
    std::uint32_t release = 0; ///< in the catalog the photo was made from; 0 = not known
    std::vector<TruePrint> prints;
};

/// All that is true of one photo.
struct ShelfTruth {
    std::filesystem::path photo;
    std::string kind; ///< "cd", "lp", "dvd", "book", "mixed"
    std::vector<TrueSpine> spines;
    std::vector<std::vector<image::Point>> ignored; ///< where nothing was annotated
    std::vector<image::Quad> unprinted;             ///< cases that show another side
};

/// Reads a truth file (bench/README.md, "Photos of shelves"). The photo's size in it is checked by
/// who opens the photo. Code::BadInput names the file and the field.
Result<ShelfTruth> read_truth(const std::filesystem::path& file,
                              const std::filesystem::path& photos);

/// Every *.json of a folder, by name.
Result<std::vector<ShelfTruth>> read_truths(const std::filesystem::path& folder,
                                            const std::filesystem::path& photos);

} // namespace spindle::bench
