// SPDX-License-Identifier: Apache-2.0
#include "app/identify/picture.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/identify/landmarks_of.h"
#include "audio/spectrogram.h"

namespace spindle::app {
namespace {

using fingerprint::kTick;
using fingerprint::Landmark;
using image::LandmarkKind;

std::string minutes(Seconds at) {
    const auto whole = static_cast<int>(std::floor(std::max(0.0, at.count())));
    return fmt::format("{}:{:04.1f}", whole / 60, std::max(0.0, at.count()) - whole / 60 * 60);
}

} // namespace

Result<image::SpectrogramPlot> picture_of(std::span<const float> samples,
                                          std::span<const Landmark> landmarks,
                                          const std::string& title) {
    SPINDLE_TRY(auto sound, audio::measure_spectrogram(samples, fingerprint::kLandmarkRate));
    image::SpectrogramPlot plot;
    plot.title = title;
    plot.sound = {sound.rows,     sound.columns,   std::move(sound.levels), Seconds{0},
                  sound.duration, sound.lowest_hz, sound.highest_hz};
    for (const Landmark& landmark : landmarks) {
        plot.landmarks.push_back(
            {kTick * landmark.tick, frequency_of(landmark), LandmarkKind::Plain});
    }
    return plot;
}

Result<image::SpectrogramPlot> picture_of(const Identification& found, const std::string& clip) {
    const std::string name = std::filesystem::path(clip).filename().string();
    if (!found.matched) {
        SPINDLE_TRY(auto plot, picture_of(found.samples, found.landmarks,
                                          fmt::format("{}: not in the library", name)));
        plot.subtitle =
            fmt::format("{} landmarks, no track has them in this order", found.landmarks.size());
        return plot;
    }
    const NamedCandidate& best = found.candidates.front();
    SPINDLE_TRY(auto plot,
                picture_of(found.samples, found.landmarks,
                           best.artist.empty() ? best.title
                                               : fmt::format("{} – {}", best.artist, best.title)));
    plot.subtitle =
        fmt::format("{}: from {} of the track, speed {:+.2f} %, certain to {:.2f} %", name,
                    minutes(best.candidate.offset), (best.candidate.speed - 1) * 100 + 0.0,
                    best.candidate.confidence * 100);
    image::ChartSeries line;
    line.mark = image::Mark::Points;
    std::set<Landmark> matched;
    for (const fingerprint::LandmarkPair& pair : found.pairs) {
        line.points.push_back(
            {(kTick * pair.clip.tick).count(), (kTick * pair.reference.tick).count()});
        matched.insert(pair.clip);
    }
    for (std::size_t i = 0; i < found.landmarks.size(); ++i) { // the picture's are in this order
        plot.landmarks[i].kind =
            matched.contains(found.landmarks[i]) ? LandmarkKind::Matched : LandmarkKind::Missed;
    }
    plot.lower_axis = image::ChartAxis{.label = "position in the track, s"};
    plot.lower_series = {std::move(line)};
    plot.captions = {fmt::format("{} of the {} landmarks of the track in this stretch were heard "
                                 "again in the clip. Noise and "
                                 "wear add the others. They lie on one line: its start is the "
                                 "position, its slope the speed.",
                                 best.candidate.matched, best.candidate.expected)};
    return plot;
}

} // namespace spindle::app
