// SPDX-License-Identifier: Apache-2.0
#include "catalog/reading_errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/text.h"

namespace spindle::catalog {
namespace {

// Costs in nats. docs/catalog.md has them in a table. A
// typical confusion is one in 30 signs, an odd one one in 30 times 20 letters, and so on.
constexpr float kConfusion = 3.5F;
constexpr float kSubstitution = 6.3F;
constexpr float kExtra = 6.0F; ///< a sign that is not printed
constexpr float kLost = 4.5F;  ///< a printed sign that was not seen
constexpr float kPair = 3.7F;  ///< two signs taken for one, or one for two

/// Letters and digits that readers take for one another, in normal form.
constexpr std::array<std::string_view, 40> kWordConfusions{
    "0o", "0q", "0d", "1l", "1i", "li", "1t", "1j", "ij", "it", "lt", "ft", "5s", "8b",
    "2z", "6g", "6b", "9g", "9q", "gq", "ce", "co", "eo", "ao", "ae", "uv", "vy", "nh",
    "hb", "mn", "nr", "do", "3b", "3e", "7t", "4a", "ui", "vw", "kx", "38"};
/// The same for number keys: of letters and digits those that are not folded into one.
constexpr std::array<std::string_view, 14> kNumberConfusions{
    "38", "56", "17", "08", "09", "C0", "U0", "4A", "7T", "VY", "VU", "HN", "MN", "E8"};

struct MeltedPair {
    std::string_view two;
    char one;
};
constexpr std::array<MeltedPair, 6> kPairs{
    {{"rn", 'm'}, {"cl", 'd'}, {"vv", 'w'}, {"ii", 'u'}, {"li", 'h'}, {"nn", 'm'}}};

using CostTable = std::array<std::array<float, 128>, 128>;

template <std::size_t kCount>
CostTable make_table(const std::array<std::string_view, kCount>& confusions) {
    CostTable table{};
    for (std::size_t a = 0; a < 128; ++a) {
        for (std::size_t b = 0; b < 128; ++b) {
            table[a][b] = a == b ? 0 : kSubstitution;
        }
    }
    for (const std::string_view pair : confusions) {
        const auto a = static_cast<std::size_t>(pair[0]);
        const auto b = static_cast<std::size_t>(pair[1]);
        table[a][b] = table[b][a] = kConfusion;
    }
    return table;
}

const CostTable& table_of(Alphabet alphabet) {
    static const CostTable kWords = make_table(kWordConfusions);
    static const CostTable kNumbers = make_table(kNumberConfusions);
    return alphabet == Alphabet::Words ? kWords : kNumbers;
}

float substitution(const CostTable& table, char a, char b) {
    const auto x = static_cast<unsigned char>(a);
    const auto y = static_cast<unsigned char>(b);
    if (x >= 128 || y >= 128) {
        // Bytes of one letter of another script: two of them make a substitution.
        return x == y ? 0 : kSubstitution / 2;
    }
    return table[x][y];
}

constexpr std::size_t kLongest = 64;

bool ends_with_pair(std::string_view text, std::size_t end, std::string_view pair) {
    return end >= 2 && text[end - 2] == pair[0] && text[end - 1] == pair[1];
}

/// Code points of well-formed text.
std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < text.size(); ++k) {
            point = point << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        points.push_back(point);
        i += size;
    }
    return points;
}

std::u32string letters_for(char32_t sign) {
    std::u32string letters;
    const auto add = [&letters](char32_t first, char32_t last) {
        for (char32_t c = first; c <= last; ++c) {
            letters.push_back(c);
        }
    };
    if (sign >= 0x0430 && sign <= 0x045F) {
        add(0x0430, 0x044F);
    } else if (sign >= 0x03B1 && sign <= 0x03C9) {
        add(0x03B1, 0x03C9);
    }
    return letters;
}

/// One-error variants of text in another script than Latin.
void each_one_error_away_wide(std::string_view seen,
                              const std::function<void(std::string_view, double)>& visit) {
    const std::vector<char32_t> points = code_points(seen);
    const std::u32string letters = points.empty() ? std::u32string() : letters_for(points.front());
    std::string variant;
    const auto write = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            text::append_utf8(variant, points[i]);
        }
    };
    for (std::size_t at = 0; at <= points.size(); ++at) {
        if (at < points.size() && points.size() > 1) {
            variant.clear();
            write(0, at);
            write(at + 1, points.size());
            visit(variant, static_cast<double>(kExtra));
        }
        for (const char32_t letter : letters) {
            variant.clear();
            write(0, at);
            text::append_utf8(variant, letter);
            write(at, points.size());
            visit(variant, static_cast<double>(kLost));
            if (at < points.size() && points[at] != letter) {
                variant.clear();
                write(0, at);
                text::append_utf8(variant, letter);
                write(at + 1, points.size());
                visit(variant, static_cast<double>(kSubstitution));
            }
        }
    }
}

} // namespace

