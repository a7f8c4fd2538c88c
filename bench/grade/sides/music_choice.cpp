// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/music_choice.h"

#include <algorithm>
#include <map>

#include "material/music_file.h"
#include "simulator/random.h"

namespace spindle::damaged_sides {

namespace {

constexpr Seconds kShortest{20};
constexpr Seconds kShortestRest{10}; // of a track: less is left out
constexpr Seconds kFade{1.5};

template <typename T>
void shuffle(std::vector<T>& items, simulator::Random& random) {
    for (std::size_t i = items.size(); i > 1; --i) {
        std::swap(items[i - 1], items[random.below(i)]);
    }
}

} // namespace

std::vector<MusicPart> choose_music(const material::Manifest& manifest, material::Set set,
                                    Seconds length, std::uint64_t seed) {
    std::vector<const material::CorpusTrack*> tracks;
    for (const auto& track : manifest.tracks) {
        if (track.set == set && track.duration >= kShortest) {
            tracks.push_back(&track);
        }
    }
    simulator::Random random(simulator::derive_seed(seed, "music"));
    shuffle(tracks, random);
    if (tracks.empty()) {
        return {};
    }
    // The package of the first comes first: large ones are drawn more often, by their tracks.
    std::map<std::string, std::size_t> order;
    for (const auto* const track : tracks) {
        order.try_emplace(track->package, order.size());
    }
    std::ranges::stable_sort(tracks, {}, [&](const auto* track) { return order[track->package]; });
    const Seconds most = std::max(length / 2, kShortest);
    std::vector<MusicPart> parts;
    Seconds together{0};
    for (const auto* const track : tracks) {
        if (!parts.empty() && together > length - kShortestRest) {
            break;
        }
        const Seconds part = std::min({track->duration, most, length - together});
        parts.push_back({manifest.folder / track->path, part});
        together += part;
    }
    return parts;
}

std::vector<MusicPart> whole_files(std::span<const std::filesystem::path> files, Seconds length) {
    std::vector<MusicPart> parts;
    for (const auto& file : files) {
        parts.push_back({file, length});
    }
    return parts;
}

Result<std::vector<SideMusic>> read_side(std::span<const MusicPart> parts, SampleRate rate) {
    std::vector<SideMusic> side;
    for (const MusicPart& part : parts) {
        SPINDLE_TRY(const auto music, material::read_music(part.file, rate, part.length));
        const auto channels = static_cast<std::size_t>(music.channels);
        SideMusic track;
        track.name = part.file.string();
        track.sound = simulator::StereoSound(music.samples.size() / channels, rate);
        const std::size_t count = track.sound.size();
        for (std::size_t n = 0; n < count; ++n) {
            track.sound.left[n] = music.samples[n * channels];
            track.sound.right[n] = music.samples[n * channels + channels - 1];
        }
        const bool is_cut = track.sound.seconds() > part.length.count() - 0.1;
        const auto fade =
            std::min(static_cast<std::size_t>(is_cut ? kFade.count() * rate.hz : 0), count);
        for (std::size_t n = 0; n < fade; ++n) {
            const float gain = static_cast<float>(n) / static_cast<float>(fade);
            track.sound.left[count - 1 - n] *= gain;
            track.sound.right[count - 1 - n] *= gain;
        }
        side.push_back(std::move(track));
    }
    return side;
}

} // namespace spindle::damaged_sides
