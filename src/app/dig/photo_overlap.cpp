// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_overlap.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/dig/plane_map.h"
#include "app/dig/spine_likeness.h"

namespace spindle::app {
namespace {

constexpr std::size_t kMostSamples = 600;  // pairs that may vote: bounds the time to 600 squared
constexpr std::size_t kEnoughForAngle = 5; // spines from which perspective can be told
constexpr double kOverlapsAlone = 0.35;    // of areas, for spines nobody could read
constexpr double kSlackPerPixel = 0.08;    // a tilted view bends a rigid map by so much
constexpr int kRefinements = 3;

/// Where a spine begins and ends, in its reading direction: the middles of its short edges.
struct Axis {
    image::Point begin, end, middle;
    double thickness = 0;
};

image::Point between(const image::Point& a, const image::Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}
double distance(const image::Point& a, const image::Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

Axis axis_of(const image::Quad& quad) {
    Axis axis;
    axis.begin = between(quad.corners[0], quad.corners[3]);
    axis.end = between(quad.corners[1], quad.corners[2]);
    axis.middle = between(axis.begin, axis.end);
    axis.thickness = image::thickness_of(quad);
    return axis;
}

std::vector<Axis> axes_of(std::span<const shelf::ReadSpine> spines) {
    std::vector<Axis> axes;
    axes.reserve(spines.size());
    for (const shelf::ReadSpine& read : spines) {
        axes.push_back(axis_of(read.spine.quad));
    }
    return axes;
}

/// Two spines that say the same.
struct Sample {
    std::size_t first = 0, second = 0;
    double letters = 0;
    PointPair begin, end, middle;
};

std::vector<Sample> samples_of(const SpineLikeness& likeness, const std::vector<Axis>& first,
                               const std::vector<Axis>& second, const OverlapOptions& options) {
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < first.size(); ++i) {
        for (std::size_t j = 0; j < second.size(); ++j) {
            const auto like = likeness.between(i, j);
            if (like.letters < options.least_letters || like.share < options.least_share) {
                continue;
            }
            Sample sample{i, j, like.letters, {}, {}, {first[i].middle, second[j].middle}};
            sample.begin = {first[i].begin, like.is_turned ? second[j].end : second[j].begin};
            sample.end = {first[i].end, like.is_turned ? second[j].begin : second[j].end};
            samples.push_back(sample);
        }
    }
    std::stable_sort(samples.begin(), samples.end(),
                     [](const Sample& a, const Sample& b) { return a.letters > b.letters; });
    samples.resize(std::min(samples.size(), kMostSamples));
    return samples;
}

/// The samples that a map explains, each spine once, best first.
/// @param slack by how much it may miss, in pixels, as a function of the sample.
template <typename Slack>
std::vector<const Sample*> explained(const PlaneMap& map, const std::vector<Sample>& samples,
                                     const Slack& slack) {
    struct Fit {
        const Sample* sample;
        double error;
    };
    std::vector<Fit> fits;
    for (const Sample& sample : samples) {
        const double most = slack(sample);
        const double middle = distance(map(sample.middle.from), sample.middle.to);
        // The ends may lie elsewhere by more: finders cut spines short.
        const double ends = std::max(distance(map(sample.begin.from), sample.begin.to),
                                     distance(map(sample.end.from), sample.end.to));
        const double length = distance(sample.begin.to, sample.end.to);
        if (middle <= most && ends <= 2 * most + 0.2 * length) {
            fits.push_back({&sample, middle / most});
        }
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const Fit& a, const Fit& b) { return a.error < b.error; });
    std::vector<const Sample*> kept;
    for (const Fit& fit : fits) {
        if (std::none_of(kept.begin(), kept.end(), [&](const Sample* other) {
                return other->first == fit.sample->first || other->second == fit.sample->second;
            })) {
            kept.push_back(fit.sample);
        }
    }
    return kept;
}

std::vector<PointPair> points_of(const std::vector<const Sample*>& samples) {
    std::vector<PointPair> points;
    for (const Sample* sample : samples) {
        points.push_back(sample->begin);
        points.push_back(sample->end);
    }
    return points;
}

struct Overlay {
    PlaneMap map;
    std::vector<const Sample*> agreeing;
};

/// The map most samples agree on: proposed by one of them, then fitted to all it explains.
Overlay best_overlay(const std::vector<Sample>& samples, const std::vector<Axis>& second) {
    Overlay best;
    for (const Sample& proposal : samples) {
        const auto map = similarity_through(proposal.begin, proposal.end);
        if (!map) {
            continue;
        }
        auto agreeing = explained(*map, samples, [&](const Sample& sample) {
            return second[sample.second].thickness +
                   kSlackPerPixel * distance(sample.middle.to, proposal.middle.to);
        });
        if (agreeing.size() > best.agreeing.size()) {
            best = {*map, std::move(agreeing)};
        }
    }
    for (int round = 0; round < kRefinements && best.agreeing.size() >= 2; ++round) {
        const auto points = points_of(best.agreeing);
        auto fitted = affine_fit(points);
        if (best.agreeing.size() >= kEnoughForAngle) {
            const auto tilted = projective_fit(points);
            if (tilted && fitted && mean_error(*tilted, points) < mean_error(*fitted, points)) {
                fitted = tilted;
            }
        }
        if (!fitted) {
            break;
        }
        auto agreeing = explained(*fitted, samples, [&](const Sample& sample) {
            return second[sample.second].thickness * (round + 1 < kRefinements ? 1.0 : 0.75);
        });
        if (agreeing.size() + 1 < best.agreeing.size()) {
            break; // a fit that loses what it was made from is none
        }
        best = {*fitted, std::move(agreeing)};
    }
    return best;
}

std::size_t legible(std::size_t count, const OverlapOptions& options, const auto& letters_of) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < count; ++i) {
        found += letters_of(i) >= options.least_letters ? 1 : 0;
    }
    return found;
}

