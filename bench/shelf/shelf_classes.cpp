// SPDX-License-Identifier: Apache-2.0
#include "shelf/shelf_classes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>

#include <fmt/format.h>

namespace spindle::bench {
namespace {

constexpr std::array kBy{"thickness", "height", "contrast", "typeface"};
enum By : int { Thickness, Height, Contrast, Typeface };

// Where classes begin. Spines of less than 25 px are said to be too thin to read, from 40 on they
// should be easy; capitals are an eighth to a half of a spine.
constexpr std::array<double, 4> kThicknesses{15, 25, 40, 60};
constexpr std::array<double, 4> kHeights{8, 12, 16, 24};
constexpr std::array<double, 3> kContrasts{0.2, 0.4, 0.6};

/// "1 25 to 40": the rank first, so that names sort as their classes do.
std::string class_of(double value, std::span<const double> begins) {
    const auto next = std::ranges::upper_bound(begins, value);
    const auto rank = next - begins.begin();
    if (next == begins.begin()) {
        return fmt::format("{} below {:g}", rank, *next);
    }
    if (next == begins.end()) {
        return fmt::format("{} {:g} and more", rank, *std::prev(next));
    }
    return fmt::format("{} {:g} to {:g}", rank, *std::prev(next), *next);
}

/// "FreeSans" of "FreeSansBoldOblique.ttf", "lmroman" of "lmroman10-bold.otf": the file's name as
/// far as it names the family.
std::string family_of(const std::string& file) {
    std::string name = file.substr(0, file.find_last_of('.'));
    name = name.substr(0, name.find_first_of("-_[0123456789", 2)); // "B612" is a family
    for (const std::string_view style :
         {"Regular", "Bold", "Italic", "Oblique", "Medium", "Light", "Black", "Book", "Roman"}) {
        if (const auto at = name.find(style); at != std::string::npos && at > 2) {
            name.resize(at);
        }
    }
    return name;
}

const TruePrint* print_of(const TrueSpine& spine, std::string_view role) {
    const auto found = std::ranges::find(spine.prints, role, &TruePrint::role);
    return found == spine.prints.end() ? nullptr : &*found;
}

std::string class_of(const TruePrint* print, By by) {
    if (print == nullptr) {
        return {};
    }
    return by == Height     ? class_of(print->height, kHeights)
           : by == Contrast ? class_of(print->contrast, kContrasts)
                            : "0 " + family_of(print->font);
}

} // namespace

void ShelfClasses::count(const SpineScore& one, int by, const std::string& of_text,
                         const std::string& of_number) {
    if (!of_text.empty()) {
        ClassTally& tally = tallies_[{by, of_text}];
        tally.found.count(one.disc.has_value());
        if (one.disc) {
            tally.letters.hits += std::min(one.text.wrong, one.text.letters);
            tally.letters.total += one.text.letters;
        }
        tally.words.hits += one.text.words_right;
        tally.words.total += one.text.words;
    }
    if (!of_number.empty() && !one.truth->number.empty()) {
        tallies_[{by, of_number}].numbers.count(one.number == NumberScore::Exact);
    }
}

void ShelfClasses::add(const PhotoScore& score) {
    for (const SpineScore& one : score.spines) {
        if (!one.truth->legible) {
            continue;
        }
        const std::string thickness = class_of(image::thickness_of(one.truth->quad), kThicknesses);
        count(one, Thickness, thickness, thickness);
        const TruePrint* const title = print_of(*one.truth, "title");
        const TruePrint* const text = title != nullptr ? title : print_of(*one.truth, "artist");
        const TruePrint* const number = print_of(*one.truth, "catno");
        for (const By by : {Height, Contrast, Typeface}) {
            count(one, by, class_of(text, by), class_of(number, by));
        }
    }
}

std::vector<ShelfClasses::Row> ShelfClasses::rows() const {
    std::vector<Row> rows;
    for (const auto& [name, tally] : tallies_) {
        rows.push_back({kBy[static_cast<std::size_t>(name.first)], name.second.substr(2), tally});
    }
    return rows;
}

} // namespace spindle::bench
