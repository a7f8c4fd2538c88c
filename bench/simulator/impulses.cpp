// SPDX-License-Identifier: Apache-2.0
#include "simulator/impulses.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "simulator/scratch.h"

namespace spindle::simulator {

namespace {

constexpr double kLikeness = 0.9; // correlation of the heights within a scratch
constexpr double kMostOfPatch = 30;
constexpr std::size_t kTurnsOfPatch = 8;

double normal_share(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// One group after another, of which each is a function of the seed and its number.
class Groups {
public:
    Groups(const ImpulsePlan& plan, std::uint64_t seed) : plan_(plan), seed_(seed) {}

    std::vector<Impulse> draw() {
        while (made_.size() < plan_.count) {
            Random random(derive_seed(seed_ + group_, "group"));
            const double kind = random.unit();
            shape_ = static_cast<std::uint64_t>(random.below(std::size_t{1} << 30U));
            height_ = random.normal();
            if (kind < plan_.scratches) {
                scratch(random);
            } else if (kind < plan_.scratches + plan_.patches) {
                patch(random);
            } else {
                const double rest = random.unit();
                const auto origin = rest < plan_.thumps                   ? ImpulseOrigin::Thump
                                    : rest < plan_.thumps + plan_.statics ? ImpulseOrigin::Static
                                                                          : ImpulseOrigin::Dust;
                add(origin, random.between(plan_.start, plan_.end), height_, shape_);
            }
            ++group_;
        }
        std::ranges::stable_sort(made_, {}, &Impulse::at);
        return std::move(made_);
    }

private:
    void add(ImpulseOrigin origin, double at, double z, std::uint64_t shape) {
        if (at < plan_.start || at >= plan_.end || made_.size() >= plan_.count) {
            return;
        }
        made_.push_back(
            {at, cut_normal(z, plan_.middle_db, plan_.spread_db, plan_.lowest_db, plan_.highest_db),
             origin, group_, shape});
    }

    void scratch(Random& random) {
        const Scratch line = draw_scratch(plan_.start, plan_.end, random);
        for (std::size_t n = 0; n < line.turns; ++n) {
            const double own = std::sqrt(1 - kLikeness * kLikeness) * random.normal();
            add(ImpulseOrigin::Scratch, tick_of(line, n, plan_.turn, random),
                kLikeness * height_ + own, shape_);
        }
    }

    void patch(Random& random) {
        const auto size = static_cast<std::size_t>(3 * std::pow(kMostOfPatch / 3, random.unit()));
        const std::size_t turns = 1 + random.below(kTurnsOfPatch);
        const double start = random.between(plan_.start, plan_.end);
        const double width = plan_.turn * random.between(0.02, 0.3);
        for (std::size_t n = 0; n < size; ++n) {
            const double at = start + static_cast<double>(random.below(turns)) * plan_.turn +
                              width * random.unit();
            const double z = random.normal();
            add(ImpulseOrigin::Patch, at, z,
                static_cast<std::uint64_t>(random.below(std::size_t{1} << 30U)));
        }
    }

    const ImpulsePlan& plan_;
    std::uint64_t seed_;
    std::size_t group_ = 0;
    std::uint64_t shape_ = 0;
    double height_ = 0;
    std::vector<Impulse> made_;
};

} // namespace

std::string_view name_of(ImpulseOrigin origin) {
    constexpr std::array<std::string_view, 8> names{"dust",   "patch",   "scratch", "thump",
                                                    "static", "run-out", "jump",    "needle-drop"};
    return names[static_cast<std::size_t>(origin)];
}

double cut_normal(double z, double middle, double spread, double low, double high) {
    const double from = normal_share((low - middle) / spread);
    const double to = normal_share((high - middle) / spread);
    const double share = from + (to - from) * normal_share(z);
    double below = low;
    double above = high;
    for (int i = 0; i < 40; ++i) { // 60 dB halved so often: exact
        const double half = (below + above) / 2;
        (normal_share((half - middle) / spread) < share ? below : above) = half;
    }
    return (below + above) / 2;
}

std::vector<Impulse> draw_impulses(const ImpulsePlan& plan, std::uint64_t seed) {
    if (plan.end <= plan.start) {
        return {};
    }
    return Groups(plan, seed).draw();
}

} // namespace spindle::simulator
