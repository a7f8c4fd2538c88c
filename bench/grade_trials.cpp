// SPDX-License-Identifier: Apache-2.0
// spindle-grade-trials: simulates damaged sides, measures them, and writes figures and truth, one
// line of JSON each, as they are done. See bench/README.md.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/sides/noise_source.h"
#include "grade/trials/trial.h"
#include "material/program.h"

namespace {

using namespace spindle;

struct Request {
    std::filesystem::path manifest, data, beds, out;
    std::string set = "dev";
    std::vector<std::string> evidence{"groove"};
    std::uint64_t seed = 1;
    std::size_t sides = 100;
    double minutes = 1.5;
    unsigned jobs = 1;
};

Result<void> run(const Request& request) {
    SPINDLE_TRY(auto manifest, material::Manifest::read(request.manifest));
    if (!request.data.empty()) {
        manifest.folder = request.data;
    }
    grade_trials::TrialOptions options;
    options.length = Seconds(60 * request.minutes);
    options.set = request.set == "dev" ? material::Set::Dev : material::Set::Test;
    options.evidence.clear();
    for (const grade::Evidence evidence : grade::kEvidence) {
        if (std::ranges::count(request.evidence, grade::name_of(evidence)) > 0) {
            options.evidence.push_back(evidence);
        }
    }
    std::vector<damaged_sides::NoiseSource> noise;
    if (!request.beds.empty()) {
        SPINDLE_TRY(noise, damaged_sides::read_noise(request.beds, options.set, SampleRate{44100}));
    }
    std::FILE* const out = std::fopen(request.out.c_str(), "a");
    if (out == nullptr) {
        return tl::unexpected(system_error(request.out.string(), errno));
    }
    std::mutex mutex;
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> failed{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < request.sides; i = next++) {
            const auto trials =
                grade_trials::run_trials(manifest, noise, options, request.seed + i);
            const std::scoped_lock lock(mutex);
            if (!trials) {
                fmt::print(stderr, "seed {}: {}\n", request.seed + i, trials.error().message);
                ++failed;
                continue;
            }
            for (const grade_trials::Trial& trial : *trials) {
                fmt::print(out, "{}\n", grade_trials::to_line(trial));
            }
            std::fflush(out);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < request.jobs; ++i) {
        threads.emplace_back(work);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::fclose(out);
    if (failed > 0) {
        return fail(Code::Failed, "{} of {} sides could not be made", failed.load(), request.sides);
    }
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("--manifest", request.manifest, "manifest.tsv of a corpus")->required();
    app.add_option("--data", request.data, "folder its paths start from");
    app.add_option("--beds", request.beds, "folder with recorded groove noise");
    app.add_option("--out", request.out, "file the lines are appended to")->required();
    app.add_option("--set", request.set, "dev or test")->check(CLI::IsMember({"dev", "test"}));
    app.add_option("--evidence", request.evidence,
                   "what it is graded from: groove, copy, music (again for each)")
        ->check(CLI::IsMember({"groove", "copy", "music"}));
    app.add_option("--seed", request.seed, "of the first side");
    app.add_option("--sides", request.sides, "how many");
    app.add_option("--minutes", request.minutes, "of music on each")->check(CLI::Range(0.5, 30.0));
    app.add_option("--jobs", request.jobs, "at a time")->check(CLI::Range(1, 64));
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv,
        "Simulates damaged record sides and measures them: figures and truth as JSON lines.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return run(request); });
}
