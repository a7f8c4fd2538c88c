// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/with_copy.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "dsp/interpolation.h"
#include "grade/reference/comparison.h"
#include "reference/made_record.h"
#include "simulator/codec.h"
#include "simulator/equaliser.h"
#include "simulator/random.h"

namespace spindle::click_trials {
namespace {

constexpr double kSpeed = 1.003;
constexpr double kGain = 0.63;
constexpr double kLate = 0.5; // seconds
constexpr double kLimited = 8, kEqualised = 4;
constexpr int kBits = 192000;
constexpr float kVeto = 4.5F; // as grade/copy_figures.cpp

Result<made::Sound> coded(const made::Sound& sound) {
    std::vector<float> interleaved;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        interleaved.push_back(sound.left[n]);
        interleaved.push_back(sound.right[n]);
    }
    SPINDLE_TRY(const auto back, simulator::encode_and_decode(interleaved, 2, sound.rate,
                                                              simulator::Codec::Mp3, kBits));
    made::Sound out{{}, {}, sound.rate};
    for (std::size_t n = 0; n + 1 < back.size(); n += 2) {
        out.left.push_back(back[n]);
        out.right.push_back(back[n + 1]);
    }
    return out;
}

/// At another speed, quieter, later.
made::Sound moved(const made::Sound& sound) {
    const auto late = static_cast<std::size_t>(kLate * sound.rate.hz);
    const auto count = static_cast<std::size_t>(static_cast<double>(sound.size()) / kSpeed);
    std::vector<double> positions(count);
    for (std::size_t n = 0; n < count; ++n) {
        positions[n] = kSpeed * static_cast<double>(n);
    }
    std::vector<float> left(count);
    std::vector<float> right(count);
    dsp::Interpolation(kSpeed).at(sound.left, sound.right, positions, left, right);
    made::Sound out{std::vector<float>(late), std::vector<float>(late), sound.rate};
    for (std::size_t n = 0; n < count; ++n) {
        out.left.push_back(static_cast<float>(kGain) * left[n]);
        out.right.push_back(static_cast<float>(kGain) * right[n]);
    }
    return out;
}

Result<made::Sound> copy_of(const Scene& scene, Mastering mastering, std::uint64_t seed) {
    made::Sound copy{scene.clean_left, scene.clean_right, scene.rate};
    if (mastering == Mastering::Other) {
        for (auto* const channel : {&copy.left, &copy.right}) {
            simulator::Random same(simulator::derive_seed(seed, "mastering"));
            SPINDLE_TRY(*channel, simulator::equalise(*channel, copy.rate, kEqualised, same));
        }
        SPINDLE_TRY(copy, coded(made::remastered(copy, kLimited)));
    }
    return moved(copy);
}

std::vector<Detection> compared(const grade::StereoSpan& sound, SampleRate rate,
                                const made::Sound& copy) {
    std::vector<Detection> found = spindle_detector().find(sound, rate);
    std::vector<grade::Copy> copies(1);
    copies[0].sound = grade::sound_in_memory(copy.span(), copy.rate);
    const auto comparisons = grade::compare(grade::sound_in_memory(sound, rate), copies);
    if (!comparisons) {
        return found;
    }
    const grade::CopyComparison& comparison = comparisons->front();
    const auto is_within = [&](const Detection& detection) {
        const Seconds at(static_cast<double>(detection.at) / rate.hz);
        return at >= comparison.start && at < comparison.end;
    };
    if (comparison.relation == grade::Relation::OtherMaster) {
        std::erase_if(found, [&](const Detection& detection) {
            const Seconds at(static_cast<double>(detection.at) / rate.hz);
            return is_within(detection) && comparison.copy_impulse_at(at) >= kVeto;
        });
    }
    if (comparison.relation == grade::Relation::SameMaster) {
        std::erase_if(found, is_within);
        for (const grade::Defect& defect : comparison.defects) {
            found.push_back(detection_of(defect, rate));
        }
        std::ranges::stable_sort(found, {}, &Detection::at);
    }
    return found;
}

} // namespace

Result<Detector> with_copy(const Scene& scene, Mastering mastering, std::uint64_t seed) {
    SPINDLE_TRY(auto made, copy_of(scene, mastering, seed));
    const auto copy = std::make_shared<const made::Sound>(std::move(made));
    return Detector{mastering == Mastering::Same ? "Spindle with a copy, same master"
                                                 : "Spindle with a copy, other master",
                    [copy](const grade::StereoSpan& sound, SampleRate rate) {
                        return compared(sound, rate, *copy);
                    }};
}

} // namespace spindle::click_trials
