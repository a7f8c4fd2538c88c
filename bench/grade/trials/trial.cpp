// SPDX-License-Identifier: Apache-2.0
#include "grade/trials/trial.h"

#include <algorithm>
#include <ctime>

#include "grade/sides/music_choice.h"

namespace spindle::grade_trials {
namespace {

constexpr SampleRate kRate{44100};
constexpr std::size_t kBlock = 65536;

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

} // namespace

Result<Trial> run_trial(const material::Manifest& manifest,
                        std::span<const damaged_sides::NoiseSource> noise,
                        const TrialOptions& options, std::uint64_t seed) {
    const auto parts = damaged_sides::choose_music(manifest, options.set, options.length, seed);
    if (parts.empty()) {
        return fail(Code::NotFound, "no music of 20 s or more in this set");
    }
    SPINDLE_TRY(const auto music, damaged_sides::read_side(parts, kRate));
    const bool grooves = options.evidence == grade::Evidence::Groove;
    damaged_sides::DamagedSideOptions side_options;
    side_options.lead_in = grooves;
    side_options.bands = grooves;
    side_options.run_out = grooves;
    side_options.faults = options.faults;
    SPINDLE_TRY(const auto side,
                damaged_sides::make_damaged_side(music, noise, side_options, seed));

    const Seconds begun = processor_time();
    SPINDLE_TRY(auto meter, grade::SideMeter::create(side.sound.rate));
    const grade::StereoSpan sound{side.sound.left, side.sound.right};
    for (std::size_t from = 0; from < sound.size(); from += kBlock) {
        meter.feed(sound.subspan(from, std::min(kBlock, sound.size() - from)));
    }
    const grade::SideMeasures measures = meter.finish();
    const grade::SideEvidence evidence{measures};
    Trial trial;
    trial.figures = grade::figures_in(evidence, options.evidence);
    trial.estimate = grade::damage_in(evidence);
    trial.found = grade::evidence_of(evidence);
    trial.measuring = processor_time() - begun;
    trial.seed = seed;
    trial.group = package_of(manifest, parts.front().file);
    trial.noise = side.truth.noise;
    trial.damage = side.truth.damage;
    trial.severity = side.truth.severity;
    trial.grade = side.truth.grade;
    trial.wanted = options.evidence;
    trial.length = Seconds(static_cast<double>(sound.size()) / side.sound.rate.hz);
    return trial;
}

} // namespace spindle::grade_trials
