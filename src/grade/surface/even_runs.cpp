// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/even_runs.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

// Real lead-ins, run-outs and beds (35 recordings, MP3 among them) have medians of 0.9 to 1.3 in
// five cells; of 40 pieces of game music the evenest twentieth of the cells starts at 1.5, but for
// two with distorted guitars and noise.
constexpr double kMostUneven = 1.4;
constexpr std::size_t kSmoothing = 2; // cells to either side
constexpr double kNothingDb = -92;    // A-weighted; 16 bits with triangular dither have -98
constexpr double kStepDb = 3.5;       // of medians before and after
constexpr std::size_t kStepReach = 4; // cells of which these are

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <typename Value>
double median_of(std::span<const Cell> cells, std::size_t from, std::size_t to, Value value) {
    std::vector<double> values;
    for (std::size_t i = from; i < to; ++i) {
        values.push_back(value(cells[i]));
    }
    return median(std::move(values));
}

double level_of(std::span<const Cell> cells, std::size_t from, std::size_t to) {
    return median_of(cells, from, to, [](const Cell& cell) { return cell.a.db(); });
}

double unevenness_of(std::span<const Cell> cells, std::size_t from, std::size_t to) {
    return median_of(cells, from, to,
                     [](const Cell& cell) { return static_cast<double>(cell.unevenness); });
}

double step_at(std::span<const Cell> cells, const EvenRun& run, std::size_t at) {
    const std::size_t before = at - run.from > kStepReach ? at - kStepReach : run.from;
    return std::abs(level_of(cells, at, std::min(at + kStepReach, run.to)) -
                    level_of(cells, before, at));
}

/// Parts of `run` between steps of its level, into `runs`.
void split(std::span<const Cell> cells, EvenRun run, std::size_t shortest,
           std::vector<EvenRun>& runs) {
    const auto add = [&](std::size_t from, std::size_t to) {
        if (to - from >= shortest) {
            runs.push_back({from, to, level_of(cells, from, to), unevenness_of(cells, from, to)});
        }
    };
    std::size_t begin = run.from;
    for (std::size_t at = run.from + 2; at + 2 <= run.to; ++at) {
        double best = step_at(cells, run, at);
        if (best <= kStepDb) {
            continue;
        }
        // The middle of the slope: where the step is greatest.
        std::size_t where = at;
        while (at + 3 <= run.to) {
            const double next = step_at(cells, run, at + 1);
            if (next <= kStepDb) {
                break;
            }
            ++at;
            if (next > best) {
                best = next;
                where = at;
            }
        }
        add(begin, where);
        begin = where;
    }
    add(begin, run.to);
}

} // namespace

bool is_nothing(const Cell& cell) {
    return cell.digital_share > 0.5F || cell.a.db() < kNothingDb;
}

std::vector<EvenRun> even_runs(std::span<const Cell> cells, std::size_t shortest) {
    std::vector<EvenRun> runs;
    const auto is_even = [&](std::size_t i) {
        if (is_nothing(cells[i])) {
            return false;
        }
        std::size_t from = i;
        while (from > 0 && i - from < kSmoothing && !is_nothing(cells[from - 1])) {
            --from;
        }
        std::size_t to = i + 1;
        while (to < cells.size() && to - i <= kSmoothing && !is_nothing(cells[to])) {
            ++to;
        }
        return unevenness_of(cells, from, to) < kMostUneven;
    };
    for (std::size_t i = 0; i < cells.size();) {
        if (!is_even(i)) {
            ++i;
            continue;
        }
        EvenRun run{i, i + 1};
        while (run.to < cells.size() && is_even(run.to)) {
            ++run.to;
        }
        i = run.to;
        split(cells, run, std::max<std::size_t>(shortest, 1), runs);
    }
    return runs;
}

} // namespace spindle::grade
