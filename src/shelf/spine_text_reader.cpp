// SPDX-License-Identifier: Apache-2.0
#include "shelf/spine_text_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "image/rectify.h"
#include "shelf/detail/network_input.h"
#include "shelf/second_opinion.h"
#include "shelf/word_order.h"

namespace spindle::shelf {
namespace {

using image::Picture;
using image::Quad;

constexpr int kLongestStrip = 3072; // an LP's 60:1 at 51 pixels; memory and time stay bounded
constexpr int kShortestLine = 16;

enum class Direction : std::size_t { AsGiven = 0, TurnedAround = 1 };
Direction other(Direction direction) {
    return direction == Direction::AsGiven ? Direction::TurnedAround : Direction::AsGiven;
}

/// Corners in such an order that it is read along its longer side.
Quad lengthwise(const Quad& quad) {
    if (length_of(quad) >= thickness_of(quad)) {
        return quad;
    }
    const auto& c = quad.corners;
    return {{c[1], c[2], c[3], c[0]}};
}

struct Strip {
    Picture picture; ///< border included
    int width = 0;   ///< without
    int height = 0;
    int border = 0;
};

/// A line of text on the spine, and what has been read of it.
struct Piece {
    Quad in_strip; ///< the strip without border
    Quad in_photo;
    double signs = 0; ///< as many as may be there: its length by its height
    std::array<std::optional<Decoded>, 2> read;

