// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/voting.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "fingerprint/pairs.h"
#include "fingerprint/segment_format.h"

namespace spindle::fingerprint {
namespace {

constexpr int kTicksPerMoment = format::kTicksPerMoment;

/// A range of keys to read for one pair of the clip.
struct Lookup {
    KeyRange range;
    std::uint32_t tick = 0; // of the pair's first landmark
    std::int16_t pitch = 0; // of the pair's first landmark
    std::int16_t cell = 0;  // pitch cell of range.first
    float promise = 0;      // of being in the reference at all, for choosing
};

/// One posting that fits one pair.
struct Hit {
    std::uint32_t offset; // moments on the timeline at the clip's first sample, plus kBias
    std::int16_t shift;   // reference pitch - clip pitch, 1/192 octave
};
constexpr std::uint32_t kBias = 1U << 14U; // a clip may begin before the first track does

/// Speeds for the shifts that occur, worked out once a query.
class SpeedTable {
public:
    SpeedTable() {
        for (int shift = -kReach; shift <= kReach; ++shift) {
            speeds_[slot(shift)] = std::exp2(-static_cast<double>(shift) / kStepsPerOctave);
        }
    }
    double operator[](int shift) const { return speeds_[slot(std::clamp(shift, -kReach, kReach))]; }

private:
    static constexpr int kReach = 64;
    static std::size_t slot(int shift) {
        const int above = shift + kReach;
        return static_cast<std::size_t>(above);
    }
    std::array<double, 2 * kReach + 1> speeds_{};
};

double speed_of_shift(double shift) {
    return std::exp2(-shift / kStepsPerOctave);
}

/// All ranges in which the reference may hold this pair at some speed in the range.
void add_lookups(const Landmark& first, const Landmark& second, float promise,
                 const SpeedRange& speeds, const SearchEffort& effort, std::vector<Lookup>& out) {
    constexpr float kStray = 0.25F; // how often a pair lies in a cell it reaches only by jitter
    const auto [slowest, fastest] = speeds;
    const int gap = static_cast<int>(second.tick - first.tick);
    const int step = second.pitch - first.pitch;
    const int low_step = step_cell_of(static_cast<int>(std::floor(step - effort.step_jitter)));
    const int high_step = step_cell_of(static_cast<int>(std::ceil(step + effort.step_jitter)));
    const int centre_step = step_cell_of(step);
    const int low_gap =
        floor_div(static_cast<int>(std::floor(gap * slowest - effort.gap_jitter)), kGapCell);
    const int high_gap =
        floor_div(static_cast<int>(std::ceil(gap * fastest + effort.gap_jitter)), kGapCell);
    for (int g = std::max(0, low_gap); g <= std::min(high_gap, kGapCells - 1); ++g) {
        // Speeds at which the gap, give or take its jitter, falls into this cell.
        const double least = std::max(slowest, (g * kGapCell - effort.gap_jitter) / gap);
        const double most = std::min(fastest, ((g + 1) * kGapCell + effort.gap_jitter) / gap);
        if (least > most) {
            continue;
        }
        const bool is_centre_gap =
            (g + 1) * kGapCell > gap * slowest && g * kGapCell <= gap * fastest;
        const auto cell_at = [&](double speed) {
            return floor_div(
                static_cast<int>(std::lround(first.pitch - kStepsPerOctave * std::log2(speed))),
                kPitchCell);
        };
        const int low = std::max(0, cell_at(most));
        const int high = std::min(kPitchCells - 1, cell_at(least));
        for (int s = std::max(low_step, -kStepReach);
             s <= std::min(high_step, kStepReach) && low <= high; ++s) {
            const float share = static_cast<float>(high - low + 1) *
                                (s == centre_step ? 1 : kStray) * (is_centre_gap ? 1 : kStray);
            out.push_back({{pair_key(g, s, low), static_cast<std::uint32_t>(high - low + 1)},
                           first.tick,
                           static_cast<std::int16_t>(first.pitch),
                           static_cast<std::int16_t>(low),
                           promise * share});
        }
    }
}

/// The lookups for all pairs of the clip with a gap that a reference is likely to have stored.
std::vector<Lookup> plan_lookups(std::span<const Landmark> clip, const SpeedRange& speeds,
                                 const SearchEffort& effort) {
    std::vector<Lookup> lookups;
    lookups.reserve(clip.size() * 64);
    constexpr double kLeastGap = PairOptions{}.least_gap;
    for (std::size_t i = 0; i < clip.size(); ++i) {
        for (std::size_t j = i + 1; j < clip.size(); ++j) {
            const auto gap = static_cast<int>(clip[j].tick - clip[i].tick);
            if (gap > effort.most_gap) {
                break;
            }
            if (gap == 0 || gap + effort.gap_jitter < kLeastGap) {
                continue;
            }
            // The reference keeps strong landmarks and pairs each with the next ones: long gaps are
            // rare.
            const auto contrast = static_cast<float>(std::min(clip[i].contrast, clip[j].contrast));
            add_lookups(clip[i], clip[j], contrast / (1 + static_cast<float>(gap) / 30), speeds,
                        effort, lookups);
        }
    }
    return lookups;
}

std::vector<KeyRange> ranges_of(const std::vector<Lookup>& lookups) {
    std::vector<KeyRange> ranges(lookups.size());
    std::transform(lookups.begin(), lookups.end(), ranges.begin(),
                   [](const Lookup& lookup) { return lookup.range; });
    return ranges;
}

std::vector<std::uint32_t> count_postings(const Index& index, const std::vector<Lookup>& lookups) {
    std::vector<std::uint32_t> counts(lookups.size());
    index.count(ranges_of(lookups), counts);
    return counts;
}

/// Keeps the lookups that promise most for each posting to be read, as many as fit the budget. Keys
/// differ a thousandfold in how many postings they hold; a rare key costs little and says much.
/// @return how many postings these hold
std::uint64_t keep_within_budget(const Index& index, std::vector<Lookup>& lookups,
                                 std::uint64_t budget) {
    constexpr float kLookupCost = 16; // of a lookup itself, in postings
    const auto counts = count_postings(index, lookups);
    std::vector<float> worth(lookups.size());
    for (std::size_t i = 0; i < lookups.size(); ++i) {
        worth[i] = lookups[i].promise / (static_cast<float>(counts[i]) + kLookupCost);
    }
    std::vector<std::uint32_t> order(lookups.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return worth[a] > worth[b]; });
    std::vector<Lookup> kept;
    std::uint64_t spent = 0;
    for (const std::uint32_t i : order) {
        if (spent + counts[i] <= budget) {
            spent += counts[i];
            kept.push_back(lookups[i]);
        }
    }
    // In the order they lie in the index: each page is touched once.
    std::sort(kept.begin(), kept.end(),
              [](const Lookup& a, const Lookup& b) { return a.range.first < b.range.first; });
    lookups = std::move(kept);
    return spent;
}

/// Gives every hit of the lookups to `take`, in the order of the index.
template <typename Take>
void each_hit(const Index& index, const std::vector<Lookup>& lookups, Take take) {
    const std::vector<KeyRange> ranges = ranges_of(lookups);
    const SpeedTable speeds;
    index.read(ranges, [&](std::size_t range, std::span<const std::uint32_t> moments,
                           std::span<const std::uint32_t> ends) {
        const Lookup& lookup = lookups[range];
        std::size_t i = 0;
        for (std::size_t key = 0; key < ends.size(); ++key) {
            const int centre = (lookup.cell + static_cast<int>(key)) * kPitchCell + kPitchCell / 2;
            const int shift = centre - lookup.pitch;
            const auto back = static_cast<std::uint32_t>(
                std::lround(speeds[shift] * lookup.tick / kTicksPerMoment));
            for (; i < ends[key]; ++i) {
                take(Hit{moments[i] + kBias - back, static_cast<std::int16_t>(shift)});
            }
        }
    });
}

/// Counts hits in hashed bins of their offset, to tell those that stand alone from those whose bin
/// and neighbours hold many.
class Crowds {
public:
    /// @param hits how many there will be, about
    Crowds(std::uint64_t hits, int bin_bits)
        : bin_bits_(bin_bits),
          mask_((1U << std::clamp(static_cast<int>(std::bit_width(hits)), 12, 21)) - 1),
          counts_(std::size_t{mask_} + 1) {}

