// SPDX-License-Identifier: Apache-2.0
// spindle-sides: what the turntable's listener makes of whole record sides. See bench/README.md.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "accuracy/measure.h"
#include "accuracy/reference_library.h"
#include "fingerprint/file_index.h"
#include "io/child_process.h"
#include "io/output_file.h"
#include "material/beds.h"
#include "material/manifest.h"
#include "material/program.h"
#include "sides/listening.h"
#include "sides/report.h"
#include "sides/trial.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using namespace spindle::sides;

struct Request {
    std::filesystem::path manifest;
    std::filesystem::path data;
    std::string set = "dev";
    std::uint64_t seed = 101;
    std::size_t sides = 100;
    std::string happening;
    std::filesystem::path list;
    double unknown_hours = 0;
    double noise_hours = 0;
    unsigned jobs = 2;
    std::filesystem::path rows;
    std::filesystem::path listen_to; ///< the child that is measured
    bool as_json = false;
};

/// Only listens: raw floats from a file, an index, nothing else; says what that took.
Result<void> only_listen(const Request& request) {
    const auto start = accuracy::memory();
    SPINDLE_TRY(const auto index, fingerprint::FileIndex::open(request.data));
    Ear ear(index, {});
    std::ifstream file(request.listen_to, std::ios::binary);
    std::vector<float> block(std::size_t{10} * fingerprint::kLandmarkRate.hz);
    const Seconds before = accuracy::process_cpu();
    while (file) {
        file.read(reinterpret_cast<char*>(block.data()),
                  static_cast<std::streamsize>(block.size() * sizeof(float)));
        ear.hear(std::span(block).first(static_cast<std::size_t>(file.gcount()) / sizeof(float)));
    }
    const Heard heard = ear.finish();
    const auto memory = accuracy::memory();
    fmt::print("{:.3f} {:.3f} {:.3f}\n", static_cast<double>(memory.peak) / 1e6,
               static_cast<double>(start.resident) / 1e6,
               100 * ((accuracy::process_cpu() - before) / heard.sound));
    return {};
}

/// Measures a process of its own over the run's first session: this one holds music, too.
Result<Memory> measure_memory(const Request& request, const Stage& stage,
                              const std::vector<SessionSeed>& seeds) {
    auto store = stage.store();
    SPINDLE_TRY(const auto session,
                draw_session(stage.pool, store, seeds.front().happening,
                             session_seed(seeds.front().run, seeds.front().number),
                             stage.beds.size()));
    SPINDLE_TRY(const auto sound, sound_of(session, store, stage.beds));
    SPINDLE_TRY(const auto folder, testing::TempFolder::create("spindle-sides"));
    const auto file = folder.path() / "sound.f32";
    SPINDLE_TRY(auto out, io::OutputFile::create(file));
    SPINDLE_TRY_VOID(out.append(std::as_bytes(std::span(sound))));
    SPINDLE_TRY(auto child,
                io::ChildProcess::start("/proc/self/exe",
                                        {"--manifest", request.manifest.string(), "--data",
                                         request.data.string(), "--listen-to", file.string()}));
    SPINDLE_TRY(const auto line, child.read_line(Seconds(600), std::stop_token()));
    Memory memory;
    if (!line || std::sscanf(line->c_str(), "%lf %lf %lf", &memory.peak_mb, &memory.at_start_mb,
                             &memory.cpu_percent) != 3) {
        return fail(Code::Failed, "the process that only listens ended without a figure");
    }
    return memory;
}

std::vector<std::string> conditions_of(const Request& request, const Stage& stage,
                                       const std::vector<SessionSeed>& seeds) {
    auto conditions = accuracy::conditions_of_machine();
    const auto size = stage.index.size();
    conditions.push_back(
        fmt::format("Library: {} tracks, {:.1f} h", size.tracks, size.music.count() / 3600));
    conditions.push_back(fmt::format(
        "Sides: {} sessions of the {} set, seed {}{}; {} records", seeds.size(), request.set,
        request.seed, request.list.empty() ? "" : ", from " + request.list.filename().string(),
        stage.pool.records.size()));
    const simulator::PressingOptions pressing;
    conditions.push_back(fmt::format(
        "Drawn: speed +-{:.0f} %, wow to {:.1f} %, flutter to {:.2f} %, peaks {:.0f} to {:.0f} "
        "dBFS, surface {:.0f} to {:.0f} dB below the music, equaliser to +-{:.0f} dB; {} threads",
        100 * pressing.most_speed_error, 100 * pressing.most_wow, 100 * pressing.most_flutter,
        pressing.quietest_db, pressing.loudest_db, pressing.worst_surface_db,
        pressing.best_surface_db, pressing.most_equaliser_db, stage.jobs));
    return conditions;
}

