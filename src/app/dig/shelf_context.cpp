// SPDX-License-Identifier: Apache-2.0
#include "app/dig/shelf_context.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "catalog/normal_form.h"

namespace spindle::app {
namespace {

// Chance that two releases of the catalog have a label (an artist) in common; the largest labels
// have about a hundredth of it, artists far less.
constexpr double kSameLabel = 0.01;
constexpr double kSameArtist = 0.002;
// So many pairs by chance are added to those seen, so that two pairs do not make a habit.
constexpr double kChancePairs = 8;
// A place in the alphabet between neighbours is not taken for narrower than this.
constexpr double kNarrowest = 0.05;

/// What is compared: of the candidate in question, or of a sure neighbour.
struct Marks {
    std::string label, artist;
    double place = 0; ///< in the alphabet, 0 to 1
};

/// Where a name stands in the alphabet, 0 to 1, as if all letters were as frequent.
double place_of(const std::string& artist) {
    double place = 0;
    double step = 1;
    for (const std::string& word : catalog::words_of(artist)) {
        if (word == "the" && step == 1) {
            continue;
        }
        for (const char c : word) {
            step /= 27;
            place += step * (c >= 'a' && c <= 'z' ? c - 'a' + 1 : c > 'z' || c < 0 ? 26 : 0);
            if (step < 1e-6) {
                return place;
            }
        }
        step /= 27; // a blank
    }
    return place;
}

Marks marks_of(const Candidate& candidate) {
    return {catalog::folded(candidate.pressings.front().label), catalog::folded(candidate.artist),
            place_of(candidate.artist)};
}

/// How this shelf is kept, from pairs of sure neighbours.
struct Habits {
    double same_label = kSameLabel;
    double same_artist = kSameArtist;
    double sorted = 0; ///< chance that it is in the order of the alphabet, as far as pairs tell
};

Habits habits_of(const std::vector<std::optional<Marks>>& sure, int reach) {
    double pairs = 0;
    double labels = 0;
    double artists = 0;
    double different = 0;
    double rising = 0;
    for (std::size_t i = 0; i < sure.size(); ++i) {
        for (std::size_t k = i + 1;
             sure[i] && k < sure.size() && k <= i + static_cast<std::size_t>(reach); ++k) {
            if (!sure[k]) {
                continue;
            }
            ++pairs;
            labels += !sure[i]->label.empty() && sure[i]->label == sure[k]->label ? 1 : 0;
            artists += sure[i]->artist == sure[k]->artist ? 1 : 0;
            if (sure[i]->artist != sure[k]->artist) {
                ++different;
                rising += sure[i]->place < sure[k]->place ? 1 : 0;
            }
            break;
        }
    }
    Habits habits;
    habits.same_label = (labels + kChancePairs * kSameLabel) / (pairs + kChancePairs);
    habits.same_artist = (artists + kChancePairs * kSameArtist) / (pairs + kChancePairs);
    // Half of the pairs rise by chance.
    habits.sorted = std::max(0.0, 2 * (rising + kChancePairs / 2) / (different + kChancePairs) - 1);
    return habits;
}

/// How much more likely the same mark is on this shelf than by chance.
double factor(bool is_same, double habit, double chance) {
    return is_same ? habit / chance : (1 - habit) / (1 - chance);
}

double factor_of(const Marks& marks, const std::optional<Marks>& before,
                 const std::optional<Marks>& after, const Habits& habits) {
    double product = 1;
    for (const auto* const neighbour : {&before, &after}) {
        if (*neighbour) {
            const Marks& other = **neighbour;
            product *= factor(!marks.label.empty() && marks.label == other.label, habits.same_label,
                              kSameLabel);
            product *= factor(marks.artist == other.artist, habits.same_artist, kSameArtist);
        }
    }
    const double low = before ? before->place : 0;
    const double high = after ? after->place : 1;
    if ((before || after) && low <= high) {
        const double room = std::max(kNarrowest, high - low);
        const bool fits = marks.place >= low && marks.place <= high;
        product *= 1 - habits.sorted + (fits ? habits.sorted / room : 0);
    }
    return product;
}

void weigh(Disc& disc, const std::optional<Marks>& before, const std::optional<Marks>& after,
           const Habits& habits, const ContextOptions& options) {
    double sum = disc.probability_of_none;
    for (Candidate& candidate : disc.candidates) {
        const double by = std::clamp(factor_of(marks_of(candidate), before, after, habits),
                                     1 / options.most_drop, options.most_raise);
        candidate.probability = candidate.alone * by;
        sum += candidate.probability;
    }
    if (!(sum > 0)) {
        return;
    }
    disc.probability_of_none /= sum;
    for (Candidate& candidate : disc.candidates) {
        candidate.probability /= sum;
        for (Pressing& pressing : candidate.pressings) {
            pressing.probability *=
                candidate.alone > 0 ? candidate.probability / candidate.alone : 0;
        }
    }
    std::stable_sort(
        disc.candidates.begin(), disc.candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
    disc.verdict = disc.candidates.front().probability >= options.certainty ? DiscVerdict::Known
                                                                            : DiscVerdict::Maybe;
}

} // namespace

void weigh_by_neighbours(std::span<Disc> discs, const ContextOptions& options) {
    std::vector<std::optional<Marks>> sure;
    for (const Disc& disc : discs) {
        sure.push_back(disc.verdict == DiscVerdict::Known &&
                               disc.candidates.front().alone >= options.sure_neighbour
                           ? std::optional(marks_of(disc.candidates.front()))
                           : std::nullopt);
    }
    const Habits habits = habits_of(sure, options.reach);
    const auto count = static_cast<int>(discs.size());
    const auto nearest = [&](int from, int step) -> std::optional<Marks> {
        for (int i = from + step, n = 0; i >= 0 && i < count && n < options.reach; i += step, ++n) {
            if (sure[static_cast<std::size_t>(i)]) {
                return sure[static_cast<std::size_t>(i)];
            }
        }
        return std::nullopt;
    };
    for (int i = 0; i < count; ++i) {
        Disc& disc = discs[static_cast<std::size_t>(i)];
        const bool is_open =
            disc.verdict == DiscVerdict::Maybe ||
            (disc.verdict == DiscVerdict::Known && !sure[static_cast<std::size_t>(i)]);
        if (is_open && !disc.candidates.empty()) {
            weigh(disc, nearest(i, -1), nearest(i, 1), habits, options);
        }
    }
}

} // namespace spindle::app
