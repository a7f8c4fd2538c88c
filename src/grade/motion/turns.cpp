// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/turns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spindle::grade {
namespace {

constexpr double kBin = 0.001;     // seconds
constexpr double kShortest = 0.25; // of the distances counted
constexpr double kLongest = 5.55;  // three turns at 33 1/3, 1 % slow
constexpr std::size_t kMultiples = 3;
constexpr int kReach = 5; // bins to either side that count as the same distance: a scratch
                          // that is not radial, and wow
constexpr double kOverRhythm = 1.4;  // so much more often than at any other distance
constexpr double kSameAngle = 0.010; // seconds from one turn to the next
constexpr double kSameDrift = 0.006; // ... and more or less than the turn before

struct Event {
    double at;
    double weight;
    std::size_t index; ///< in the list given
};

std::vector<Event> strongest(std::span<const Defect> defects, std::size_t most) {
    std::vector<Event> events;
    std::vector<double> peaks;
    for (std::size_t i = 0; i < defects.size(); ++i) {
        const DefectKind kind = defects[i].kind;
        if (kind == DefectKind::Click || kind == DefectKind::Crackle || kind == DefectKind::Thump) {
            events.push_back({defects[i].at.count(), defects[i].peak, i});
            peaks.push_back(defects[i].peak);
        }
    }
    if (events.empty()) {
        return events;
    }
    const auto middle = peaks.begin() + static_cast<std::ptrdiff_t>(peaks.size() / 2);
    std::nth_element(peaks.begin(), middle, peaks.end());
    const double typical = std::max(*middle, 1e-9);
    if (events.size() > most) {
        const auto end = events.begin() + static_cast<std::ptrdiff_t>(most);
        std::nth_element(events.begin(), end, events.end(),
                         [](const Event& a, const Event& b) { return a.weight > b.weight; });
        events.erase(end, events.end());
    }
    for (Event& event : events) {
        // A loud one says more, but one alone does not outweigh many.
        const double probability = defects[event.index].probability;
        event.weight = probability * std::clamp(std::log2(1 + event.weight / typical), 0.1, 3.0);
    }
    std::ranges::sort(events, {}, &Event::at);
    return events;
}

/// How often each distance occurs, by weight, smoothed.
class Distances {
public:
    explicit Distances(std::span<const Event> events)
        : counts_(static_cast<std::size_t>(kLongest / kBin) + 2 * kReach) {
        std::vector<double> raw(counts_.size());
        std::size_t first = 0;
        for (std::size_t i = 0; i < events.size(); ++i) {
            while (events[i].at - events[first].at > kLongest) {
                ++first;
            }
            for (std::size_t j = first; j < i; ++j) {
                const double distance = events[i].at - events[j].at;
                if (distance < kShortest) {
                    break;
                }
                raw[bin(distance)] += events[i].weight * events[j].weight;
            }
        }
        for (std::size_t i = kReach; i + kReach < raw.size(); ++i) {
            for (std::size_t k = i - kReach; k <= i + kReach; ++k) {
                counts_[i] += raw[k];
            }
        }
    }

    /// Mean and deviation of the distances that are no multiples of `turn`.
    void set_usual(double turn, double speed_error) {
        double sum = 0;
        double squares = 0;
        double count = 0;
        for (std::size_t i = bin(kShortest) + kReach; i + 2 * kReach < counts_.size(); ++i) {
            const double turns = static_cast<double>(i) * kBin / turn;
            const double nearest = std::max(1.0, std::round(turns));
            if (std::abs(turns - nearest) * turn > nearest * turn * speed_error + 0.015) {
                sum += counts_[i];
                squares += counts_[i] * counts_[i];
                ++count;
            }
        }
        mean_ = sum / count;
        // Of a few defects most distances never occur: then what one pair more or less makes.
        deviation_ = std::sqrt(std::max(squares / count - mean_ * mean_, 1.0));
    }

    /// What one, two and three turns have more than usual; the mean.
    double excess(double turn) const {
        double sum = 0;
        std::size_t used = 0;
        for (std::size_t k = 1; k <= kMultiples; ++k) {
            const std::size_t at = bin(turn * static_cast<double>(k));
            if (at < counts_.size()) {
                sum += counts_[at] - mean_;
                ++used;
            }
        }
        return sum / static_cast<double>(std::max<std::size_t>(used, 1));
    }

    double z_of(double excess) const {
        // Pairs within the smoothing are counted together: the deviation is of that sum already.
        return deviation_ > 0 ? excess * std::sqrt(static_cast<double>(kMultiples)) / deviation_
                              : 0;
    }

private:
    static std::size_t bin(double distance) {
        return static_cast<std::size_t>(std::lround(distance / kBin));
    }
    std::vector<double> counts_;
    double mean_ = 0;
    double deviation_ = 0;
};

struct Found {
    double z = 0;
    double turn = 0;
};

Found look_at(Distances& distances, double rpm, double speed_error) {
    const double nominal = turn_of(rpm).count();
    distances.set_usual(nominal, speed_error);
    double best = -1e300;
    Found found{0, nominal};
    for (double turn = nominal * (1 - speed_error); turn <= nominal * (1 + speed_error);
         turn += kBin / 2) {
        if (const double excess = distances.excess(turn); excess > best) {
            best = excess;
            found.turn = turn;
        }
    }
    // A beat of which the turn is a multiple comes back at its own distance as often.
    for (double beat = 0.25; beat < nominal * (1 - speed_error - 0.02); beat += kBin) {
        if (best < kOverRhythm * distances.excess(beat)) {
            return found;
        }
    }
    found.z = distances.z_of(best);
    return found;
}

/// The scratches: chains of defects a turn apart.
class Chains {
public:
    Chains(std::span<const Event> events, double turn) : events_(events), turn_(turn) {
        links_.resize(events.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            for (const int turns : {1, 2}) {
                link(i, turns);
            }
        }
    }