double reading_cost(std::string_view seen, std::string_view truth, Alphabet alphabet, double most) {
    if (seen == truth) {
        return 0;
    }
    if (seen.size() > kLongest || truth.size() > kLongest) {
        return most + 1;
    }
    const double difference = static_cast<double>(seen.size()) - static_cast<double>(truth.size());
    if (std::abs(difference) * static_cast<double>(kPair) > most) {
        return most + 1;
    }
    const CostTable& table = table_of(alphabet);
    // rows[i % 3][j]: cost of reading truth's first j signs as seen's first i.
    std::array<std::array<float, kLongest + 1>, 3> rows;
    for (std::size_t i = 0; i <= seen.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& before = rows[(i + 2) % 3];
        const auto& before2 = rows[(i + 1) % 3];
        float least = 1e9F;
        for (std::size_t j = 0; j <= truth.size(); ++j) {
            float best = i == 0 && j == 0 ? 0 : 1e9F;
            if (i > 0) {
                best = std::min(best, before[j] + kExtra);
            }
            if (j > 0) {
                best = std::min(best, row[j - 1] + kLost);
            }
            if (i > 0 && j > 0) {
                best =
                    std::min(best, before[j - 1] + substitution(table, seen[i - 1], truth[j - 1]));
                if (alphabet == Alphabet::Words) {
                    for (const MeltedPair& pair : kPairs) {
                        if (seen[i - 1] == pair.one && ends_with_pair(truth, j, pair.two)) {
                            best = std::min(best, before[j - 2] + kPair);
                        }
                        if (truth[j - 1] == pair.one && ends_with_pair(seen, i, pair.two)) {
                            best = std::min(best, before2[j - 1] + kPair);
                        }
                    }
                }
            }
            row[j] = best;
            least = std::min(least, best);
        }
        // A melted pair looks two rows back, so one row above the limit is not yet the end.
        if (static_cast<double>(least) > most + static_cast<double>(kPair)) {
            return most + 1;
        }
    }
    return static_cast<double>(rows[seen.size() % 3][truth.size()]);
}

double least_reading_cost(int distance, int pairs) {
    // The cheapest edit is a byte of a letter of another script; a melted pair is two edits for one
    // kPair.
    constexpr double kLeast = static_cast<double>(kSubstitution) / 2;
    constexpr double kSaved = 2 * kLeast - static_cast<double>(kPair);
    static_assert(kLeast < static_cast<double>(kConfusion) && kSaved > 0);
    return distance * kLeast - pairs * kSaved;
}

int melting_pairs(std::string_view word) {
    int count = 0;
    for (std::size_t end = 2; end <= word.size(); ++end) {
        for (const MeltedPair& pair : kPairs) {
            count += ends_with_pair(word, end, pair.two) ? 1 : 0;
        }
    }
    return count;
}

void each_one_error_away(std::string_view seen, Alphabet alphabet,
                         const std::function<void(std::string_view truth, double cost)>& visit) {
    if (std::any_of(seen.begin(), seen.end(),
                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        each_one_error_away_wide(seen, visit);
        return;
    }
    constexpr std::string_view kWordSigns = "abcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::string_view kNumberSigns = "0123456789ACEFHJKMNPRTUVWXY";
    const std::string_view signs = alphabet == Alphabet::Words ? kWordSigns : kNumberSigns;
    const CostTable& table = table_of(alphabet);
    std::string variant;
    for (std::size_t at = 0; at < seen.size(); ++at) {
        variant = seen;
        for (const char sign : signs) {
            if (sign != seen[at]) {
                variant[at] = sign;
                visit(variant, static_cast<double>(substitution(table, seen[at], sign)));
            }
        }
        if (seen.size() > 1 && (at == 0 || seen[at] != seen[at - 1])) {
            variant.assign(seen, 0, at);
            variant.append(seen, at + 1);
            visit(variant, static_cast<double>(kExtra));
        }
    }
    for (std::size_t at = 0; at <= seen.size(); ++at) {
        variant.assign(seen, 0, at);
        variant.push_back(' ');
        variant.append(seen, at);
        for (const char sign : signs) {
            if (at == 0 || sign != seen[at - 1]) { // doubling either neighbour is the same text
                variant[at] = sign;
                visit(variant, static_cast<double>(kLost));
            }
        }
    }
    if (alphabet == Alphabet::Words) {
        for (const MeltedPair& pair : kPairs) {
            for (std::size_t at = 0; at < seen.size(); ++at) {
                if (seen[at] == pair.one) {
                    variant.assign(seen, 0, at);
                    variant += pair.two;
                    variant.append(seen, at + 1);
                    visit(variant, static_cast<double>(kPair));
                }
                if (seen.compare(at, 2, pair.two) == 0) {
                    variant.assign(seen, 0, at);
                    variant.push_back(pair.one);
                    variant.append(seen, at + 2);
                    visit(variant, static_cast<double>(kPair));
                }
            }
        }
    }
}

} // namespace spindle::catalog