    double confidence(Direction direction) const {
        return read[static_cast<std::size_t>(direction)]->confidence;
    }
};

int letters_of(const Decoded& decoded) {
    int letters = 0;
    for (const CropWord& word : decoded.words) {
        letters += static_cast<int>(std::ranges::count_if(word.text, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   (static_cast<unsigned char>(c) & 0xC0U) == 0xC0U;
        }));
    }
    return letters;
}

image::Point between(const image::Point& a, const image::Point& b, double part) {
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

/// The part of a line from `begin` to `end`, 0 to 1 along it.
Quad part_of(const Quad& line, double begin, double end) {
    const auto& c = line.corners;
    return {{between(c[0], c[1], begin), between(c[0], c[1], end), between(c[3], c[2], end),
             between(c[3], c[2], begin)}};
}

/// Reads the pieces of one spine, in whichever direction is asked for, each at most once.
class Pieces {
public:
    Pieces(const Picture& photo, const TextRecognizer& recognizer, const TextRecognizer* second,
           const SpineTextOptions& options)
        : photo_(photo), recognizer_(recognizer), second_(second), options_(options) {}

    void add(const Quad& in_strip, const Quad& in_photo) {
        const double thickness = std::max(thickness_of(in_photo), 1.0);
        pieces_.push_back({in_strip, in_photo, length_of(in_photo) / thickness, {}});
    }

    bool empty() const { return pieces_.empty(); }

    Result<void> read(Piece& piece, Direction direction) const {
        auto& decoded = piece.read[static_cast<std::size_t>(direction)];
        if (decoded) {
            return {};
        }
        SPINDLE_TRY(decoded, recognizer_.read(crop_of(piece, direction)));
        return {};
    }

    /// Nats in favour of `likely`, from as many pieces as it takes to be sure.
    Result<double> evidence(Direction likely) {
        double nats = 0;
        for (Piece* piece : most_telling_first()) {
            SPINDLE_TRY_VOID(read(*piece, likely));
            if (nats >= 0 && is_sure(*piece, likely)) {
                return nats + 2 * options_.decided;
            }
            SPINDLE_TRY_VOID(read(*piece, other(likely)));
            if (nats <= 0 && is_sure(*piece, other(likely)) &&
                piece->confidence(likely) < options_.unsure) {
                return nats - 2 * options_.decided;
            }
            // Twelve signs say no more than that their line is this way round.
            nats += std::min(piece->signs, 12.0) *
                    (piece->confidence(likely) - piece->confidence(other(likely)));
            if (std::abs(nats) >= options_.decided + 1) {
                return nats;
            }
        }
        return nats;
    }

    bool is_sure(const Piece& piece, Direction direction) const {
        return piece.confidence(direction) >= options_.sure &&
               letters_of(*piece.read[static_cast<std::size_t>(direction)]) >=
                   options_.sure_letters;
    }

    /// All that is read in one direction, as far as it is text.
    Result<SpineReading> reading(Direction direction, const Strip& strip) {
        std::vector<PlacedWords> placed;
        for (Piece& piece : pieces_) {
            SPINDLE_TRY_VOID(read(piece, direction));
            SPINDLE_TRY_VOID(ask_second(piece, direction));
            placed.push_back(words_of(piece, direction, strip));
        }
        return SpineReading{lines_of(std::move(placed)), 0};
    }

private:
    Picture crop_of(const Piece& piece, Direction direction) const {
        const Quad quad =
            direction == Direction::AsGiven ? piece.in_photo : turned_around(piece.in_photo);
        const int width =
            std::clamp(static_cast<int>(std::lround(TextRecognizer::kHeight * piece.signs)),
                       kShortestLine, options_.longest_line);
        return image::rectify(photo_, quad, width, TextRecognizer::kHeight);
    }

    /// The second recogniser's opinion of a line of which the first is not sure.
    Result<void> ask_second(Piece& piece, Direction direction) const {
        auto& decoded = piece.read[static_cast<std::size_t>(direction)];
        if (second_ == nullptr || decoded->confidence >= options_.doubt) {
            return {};
        }
        SPINDLE_TRY(auto other, second_->read(crop_of(piece, direction)));
        decoded = joined(std::move(*decoded), std::move(other));
        return {};
    }

    std::vector<Piece*> most_telling_first() {
        std::vector<Piece*> order;
        for (Piece& piece : pieces_) {
            order.push_back(&piece);
        }
        // Eight signs tell the direction as well as eighty, and are read in a tenth of the time.
        std::ranges::stable_sort(order, {}, [](const Piece* piece) {
            return std::abs(std::log(std::max(piece->signs, 0.1) / 8));
        });
        return order;
    }

    PlacedWords words_of(const Piece& piece, Direction direction, const Strip& strip) const {
        const auto& c = piece.in_strip.corners;
        PlacedWords placed{std::min(c[0].x, c[3].x),
                           std::max(c[1].x, c[2].x),
                           (c[0].y + c[1].y) / 2,
                           (c[2].y + c[3].y) / 2,
                           {}};
        Quad line = piece.in_photo;
        if (direction == Direction::TurnedAround) {
            placed = {strip.width - placed.right,
                      strip.width - placed.left,
                      strip.height - placed.bottom,
                      strip.height - placed.top,
                      {}};
            line = turned_around(line);
        }
        const Decoded& decoded = *piece.read[static_cast<std::size_t>(direction)];
        if (decoded.confidence < options_.least_box_confidence) {
            return placed;
        }
        for (const CropWord& word : decoded.words) {
            if (word.confidence >= options_.least_word_confidence) {
                placed.words.push_back({word.text, word.confidence, word.alternatives,
                                        part_of(line, word.begin, word.end)});
            }
        }
        return placed;
    }

    const Picture& photo_;
    const TextRecognizer& recognizer_;
    const TextRecognizer* second_;
    const SpineTextOptions& options_;
    std::vector<Piece> pieces_;
};

/// The spine with a height of about `height`. Nothing when it is too thin to be read, or no shape
/// at all.
std::optional<Strip> strip_of(const Picture& photo, const Quad& quad, int height, double border,
                              const SpineTextOptions& options) {
    const double length = length_of(quad);
    const double thickness = thickness_of(quad);
    if (!(thickness >= options.least_thickness) || !std::isfinite(length)) {
        return std::nullopt;
    }
    double scale = std::max(height / thickness, std::min(1.0, options.least_strip_length / length));
    scale = std::min({scale, options.most_enlarged, kLongestStrip / length});
    const auto pixels = [scale](double size) {
        return std::max(8, static_cast<int>(std::lround(size * scale)));
    };
    Strip strip{{}, pixels(length), pixels(thickness), 0};
    strip.border = static_cast<int>(std::lround(strip.height * border));
    strip.picture =
        detail::with_border(image::rectify(photo, quad, strip.width, strip.height), strip.border);
    return strip;
}

/// Lines of text on a strip, in parts of its length and height.
Result<std::vector<Quad>> lines_on(const TextFinder& finder, const Strip& strip) {
    SPINDLE_TRY(const auto boxes, finder.find(strip.picture));
    std::vector<Quad> lines;
    for (const TextBox& box : boxes) {
        Quad& line = lines.emplace_back(box.quad);
        for (image::Point& corner : line.corners) {
            corner.x = (corner.x - strip.border) / strip.width;
            corner.y = (corner.y - strip.border) / strip.height;
        }
    }
    return lines;
}

double length_beside(const std::vector<Quad>& lines) {
    double sum = 0;
    for (const Quad& line : lines) {
        sum += line.corners[1].x - line.corners[0].x;
    }
    return sum;
}

/// Both, without those that lie for the most part in a larger one.
std::vector<Quad> united(std::vector<Quad> lines, const std::vector<Quad>& more) {
    constexpr double kSame = 0.5;
    lines.insert(lines.end(), more.begin(), more.end());
    std::ranges::stable_sort(lines, std::ranges::greater(), image::area_of);
    std::vector<Quad> kept;
    for (const Quad& line : lines) {
        const bool known = std::ranges::any_of(kept, [&](const Quad& larger) {
            const double both = overlap_of(line, larger);
            const double common =
                both / (1 + both) * (image::area_of(line) + image::area_of(larger));
            return common > kSame * image::area_of(line);
        });
        if (!known) {
            kept.push_back(line);
        }
    }
    return kept;
}

} // namespace

SpineTextReader::SpineTextReader(TextFinder finder, TextRecognizer recognizer,
                                 std::optional<TextRecognizer> second, SpineTextOptions options)
    : finder_(std::move(finder)), recognizer_(std::move(recognizer)), second_(std::move(second)),
      options_(options) {}

Result<ReadSpine> SpineTextReader::read(const Picture& photo, const Spine& spine) const {
    ReadSpine result{spine, {}};
    const Quad quad = lengthwise(spine.quad);
    const StripSizes& sizes =
        thickness_of(quad) < options_.thin ? options_.for_thin : options_.for_thick;
    const auto strip = strip_of(photo, quad, sizes.height, sizes.border, options_);
    if (!strip || strip->picture.empty()) {
        return result;
    }
    SPINDLE_TRY(auto lines, lines_on(finder_, *strip));
    if (length_beside(lines) < options_.little) {
        const auto taller = strip_of(photo, quad, sizes.second, sizes.border, options_);
        if (taller->height > strip->height) {
            SPINDLE_TRY(const auto more, lines_on(finder_, *taller));
            lines = united(std::move(lines), more);
        }
    }
    Pieces pieces(photo, recognizer_, second_ ? &*second_ : nullptr, options_);
    for (const Quad& line : lines) {
        Quad in_strip = line;
        for (image::Point& corner : in_strip.corners) {
            corner.x *= strip->width;
            corner.y *= strip->height;
        }
        pieces.add(in_strip, in_photo(in_strip, quad, strip->width, strip->height));
    }
    if (pieces.empty()) {
        return result;
    }
    const Direction likely =
        spine.direction < 0.5 && spine.direction > 0 ? Direction::TurnedAround : Direction::AsGiven;
    SPINDLE_TRY(const double evidence, pieces.evidence(likely));
    const Direction best = evidence >= 0 ? likely : other(likely);
    const double certainty = 1 / (1 + std::exp(-std::abs(evidence)));
    for (const Direction direction : {best, other(best)}) {
        if (direction != best && std::abs(evidence) >= options_.decided) {
            break;
        }
        SPINDLE_TRY(auto reading, pieces.reading(direction, *strip));
        reading.confidence = direction == best ? certainty : 1 - certainty;
        if (!reading.lines.empty()) {
            result.readings.push_back(std::move(reading));
        }
    }
    if (!result.readings.empty()) {
        result.spine.quad = best == Direction::AsGiven ? quad : turned_around(quad);
        result.spine.direction = certainty;
    }
    return result;
}

} // namespace spindle::shelf
