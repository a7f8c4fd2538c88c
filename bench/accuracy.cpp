// SPDX-License-Identifier: Apache-2.0
// spindle-accuracy: how often the engine is right, how sure, how exact and at what cost, on the
// clips of spindle-make-queries. See bench/README.md.
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <xxhash.h>

#include "accuracy/indexing_cost.h"
#include "accuracy/inputs.h"
#include "accuracy/measure.h"
#include "accuracy/reference_library.h"
#include "accuracy/report.h"
#include "accuracy/summary.h"
#include "accuracy/trial.h"
#include "io/file.h"
#include "material/manifest.h"
#include "material/program.h"
#include "material/truth.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using namespace spindle::accuracy;

struct Request {
    Inputs inputs;
    std::filesystem::path data;
    std::filesystem::path rows;
    std::filesystem::path plots;
    std::size_t sample = 32; ///< tracks whose indexing is measured
    bool as_json = false;
    TrialOptions trials;
};

/// Names a file's content, so that two reports can be seen to be about the same queries.
Result<std::uint64_t> fingerprint_of(const std::filesystem::path& file) {
    SPINDLE_TRY(const auto text, io::read_file(file, 256U << 20U));
    return XXH3_64bits(text.data(), text.size());
}

Result<std::vector<std::string>> conditions_of(const Request& request,
                                               const material::Manifest& manifest,
                                               const std::vector<material::Query>& queries) {
    auto conditions = conditions_of_machine();
    Seconds known{0};
    std::size_t tracks = 0;
    for (const auto& track : manifest.tracks) {
        if (track.role == material::Role::Known) {
            ++tracks;
            known += track.duration;
        }
    }
    SPINDLE_TRY(const auto manifest_hash, fingerprint_of(request.inputs.manifest));
    SPINDLE_TRY(const auto truth_hash, fingerprint_of(request.inputs.truth()));
    conditions.push_back(
        fmt::format("Corpus: {} tracks indexed, {:.1f} h; {} never indexed (manifest {:016x})",
                    tracks, known.count() / 3600, manifest.tracks.size() - tracks, manifest_hash));
    conditions.push_back(fmt::format("Queries: {} files, a seed each in truth.tsv ({:016x})",
                                     queries.size(), truth_hash));
    const auto& match = request.trials.match;
    conditions.push_back(fmt::format("Matching: speed +-{:.1f} %, {} postings read at most, {} "
                                     "candidates verified; {} threads",
                                     100 * match.most_speed_error, match.search.budget,
                                     match.search.candidates, request.trials.jobs));
    return conditions;
}

double landmarks_per_second(const fingerprint::FileIndex& index) {
    std::vector<fingerprint::Landmark> landmarks;
    for (std::uint32_t moment = 0; moment < index.moments();) {
        const auto place = index.place(moment);
        if (!place) {
            break;
        }
        index.landmarks(*place, 0, ~0U, landmarks);
        moment = place->start + std::max(1U, place->length);
    }
    return static_cast<double>(landmarks.size()) / index.size().music.count();
}

std::vector<std::string> false_positives(const std::vector<Trial>& trials) {
    std::vector<std::string> lines;
    for (const Trial& trial : trials) {
        const bool wrong = trial.answered && !trial.verdict.found;
        if (wrong) {
            lines.push_back(fmt::format(
                "{} {} from {} s, {} s long ({}) of {}: named {} at {:.2f} s, score {:.1f}, next "
                "{:.1f}, confidence {:.4f}{}",
                trial.kind == Kind::Known ? "wrong:" : "false positive:", trial.file, trial.start,
                trial.length, trial.condition, trial.source.empty() ? "noise" : trial.source,
                trial.named, trial.best.offset.count(), trial.scores[0], trial.scores[1],
                trial.best.confidence,
                trial.verdict.likeness < 0
                    ? ""
                    : fmt::format(", likeness {:.2f}", trial.verdict.likeness)));
        }
    }
    return lines;
}

Result<void> run(const Request& request) {
    SPINDLE_TRY(const auto manifest, request.inputs.read_manifest());
    SPINDLE_TRY(const auto queries, request.inputs.read_queries());
    Report report;
    SPINDLE_TRY(report.conditions, conditions_of(request, manifest, queries));

    std::optional<testing::TempFolder> scratch;
    std::filesystem::path data = request.data;
    if (data.empty()) {
        SPINDLE_TRY(auto folder, testing::TempFolder::create("spindle-bench"));
        data = scratch.emplace(std::move(folder)).path();
    }
    SPINDLE_TRY(const auto library, open_library(manifest, data, request.trials.jobs));
    report.index = library.index.size();
    report.landmarks_per_second = landmarks_per_second(library.index);
    SPINDLE_TRY(const auto trials,
                run_trials(library, request.inputs.queries, queries, request.trials));
    report.lengths = summarise(trials);
    report.false_positives = false_positives(trials);
    if (request.sample > 0) {
        SPINDLE_TRY(report.indexing, measure_indexing(library, request.sample));
    }
    report.memory = memory();

    if (!request.rows.empty()) {
        SPINDLE_TRY_VOID(write_rows(request.rows, trials));
    }
    if (!request.plots.empty()) {
        SPINDLE_TRY_VOID(plot(report, request.plots));
    }
    fmt::print("{}", request.as_json ? json(report) : markdown(report));
    return {};
}

void add_options(CLI::App& app, Request& request) {
    request.inputs.add_options(app);
    app.add_option("--data", request.data, "folder for the index; kept, and used again");
    app.add_option("--lengths", request.trials.lengths, "seconds of each clip, such as 5,10,15")
        ->delimiter(',')
        ->check(CLI::Range(1, 60));
    app.add_option("--rows", request.rows, "writes one line a clip to this file");
    app.add_option("--plot", request.plots, "writes charts to this folder");
    app.add_option("--sample", request.sample, "tracks whose indexing is measured; 0 for none");
    app.add_option("--budget", request.trials.match.search.budget, "postings read at most");
    app.add_option("--candidates", request.trials.match.search.candidates,
                   "places verified at most");
    app.add_option("--jobs", request.trials.jobs, "threads")->check(CLI::Range(1, 256));
    app.add_flag("--json", request.as_json, "one JSON object instead of tables");
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv, "Asks the fingerprint engine about degraded clips and reports how it does.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return run(request); });
}
