// SPDX-License-Identifier: Apache-2.0
// spindle-scale: how query time, memory and accuracy hold as the library grows to 100,000 tracks.
// See bench/README.md.
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "accuracy/decoys.h"
#include "accuracy/grown_index.h"
#include "accuracy/growth.h"
#include "accuracy/inputs.h"
#include "accuracy/measure.h"
#include "accuracy/reference_library.h"
#include "accuracy/sound.h"
#include "accuracy/statistics.h"
#include "accuracy/verdict.h"
#include "image/line_chart.h"
#include "material/program.h"
#include "material/truth.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using namespace spindle::accuracy;

struct Request {
    Inputs inputs;
    std::filesystem::path data;
    std::filesystem::path folder;
    std::filesystem::path plots;
    std::vector<std::size_t> tracks{350, 1'000, 3'000, 10'000, 30'000, 100'000};
    std::vector<std::string> conditions{"clean", "worn", "speed+2"};
    std::vector<std::uint64_t> budgets;
    std::size_t per_condition = 50;
    std::uint64_t seed = 1;
    int seconds = 5;
    unsigned jobs = 2;
    fingerprint::MatchOptions match;
};

/// The clips to ask about, as landmarks.
struct Clips {
    std::vector<material::Query> queries;
    std::vector<std::vector<fingerprint::Landmark>> landmarks;
};

Result<Clips> read_clips(const Request& request) {
    SPINDLE_TRY(auto all, request.inputs.read_queries());
    std::map<std::string, std::size_t> taken;
    Clips clips;
    for (material::Query& query : all) {
        const bool wanted =
            query.is_known() && std::find(request.conditions.begin(), request.conditions.end(),
                                          query.condition) != request.conditions.end();
        if (wanted && taken[query.condition]++ < request.per_condition) {
            clips.queries.push_back(std::move(query));
        }
    }
    if (clips.queries.empty()) {
        return fail(Code::BadInput, "{}: no clip of these conditions",
                    request.inputs.truth().string());
    }
    clips.landmarks.resize(clips.queries.size());
    SPINDLE_TRY_VOID(
        in_parallel(clips.queries.size(), request.jobs, [&](std::size_t i) -> Result<void> {
            SPINDLE_TRY(const auto sound, read_sound(request.inputs.queries / clips.queries[i].file,
                                                     Seconds(0), Seconds(request.seconds)));
            clips.landmarks[i] = landmarks_of(sound, fingerprint::Density::Query);
            return {};
        }));
    return clips;
}

std::vector<LandmarkTrack> landmarks_of_tracks(const fingerprint::FileIndex& index,
                                               std::size_t count) {
    std::vector<LandmarkTrack> tracks(count);
    for (std::uint32_t moment = 0; moment < index.moments();) {
        const auto place = index.place(moment);
        if (!place) {
            break;
        }
        index.landmarks(*place, 0, ~0U, tracks.at(place->track.value - 1));
        moment = place->start + std::max(1U, place->length);
    }
    return tracks;
}

/// One line of the report.
struct Level {
    std::uint64_t budget = 0;
    Growth growth;
    std::map<std::string, Share> right; ///< by condition, and "all"
};

Result<Level> measure_level(const ReferenceLibrary& library, const Clips& clips,
                            const std::filesystem::path& folder,
                            const fingerprint::MatchOptions& match) {
    Level level;
    level.budget = match.search.budget;
    SPINDLE_TRY(level.growth, measure_growth(folder, clips.landmarks, match));
    for (std::size_t i = 0; i < clips.queries.size(); ++i) {
        const Asked& asked = level.growth.asked[i];
        bool right = asked.in_library >= fingerprint::kLeastCertainty;
        if (right) {
            SPINDLE_TRY(const auto verdict,
                        judge(library, clips.queries[i], asked.track, asked.offset));
            right = verdict.found;
        }
        level.right[clips.queries[i].condition].count(right);
        level.right["all"].count(right);
    }
    return level;
}

double milliseconds(Seconds time) {
    return 1e3 * time.count();
}
double megabytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / 1e6;
}

