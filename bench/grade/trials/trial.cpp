// SPDX-License-Identifier: Apache-2.0
#include "grade/trials/trial.h"

#include <algorithm>
#include <ctime>

#include "grade/sides/music_choice.h"

namespace spindle::grade_trials {
namespace {

constexpr SampleRate kRate{44100};
constexpr std::size_t kBlock = 65536;
constexpr Seconds kShortestTrack{15};

Seconds processor_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return Seconds(static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec));
}

/// The package a file of the corpus is from.
std::string package_of(const material::Manifest& manifest, const std::filesystem::path& file) {
    for (const material::CorpusTrack& track : manifest.tracks) {
        if (manifest.folder / track.path == file) {
            return track.package;
        }
    }
    return file.parent_path().string();
}

grade::SideMeasures measured(grade::StereoSpan sound, grade::SideMeter meter) {
    for (std::size_t from = 0; from < sound.size(); from += kBlock) {
        meter.feed(sound.subspan(from, std::min(kBlock, sound.size() - from)));
    }
    return meter.finish();
}

/// The longest stretch of music.
damaged_sides::TrueSpan longest_track(const damaged_sides::DamageTruth& truth) {
    damaged_sides::TrueSpan longest;
    for (const auto& span : truth.spans) {
        if (span.kind == damaged_sides::TrueSpan::Kind::Music &&
            span.end - span.start > longest.end - longest.start) {
            longest = span;
        }
    }
    return longest;
}

grade::StereoSpan cut(grade::StereoSpan sound, const damaged_sides::TrueSpan& span) {
    const auto sample = [&](Seconds at) {
        return std::min(sound.size(), static_cast<std::size_t>(at.count() * kRate.hz));
    };
    return sound.subspan(sample(span.start), sample(span.end) - sample(span.start));
}

/// Compares with all the side's tracks, of which one is in the recording.
Result<std::optional<grade::CopyFigures>>
heard_copies(grade::StereoSpan sound, std::span<const damaged_sides::SideMusic> music,
             grade::SideMeasures& measures) {
    std::vector<grade::Copy> copies;
    for (const auto& track : music) {
        copies.push_back(
            {grade::sound_in_memory({track.sound.left, track.sound.right}, track.sound.rate), {}});
    }
    return grade::hear_copies(grade::sound_in_memory(sound, kRate), copies, measures);
}

} // namespace

Result<std::vector<Trial>> run_trials(const material::Manifest& manifest,
                                      std::span<const damaged_sides::NoiseSource> noise,
                                      const TrialOptions& options, std::uint64_t seed) {
    const auto parts = damaged_sides::choose_music(manifest, options.set, options.length, seed);
    if (parts.empty()) {
        return fail(Code::NotFound, "no music of 20 s or more in this set");
    }
    SPINDLE_TRY(const auto music, damaged_sides::read_side(parts, kRate));
    damaged_sides::DamagedSideOptions side_options;
    side_options.faults = options.faults;
    SPINDLE_TRY(const auto side,
                damaged_sides::make_damaged_side(music, noise, side_options, seed));
    const grade::StereoSpan whole{side.sound.left, side.sound.right};
    const damaged_sides::TrueSpan track = longest_track(side.truth);

    std::vector<Trial> trials;
    for (const grade::Evidence wanted : options.evidence) {
        const bool all = wanted == grade::Evidence::Groove;
        if (!all && track.end - track.start < kShortestTrack) {
            continue;
        }
        const grade::StereoSpan sound = all ? whole : cut(whole, track);
        const Seconds begun = processor_time();
        SPINDLE_TRY(auto meter, grade::SideMeter::create(kRate));
        grade::SideMeasures measures = measured(sound, std::move(meter));
        std::optional<grade::CopyFigures> copy;
        if (wanted == grade::Evidence::Copy) {
            SPINDLE_TRY(copy, heard_copies(sound, music, measures));
        }
        const grade::SideEvidence evidence{measures, copy};
        Trial trial;
        trial.found = grade::evidence_of(evidence);
        if (wanted == grade::Evidence::Copy && trial.found != wanted) {
            continue;
        }
        trial.figures = grade::figures_in(evidence, wanted);
        trial.estimate = grade::damage_in(evidence);
        trial.measuring = processor_time() - begun;
        trial.seed = seed;
        trial.group = package_of(manifest, parts.front().file);
        trial.noise = side.truth.noise;
        trial.damage = side.truth.damage;
        trial.severity = side.truth.severity;
        trial.grade = side.truth.grade;
        trial.wanted = wanted;
        trial.length = Seconds(static_cast<double>(sound.size()) / kRate.hz);
        trials.push_back(std::move(trial));
    }
    return trials;
}

} // namespace spindle::grade_trials
