// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "grade/clicks/click_meter.h"

namespace spindle::click_trials {
namespace {

constexpr double kGroup = 0.0015; // s

// Samples over `least` become events: one for each stretch without a pause of kGroup.
std::vector<Detection> events_of(std::span<const double> scores, double least, SampleRate rate) {
    std::vector<Detection> events;
    const auto gap = static_cast<std::int64_t>(kGroup * rate.hz);
    std::int64_t last = -2 * gap;
    for (std::size_t n = 0; n < scores.size(); ++n) {
        if (scores[n] <= least) {
            continue;
        }
        const auto at = static_cast<std::int64_t>(n);
        if (at - last > gap) {
            events.push_back({at, 0});
        }
        last = at;
        if (scores[n] > events.back().score) {
            events.back() = {at, scores[n]};
        }
    }
    return events;
}

std::vector<Detection> find_with_meter(const grade::StereoSpan& sound, SampleRate rate) {
    grade::ClickMeter meter(rate, {.least_probability = 0});
    meter.feed(sound);
    std::vector<Detection> found;
    for (const auto& defect : meter.finish().defects) {
        found.push_back(detection_of(defect, rate));
    }
    return found;
}

// Levinson's recursion in double precision; gives the prediction error's power.
double predict(std::span<const double> r, std::vector<double>& a) {
    const std::size_t order = r.size() - 1;
    a.assign(order + 1, 0);
    a[0] = 1;
    double error = r[0];
    std::vector<double> last;
    for (std::size_t i = 1; i <= order && error > 0; ++i) {
        double sum = r[i];
        for (std::size_t j = 1; j < i; ++j) {
            sum += a[j] * r[i - j];
        }
        const double k = -sum / error;
        last = a;
        for (std::size_t j = 1; j < i; ++j) {
            a[j] += k * last[i - j];
        }
        a[i] = k;
        error *= 1 - k * k;
    }
    return error;
}

void score_by_prediction(std::span<const float> sound, SampleRate rate,
                         std::vector<double>& scores) {
    const auto frame = static_cast<std::size_t>(0.055 * rate.hz);
    const std::size_t order = frame / 50;
    const std::size_t hop = frame / 4;
    std::vector<double> r(order + 1);
    std::vector<double> a;
    for (std::size_t from = 0; from + frame <= sound.size(); from += hop) {
        const auto here = sound.subspan(from, frame);
        for (std::size_t lag = 0; lag <= order; ++lag) {
            float sum = 0;
            for (std::size_t n = lag; n < frame; ++n) {
                sum += here[n] * here[n - lag];
            }
            r[lag] = static_cast<double>(sum) / static_cast<double>(frame);
        }
        const double error = predict(r, a);
        if (!(error > 0)) {
            continue;
        }
        const double deviation = std::sqrt(error);
        const std::size_t first = (frame - hop) / 2;
        for (std::size_t n = first; n < first + hop; ++n) {
            double e = 0;
            for (std::size_t k = 0; k <= order; ++k) {
                e += a[k] * static_cast<double>(here[n - k]);
            }
            scores[from + n] = std::max(scores[from + n], std::abs(e) / deviation);
        }
    }
}

std::vector<Detection> find_by_prediction(const grade::StereoSpan& sound, SampleRate rate) {
    std::vector<double> scores(sound.size());
    score_by_prediction(sound.left, rate, scores);
    score_by_prediction(sound.right, rate, scores);
    return events_of(scores, 3, rate);
}

// Thresholds from 50 in steps of an eighth: Audacity's own goes to 900, clean music needs more.
constexpr std::size_t kThresholds = 48;
double threshold_at(std::size_t step) {
    return 50 * std::pow(1.125, static_cast<double>(step));
}

void score_by_energy(std::span<const float> sound, std::vector<double>& scores) {
    constexpr std::size_t kAround = 2049;
    if (sound.size() < kAround) {
        return;
    }
    std::vector<double> sums(sound.size() + 1);
    for (std::size_t n = 0; n < sound.size(); ++n) {
        sums[n + 1] = sums[n] + static_cast<double>(sound[n]) * static_cast<double>(sound[n]);
    }
    std::vector<double> ratios(sound.size());
    for (const std::size_t width : {4U, 8U, 16U}) {
        for (std::size_t n = kAround / 2; n + kAround / 2 + 1 < sound.size(); ++n) {
            const double near = (sums[n + width] - sums[n]) / static_cast<double>(width);
            const double around =
                (sums[n + kAround / 2 + 1] - sums[n - kAround / 2]) / static_cast<double>(kAround);
            ratios[n] = 10 * near / (around + 1e-12);
        }
        for (std::size_t step = 0; step < kThresholds; ++step) {
            const double threshold = threshold_at(step);
            bool any = false;
            for (std::size_t n = 0; n < ratios.size(); ++n) {
                if (ratios[n] < threshold) {
                    continue;
                }
                any = true;
                std::size_t end = n;
                while (end < ratios.size() && ratios[end] >= threshold) {
                    ++end;
                }
                if (end - n <= 2 * width) {
                    const std::size_t middle = (n + end + width) / 2;
                    scores[std::min(middle, scores.size() - 1)] =
                        std::max(scores[std::min(middle, scores.size() - 1)], threshold);
                }
                n = end;
            }
            if (!any) {
                break;
            }
        }
    }
}

std::vector<Detection> find_by_energy(const grade::StereoSpan& sound, SampleRate rate) {
    std::vector<double> scores(sound.size());
    score_by_energy(sound.left, scores);
    score_by_energy(sound.right, scores);
    return events_of(scores, 0, rate);
}

} // namespace

Detection detection_of(const grade::Defect& defect, SampleRate rate) {
    return {std::llround(defect.at.count() * rate.hz), defect.probability, defect.peak};
}

Detector spindle_detector() {
    return {"Spindle", find_with_meter};
}

Detector adeclick_rule() {
    return {"adeclick's rule", find_by_prediction};
}

Detector audacity_rule() {
    return {"Audacity's rule", find_by_energy};
}

} // namespace spindle::click_trials
