// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "training/shelf/chance.h"

typedef struct _cairo cairo_t; // NOLINT(modernize-use-using): as Cairo declares it

namespace spindle::made_shelf {

/// A line of text as one typeface sets it. Lengths are in units of the typeface's capital height,
/// x from the line's beginning, y down from its baseline.
struct SetText {
    struct Word {
        std::string text;
        double left = 0; ///< bounds of its ink
        double right = 0;
        double top = 0;
        double bottom = 0;
    };
    struct Glyph {
        std::uint32_t id = 0;
        double x = 0;
        double y = 0;
    };
    std::vector<Glyph> glyphs;
    std::vector<Word> words;
    double advance = 0; ///< where the next line's text would begin
};

/// One typeface from a file. Immutable; may be used from several threads.
class Typeface {
public:
    struct Loaded;
    explicit Typeface(std::shared_ptr<const Loaded> loaded) : loaded_(std::move(loaded)) {}

    const std::string& name() const;
    bool covers(std::string_view text) const;
    /// @param tracking added between letters, in capital heights.
    SetText set(std::string_view text, double tracking) const;
    /// Adds the outlines to Cairo's path; one unit is a capital height, the current point of the
    /// text is the origin.
    void outline(const SetText& text, cairo_t* cairo) const;

private:
    std::shared_ptr<const Loaded> loaded_;
};

/// The typefaces of a folder. Fonts of signs, of mathematics and without digits are left out.
class Fonts {
public:
    /// Reads *.ttf, *.otf and *.ttc, folders in folders too; an empty path is the machine's own.
    /// Errors: NotFound if there is no usable font.
    static Result<Fonts> load(const std::filesystem::path& folder);

    /// Any typeface that has all signs of the text; nullptr if none has. A folder (package) of many
    /// is likelier than one of a single fancy face, as the large families are those books and
    /// spines are set in, but no more than kMostWeight times.
    const Typeface* draw(Random& random, std::string_view text) const;
    std::size_t size() const;

private:
    static constexpr std::size_t kMostWeight = 12;
    const Typeface& any(Random& random) const;

    std::vector<std::vector<Typeface>> packages_;
    std::size_t weights_ = 0; ///< of all packages
};

} // namespace spindle::made_shelf