    void count(const Hit& hit) {
        std::uint8_t& count = counts_[bin_of(hit)];
        count = static_cast<std::uint8_t>(count + (count < 255 ? 1 : 0));
    }

    /// Once all are counted: the fullest bins, so many that they hold `most` hits, are crowded.
    void close(std::size_t most) {
        // By crowd, counted over the bins in order instead of over the hits all over memory.
        std::array<std::uint32_t, 511> histogram{};
        for (std::uint32_t bin = 0; bin <= mask_; ++bin) {
            if (counts_[bin] > 0) {
                histogram[static_cast<std::size_t>(crowd_of(bin))] += counts_[bin];
            }
        }
        std::size_t kept = 0;
        int threshold = 510;
        while (threshold > 1 && kept + histogram[static_cast<std::size_t>(threshold)] <= most) {
            kept += histogram[static_cast<std::size_t>(threshold--)];
        }
        // One bit a bin: a table that stays in the cache while the hits go by.
        crowded_.assign((std::size_t{mask_} + 64) / 64, 0);
        for (std::uint32_t bin = 0; bin <= mask_; ++bin) {
            if (counts_[bin] > 0 && crowd_of(bin) > threshold) {
                crowded_[bin / 64] |= std::uint64_t{1} << (bin % 64);
            }
        }
    }