bool is_enough(const Overlay& overlay, std::size_t legible_at_least,
               const OverlapOptions& options) {
    if (overlay.agreeing.size() >= options.least_agreeing) {
        return true;
    }
    return legible_at_least > 0 && legible_at_least < options.least_agreeing &&
           overlay.agreeing.size() >= legible_at_least &&
           std::all_of(overlay.agreeing.begin(), overlay.agreeing.end(), [&](const Sample* sample) {
               return sample->letters >= options.least_letters_alone;
           });
}

} // namespace

std::vector<SamePair> same_discs(std::span<const shelf::ReadSpine> first,
                                 std::span<const shelf::ReadSpine> second,
                                 const OverlapOptions& options) {
    const SpineLikeness likeness(first, second);
    const std::vector<Axis> axes_first = axes_of(first);
    const std::vector<Axis> axes_second = axes_of(second);
    const auto samples = samples_of(likeness, axes_first, axes_second, options);
    const Overlay overlay = best_overlay(samples, axes_second);
    const std::size_t fewest = std::min(
        legible(first.size(), options, [&](std::size_t i) { return likeness.letters_of_first(i); }),
        legible(second.size(), options,
                [&](std::size_t i) { return likeness.letters_of_second(i); }));
    if (!is_enough(overlay, fewest, options)) {
        return {};
    }
    std::vector<SamePair> pairs;
    std::vector<bool> taken_first(first.size());
    std::vector<bool> taken_second(second.size());
    const auto take = [&](std::size_t i, std::size_t j, double certainty) {
        taken_first[i] = taken_second[j] = true;
        pairs.push_back({i, j, certainty});
    };
    for (const Sample* sample : overlay.agreeing) {
        take(sample->first, sample->second, sample->letters);
    }
    // What lies in the same place is the same, also if it could not be read, unless it says
    // something else. If much of what lies in the same places disagrees, the map was a coincidence.
    struct Place {
        std::size_t first, second;
        double overlap;
    };
    std::vector<Place> places;
    std::size_t contradictions = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (taken_first[i]) {
            continue;
        }
        const image::Quad mapped = overlay.map(first[i].spine.quad);
        const image::Point middle = axis_of(mapped).middle;
        for (std::size_t j = 0; j < second.size(); ++j) {
            if (taken_second[j] ||
                distance(middle, axes_second[j].middle) > 2 * axes_second[j].thickness) {
                continue;
            }
            const double overlap = image::overlap_of(mapped, second[j].spine.quad);
            if (overlap < kOverlapsAlone) {
                continue;
            }
            const bool both_say_much =
                std::min(likeness.letters_of_first(i), likeness.letters_of_second(j)) >=
                2 * options.least_letters;
            if (both_say_much && likeness.between(i, j).share < options.least_share / 2) {
                ++contradictions;
                continue;
            }
            places.push_back({i, j, overlap});
        }
    }
    if (contradictions > overlay.agreeing.size()) {
        return {};
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.overlap > b.overlap; });
    for (const Place& place : places) {
        if (!taken_first[place.first] && !taken_second[place.second]) {
            take(place.first, place.second, place.overlap);
        }
    }
    return pairs;
}

} // namespace spindle::app