Result<std::vector<SessionSeed>> seeds_for(const Request& request) {
    if (!request.list.empty()) {
        return read_seeds(request.list, request.set);
    }
    std::optional<Happening> only;
    if (!request.happening.empty()) {
        only = happening_named(request.happening);
        if (!only) {
            return fail(Code::BadInput, "there is no happening named {}", request.happening);
        }
    }
    return seeds_of_run(request.seed, request.sides, only);
}

Result<void> run(Request request) {
    if (!request.listen_to.empty()) {
        return only_listen(request);
    }
    std::optional<testing::TempFolder> scratch;
    if (request.data.empty()) {
        SPINDLE_TRY(auto folder, testing::TempFolder::create("spindle-sides"));
        request.data = scratch.emplace(std::move(folder)).path();
    }
    SPINDLE_TRY(auto manifest, material::Manifest::read(request.manifest));
    SPINDLE_TRY(const auto beds, material::read_beds(manifest.folder / "beds"));
    SPINDLE_TRY(const auto corpus,
                with_interludes(std::move(manifest), request.data / "interludes"));
    SPINDLE_TRY(const auto library, accuracy::open_library(corpus, request.data, request.jobs));
    const auto set = request.set == "dev" ? material::Set::Dev : material::Set::Test;
    const Pool pool = make_pool(corpus, set);
    const Stage stage{pool, library.index, beds, request.jobs};
    SPINDLE_TRY(const auto seeds, seeds_for(request));

    SidesReport report;
    report.conditions = conditions_of(request, stage, seeds);
    SPINDLE_TRY(auto known, run_sessions(stage, seeds, [&](std::size_t done) {
                    if (done % 10 == 0) {
                        fmt::print(stderr, "{} of {} sessions\n", done, seeds.size());
                    }
                }));
    SPINDLE_TRY(const auto unknown, run_unknown(stage, request.unknown_hours, request.seed));
    SPINDLE_TRY(const auto noise, run_noise(stage, request.noise_hours, request.seed));
    if (!seeds.empty()) {
        SPINDLE_TRY(report.memory, measure_memory(request, stage, seeds));
    }
    if (!request.rows.empty()) {
        SessionScore all = known.score;
        all.add(unknown.score);
        all.add(noise.score);
        SPINDLE_TRY_VOID(write_rows(request.rows, pool, all));
    }
    summarise(pool, std::move(known.score), known.hours, report);
    report.unknown = count_false(unknown.score, unknown.hours);
    report.noise = count_false(noise.score, noise.hours);
    for (const auto* other : {&unknown.score, &noise.score}) {
        for (const FalsePlay& wrong : other->false_plays) {
            report.remarks.push_back("false: " + describe(wrong));
        }
    }
    report.unknown_searching = unknown.score.searching;
    report.unknown_searching.add(unknown.score.following);
    for (const Cost* cost : {&noise.score.searching, &noise.score.following, &noise.score.idle}) {
        report.noise_idle.add(*cost);
    }
    fmt::print("{}", request.as_json ? json(report) : text(report));
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("--manifest", request.manifest, "manifest.tsv made by bench/corpus")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--data", request.data, "folder for the index; kept, and used again");
    app.add_option("--set", request.set, "dev for tuning, test for reporting")
        ->check(CLI::IsMember({"dev", "test"}));
    app.add_option("--seed", request.seed, "1xx for dev, 9xx for test");
    app.add_option("--sides", request.sides, "sessions: a record played, one side or two");
    app.add_option("--happening", request.happening, "only this: plain, locked, flip, ...");
    app.add_option("--list", request.list, "sessions of a list instead, as bench/sides.tsv")
        ->check(CLI::ExistingFile);
    app.add_option("--unknown-hours", request.unknown_hours, "of records not in the library")
        ->check(CLI::Range(0.0, 1000.0));
    app.add_option("--noise-hours", request.noise_hours, "of noise, speech and silence")
        ->check(CLI::Range(0.0, 1000.0));
    app.add_option("--rows", request.rows, "writes one line a play, truth beside, to this file");
    app.add_option("--jobs", request.jobs, "threads")->check(CLI::Range(1, 256));
    app.add_flag("--json", request.as_json, "one JSON object instead of tables");
    app.add_option("--listen-to", request.listen_to)->group("")->check(CLI::ExistingFile);
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv,
        "Plays simulated record sides to the turntable's listener and compares what it logs with "
        "what was played.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return run(request); });
}