    bool holds(const Hit& hit) const {
        const std::uint32_t bin = bin_of(hit);
        return (crowded_[bin / 64] >> (bin % 64) & 1) != 0;
    }

private:
    std::uint32_t bin_of(const Hit& hit) const { return (hit.offset >> bin_bits_) & mask_; }
    int crowd_of(std::uint32_t bin) const {
        return counts_[bin & mask_] +
               std::max(counts_[(bin - 1) & mask_], counts_[(bin + 1) & mask_]);
    }

    int bin_bits_;
    std::uint32_t mask_;
    std::vector<std::uint8_t> counts_;
    std::vector<std::uint64_t> crowded_;
};

/// The hits that do not stand alone, so few that they can be sorted.
/// @param total how many there are in all
std::vector<Hit> crowded_hits(const Index& index, const std::vector<Lookup>& lookups,
                              std::uint64_t total, int bin_bits, std::size_t most) {
    Crowds crowds(total, bin_bits);
    std::vector<Hit> hits;
    // Many are read twice rather than kept: a million would be 10 MB, and more while they grow.
    constexpr std::uint64_t kKept = 150'000;
    const bool keeps = total <= kKept;
    hits.reserve(keeps ? static_cast<std::size_t>(total) : 2 * most);
    each_hit(index, lookups, [&](const Hit& hit) {
        crowds.count(hit);
        if (keeps) {
            hits.push_back(hit);
        }
    });
    crowds.close(most);
    if (keeps) {
        std::erase_if(hits, [&](const Hit& hit) { return !crowds.holds(hit); });
        return hits;
    }
    each_hit(index, lookups, [&](const Hit& hit) {
        if (crowds.holds(hit)) {
            hits.push_back(hit);
        }
    });
    return hits;
}

/// Slides over the sorted hits and counts those that agree in offset and shift.
std::vector<Guess> densest(std::vector<Hit>& hits, std::uint32_t width, std::size_t most) {
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return a.offset != b.offset ? a.offset < b.offset : a.shift < b.shift;
    });
    constexpr int kReach = 24; // steps of shift either way, +-4.5 % and more
    constexpr int kSpread =
        3; // a hit knows its shift to half a pitch cell and the jitter of a peak
    std::vector<Guess> guesses;
    for (std::size_t begin = 0; begin < hits.size();) {
        std::size_t end = begin;
        std::array<int, 2 * kReach + 1> votes{};
        while (end < hits.size() && hits[end].offset - hits[begin].offset < width) {
            const int slot = std::clamp(hits[end].shift + kReach, 0, 2 * kReach);
            ++votes[static_cast<std::size_t>(slot)];
            ++end;
        }
        int best = 0;
        int best_slot = 0;
        int sum = 0;
        for (int slot = 0; slot <= 2 * kReach + kSpread; ++slot) {
            sum += slot <= 2 * kReach ? votes[static_cast<std::size_t>(slot)] : 0;
            const int gone = slot - 2 * kSpread - 1;
            sum -= gone >= 0 ? votes[static_cast<std::size_t>(gone)] : 0;
            if (sum > best) {
                best = sum;
                best_slot = slot - kSpread;
            }
        }
        if (best > 1) {
            double offset = 0;
            double shift = 0;
            std::uint32_t moment = 0;
            for (std::size_t i = begin; i < end; ++i) {
                if (std::abs(hits[i].shift + kReach - best_slot) <= kSpread) {
                    offset += hits[i].offset;
                    shift += hits[i].shift;
                    moment = hits[i].offset;
                }
            }
            guesses.push_back({(offset / best - kBias) * kTicksPerMoment,
                               speed_of_shift(shift / best), moment, best});
        }
        // Half-overlapping windows: the next begins at the first hit past half the width.
        std::size_t next = begin + 1;
        while (next < end && hits[next].offset - hits[begin].offset < (width + 1) / 2) {
            ++next;
        }
        begin = next;
    }
    std::stable_sort(guesses.begin(), guesses.end(),
                     [](const Guess& a, const Guess& b) { return a.votes > b.votes; });
    std::vector<Guess> apart;
    for (const Guess& guess : guesses) {
        const bool again = std::any_of(apart.begin(), apart.end(), [&](const Guess& other) {
            return std::abs(other.offset - guess.offset) < 2.0 * width * kTicksPerMoment &&
                   std::abs(other.speed - guess.speed) < 0.01;
        });
        if (!again) {
            apart.push_back(guess);
        }
        if (apart.size() >= most) {
            break;
        }
    }
    return apart;
}

} // namespace

std::vector<Guess> vote(const Index& index, std::span<const Landmark> clip,
                        const SpeedRange& speeds, const SearchEffort& effort) {
    if (clip.empty() || index.moments() == 0) {
        return {};
    }
    auto lookups = plan_lookups(clip, speeds, effort);
    const std::uint64_t total = keep_within_budget(index, lookups, effort.budget);
    // A hit knows the speed to about half a pitch cell, 0.7 %; over a long clip its offset spreads.
    const double length = clip.back().tick;
    const auto width =
        static_cast<std::uint32_t>(std::clamp(0.004 * length / kTicksPerMoment + 4, 4.0, 32.0));
    auto hits =
        crowded_hits(index, lookups, total, static_cast<int>(std::bit_width(width)) - 1, 20'000);
    auto guesses = densest(hits, width, static_cast<std::size_t>(effort.candidates));
    for (Guess& guess : guesses) {
        // A moment well inside the clip names the track better than its very first sample.
        const double middle = guess.offset + guess.speed * length / 2;
        guess.moment = static_cast<std::uint32_t>(std::max(0.0, middle / kTicksPerMoment));
    }
    return guesses;
}

} // namespace spindle::fingerprint
