// SPDX-License-Identifier: Apache-2.0
// spindle-side: one simulated record side as a WAV file, and what truly happens in it.
#include <cmath>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "material/beds.h"
#include "material/manifest.h"
#include "material/program.h"
#include "material/wav.h"
#include "sides/pool.h"
#include "sides/session.h"
#include "sides/truth_file.h"

namespace {

using namespace spindle;
using namespace spindle::sides;

struct Request {
    std::filesystem::path manifest;
    std::filesystem::path out;
    std::filesystem::path truth;
    std::filesystem::path data;
    std::string set = "dev";
    std::uint64_t seed = 101;
    std::size_t number = 0;
    std::string happening;
    bool unknown = false;
    std::uint64_t take = 0;
    int rate = 44100;
    int channels = 2;
};

Result<void> make(const Request& request) {
    auto happening = happening_of(request.number);
    if (!request.happening.empty()) {
        const auto named = happening_named(request.happening);
        if (!named) {
            std::string names;
            for (const auto known : all_happenings()) {
                names += fmt::format(" {}", name_of(known));
            }
            return fail(Code::BadInput, "there is no happening named {}; there are:{}",
                        request.happening, names);
        }
        happening = *named;
    }
    if (request.rate % 100 != 0) {
        return fail(Code::BadInput, "{} samples per second: a multiple of 100 is needed",
                    request.rate);
    }
    SPINDLE_TRY(auto manifest, material::Manifest::read(request.manifest));
    SPINDLE_TRY(const auto beds, material::read_beds(manifest.folder / "beds"));
    SPINDLE_TRY(const auto corpus,
                with_interludes(std::move(manifest), request.data / "interludes"));
    const Pool pool =
        make_pool(corpus, request.set == "dev" ? material::Set::Dev : material::Set::Test);
    const SampleRate rate{request.rate};
    constexpr std::size_t kept = std::size_t{64} << 20U; // a whole side in stereo is too much
    TrackStore store(pool.files, rate, request.channels, kept);
    const std::uint64_t seed = session_seed(request.seed, request.number);
    SPINDLE_TRY(auto session, request.unknown
                                  ? draw_unknown_session(pool, store, seed, beds.size())
                                  : draw_session(pool, store, happening, seed, beds.size()));
    if (request.take > 0) {
        play_again(session, request.take, beds.size());
    }
    const auto frames =
        static_cast<std::uint64_t>(std::llround(session.truth.length.count() * rate.hz));
    SPINDLE_TRY(auto file,
                material::WavWriter::create(request.out, rate, request.channels, frames));
    simulator::SideSound sound(session.performance, rate, request.channels, supply_from(store),
                               beds);
    while (true) {
        SPINDLE_TRY(const auto block, sound.next());
        if (block.empty()) {
            break;
        }
        SPINDLE_TRY_VOID(file.append(block));
    }
    if (!request.truth.empty()) {
        SPINDLE_TRY_VOID(write_truth(request.truth, pool, session));
    }
    fmt::print("{}: {}, {:.1f} s, speed {:.5f}, {} plays\n", request.out.string(),
               name_of(session.happening), session.truth.length.count(),
               session.performance.pressing.transport.speed, session.truth.plays.size());
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("out", request.out, "WAV file to write, 16 bits")->required();
    app.add_option("--manifest", request.manifest, "manifest.tsv made by bench/corpus")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--truth", request.truth, "table of what is played when, to write");
    app.add_option("--data", request.data, "folder for interludes; that of spindle-sides will do")
        ->required();
    app.add_option("--set", request.set, "dev for tuning, test for reporting")
        ->check(CLI::IsMember({"dev", "test"}));
    app.add_option("--seed", request.seed, "of a run of spindle-sides");
    app.add_option("--number", request.number, "of the session in that run");
    app.add_option("--happening", request.happening, "instead of what that session has");
    app.add_flag("--unknown", request.unknown, "a record of music that is not indexed");
    app.add_option("--take", request.take, "the same record on another day: other speed, noise");
    app.add_option("--rate", request.rate, "samples per second")->check(CLI::Range(8000, 96000));
    app.add_option("--channels", request.channels, "1 or 2")->check(CLI::Range(1, 2));
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv, "Makes one record side as a sound card hears it.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return make(request); });
}
