// SPDX-License-Identifier: Apache-2.0
#include "base/nearest_word.h"

#include <algorithm>
#include <vector>

namespace spindle::text {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    // Three rows: the transposition step looks two rows back.
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::string nearest_word(std::string_view word, std::span<const std::string> known) {
    constexpr std::size_t kLongestWord = 64; // bounds the work on hostile input
    if (word.size() > kLongestWord) {
        return {};
    }
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, (word.size() + 2) / 3) + 1;
    for (const std::string& candidate : known) {
        const bool beginning = word.size() >= 2 && candidate.starts_with(word);
        const std::size_t steps = beginning ? 1 : distance(word, candidate);
        if (steps < best_distance) {
            best_distance = steps;
            best = candidate;
        }
    }
    return best;
}

} // namespace spindle::text