struct Times {
    double cpu_median = 0;
    double cpu_p95 = 0;
    double wall_median = 0;
    double wall_p95 = 0;
};

Times times_of(const Growth& growth) {
    std::vector<double> cpu;
    std::vector<double> wall_times;
    for (const Asked& asked : growth.asked) {
        cpu.push_back(milliseconds(asked.cpu));
        wall_times.push_back(milliseconds(asked.wall));
    }
    return {percentile(cpu, 0.5), percentile(cpu, 0.95), percentile(wall_times, 0.5),
            percentile(wall_times, 0.95)};
}

void print(const std::vector<Level>& levels) {
    fmt::print(
        "\n| tracks | hours | budget | index MB | open ms | search median ms CPU | p95 | wall "
        "median | p95 |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (const Level& level : levels) {
        const Growth& growth = level.growth;
        const Times times = times_of(growth);
        fmt::print("| {} | {:.0f} | {} | {:.1f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n",
                   growth.tracks, growth.music.count() / 3600, level.budget,
                   megabytes(growth.bytes), milliseconds(growth.open_wall), times.cpu_median,
                   times.cpu_p95, times.wall_median, times.wall_p95);
    }
    fmt::print("\n| tracks | budget | right % |");
    for (const auto& [condition, share] : levels.front().right) {
        if (condition != "all") {
            fmt::print(" {} |", condition);
        }
    }
    fmt::print("\n|---:|---:|---:|");
    for (std::size_t i = 1; i < levels.front().right.size(); ++i) {
        fmt::print("---:|");
    }
    for (const Level& level : levels) {
        const Share& all = level.right.at("all");
        fmt::print("\n| {} | {} | {:.2f} ({:.1f} to {:.1f}) |", level.growth.tracks, level.budget,
                   all.percent(), wilson(all).low, wilson(all).high);
        for (const auto& [condition, share] : level.right) {
            if (condition != "all") {
                fmt::print(" {:.1f} |", share.percent());
            }
        }
    }
    fmt::print(
        "\n\n| tracks | budget | resident MB after opening | after all clips | of it mapped | "
        "own | most at any moment |\n|---:|---:|---:|---:|---:|---:|---:|\n");
    for (const Level& level : levels) {
        const Growth& growth = level.growth;
        fmt::print("| {} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", growth.tracks,
                   level.budget, megabytes(growth.before.resident),
                   megabytes(growth.after.resident), megabytes(growth.after.file),
                   megabytes(growth.after.anonymous), megabytes(growth.after.peak));
    }
    fmt::print(
        "\nWhere the time goes, a clip (processor ms, mean):\n\n"
        "| tracks | budget | key ranges | postings there | postings read | counting | reading and "
        "collecting | landmarks to verify | voting and verifying | all |\n"
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (const Level& level : levels) {
        const auto& account = level.growth.account;
        const auto clips = static_cast<double>(level.growth.asked.size());
        const Seconds rest =
            level.growth.account_cpu - account.count - account.read - account.look_up;
        fmt::print(
            "| {} | {} | {:.0f} | {:.0f} | {:.0f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} "
            "|\n",
            level.growth.tracks, level.budget, static_cast<double>(account.ranges) / clips,
            static_cast<double>(account.counted) / clips,
            static_cast<double>(account.postings) / clips, milliseconds(account.count) / clips,
            milliseconds(account.read) / clips, milliseconds(account.look_up) / clips,
            milliseconds(rest) / clips, milliseconds(level.growth.account_cpu) / clips);
    }
}

Result<void> plot(const std::vector<Level>& levels, const std::filesystem::path& folder,
                  int seconds) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    image::LineChart time;
    time.title = fmt::format("Naming a {} s clip among ever more tracks", seconds);
    time.subtitle = "one core, index in the page cache";
    time.x = {"tracks in the library", image::Scale::Logarithmic};
    time.y = {"processor time, ms", image::Scale::Linear, 0};
    image::LineChart memory_chart = time;
    memory_chart.title = "Memory as the library grows";
    memory_chart.subtitle = "most at any moment";
    memory_chart.y.label = "resident, MB";
    std::map<std::uint64_t, std::array<image::ChartSeries, 3>> budgets;
    for (const Level& level : levels) {
        auto& [median, p95, resident] = budgets[level.budget];
        const auto tracks = static_cast<double>(level.growth.tracks);
        const std::string budget = fmt::format("{} postings", level.budget);
        const Times times = times_of(level.growth);
        median.label = "median, at most " + budget;
        p95.label = "95 of 100 clips, at most " + budget;
        resident.label = "at most " + budget;
        median.points.push_back({tracks, times.cpu_median});
        p95.points.push_back({tracks, times.cpu_p95});
        resident.points.push_back({tracks, megabytes(level.growth.after.peak)});
    }
    for (auto& [budget, series] : budgets) {
        time.series.push_back(std::move(series[0]));
        time.series.push_back(std::move(series[1]));
        memory_chart.series.push_back(std::move(series[2]));
    }
    SPINDLE_TRY_VOID(image::write_chart(time, folder / "scale_time.png"));
    return image::write_chart(memory_chart, folder / "scale_memory.png");
}

