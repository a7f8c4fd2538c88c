// SPDX-License-Identifier: Apache-2.0
// spindle-clicks: how many clicks are found in music, and how many found there are none.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/clicks/detector.h"
#include "grade/clicks/made_click.h"
#include "grade/clicks/recall.h"
#include "grade/clicks/recall_report.h"
#include "grade/clicks/restored_pairs.h"
#include "grade/clicks/scene.h"
#include "grade/clicks/with_copy.h"
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
namespace trials = spindle::click_trials;

constexpr SampleRate kRate{44100};
constexpr Seconds kRead{150};

struct Request {
    std::filesystem::path corpus;
    std::string set = "dev";
    std::vector<std::filesystem::path> clicks;
    std::filesystem::path pairs, json, picture, precision;
    std::uint64_t seed = 1;
    std::size_t most = 1000;
    std::uint64_t every = 1;
    bool baselines = true;
    bool copies = false;
};

Result<trials::RecallReport> measure(const Request& request) {
    SPINDLE_TRY(const auto manifest, spindle::material::Manifest::read(request.corpus));
    std::vector<trials::ClickWave> recorded;
    for (const auto& file : request.clicks) {
        SPINDLE_TRY(const auto some, trials::read_clicks(file, kRate));
        recorded.insert(recorded.end(), some.begin(), some.end());
    }
    std::vector<trials::Detector> detectors{trials::spindle_detector()};
    if (request.baselines) {
        detectors.push_back(trials::adeclick_rule());
        detectors.push_back(trials::audacity_rule());
    }
    const std::size_t alone = detectors.size();
    const std::vector<trials::Mastering> masterings =
        request.copies ? std::vector{trials::Mastering::Same, trials::Mastering::Other}
                       : std::vector<trials::Mastering>();
    std::vector<std::vector<trials::SceneResult>> results(alone + masterings.size());
    trials::RecallReport report;
    report.set = request.set;
    std::set<std::string> packages;
    std::uint64_t seed = request.seed * 1'000'000;
    const auto wanted =
        request.set == "dev" ? spindle::material::Set::Dev : spindle::material::Set::Test;
    for (const auto& track : manifest.tracks) {
        ++seed;
        if (track.set != wanted || report.scenes >= request.most || seed % request.every != 0) {
            continue;
        }
        const auto music =
            spindle::material::read_music(manifest.folder / track.path, kRate, kRead);
        if (!music) {
            continue;
        }
        const auto scene = trials::make_scene(*music, recorded, seed, {});
        if (!scene) {
            continue; // too short or too quiet
        }
        for (std::size_t n = 0; n < masterings.size(); ++n) {
            // Its copy is each scene's own; the name is told once.
            SPINDLE_TRY(auto detector, trials::with_copy(*scene, masterings[n], seed));
            results[alone + n].push_back(trials::try_detector(detector, *scene));
            if (detectors.size() < results.size()) {
                detectors.push_back({detector.name, {}});
            }
        }
        for (std::size_t n = 0; n < alone; ++n) {
            results[n].push_back(trials::try_detector(detectors[n], *scene));
        }
        ++report.scenes;
        report.minutes += results[0].back().minutes;
        report.clicks += scene->clicks.size();
        for (const auto& click : scene->clicks) {
            report.recorded += click.is_recorded ? 1 : 0;
        }
        packages.insert(track.package);
    }
    report.packages = packages.size();
    for (std::size_t n = 0; n < detectors.size(); ++n) {
        trials::DetectorRecall detector{detectors[n].name, {}};
        for (const double alarms : {1.0, 3.0, 10.0}) {
            detector.recalls.push_back(trials::recall_at(results[n], alarms));
        }
        report.detectors.push_back(std::move(detector));
    }
    return report;
}

Result<void> run(const Request& request) {
    if (!request.pairs.empty()) {
        SPINDLE_TRY(const auto pairs, trials::count_pairs(request.pairs));
        fmt::print("{}", trials::text_of(pairs));
    }
    if (request.corpus.empty()) {
        return {};
    }
    SPINDLE_TRY(const auto report, measure(request));
    fmt::print("{}", trials::text_of(report));
    if (!request.json.empty()) {
        std::ofstream file(request.json);
        if (!(file << trials::json_of(report))) {
            return fail(Code::Failed, "{}: cannot be written", request.json.string());
        }
    }
    if (!request.picture.empty()) {
        SPINDLE_TRY_VOID(trials::plot(report, request.picture));
    }
    if (!request.precision.empty()) {
        SPINDLE_TRY_VOID(trials::plot_precision(report, request.precision));
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return spindle::material::run_program(
        argc, argv,
        "Puts clicks of known level into clean music and says which are found, by Spindle and by "
        "the rules of two known programs, at 1, 3 and 10 false alarms a minute.",
        [&](CLI::App& app) {
            app.add_option("--corpus", request.corpus, "manifest.tsv of bench/corpus");
            app.add_option("--set", request.set, "dev or test");
            app.add_option("--clicks", request.clicks,
                           "recordings of grooves: half of the clicks are cut from them");
            app.add_option("--pairs", request.pairs,
                           "a folder of NAME.raw.* and NAME.restored.*: count both");
            app.add_option("--seed", request.seed, "of everything random");
            app.add_option("--every", request.every, "one of so many tracks")
                ->check(CLI::PositiveNumber);
            app.add_option("--most", request.most, "no more excerpts");
            app.add_flag("--baselines,!--no-baselines", request.baselines, "the other rules too");
            app.add_flag("--copies", request.copies,
                         "also with a digital copy, of the same master and of another");
            app.add_option("--plot-precision", request.precision,
                           "write a chart of precision by level there");
            app.add_option("--json", request.json, "write the figures there");
            app.add_option("--plot", request.picture, "write a chart there, .png or .svg");
        },
        [&] { return run(request); });
}
