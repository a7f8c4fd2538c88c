// SPDX-License-Identifier: Apache-2.0
// spindle-copy-click-candidates: what a digital copy tells of clicks in music, as rows of numbers:
// what training/grade/clicks/fit_with_copy.py chooses the weights of grade/copy_clicks.cpp by.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/clicks/click_meter.h"
#include "grade/clicks/scene.h"
#include "grade/clicks/with_copy.h"
#include "grade/copy_clicks.h"
#include "grade/reference/comparison.h"
#include "material/manifest.h"
#include "material/music_file.h"
#include "material/program.h"
#include "simulator/random.h"
#include "simulator/surface.h"

namespace {

using spindle::fail;
using spindle::Result;
using spindle::SampleRate;
using spindle::Seconds;
namespace grade = spindle::grade;
namespace trials = spindle::click_trials;
namespace simulator = spindle::simulator;

constexpr SampleRate kRate{44100};
constexpr Seconds kRead{150};
constexpr Seconds kNear{0.0015};                 // within it an impulse is the click
constexpr Seconds kBeside{0.009};                // its skirts: neither right nor wrong
constexpr double kSoftest = -65, kLoudest = -40; // dB, a groove's noise under the music

struct Request {
    std::filesystem::path corpus, out;
    std::string set = "dev";
    std::uint64_t seed = 1, every = 1;
};

/// Every other excerpt is a record's: noise under the music, which its copy does not have.
void add_groove(trials::Scene& scene, std::uint64_t seed) {
    simulator::Random random(simulator::derive_seed(seed, "groove under music"));
    if (random.unit() < 0.5) {
        return;
    }
    double power = 0;
    for (std::size_t n = 0; n < scene.clean_left.size(); ++n) {
        power += std::pow(static_cast<double>(scene.clean_left[n]), 2) +
                 std::pow(static_cast<double>(scene.clean_right[n]), 2);
    }
    const double rms = std::sqrt(power / (2 * static_cast<double>(scene.clean_left.size())));
    const double height = rms * std::pow(10, random.between(kSoftest, kLoudest) / 20);
    for (auto [sound, clean] :
         {std::pair{&scene.left, &scene.clean_left}, std::pair{&scene.right, &scene.clean_right}}) {
        const auto hiss = simulator::make_hiss(clean->size(), scene.rate, random);
        double sum = 1e-20;
        for (const float sample : hiss) {
            sum += static_cast<double>(sample) * static_cast<double>(sample);
        }
        const auto gain =
            static_cast<float>(height / std::sqrt(sum / static_cast<double>(hiss.size())));
        for (std::size_t n = 0; n < hiss.size(); ++n) {
            (*sound)[n] += gain * hiss[n];
            (*clean)[n] += gain * hiss[n];
        }
    }
}

std::vector<grade::Defect> heard_blindly(grade::StereoSpan sound) {
    grade::ClickMeter meter(kRate);
    meter.feed(sound);
    return meter.finish().defects;
}

class Writer {
public:
    explicit Writer(const std::filesystem::path& path)
        : rows_(path), clicks_(path.string() + ".clicks") {
        rows_ << "scene\tpackage\tmastering\tclean\tlabel\tat\trelation\tsuppression\tblind"
                 "\tstrength\tpeak\tbackground\tin_copy\tcopy_peak\tslope\n";
        clicks_ << "scene\tclick\tlevel\n";
    }

    void clicks(std::size_t scene, const trials::Scene& sound) {
        for (std::size_t i = 0; i < sound.clicks.size(); ++i) {
            clicks_ << fmt::format("{}\t{}\t{:.2f}\n", scene, i + 1, sound.clicks[i].level);
        }
    }

    Result<void> rows(std::size_t number, const std::string& package, const trials::Scene& scene,
                      trials::Mastering mastering, std::uint64_t seed) {
        SPINDLE_TRY(const auto copy, trials::copy_of(scene, mastering, seed));
        trials::Scene record = scene;
        add_groove(record, seed);
        for (const bool is_clean : {false, true}) {
            const auto sound = is_clean ? record.clean() : record.sound();
            std::vector<grade::Copy> copies(1);
            copies[0].sound = grade::sound_in_memory(copy.span(), copy.rate);
            SPINDLE_TRY(const auto found,
                        grade::compare(grade::sound_in_memory(sound, kRate), copies));
            const auto& comparison = found.front();
            for (const auto& suspect : grade::suspects(heard_blindly(sound), comparison)) {
                rows_ << fmt::format(
                    "{}\t{}\t{}\t{:d}\t{}\t{:.5f}\t{}\t{:.1f}\t{:.5f}\t{:.3f}\t{:.4e}\t{:.4e}"
                    "\t{:.3f}\t{:.4e}\t{:.4e}\n",
                    number, package, trials::name_of(mastering), is_clean,
                    is_clean ? 0 : label(suspect.defect.at, scene), suspect.defect.at.count(),
                    grade::name_of(comparison.relation), comparison.suppression_db, suspect.blind,
                    suspect.strength, suspect.defect.peak,
                    scene.level_around(std::llround(suspect.defect.at.count() * kRate.hz)),
                    suspect.in_copy, suspect.copy_peak, suspect.slope);
            }
        }
        return {};
    }

private:
    /// 1 and on: the click; 0 none; -1 beside one.
    static int label(Seconds at, const trials::Scene& scene) {
        int label = 0;
        for (std::size_t i = 0; i < scene.clicks.size(); ++i) {
            const double off =
                std::abs(static_cast<double>(scene.clicks[i].at) / kRate.hz - at.count());
            if (off <= kNear.count()) {
                return static_cast<int>(i) + 1;
            }
            label = off <= kBeside.count() ? -1 : label;
        }
        return label;
    }

    std::ofstream rows_, clicks_;
};

Result<void> write_candidates(const Request& request) {
    SPINDLE_TRY(const auto manifest, spindle::material::Manifest::read(request.corpus));
    const auto wanted =
        request.set == "dev" ? spindle::material::Set::Dev : spindle::material::Set::Test;
    Writer writer(request.out);
    std::uint64_t seed = request.seed * 1'000'000;
    std::size_t number = 0;
    for (const auto& track : manifest.tracks) {
        ++seed;
        if (track.set != wanted || seed % request.every != 0) {
            continue;
        }
        const auto music =
            spindle::material::read_music(manifest.folder / track.path, kRate, kRead);
        if (!music) {
            continue;
        }
        const auto scene = trials::make_scene(*music, {}, seed, {});
        if (!scene) {
            continue; // too short or too quiet
        }
        writer.clicks(number, *scene);
        for (const auto mastering :
             {trials::Mastering::Same, trials::Mastering::Coded, trials::Mastering::Other}) {
            SPINDLE_TRY_VOID(writer.rows(number, track.package, *scene, mastering, seed));
        }
        ++number;
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return spindle::material::run_program(
        argc, argv, "Writes what a digital copy tells of clicks in music, as rows of numbers.",
        [&](CLI::App& app) {
            app.add_option("--corpus", request.corpus, "manifest.tsv of bench/corpus")->required();
            app.add_option("--out", request.out, "file of rows")->required();
            app.add_option("--set", request.set, "dev or test");
            app.add_option("--seed", request.seed, "of everything random");
            app.add_option("--every", request.every, "one of so many tracks")
                ->check(CLI::PositiveNumber);
        },
        [&] { return write_candidates(request); });
}
