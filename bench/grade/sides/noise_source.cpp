// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/noise_source.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "grade/clicks/impulse_finder.h"
#include "material/beds.h"
#include "material/music_file.h"
#include "simulator/biquad.h"
#include "simulator/level.h"
#include "simulator/noise_tape.h"
#include "simulator/surface.h"

namespace spindle::damaged_sides {

namespace {

using simulator::StereoSound;

constexpr double kShortest = 1;    // seconds
constexpr double kBlock = 0.05;    // seconds; the noise's level is the median of each
constexpr double kClick = 5;       // deviations: what is higher is no noise
constexpr double kGoodClick = 12;  // ... and is worth playing again
constexpr double kBefore = 0.7e-3; // seconds of a click before its first high sample
constexpr double kAfter = 4e-3;    // ... and after it
constexpr std::size_t kMostClicks = 200;
constexpr int kMostPasses = 8;
constexpr double kFewLeft = 1; // a second, barely out of the noise: more is a truth untold
constexpr double kPiece = 1.3; // seconds
constexpr double kFade = 0.15;
constexpr double kMedianOfNormal = 0.6745;
constexpr double kRumble = 40;        // Hz; below is the deck that it was recorded with
constexpr std::uint64_t kSetSeed = 1; // so that the five beds of bench/corpus fall in both sets

/// Heights of the treble of both channels, where clicks stand out, in deviations of the noise.
std::vector<float> heights_of(const StereoSound& groove) {
    std::vector<float> heights(groove.size());
    const auto block = static_cast<std::size_t>(kBlock * groove.rate.hz);
    for (const auto* const channel : groove.channels()) {
        auto treble = *channel;
        simulator::Biquad::high_pass(groove.rate, 1000).filter(treble);
        std::vector<float> sorted;
        for (std::size_t from = 0; from < treble.size(); from += block) {
            const auto part =
                std::span(treble).subspan(from, std::min(block, treble.size() - from));
            sorted.assign(part.begin(), part.end());
            std::ranges::transform(sorted, sorted.begin(), [](float x) { return std::abs(x); });
            const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
            std::ranges::nth_element(sorted, middle);
            const float deviation = std::max(*middle / static_cast<float>(kMedianOfNormal), 1e-7F);
            for (std::size_t n = 0; n < part.size(); ++n) {
                heights[from + n] = std::max(heights[from + n], std::abs(part[n]) / deviation);
            }
        }
    }
    return heights;
}

struct Place {
    std::size_t first = 0;
    std::size_t last = 0;
    float height = 0;
};

/// Runs of high samples, joined when less than a millisecond apart.
std::vector<Place> places_of(const std::vector<float>& heights, SampleRate rate) {
    std::vector<Place> places;
    const auto gap = static_cast<std::size_t>(1e-3 * rate.hz);
    for (std::size_t n = 0; n < heights.size(); ++n) {
        if (heights[n] < static_cast<float>(kClick)) {
            continue;
        }
        if (places.empty() || n > places.back().last + gap) {
            places.push_back({n, n, 0});
        }
        places.back().last = n;
        places.back().height = std::max(places.back().height, heights[n]);
    }
    return places;
}

/// What is heard 4 (or more) ms before or after, instead; each pass takes it from farther away.
void patch(std::vector<float>& samples, std::size_t first, std::size_t last, SampleRate rate,
           int pass) {
    const std::size_t length = last - first;
    const std::size_t edge = static_cast<std::size_t>(0.5e-3 * rate.hz);
    const std::size_t away = length + static_cast<std::size_t>((3e-3 + 1.7e-3 * pass) * rate.hz);
    const bool from_before = first >= away;
    if (!from_before && last + away >= samples.size()) {
        return;
    }
    for (std::size_t n = first; n < last; ++n) {
        const std::size_t to_edge = std::min(n - first, last - 1 - n);
        const float share =
            std::min(1.0F, (static_cast<float>(to_edge) + 0.5F) / static_cast<float>(edge));
        const float other = from_before ? samples[n - away] : samples[n + away];
        samples[n] += share * (other - samples[n]);
    }
}

/// What stands out of the noise once that is foretold from the samples before: also dull noise
/// hides nothing then.
std::vector<Place> outliers_in(const StereoSound& noise) {
    grade::ImpulseFinder finder(noise.rate, grade::ImpulseOptions::of_noise());
    grade::ImpulseFindings found;
    finder.feed({noise.left, noise.right}, found);
    finder.finish(found);
    std::vector<Place> places;
    for (const grade::Impulse& impulse : found.impulses) {
        const auto first = static_cast<std::size_t>(impulse.from);
        places.push_back(
            {first, first + static_cast<std::size_t>(impulse.length), impulse.strongest()});
    }
    return places;
}

simulator::ClickShape cut_click(const StereoSound& groove, std::size_t first, std::size_t last) {
    simulator::ClickShape shape;
    const auto cut = [&](const std::vector<float>& channel) {
        std::vector<float> part(channel.begin() + static_cast<std::ptrdiff_t>(first),
                                channel.begin() + static_cast<std::ptrdiff_t>(last));
        // Down to nothing at both ends: the rumble below it is taken off as a straight line.
        const float start = part.front();
        const float slope = (part.back() - start) / static_cast<float>(part.size() - 1);
        for (std::size_t n = 0; n < part.size(); ++n) {
            part[n] -= start + slope * static_cast<float>(n);
        }
        return part;
    };
    shape.left = cut(groove.left);
    shape.right = cut(groove.right);
    return shape;
}

/// Those clicks that stand alone and well out of the noise.
void cut_clicks(const StereoSound& groove, const std::vector<Place>& places,
                std::vector<simulator::ClickShape>& clicks) {
    const auto before = static_cast<std::size_t>(kBefore * groove.rate.hz);
    const auto after = static_cast<std::size_t>(kAfter * groove.rate.hz);
    for (std::size_t i = 0; i < places.size() && clicks.size() < kMostClicks; ++i) {
        const Place& place = places[i];
        const std::size_t first = place.first - std::min(place.first, before);
        const std::size_t last = std::min(place.last + after, groove.size());
        const bool is_alone = (i == 0 || places[i - 1].last < first) &&
                              (i + 1 == places.size() || places[i + 1].first > last);
        const bool is_whole = place.first >= before && place.last - place.first < after &&
                              place.last + after <= groove.size();
        if (is_alone && is_whole && place.height >= static_cast<float>(kGoodClick)) {
            clicks.push_back(cut_click(groove, first, last));
        }
    }
}

} // namespace

Result<NoiseSource> take_apart(std::string name, const StereoSound& groove) {
    if (groove.seconds() < kShortest) {
        return fail(Code::BadInput, "{}: {:.1f} s of noise; at least {} s are needed", name,
                    groove.seconds(), kShortest);
    }
    NoiseSource source{std::move(name), groove, groove.left == groove.right, {}};
    for (auto* const channel : source.noise.channels()) {
        simulator::Biquad::high_pass(groove.rate, kRumble).filter(*channel);
    }
    auto places = places_of(heights_of(groove), groove.rate);
    cut_clicks(groove, places, source.clicks);
    const auto before = static_cast<std::size_t>(kBefore * groove.rate.hz);
    const auto after = static_cast<std::size_t>(kAfter * groove.rate.hz);
    const auto few = static_cast<std::size_t>(kFewLeft * groove.seconds());
    for (int pass = 0; pass < kMostPasses && (pass == 0 || places.size() > few); ++pass) {
        for (const Place& place : places) {
            const std::size_t first = place.first - std::min(place.first, before);
            const std::size_t last = std::min(place.last + after / 2, groove.size());
            for (auto* const channel : source.noise.channels()) {
                patch(*channel, first, last, groove.rate, pass);
            }
        }
        places = outliers_in(source.noise);
    }
    if (places.size() > few) {
        return fail(Code::BadInput,
                    "{}: crackles throughout, {:.0f} times a second with the clicks taken out",
                    source.name, static_cast<double>(places.size()) / groove.seconds());
    }
    return source;
}

simulator::StereoSound noise_of(const NoiseSource& source, std::size_t count, SampleRate rate,
                                std::uint64_t seed) {
    StereoSound sound(count, rate);
    const auto tape_of = [&](const std::vector<float>& channel, std::string_view place) {
        simulator::RealBed bed{source.name, channel, source.noise.rate};
        return simulator::NoiseTape(
            simulator::derive_seed(seed, place), static_cast<std::size_t>(kPiece * rate.hz),
            static_cast<std::size_t>(kFade * rate.hz),
            [bed = std::move(bed), rate](std::size_t length, simulator::Random& random) {
                return simulator::loop_bed(bed, length, rate, random);
            });
    };
    const std::string_view both = "noise source";
    tape_of(source.noise.left, both).add(0, sound.left, 1);
    tape_of(source.noise.right, source.is_mono ? "right wall" : both).add(0, sound.right, 1);
    return sound;
}

material::Set set_of_noise(std::string_view name) {
    std::string key;
    int parts = 1;
    for (const char letter : name) {
        const bool is_border = letter == '-' || letter == '_' || letter == '.' || letter == ' ';
        parts += is_border ? 1 : 0;
        if (parts > 2) {
            break;
        }
        key.push_back(
            is_border ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
    }
    return simulator::derive_seed(kSetSeed, key) % 3 == 0 ? material::Set::Test
                                                          : material::Set::Dev;
}

Result<std::vector<NoiseSource>> read_noise(const std::filesystem::path& folder, material::Set set,
                                            SampleRate rate) {
    std::vector<NoiseSource> sources;
    for (const auto& file : material::files_in(folder)) {
        const std::string name = file.stem().string();
        if (set_of_noise(name) != set) {
            continue;
        }
        SPINDLE_TRY(const auto music, material::read_music(file, rate));
        const auto channels = static_cast<std::size_t>(music.channels);
        StereoSound groove(music.samples.size() / channels, rate);
        for (std::size_t n = 0; n < groove.size(); ++n) {
            groove.left[n] = music.samples[n * channels];
            groove.right[n] = music.samples[n * channels + channels - 1];
        }
        if (auto source = take_apart(name, groove)) {
            sources.push_back(std::move(*source));
        }
    }
    return sources;
}

} // namespace spindle::damaged_sides
