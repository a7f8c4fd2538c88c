// SPDX-License-Identifier: Apache-2.0
// spindle-click-candidates: what training/grade/clicks learns from, and measures itself by.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/clicks/impulse_finder.h"
#include "grade/clicks/scene.h"
#include "material/beds.h"
#include "material/manifest.h"
#include "material/music_file.h"
#include "material/program.h"
#include "simulator/random.h"

namespace {

using spindle::Code;
using spindle::fail;
using spindle::Result;
using spindle::SampleRate;
using spindle::Seconds;
using spindle::click_trials::ClickWave;
using spindle::click_trials::Scene;
using spindle::grade::Impulse;

constexpr SampleRate kRate{44100};
constexpr Seconds kRead{150}; // excerpts come from the first minutes: decoding is what costs

struct Request {
    std::filesystem::path corpus;
    std::string set = "dev";
    std::vector<std::filesystem::path> clicks;
    std::filesystem::path out;
    std::uint64_t seed = 1;
    int per_track = 1;
    double grooves = 0.15, corners = 0.03; // so many of them for each excerpt of music
    double least_rate = 4, most_rate = 300;
    double mono = 0.25;
    int every = 1;
    bool varied = true;
};

// A row: scene, whether it is the clean twin, whether it is a click (-1: cannot be said), the level
// put in, whether the click is recorded, sample, strongest, then the features. 32-bit floats.
constexpr std::size_t kHeader = 7;

class Writer {
public:
    explicit Writer(const std::filesystem::path& path)
        : rows_(path, std::ios::binary), scenes_(path.string() + ".tsv") {
        scenes_ << "scene\tpackage\tkind\tseconds\tclicks\n";
        levels_.open(path.string() + ".clicks.tsv");
        levels_ << "scene\tat\tlevel\trecorded\n";
    }

    void write(const Scene& scene, const std::string& package, const std::string& kind) {
        const auto dirty = impulses_of(scene.sound());
        const auto clean = impulses_of(scene.clean());
        scenes_ << fmt::format("{}\t{}\t{}\t{:.3f}\t{}\n", count_, package, kind,
                               static_cast<double>(scene.left.size()) / kRate.hz,
                               scene.clicks.size());
        for (const auto& click : scene.clicks) {
            levels_ << fmt::format("{}\t{}\t{:.2f}\t{:d}\n", count_, click.at, click.level,
                                   click.is_recorded);
        }
        for (const Impulse& impulse : clean) {
            row(impulse, 1, 0, 0, false);
        }
        const std::int64_t near = kRate.hz * 15 / 10000;
        for (const Impulse& impulse : dirty) {
            const auto click =
                std::find_if(scene.clicks.begin(), scene.clicks.end(), [&](const auto& candidate) {
                    return std::abs(candidate.at - impulse.at) <= near;
                });
            if (click == scene.clicks.end()) {
                // The skirts of a click are neither the one nor the other.
                const bool beside = std::any_of(
                    scene.clicks.begin(), scene.clicks.end(), [&](const auto& candidate) {
                        return std::abs(candidate.at - impulse.at) <= 6 * near;
                    });
                row(impulse, 0, beside ? -1.F : 0.F, 0, false);
                continue;
            }
            const bool there_anyway =
                std::any_of(clean.begin(), clean.end(), [&](const Impulse& other) {
                    return std::abs(other.at - impulse.at) <= near &&
                           other.strongest() > 0.7F * impulse.strongest();
                });
            row(impulse, 0, there_anyway ? -1.F : 1.F, click->level, click->is_recorded);
        }
        ++count_;
    }

private:
    static std::vector<Impulse> impulses_of(const spindle::grade::StereoSpan& sound) {
        spindle::grade::ImpulseFinder finder(kRate);
        spindle::grade::ImpulseFindings found;
        finder.feed(sound, found);
        finder.finish(found);
        return std::move(found.impulses);
    }

