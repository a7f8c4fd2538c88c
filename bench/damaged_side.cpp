// SPDX-License-Identifier: Apache-2.0
// spindle-damaged-side: a recording of one side of a damaged record, and all that is wrong with it.
#include "grade/sides/damaged_side.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/goldmine.h"
#include "grade/sides/music_choice.h"
#include "grade/sides/sound_file.h"
#include "io/file.h"
#include "material/manifest.h"
#include "material/program.h"

namespace {

using namespace spindle;
using namespace spindle::damaged_sides;

constexpr SampleRate kRate{44100}; // of the simulation

struct Request {
    std::filesystem::path out;
    std::filesystem::path truth;
    std::filesystem::path clean;
    std::vector<std::filesystem::path> music;
    std::filesystem::path manifest;
    std::filesystem::path data;
    std::filesystem::path beds;
    std::string set = "dev";
    std::uint64_t seed = 101;
    double minutes = 3;
    int rate = kRate.hz;
    bool no_lead_in = false;
    bool no_run_out = false;
    bool no_bands = false;
    bool plain = false;
    std::vector<std::string> worse_texts;
    double severity = 0;
};

Result<Faults> faults_of(const Request& request) {
    Faults faults = draw_faults(request.seed);
    if (request.severity > 0) {
        faults = {request.severity, request.severity, request.severity, request.severity, 0, 0};
    }
    for (const std::string& text : request.worse_texts) {
        const auto sign = text.find('=');
        const auto fault = fault_named(text.substr(0, sign));
        if (!fault || sign == std::string::npos) {
            std::string names;
            for (const Fault known : kFaults) {
                names += fmt::format(" {}=STEPS", name_of(known));
            }
            return fail(Code::BadInput, "--worse {}: write one of{}", text, names);
        }
        double steps = 0;
        if (!CLI::detail::lexical_cast(text.substr(sign + 1), steps)) {
            return fail(Code::BadInput, "--worse {}: {} is no number", text, text.substr(sign + 1));
        }
        faults = worse(faults, *fault, steps);
    }
    return faults;
}

Result<std::vector<MusicPart>> parts_of(const Request& request, material::Set set) {
    const Seconds length(60 * request.minutes);
    if (!request.music.empty()) {
        return whole_files(request.music, length / static_cast<double>(request.music.size()));
    }
    if (request.manifest.empty()) {
        return fail(Code::BadInput, "no music: give --music FILE... or --manifest");
    }
    SPINDLE_TRY(auto manifest, material::Manifest::read(request.manifest));
    if (!request.data.empty()) {
        manifest.folder = request.data;
    }
    auto parts = choose_music(manifest, set, length, request.seed);
    if (parts.empty()) {
        return fail(Code::NotFound, "{}: no music of 20 s or more in the set {}",
                    request.manifest.string(), request.set);
    }
    return parts;
}

Result<void> make(const Request& request) {
    const auto set = request.set == "dev" ? material::Set::Dev : material::Set::Test;
    SPINDLE_TRY(const auto parts, parts_of(request, set));
    SPINDLE_TRY(const auto music, read_side(parts, kRate));
    std::vector<NoiseSource> noise;
    if (!request.beds.empty()) {
        SPINDLE_TRY(noise, read_noise(request.beds, set, kRate));
    }
    DamagedSideOptions options;
    options.lead_in = !request.no_lead_in;
    options.run_out = !request.no_run_out;
    options.bands = !request.no_bands;
    options.equipment = !request.plain;
    SPINDLE_TRY(options.faults, faults_of(request));
    const auto start = std::chrono::steady_clock::now();
    SPINDLE_TRY(const auto side, make_damaged_side(music, noise, options, request.seed));
    const Seconds took = std::chrono::steady_clock::now() - start;
    const double seconds = side.sound.seconds();
    SPINDLE_TRY(const auto sound, at_rate(side.sound, SampleRate{request.rate}));
    SPINDLE_TRY_VOID(write_sound(request.out, sound));
    if (!request.truth.empty()) {
        SPINDLE_TRY_VOID(io::write_atomically(request.truth, to_json(side.truth)));
    }
    if (!request.clean.empty()) {
        std::string files;
        for (const SideMusic& track : music) {
            files += track.name + "\n";
        }
        SPINDLE_TRY_VOID(io::write_atomically(request.clean, files));
    }
    const grade::Damage& damage = side.truth.damage;
    fmt::print(
        "{}: {:.1f} s, {} (severity {:.2f}): noise {:.1f} dB, {:.1f} clicks a minute, {:.2f} "
        "crackles a second, wear {:.1f} dB, wow {:.2f} %, {} skips{}; {:.0f} x real time\n",
        request.out.string(), seconds, short_name(side.truth.grade), side.truth.severity,
        damage.noise_db, damage.clicks_per_minute, damage.crackles_per_second, damage.wear_db,
        100 * damage.off_centre_wow, damage.skips,
        side.truth.noise.empty() ? "" : ", noise of " + side.truth.noise,
        seconds / std::max(took.count(), 1e-9));
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("out", request.out, "WAV file to write, 16 bits, stereo")->required();
    app.add_option("--truth", request.truth, "JSON file of all that is wrong with it, to write");
    app.add_option("--clean", request.clean, "list of the files the music is of, to write");
    app.add_option("--music", request.music, "the tracks of the side")->check(CLI::ExistingFile);
    app.add_option("--manifest", request.manifest,
                   "manifest.tsv made by bench/corpus, to draw the tracks from")
        ->check(CLI::ExistingFile);
    app.add_option("--data", request.data, "where its paths start, if not beside it")
        ->check(CLI::ExistingDirectory);
    app.add_option("--beds", request.beds, "folder of recorded surface noise")
        ->check(CLI::ExistingDirectory);
    app.add_option("--set", request.set,
                   "of the music and the noise: dev for tuning, test for reporting")
        ->check(CLI::IsMember({"dev", "test"}));
    app.add_option("--seed", request.seed, "of the record and all that is wrong with it");
    app.add_option("--minutes", request.minutes, "of music")->check(CLI::Range(0.05, 60.0));
    app.add_option("--rate", request.rate, "samples per second")->check(CLI::Range(8000, 96000));
    app.add_option("--severity", request.severity,
                   "all faults at this step of the scale (1 Near Mint ... 7 Poor), no skips")
        ->check(CLI::Range(0.1, 9.0));
    app.add_option("--worse", request.worse_texts,
                   "FAULT=STEPS: the same record, but worse: noise, clicks, crackle, wear, "
                   "off-centre, skips");
    app.add_flag("--no-lead-in", request.no_lead_in, "the recording begins within the music");
    app.add_flag("--no-run-out", request.no_run_out, "... and ends with it");
    app.add_flag("--no-bands", request.no_bands, "no pause between tracks");
    app.add_flag("--plain", request.plain, "a perfect deck and recorder");
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv,
        "Makes a recording of one side of a damaged record, with its grade and every defect.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return make(request); });
}
