// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/with_copy.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "dsp/interpolation.h"
#include "grade/clicks/click_meter.h"
#include "grade/copy_clicks.h"
#include "grade/reference/comparison.h"
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

std::vector<Detection> compared(const grade::StereoSpan& sound, SampleRate rate,
                                const made::Sound& copy) {
    grade::ClickMeter meter(rate);
    meter.feed(sound);
    const std::vector<grade::Defect> blind = meter.finish().defects;
    std::vector<Detection> found;
    std::vector<grade::Copy> copies(1);
    copies[0].sound = grade::sound_in_memory(copy.span(), copy.rate);
    const auto comparisons = grade::compare(grade::sound_in_memory(sound, rate), copies);
    const bool is_heard = comparisons && comparisons->front().end > comparisons->front().start;
    for (const grade::Defect& defect : blind) {
        if (!is_heard || defect.at < comparisons->front().start ||
            defect.at >= comparisons->front().end) {
            found.push_back(detection_of(defect, rate));
        }
    }
    if (is_heard) {
        for (const grade::Defect& defect : grade::clicks_with_copy(blind, comparisons->front())) {
            found.push_back(detection_of(defect, rate));
        }
        std::ranges::stable_sort(found, {}, &Detection::at);
    }
    return found;
}

} // namespace

std::string_view name_of(Mastering mastering) {
    switch (mastering) {
    case Mastering::Same:
        return "same";
    case Mastering::Coded:
        return "coded";
    case Mastering::Other:
        return "other";
    }
    return "";
}

Result<made::Sound> copy_of(const Scene& scene, Mastering mastering, std::uint64_t seed) {
    made::Sound copy{scene.clean_left, scene.clean_right, scene.rate};
    if (mastering == Mastering::Other) {
        for (auto* const channel : {&copy.left, &copy.right}) {
            simulator::Random same(simulator::derive_seed(seed, "mastering"));
            SPINDLE_TRY(*channel, simulator::equalise(*channel, copy.rate, kEqualised, same));
        }
        copy = made::remastered(copy, kLimited);
    }
    if (mastering != Mastering::Same) {
        SPINDLE_TRY(copy, coded(copy));
    }
    return moved(copy);
}

Result<Detector> with_copy(const Scene& scene, Mastering mastering, std::uint64_t seed) {
    SPINDLE_TRY(auto made, copy_of(scene, mastering, seed));
    const auto copy = std::make_shared<const made::Sound>(std::move(made));
    return Detector{mastering == Mastering::Other
                        ? "Spindle with a copy, other master"
                        : fmt::format("Spindle with a copy, same master{}",
                                      mastering == Mastering::Coded ? " as MP3" : ""),
                    [copy](const grade::StereoSpan& sound, SampleRate rate) {
                        return compared(sound, rate, *copy);
                    }};
}

} // namespace spindle::click_trials
