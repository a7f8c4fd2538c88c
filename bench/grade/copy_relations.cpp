// SPDX-License-Identifier: Apache-2.0
// spindle-copy-relations: how far copies of the same master and of others are taken away from
// records that are worn and noisy, as rows of numbers: what CopyComparison::relation is decided by.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/reference/comparison.h"
#include "grade/sides/damaged_side.h"
#include "grade/sides/music_choice.h"
#include "grade/sides/noise_source.h"
#include "material/manifest.h"
#include "material/program.h"
#include "reference/made_record.h"
#include "simulator/codec.h"
#include "simulator/equaliser.h"

namespace {

using namespace spindle;

constexpr SampleRate kRate{44100};
constexpr Seconds kMusic{60};

struct Request {
    std::filesystem::path manifest, beds, out;
    std::string set = "dev";
    std::uint64_t seed = 1;
    std::size_t sides = 20;
    double wear = 0;
};

struct Mastering {
    const char* name;
    double limited = 0;   ///< dB
    double equalised = 0; ///< dB
    int bits = 0;         ///< a second, as MP3
};
constexpr Mastering kMasterings[]{
    {"same"},         {"mp3-256", 0, 0, 256000}, {"mp3-128", 0, 0, 128000}, {"equalised", 0, 4, 0},
    {"limited-3", 3}, {"limited-5", 5},          {"limited-8", 8},
};

Result<made::Sound> mastered(const made::Sound& music, const Mastering& how, std::uint64_t seed) {
    made::Sound copy = music;
    if (how.equalised > 0) {
        for (auto* const channel : {&copy.left, &copy.right}) {
            simulator::Random same(simulator::derive_seed(seed, "mastering"));
            SPINDLE_TRY(*channel, simulator::equalise(*channel, copy.rate, how.equalised, same));
        }
    }
    if (how.limited > 0) {
        copy = made::remastered(copy, how.limited);
    }
    if (how.bits > 0) {
        std::vector<float> interleaved;
        for (std::size_t n = 0; n < copy.size(); ++n) {
            interleaved.push_back(copy.left[n]);
            interleaved.push_back(copy.right[n]);
        }
        SPINDLE_TRY(const auto back, simulator::encode_and_decode(interleaved, 2, copy.rate,
                                                                  simulator::Codec::Mp3, how.bits));
        for (std::size_t n = 0; n < std::min(copy.size(), back.size() / 2); ++n) {
            copy.left[n] = back[2 * n];
            copy.right[n] = back[2 * n + 1];
        }
    }
    return copy;
}

Result<void> write_side(const material::Manifest& manifest,
                        std::span<const damaged_sides::NoiseSource> noise, material::Set set,
                        std::uint64_t seed, double wear, std::ofstream& rows) {
    const auto parts = damaged_sides::choose_music(manifest, set, kMusic, seed);
    SPINDLE_TRY(const auto music, damaged_sides::read_side(parts, kRate));
    damaged_sides::Faults faults = damaged_sides::draw_faults(seed);
    faults.skips = 0;
    faults.wear += wear;
    damaged_sides::DamagedSideOptions options;
    options.faults = faults;
    SPINDLE_TRY(const auto side, damaged_sides::make_damaged_side(music, noise, options, seed));
    const auto longest = std::ranges::max_element(
        music, {}, [](const damaged_sides::SideMusic& track) { return track.sound.size(); });
    const made::Sound track{longest->sound.left, longest->sound.right, kRate};
    const grade::StereoSpan sound{side.sound.left, side.sound.right};
    for (const Mastering& how : kMasterings) {
        SPINDLE_TRY(const auto copy, mastered(track, how, seed));
        std::vector<grade::Copy> copies(1);
        copies[0].sound = grade::sound_in_memory(copy.span(), copy.rate);
        SPINDLE_TRY(const auto found, grade::compare(grade::sound_in_memory(sound, kRate), copies));
        const auto& c = found.front();
        const auto& damage = side.truth.damage;
        rows << fmt::format("{}\t{}\t{}\t{:.1f}\t{:.1f}\t{:.1f}\t{}\t{:.1f}\t{:.1f}\n", seed,
                            how.name, short_name(side.truth.grade), damage.wear_db, damage.noise_db,
                            c.residual.distortion_db, grade::name_of(c.relation), c.suppression_db,
                            c.body_suppression_db)
             << std::flush;
    }
    return {};
}

Result<void> run(const Request& request) {
    SPINDLE_TRY(const auto manifest, material::Manifest::read(request.manifest));
    const auto set = request.set == "dev" ? material::Set::Dev : material::Set::Test;
    std::vector<damaged_sides::NoiseSource> noise;
    if (!request.beds.empty()) {
        SPINDLE_TRY(noise, damaged_sides::read_noise(request.beds, set, kRate));
    }
    std::ofstream rows(request.out);
    rows << "seed\tcopy\tgrade\twear_db\tnoise_db\tdistortion_db\trelation\tsuppression_db"
            "\tbody_db\n";
    for (std::size_t i = 0; i < request.sides; ++i) {
        SPINDLE_TRY_VOID(write_side(manifest, noise, set, request.seed + i, request.wear, rows));
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv, "Compares worn records with copies of their master and of others.",
        [&](CLI::App& app) {
            app.add_option("--manifest", request.manifest, "manifest.tsv of a corpus")->required();
            app.add_option("--beds", request.beds, "folder with recorded groove noise");
            app.add_option("--out", request.out, "file of rows")->required();
            app.add_option("--set", request.set, "dev or test")
                ->check(CLI::IsMember({"dev", "test"}));
            app.add_option("--seed", request.seed, "of the first side");
            app.add_option("--sides", request.sides, "how many");
            app.add_option("--wear", request.wear, "steps of the definition worse than drawn");
        },
        [&] { return run(request); });
}
