// SPDX-License-Identifier: Apache-2.0
#include "shelf/word_order.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace spindle::shelf {
namespace {

/// Pieces of one line may overlap by this part of the lower one's height: boxes are generous.
constexpr double kOverlap = 0.5;
/// Of the lower of two pieces, how much must be beside the other.
constexpr double kBeside = 0.5;
/// Lines begin together when they do so within this part of a piece's height.
constexpr double kTogether = 1.0;

double height(const PlacedWords& piece) {
    return piece.bottom - piece.top;
}

struct OpenLine {
    PlacedWords first;
    PlacedWords last; ///< place only
    Line line;
};

/// How far behind the end of a line a piece begins; nothing when it does not go on the line.
bool goes_on(const PlacedWords& last, const PlacedWords& piece) {
    const double lower = std::min(height(last), height(piece));
    const double beside = std::min(last.bottom, piece.bottom) - std::max(last.top, piece.top);
    return beside >= kBeside * lower && piece.left >= last.right - kOverlap * lower;
}

void append(OpenLine& line, PlacedWords&& piece) {
    std::move(piece.words.begin(), piece.words.end(), std::back_inserter(line.line.words));
    piece.words.clear();
    line.last = std::move(piece);
}

} // namespace

std::vector<Line> lines_of(std::vector<PlacedWords> pieces) {
    std::erase_if(pieces, [](const PlacedWords& piece) { return piece.words.empty(); });
    std::ranges::stable_sort(pieces, {}, &PlacedWords::left);
    std::vector<OpenLine> open;
    for (PlacedWords& piece : pieces) {
        OpenLine* nearest = nullptr;
        for (OpenLine& line : open) {
            if (goes_on(line.last, piece) &&
                (nearest == nullptr || line.last.right > nearest->last.right)) {
                nearest = &line;
            }
        }
        if (nearest == nullptr) {
            open.emplace_back().first = {piece.left, piece.right, piece.top, piece.bottom, {}};
            nearest = &open.back();
        }
        append(*nearest, std::move(piece));
    }
    // They begin in rising order already; only those that begin together may have to change.
    for (std::size_t i = 1; i < open.size(); ++i) {
        for (std::size_t j = i; j > 0; --j) {
            const PlacedWords& above = open[j - 1].first;
            const PlacedWords& below = open[j].first;
            const double lower = std::min(height(above), height(below));
            if (below.left - above.left > kTogether * lower || above.top <= below.top) {
                break;
            }
            std::swap(open[j - 1], open[j]);
        }
    }
    std::vector<Line> lines;
    std::ranges::transform(open, std::back_inserter(lines),
                           [](OpenLine& line) { return std::move(line.line); });
    return lines;
}

} // namespace spindle::shelf