Result<void> run(const Request& request) {
    SPINDLE_TRY(const auto manifest, request.inputs.read_manifest());
    SPINDLE_TRY(const auto scratch, testing::TempFolder::create("spindle-bench"));
    SPINDLE_TRY(const auto library,
                open_library(manifest,
                             request.data.empty() ? scratch.path() / "real" : request.data,
                             request.jobs));
    const auto grown = request.folder.empty() ? scratch.path() / "grown" : request.folder;
    SPINDLE_TRY(const auto clips, read_clips(request));
    const auto real = landmarks_of_tracks(library.index, library.tracks.size());
    const Decoys decoys(real, request.seed);

    for (const std::string& condition : conditions_of_machine()) {
        fmt::print("- {}\n", condition);
    }
    fmt::print(
        "- Library: {} real tracks, the rest decoys of {} s made of them (seed {})\n- Clips: {} "
        "of {} s; extraction is not counted\n",
        library.tracks.size(), kDecoyLength.count(), request.seed, clips.queries.size(),
        request.seconds);
    std::fflush(stdout);

    std::vector<Level> levels;
    for (const std::size_t tracks : request.tracks) {
        // The clips' own tracks are always there.
        SPINDLE_TRY_VOID(grow_index(grown, real, decoys, std::max(tracks, real.size())));
        auto budgets = request.budgets;
        if (budgets.empty()) {
            budgets.push_back(request.match.search.budget);
        }
        for (const std::uint64_t budget : budgets) {
            auto match = request.match;
            match.search.budget = budget;
            SPINDLE_TRY(auto level, measure_level(library, clips, grown, match));
            fmt::print(stderr, "{} tracks, budget {}: {:.2f} ms\n", level.growth.tracks, budget,
                       times_of(level.growth).cpu_median);
            levels.push_back(std::move(level));
        }
    }
    print(levels);
    return request.plots.empty() ? Result<void>{} : plot(levels, request.plots, request.seconds);
}

void add_options(CLI::App& app, Request& request) {
    request.inputs.add_options(app);
    app.add_option("--data", request.data, "index of the real tracks; kept, and used again");
    app.add_option("--folder", request.folder,
                   "for the grown index, 45 kB a track; kept; otherwise temporary");
    app.add_option("--tracks", request.tracks, "sizes of the library")->delimiter(',');
    app.add_option("--conditions", request.conditions, "of the clips")->delimiter(',');
    app.add_option("--per-condition", request.per_condition, "clips at most");
    app.add_option("--seconds", request.seconds, "length of the clips")->check(CLI::Range(1, 60));
    app.add_option("--budget", request.budgets, "postings read at most; several to compare")
        ->delimiter(',');
    app.add_option("--candidates", request.match.search.candidates, "places verified at most");
    app.add_option("--seed", request.seed, "of the generated tracks");
    app.add_option("--plot", request.plots, "writes charts to this folder");
    app.add_option("--jobs", request.jobs, "threads for reading")->check(CLI::Range(1, 256));
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv,
        "Asks about real clips in libraries of real tracks among ever more generated ones.",
        [&](CLI::App& app) { add_options(app, request); }, [&] { return run(request); });
}