    void row(const Impulse& impulse, float clean, float label, double level, bool recorded) {
        const std::array<float, kHeader> header{static_cast<float>(count_),
                                                clean,
                                                label,
                                                static_cast<float>(level),
                                                recorded ? 1.F : 0.F,
                                                static_cast<float>(impulse.at),
                                                impulse.strongest()};
        rows_.write(reinterpret_cast<const char*>(header.data()), sizeof header);
        rows_.write(reinterpret_cast<const char*>(impulse.features.data()),
                    sizeof impulse.features);
    }

    std::ofstream rows_, scenes_, levels_;
    std::size_t count_ = 0;
};

Result<void> write_candidates(const Request& request) {
    SPINDLE_TRY(const auto manifest, spindle::material::Manifest::read(request.corpus));
    std::vector<ClickWave> recorded;
    for (const auto& file : request.clicks) {
        SPINDLE_TRY(const auto some, spindle::click_trials::read_clicks(file, kRate));
        fmt::print("{}: {} clicks\n", file.filename().string(), some.size());
        recorded.insert(recorded.end(), some.begin(), some.end());
    }
    const bool is_dev = request.set == "dev";
    Writer writer(request.out);
    spindle::simulator::Random random(spindle::simulator::derive_seed(request.seed, "candidates"));
    std::uint64_t seed = request.seed * 1'000'000;
    int number = 0;
    for (const auto& track : manifest.tracks) {
        if ((track.set == spindle::material::Set::Dev) != is_dev || ++number % request.every != 0) {
            continue;
        }
        const auto music =
            spindle::material::read_music(manifest.folder / track.path, kRate, kRead);
        if (!music) {
            continue;
        }
        for (int n = 0; n < request.per_track; ++n) {
            spindle::click_trials::SceneOptions options;
            options.handling = request.varied ? spindle::click_trials::Handling::Varied
                                              : spindle::click_trials::Handling::None;
            options.mono = request.mono;
            options.clicks_per_minute =
                request.least_rate *
                std::pow(request.most_rate / request.least_rate, random.unit());
            auto scene = spindle::click_trials::make_scene(*music, recorded, ++seed, options);
            if (scene) {
                writer.write(*scene, track.package, "music");
            }
            if (random.unit() < request.grooves) {
                SPINDLE_TRY(const auto groove,
                            spindle::click_trials::make_groove(recorded, ++seed, options));
                writer.write(groove, fmt::format("groove{}", seed % 10), "groove");
            }
            if (random.unit() < request.corners) {
                ++seed;
                writer.write(spindle::click_trials::make_corners(seed, options),
                             fmt::format("corners{}", seed % 10), "corners");
            }
        }
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return spindle::material::run_program(
        argc, argv, "Writes the impulses of music with known clicks, as rows of numbers.",
        [&](CLI::App& app) {
            app.add_option("--corpus", request.corpus, "manifest.tsv of bench/corpus")->required();
            app.add_option("--set", request.set, "dev or test");
            app.add_option("--clicks", request.clicks, "recordings of grooves to cut clicks from");
            app.add_option("--out", request.out, "file of rows")->required();
            app.add_option("--seed", request.seed, "of everything random");
            app.add_option("--per-track", request.per_track, "excerpts of 20 s from each track");
            app.add_option("--every", request.every, "one of so many tracks")
                ->check(CLI::PositiveNumber);
            app.add_option("--mono", request.mono, "share of mono recordings");
            app.add_option("--grooves", request.grooves, "silent grooves for each excerpt");
            app.add_option("--corners", request.corners, "synthetic tones for each excerpt");
            app.add_option("--least-rate", request.least_rate, "clicks a minute");
            app.add_option("--most-rate", request.most_rate, "clicks a minute");
            app.add_flag("--varied,!--plain", request.varied, "handle the music as masters are");
        },
        [&] { return write_candidates(request); });
}
