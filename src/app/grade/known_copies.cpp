// SPDX-License-Identifier: Apache-2.0
#include "app/grade/known_copies.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spindle::app {
namespace {

constexpr fingerprint::StreamOptions kGlances{
    .window = Seconds{10}, .first = Seconds{6}, .step = Seconds{5}};
constexpr double kSure = 0.99;     // of a glance, that this is the track
constexpr double kSamePlace = 0.5; // seconds by which glances at one playing may differ
constexpr std::size_t kMostSightings = 1000;

} // namespace

KnownCopies::KnownCopies(const fingerprint::Index& index, audio::MonoStream mono)
    : mono_(std::move(mono)), identifier_(index, kGlances) {}

Result<KnownCopies> KnownCopies::create(const fingerprint::Index& index, SampleRate rate) {
    SPINDLE_TRY(auto mono, audio::MonoStream::create(rate, 2, fingerprint::kLandmarkRate));
    return KnownCopies(index, std::move(mono));
}

void KnownCopies::feed(grade::StereoSpan block) {
    interleaved_.resize(2 * block.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
        interleaved_[2 * i] = block.left[i];
        interleaved_[2 * i + 1] = block.right[i];
    }
    identifier_.feed(mono_.feed(interleaved_),
                     [this](const fingerprint::Heard& heard) { note(heard); });
}

void KnownCopies::note(const fingerprint::Heard& heard) {
    if (heard.candidates.empty() || heard.candidates.front().confidence < kSure ||
        heard.candidates.front().in_library < kSure) {
        return;
    }
    const fingerprint::Candidate& best = heard.candidates.front();
    const double offset = best.offset.count() - best.speed * heard.window_start.count();
    for (Sighting& known : sightings_) {
        const double at = heard.at.count();
        const double expected = known.offset + known.speed * at;
        if (known.track == best.track &&
            std::abs(expected - (offset + best.speed * at)) < kSamePlace) {
            ++known.times;
            return;
        }
    }
    if (sightings_.size() < kMostSightings) {
        sightings_.push_back({best.track, best.speed, offset, heard.at, 1});
    }
}

Result<std::vector<KnownCopy>> KnownCopies::finish(store::LibraryStore& store) {
    std::vector<KnownCopy> copies;
    std::vector<TrackId> taken;
    for (const Sighting& sighting : sightings_) {
        if (sighting.times < 2 || std::ranges::find(taken, sighting.track) != taken.end()) {
            continue;
        }
        taken.push_back(sighting.track);
        SPINDLE_TRY(const auto track, store.track(sighting.track));
        if (!track || track->files.empty() || track->main_file().missing_since) {
            continue; // heard, but there is no file to compare with
        }
        const store::TrackFile& file = track->main_file();
        std::error_code error;
        if (!std::filesystem::is_regular_file(file.path, error)) {
            continue;
        }
        copies.push_back(
            {.path = file.path,
             .name = file.tags.artist.empty() ? file.tags.title
                                              : file.tags.artist + " - " + file.tags.title,
             .hint = grade::CopyHint{
                 .recording = sighting.at,
                 .copy = Seconds{sighting.offset + sighting.speed * sighting.at.count()},
                 .speed = sighting.speed}});
        if (copies.back().name.empty()) {
            copies.back().name = std::filesystem::path(file.path).filename().string();
        }
    }
    return copies;
}

} // namespace spindle::app