    std::vector<Scratch> take(const TurnOptions& options) {
        std::vector<std::size_t> order(links_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, [this](std::size_t a, std::size_t b) {
            return links_[a].heard > links_[b].heard;
        });
        std::vector<bool> used(links_.size());
        std::vector<Scratch> scratches;
        const double seconds = events_.empty() ? 1 : events_.back().at - events_.front().at + 1;
        const double chance = std::min(0.9, static_cast<double>(events_.size()) / seconds * 2 *
                                                (kSameDrift + kSameDrift));
        for (const std::size_t last : order) {
            std::vector<std::size_t> chain;
            std::size_t at = last;
            while (true) {
                if (used[at]) {
                    break;
                }
                chain.push_back(at);
                if (links_[at].before == at) {
                    break;
                }
                at = links_[at].before;
            }
            const auto heard = static_cast<double>(chain.size());
            if (chain.size() < options.fewest_turns ||
                static_cast<double>(events_.size()) * std::pow(chance, heard - 1) >
                    options.by_chance) {
                continue;
            }
            scratches.push_back(scratch_of(chain));
            for (const std::size_t member : chain) {
                used[member] = true;
            }
        }
        return scratches;
    }

private:
    struct Link {
        std::size_t before = 0; ///< itself: none
        std::size_t heard = 1;
        double drift = 0; ///< seconds per turn
    };

    void link(std::size_t i, int turns) {
        Link& own = links_[i];
        if (turns == 1) {
            own.before = i;
        }
        const double wanted = events_[i].at - turns * turn_;
        auto other = std::ranges::lower_bound(events_, wanted - turns * kSameAngle, {}, &Event::at);
        for (; other != events_.end() && other->at <= wanted + turns * kSameAngle; ++other) {
            const auto j = static_cast<std::size_t>(other - events_.begin());
            const double drift = (wanted - other->at) / turns;
            const Link& before = links_[j];
            if (before.heard > 1 && std::abs(drift - before.drift) > kSameDrift) {
                continue;
            }
            if (before.heard + 1 > own.heard) {
                // The drift is smoothed: a tick's place is only so exact.
                own = {j, before.heard + 1,
                       before.heard > 1 ? 0.7 * before.drift + 0.3 * drift : drift};
            }
        }
    }

    Scratch scratch_of(const std::vector<std::size_t>& chain) const {
        Scratch scratch;
        const double first = events_[chain.back()].at;
        const double last = events_[chain.front()].at;
        scratch.from = Seconds(first);
        scratch.to = Seconds(last);
        const double turns = std::max(1.0, std::round((last - first) / turn_));
        scratch.turns = static_cast<std::size_t>(turns) + 1;
        scratch.heard = chain.size();
        scratch.angle = 360 * (first / turn_ - std::floor(first / turn_));
        scratch.drift = 360 * ((last - first) / turn_ - turns) / turns;
        for (auto member = chain.rbegin(); member != chain.rend(); ++member) {
            scratch.defects.push_back(events_[*member].index);
        }
        return scratch;
    }

    std::span<const Event> events_;
    double turn_;
    std::vector<Link> links_;
};

} // namespace

TurnFigures find_turns(std::span<const Defect> defects, const TurnOptions& options) {
    TurnFigures figures;
    figures.turn = turn_of(options.rpm.value_or(kRecordSpeeds[0]));
    const std::vector<Event> events = strongest(defects, options.most_defects);
    if (events.size() < options.fewest_turns) {
        return figures;
    }
    Distances distances(events);
    double best = 0;
    for (std::size_t i = 0; i < kRecordSpeeds.size(); ++i) {
        if (options.rpm && std::abs(*options.rpm / kRecordSpeeds[i] - 1) > 0.02) {
            continue;
        }
        const Found found = look_at(distances, kRecordSpeeds[i], options.speed_error);
        figures.z[i] = found.z;
        if (found.z > best) {
            best = found.z;
            figures.turn = Seconds(found.turn);
            if (found.z >= TurnFigures::kProven) {
                figures.rpm = kRecordSpeeds[i];
            }
        }
    }
    if (figures.rpm) {
        figures.scratches = Chains(events, figures.turn.count()).take(options);
    }
    return figures;
}

bool is_shellac(const TurnFigures& turns) {
    return turns.rpm && std::abs(*turns.rpm - kRecordSpeeds.back()) < 1;
}

} // namespace spindle::grade
