// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/verification.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace spindle::fingerprint {
namespace {

constexpr double kTimeScatter = 2.6;  // ticks, standard deviation of a survivor's time
constexpr double kPitchScatter = 1.4; // 1/192 octave
constexpr double kReach = 3.5;        // scatters beyond which a landmark is another one
constexpr std::uint32_t kSliceTicks = 16;
constexpr double kAttackTicks = 4; // landmarks nearer than this belong to one attack

} // namespace

VerifiableClip::VerifiableClip(std::span<const Landmark> clip)
    : clip_(clip), length_(clip.empty() ? 0 : clip.back().tick + 1), chance_(clip, length_) {
    starts_.resize(length_ / kSliceTicks + 2);
    std::size_t i = 0;
    for (std::size_t slice = 0; slice < starts_.size(); ++slice) {
        while (i < clip.size() && clip[i].tick < slice * kSliceTicks) {
            ++i;
        }
        starts_[slice] = static_cast<std::uint32_t>(i);
    }
}

template <typename Visit>
void VerifiableClip::near(double tick, double pitch, double ticks, double steps,
                          Visit&& visit) const {
    const double from = std::max(0.0, tick - ticks);
    const double to = std::min<double>(length_, tick + ticks);
    if (to <= from) {
        return;
    }
    for (std::size_t i = starts_[static_cast<std::size_t>(from) / kSliceTicks];
         i < clip_.size() && clip_[i].tick <= to; ++i) {
        if (clip_[i].tick >= from && std::abs(clip_[i].pitch - pitch) <= steps) {
            visit(clip_[i]);
        }
    }
}

const Landmark* VerifiableClip::nearest(double tick, double pitch, double ticks, double steps,
                                        double& distance) const {
    const Landmark* found = nullptr;
    near(tick, pitch, ticks, steps, [&](const Landmark& other) {
        const double dt = (other.tick - tick) / kTimeScatter;
        const double dp = (other.pitch - pitch) / kPitchScatter;
        if (found == nullptr || dt * dt + dp * dp < distance) {
            distance = dt * dt + dp * dp;
            found = &other;
        }
    });
    return found;
}

std::vector<LandmarkPair> VerifiableClip::pairs(std::span<const Landmark> reference, double offset,
                                                double speed) const {
    std::vector<LandmarkPair> pairs;
    const double rise = kStepsPerOctave * std::log2(speed);
    for (const Landmark& landmark : reference) {
        double distance = 0;
        const Landmark* found = nearest((landmark.tick - offset) / speed, landmark.pitch + rise,
                                        kReach * kTimeScatter, kReach * kPitchScatter, distance);
        if (found != nullptr) {
            pairs.push_back({*found, landmark});
        }
    }
    return pairs;
}

Candidate VerifiableClip::verify(std::span<const Landmark> reference, double offset,
                                 double speed) const {
    double time_reach = 12;
    double pitch_reach = 5;
    for (int round = 0; round < 4; ++round) {
        const double rise = kStepsPerOctave * std::log2(speed);
        // Normal equations for small changes of offset and speed.
        double a11 = 0, a12 = 0, a22 = 0, b1 = 0, b2 = 0;
        for (const Landmark& landmark : reference) {
            const double tick = (landmark.tick - offset) / speed;
            const double pitch = landmark.pitch + rise;
            double distance = 0;
            const Landmark* found = nearest(tick, pitch, time_reach, pitch_reach, distance);
            if (found == nullptr) {
                continue;
            }
            const double weight = std::exp(-distance / 8); // soft: chance neighbours pull little
            const double t = found->tick;
            const double r = landmark.tick - (offset + speed * t);
            const double wt = weight / (kTimeScatter * kTimeScatter);
            a11 += wt;
            a12 += wt * t;
            a22 += wt * t * t;
            b1 += wt * r;
            b2 += wt * t * r;
            // d(pitch)/d(speed) = 192 / (ln 2 * speed)
            const double slope = kStepsPerOctave / (std::numbers::ln2 * speed);
            const double wp = weight / (kPitchScatter * kPitchScatter);
            a22 += wp * slope * slope;
            b2 += wp * slope * (found->pitch - pitch);
        }
        const double determinant = a11 * a22 - a12 * a12;
        if (a11 < 3 / (kTimeScatter * kTimeScatter) || determinant <= 0) {
            break;
        }
        offset += (b1 * a22 - b2 * a12) / determinant;
        speed = std::clamp(speed + (a11 * b2 - a12 * b1) / determinant, 0.9, 1.1);
        time_reach = std::max(kReach * kTimeScatter, time_reach * 0.7);
        pitch_reach = std::max(kReach * kPitchScatter, pitch_reach * 0.7);
    }

    Candidate candidate;
    candidate.offset = kTick * offset;
    candidate.speed = speed;
    const double rise = kStepsPerOctave * std::log2(speed);
    std::vector<double> ticks;
    std::vector<double> ratios; // density if it shows through / density by chance, per landmark
    constexpr double kPeak = 1 / (2 * std::numbers::pi * kTimeScatter * kPitchScatter);
    for (const Landmark& landmark : reference) {
        const double tick = (landmark.tick - offset) / speed;
        const double pitch = landmark.pitch + rise;
        if (tick < 0 || tick >= length_ || pitch < 0 || pitch > 990) {
            continue;
        }
        double density = 0;
        bool close = false;
        near(tick, pitch, kReach * kTimeScatter, kReach * kPitchScatter,
             [&](const Landmark& other) {
                 const double dt = (other.tick - tick) / kTimeScatter;
                 const double dp = (other.pitch - pitch) / kPitchScatter;
                 density += kPeak * std::exp(-0.5 * (dt * dt + dp * dp));
                 close = close || dt * dt + dp * dp < 6;
             });
        ticks.push_back(tick);
        ratios.push_back(density == 0 ? 0 : density / chance_.density(tick, pitch));
        candidate.matched += close ? 1 : 0;
    }
    candidate.expected = static_cast<int>(ratios.size());
    // The share that shows through is not known: take the most likely one (EM for a mixture).
    double share = 0.5;
    for (int round = 0; round < 12; ++round) {
        double sum = 0;
        for (const double ratio : ratios) {
            sum += share * ratio / (1 - share + share * ratio);
        }
        share =
            ratios.empty() ? 0 : std::clamp(sum / static_cast<double>(ratios.size()), 0.001, 0.999);
    }
    // Landmarks of one attack (a note and its harmonics) fit or miss together: the second and
    // third are worth less than the first. `ratios` is in order of time, as the reference is.
    std::vector<double> attack;
    const auto close_attack = [&] {
        std::sort(attack.begin(), attack.end(), std::greater<>());
        for (std::size_t i = 0; i < attack.size(); ++i) {
            candidate.score += attack[i] / (attack[i] > 0 ? 1.0 + static_cast<double>(i) : 1.0);
        }
        attack.clear();
    };
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        if (i > 0 && ticks[i] - ticks[i - 1] > kAttackTicks) {
            close_attack();
        }
        attack.push_back(std::log(1 - share + share * ratios[i]));
    }
    close_attack();
    candidate.hit_rate = share;
    return candidate;
}

} // namespace spindle::fingerprint
