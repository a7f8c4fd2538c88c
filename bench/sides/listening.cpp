// SPDX-License-Identifier: Apache-2.0
#include "sides/listening.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <variant>

#include "accuracy/measure.h"
#include "fingerprint/landmark.h"
#include "material/wav.h"
#include "simulator/degrade.h"
#include "simulator/level.h"
#include "simulator/not_music.h"
#include "simulator/random.h"
#include "simulator/side_sound.h"

namespace spindle::sides {
namespace {

constexpr std::size_t kBlock = fingerprint::kLandmarkRate.hz / 10;
constexpr std::size_t kBlocksASecond = 10;

turntable::SidesOf sides_of(std::vector<turntable::Side> shelf) {
    auto by_track = std::make_shared<std::map<std::uint32_t, std::vector<turntable::Side>>>();
    for (const turntable::Side& side : shelf) {
        for (const auto& track : side.tracks) {
            (*by_track)[track.track.value].push_back(side);
        }
    }
    return [by_track](TrackId track) {
        const auto found = by_track->find(track.value);
        return found == by_track->end() ? std::vector<turntable::Side>{} : found->second;
    };
}

} // namespace

void Cost::add(const Cost& other) {
    cpu += other.cpu;
    sound += other.sound;
}

Ear::Ear(const fingerprint::Index& index, std::vector<turntable::Side> shelf)
    : listener_(index, sides_of(std::move(shelf))) {}

void Ear::take(const turntable::Event& event) {
    if (const auto* played = std::get_if<turntable::Played>(&event)) {
        heard_.plays.push_back(played->play);
    } else if (const auto* now = std::get_if<turntable::NowPlaying>(&event)) {
        heard_.now_playing.push_back(*now);
    } else if (const auto* over = std::get_if<turntable::SideOver>(&event)) {
        heard_.sides_over.push_back(*over);
    } else if (const auto* unknown = std::get_if<turntable::UnknownMusic>(&event)) {
        heard_.unknown.push_back(*unknown);
    } else if (const auto* locked = std::get_if<turntable::LockedGroove>(&event)) {
        heard_.locked.push_back(*locked);
    }
}

void Ear::tell(const turntable::Heard& heard) {
    listener_.hear(heard, [this](const turntable::Event& event) { take(event); });
}

template <typename Call>
void Ear::timed(Seconds sound, Call call) {
    if (doing_ == nullptr || blocks_++ % kBlocksASecond == 0) {
        const turntable::Status status = listener_.status();
        doing_ = status.sound != turntable::Sound::Music ? &heard_.idle
                 : status.now && status.now->confirmed   ? &heard_.following
                                                         : &heard_.searching;
    }
    const Seconds before = accuracy::thread_cpu();
    call();
    doing_->add({accuracy::thread_cpu() - before, sound});
}

void Ear::hear(std::span<const float> sound) {
    const auto pass = [this](const turntable::Heard& heard) { tell(heard); };
    while (!sound.empty()) {
        const auto block = sound.first(std::min(kBlock, sound.size()));
        const Seconds length(static_cast<double>(block.size()) / fingerprint::kLandmarkRate.hz);
        timed(length, [&] { ear_.feed(block, pass); });
        heard_.sound += length;
        sound = sound.subspan(block.size());
    }
}

Heard Ear::finish() {
    timed(Seconds(0), [&] {
        ear_.finish([this](const turntable::Heard& heard) { tell(heard); });
        listener_.finish([this](const turntable::Event& event) { take(event); });
    });
    return std::move(heard_);
}

Result<std::vector<float>> sound_of(const Session& session, TrackStore& store,
                                    std::span<const simulator::RealBed> beds) {
    simulator::SideSound sound(session.performance, kSessionRate, 1, supply_from(store), beds);
    std::vector<float> all;
    all.reserve(static_cast<std::size_t>(session.truth.length.count() * kSessionRate.hz) + 1);
    while (true) {
        SPINDLE_TRY(const auto block, sound.next());
        if (block.empty()) {
            return material::resample(all, kSessionRate, fingerprint::kLandmarkRate);
        }
        all.insert(all.end(), block.begin(), block.end());
    }
}

Result<void> noise(Seconds length, std::uint64_t seed, const Pool& pool, TrackStore& store,
                   std::span<const simulator::RealBed> beds,
                   const std::function<void(std::span<const float>)>& sink) {
    constexpr std::array spoken{simulator::Condition::Clean, simulator::Condition::Eq,
                                simulator::Condition::Vinyl10, simulator::Condition::Room};
    const auto kinds = simulator::all_not_music();
    simulator::Random random(simulator::derive_seed(seed, "noise"));
    for (Seconds done{0}; done < length;) {
        const Seconds stretch(random.between(20, 120));
        const auto count = static_cast<std::size_t>(stretch.count() * kSessionRate.hz);
        // Speech is one kind among the others.
        const std::size_t kind = random.below(kinds.size() + (pool.speech.empty() ? 0 : 1));
        const std::uint64_t own = simulator::derive_seed(
            seed, fmt::format("{:.3f}", done.count())); // the same whatever came before
        std::vector<float> samples;
        if (kind < kinds.size()) {
            samples =
                simulator::make_not_music(kinds[kind], count, kSessionRate, own, beds).samples;
        } else {
            SPINDLE_TRY(const auto voice,
                        store.samples(pool.speech[random.below(pool.speech.size())]));
            const std::span all(*voice);
            const auto first = random.below(all.size() - std::min(all.size() - 1, count));
            SPINDLE_TRY(auto heard,
                        simulator::degrade({all.subspan(first, std::min(count, all.size() - first)),
                                            1, kSessionRate},
                                           spoken[random.below(spoken.size())], own, beds));
            samples = std::move(heard.samples);
            simulator::scale_to_rms(samples, simulator::gain_of(random.between(-50, -15)));
        }
        SPINDLE_TRY(const auto resampled,
                    material::resample(samples, kSessionRate, fingerprint::kLandmarkRate));
        sink(resampled);
        done += Seconds(static_cast<double>(resampled.size()) / fingerprint::kLandmarkRate.hz);
    }
    return {};
}

} // namespace spindle::sides
