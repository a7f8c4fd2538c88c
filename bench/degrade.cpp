// SPDX-License-Identifier: Apache-2.0
// spindle-degrade: one passage of a recording as a worn record in a room would give it.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "material/beds.h"
#include "material/clip.h"
#include "material/music_file.h"
#include "material/program.h"
#include "material/wav.h"
#include "simulator/condition.h"

namespace {

using spindle::Code;
using spindle::fail;
using spindle::Result;
using spindle::SampleRate;
using spindle::Seconds;

struct Request {
    std::filesystem::path in;
    std::filesystem::path out;
    std::filesystem::path beds;
    std::string condition = "worn";
    std::uint64_t seed = 1;
    double start = 0;
    double length = 15;
    int rate = 16000;
};

Result<void> degrade(const Request& request) {
    const auto condition = spindle::simulator::condition_named(request.condition);
    if (!condition) {
        std::string names;
        for (const auto known : spindle::simulator::all_conditions()) {
            names += fmt::format(" {}", name_of(known));
        }
        return fail(Code::BadInput, "there is no condition named {}; there are:{}",
                    request.condition, names);
    }
    // Up to the end of the passage at the fastest speed is enough.
    const Seconds limit(request.start + request.length * 1.05 + 2);
    SPINDLE_TRY(const auto music,
                spindle::material::read_music(request.in, SampleRate{44100}, limit));
    const double length = static_cast<double>(music.samples.size()) /
                          (static_cast<double>(music.channels) * music.rate.hz);
    if (request.start > length - 0.5) {
        return fail(Code::BadInput, "{}: it lasts {:.1f} s, the passage starts at {} s",
                    request.in.string(), length, request.start);
    }
    SPINDLE_TRY(const auto beds, spindle::material::read_beds(request.beds));
    SPINDLE_TRY(const auto clip,
                spindle::material::cut(
                    music, Seconds(request.start), *condition, request.seed, beds,
                    {.rate = SampleRate{request.rate}, .length = Seconds(request.length)}));
    SPINDLE_TRY_VOID(
        spindle::material::write_wav(request.out, clip.samples, SampleRate{request.rate}));
    fmt::print(
        R"({{"condition":"{}","seed":{},"offset_s":{:.6f},"speed":{:.8f},"length_s":{:.3f}}})"
        "\n",
        request.condition, request.seed, clip.offset.count(), clip.speed,
        static_cast<double>(clip.samples.size()) / request.rate);
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("in", request.in, "any audio file")->required()->check(CLI::ExistingFile);
    app.add_option("out", request.out, "WAV file to write: mono, 16 bits")->required();
    app.add_option("--condition", request.condition, "what happened to it: clean, worn, room, ...");
    app.add_option("--seed", request.seed, "the same seed gives the same clip");
    app.add_option("--start", request.start, "where the passage starts, seconds")
        ->check(CLI::Range(0.0, 86400.0));
    app.add_option("--length", request.length, "seconds")->check(CLI::Range(1.0, 1500.0));
    app.add_option("--rate", request.rate, "samples per second")->check(CLI::Range(8000, 48000));
    app.add_option("--beds", request.beds, "folder of recorded surface noise to mix in");
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return spindle::material::run_program(
        argc, argv,
        "Degrades a passage of a recording; prints where it truly is as one JSON object:\n"
        "recording time = offset_s + speed * clip time.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return degrade(request); });
}
