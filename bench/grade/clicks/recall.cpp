// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/recall.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "simulator/random.h"

namespace spindle::click_trials {
namespace {

constexpr int kDraws = 300;
constexpr double kNear = 0.0015;  // s: within it a find is of the click
constexpr double kBeside = 0.009; // s: its skirts; neither right nor wrong

struct Shares {
    std::array<double, kClasses> recall{};
    std::array<double, kClasses> recorded{};
    double precision = 0;
    std::array<double, kClasses> precision_at{};
    double threshold = 0;
};

Shares shares_of(std::span<const SceneResult* const> results, double alarms_per_minute) {
    std::vector<double> alarms;
    double minutes = 0;
    for (const SceneResult* result : results) {
        minutes += result->minutes;
        alarms.insert(alarms.end(), result->alarms.begin(), result->alarms.end());
    }
    Shares shares;
    const auto allowed = static_cast<std::size_t>(std::llround(alarms_per_minute * minutes));
    shares.threshold = 0;
    if (allowed < alarms.size()) {
        const auto place = alarms.begin() + static_cast<std::ptrdiff_t>(allowed);
        std::nth_element(alarms.begin(), place, alarms.end(), std::greater<>());
        shares.threshold = *place;
    }
    std::array<double, kClasses> put{}, found{}, put_recorded{}, found_recorded{}, wrong_at{};
    double right = 0;
    double wrong = 0;
    bool knows_peaks = true;
    for (const SceneResult* result : results) {
        for (const auto& click : result->clicks) {
            const bool hit = click.score > shares.threshold;
            ++put[click.level];
            found[click.level] += hit ? 1 : 0;
            put_recorded[click.level] += click.is_recorded ? 1 : 0;
            found_recorded[click.level] += hit && click.is_recorded ? 1 : 0;
            right += hit ? 1 : 0;
        }
        for (const auto& find : result->false_finds) {
            const bool told = find.score > shares.threshold;
            wrong += told ? 1 : 0;
            knows_peaks = knows_peaks && find.level.has_value();
            if (told && find.level) {
                ++wrong_at[*find.level];
            }
        }
    }
    for (std::size_t i = 0; i < kClasses; ++i) {
        shares.precision_at[i] = knows_peaks ? found[i] / std::max(found[i] + wrong_at[i], 1.0) : 0;
        shares.recall[i] = found[i] / std::max(put[i], 1.0);
        shares.recorded[i] = found_recorded[i] / std::max(put_recorded[i], 1.0);
    }
    shares.precision = right / std::max(right + wrong, 1.0);
    return shares;
}

/// The class of a level; what is beyond the first and the last is in those.
std::size_t class_of(double level) {
    std::size_t place = 0;
    while (place + 1 < kClasses && level >= kLevels[place + 1]) {
        ++place;
    }
    return place;
}

Estimate estimate(double value, std::vector<double> draws) {
    std::sort(draws.begin(), draws.end());
    const auto at = [&](double share) {
        return draws[static_cast<std::size_t>(share * static_cast<double>(draws.size() - 1))];
    };
    return {value, at(0.025), at(0.975)};
}

} // namespace

SceneResult try_detector(const Detector& detector, const Scene& scene) {
    SceneResult result;
    result.minutes = static_cast<double>(scene.left.size()) / scene.rate.hz / 60;
    for (const Detection& detection : detector.find(scene.clean(), scene.rate)) {
        result.alarms.push_back(detection.score);
    }
    const auto found = detector.find(scene.sound(), scene.rate);
    const auto near = static_cast<std::int64_t>(kNear * scene.rate.hz);
    const auto beside = static_cast<std::int64_t>(kBeside * scene.rate.hz);
    for (const PutClick& click : scene.clicks) {
        double best = -1;
        for (auto it = std::lower_bound(
                 found.begin(), found.end(), click.at - near,
                 [](const Detection&detection, std::int64_t at) { return detection.at < at; });
             it != found.end() && it->at <= click.at + near; ++it) {
            best = std::max(best, it->score);
        }
        result.clicks.push_back({class_of(click.level), best, click.is_recorded});
    }
    for (const Detection& detection : found) {
        const auto click =
            std::lower_bound(scene.clicks.begin(), scene.clicks.end(), detection.at - beside,
                             [](const PutClick& put, std::int64_t at) { return put.at < at; });
        if (click == scene.clicks.end() || click->at > detection.at + beside) {
            const double around = std::max(scene.level_around(detection.at), 1e-9);
            result.false_finds.push_back(
                {detection.score,
                 detection.peak > 0
                     ? std::optional(class_of(20 * std::log10(detection.peak / around)))
                     : std::nullopt});
        }
    }
    return result;
}

Recall recall_at(const std::vector<SceneResult>& results, double alarms_per_minute) {
    std::vector<const SceneResult*> all;
    for (const SceneResult& result : results) {
        all.push_back(&result);
    }
    Recall answer;
    answer.alarms_per_minute = alarms_per_minute;
    if (all.empty()) {
        return answer;
    }
    const Shares shares = shares_of(all, alarms_per_minute);
    answer.threshold = shares.threshold;
    std::array<std::vector<double>, kClasses> recall, recorded, precision_at;
    std::vector<double> precision;
    simulator::Random random(simulator::derive_seed(1, "draws"));
    for (int draw = 0; draw < kDraws; ++draw) {
        std::vector<const SceneResult*> some;
        for (std::size_t n = 0; n < all.size(); ++n) {
            some.push_back(all[random.below(all.size())]);
        }
        const Shares other = shares_of(some, alarms_per_minute);
        for (std::size_t i = 0; i < kClasses; ++i) {
            recall[i].push_back(other.recall[i]);
            recorded[i].push_back(other.recorded[i]);
            precision_at[i].push_back(other.precision_at[i]);
        }
        precision.push_back(other.precision);
    }
    for (std::size_t i = 0; i < kClasses; ++i) {
        answer.recall[i] = estimate(shares.recall[i], recall[i]);
        answer.recorded[i] = estimate(shares.recorded[i], recorded[i]);
        answer.precision_at[i] = estimate(shares.precision_at[i], precision_at[i]);
    }
    answer.precision = estimate(shares.precision, precision);
    return answer;
}

} // namespace spindle::click_trials
