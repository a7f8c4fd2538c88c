// SPDX-License-Identifier: Apache-2.0
// spindle-catalog-accuracy: how often the matcher names the right recording from spines read badly,
// how honest its probabilities are, and how long it takes. See bench/README.md.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <xxhash.h>

#include "accuracy/measure.h"
#include "accuracy/statistics.h"
#include "catalog/catalog.h"
#include "catalog/dump/table_import.h"
#include "catalog/group_key.h"
#include "catalog/matching_trial.h"
#include "image/line_chart.h"
#include "io/file.h"
#include "material/program.h"

namespace {

using namespace spindle;
using namespace spindle::bench;

struct Request {
    std::filesystem::path catalog;
    std::filesystem::path known, absent, rows, plot;
    std::string half = "dev";
    std::size_t sample = 1000;
    std::uint64_t seed = 1;
    std::vector<std::string> formats;
    double certainty = catalog::MatchOptions{}.certainty;
    catalog::RetrievalEffort effort;
};

/// The half of the recordings that is asked about: what one tunes on is not what one reports.
bool is_in_half(const catalog::Release& release, const std::string& half) {
    const std::string name = catalog::recording_name(release);
    const bool is_test = XXH3_64bits(name.data(), name.size()) % 2 == 1;
    return half == "all" || is_test == (half == "test");
}

Result<std::vector<catalog::Release>> read_releases(const std::filesystem::path& path,
                                                    const Request& request) {
    SPINDLE_TRY(const auto content, io::read_file(path, 256U << 20U));
    SPINDLE_TRY(auto table, catalog::read_table(content));
    std::erase_if(table.releases, [&](const catalog::Release& release) {
        return !is_in_half(release, request.half) || release.title.empty();
    });
    // In an order that has nothing to do with where they came from.
    const auto rank = [&](const catalog::Release& release) {
        const std::string name =
            catalog::recording_name(release) + std::to_string(release.id.value);
        return XXH3_64bits_withSeed(name.data(), name.size(), request.seed);
    };
    std::sort(table.releases.begin(), table.releases.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    if (table.releases.size() > request.sample) {
        table.releases.resize(request.sample);
    }
    return std::move(table.releases);
}

/// Answers with a stated probability in a range, and how many of them were right.
struct Bin {
    double low = 0, high = 1;
    Share right;
    double stated = 0;
};

std::vector<Bin> empty_bins() {
    std::vector<Bin> bins;
    const std::vector<double> edges{0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001};
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        bins.push_back({edges[i], edges[i + 1], {}, 0});
    }
    return bins;
}

struct Tally {
    Share first, right, wrong, abstained, listed;
    std::vector<double> milliseconds;
};

class Measurement {
public:
    Measurement(const Request& request, const catalog::Matcher& matcher)
        : request_(request), matcher_(matcher),
          rows_(request.rows.empty() ? nullptr : std::fopen(request.rows.c_str(), "w")) {}
    ~Measurement() {
        if (rows_ != nullptr) {
            std::fclose(rows_);
        }
    }
    Measurement(const Measurement&) = delete;
    Measurement& operator=(const Measurement&) = delete;

    Result<void> run(const std::string& set, const std::vector<catalog::Release>& releases,
                     const ReadingCondition& condition, bool is_known) {
        Tally tally;
        std::uint64_t seed = request_.seed * 1'000'000;
        for (const catalog::Release& release : releases) {
            SPINDLE_TRY(const auto trial, try_matching(matcher_, release, condition.noise, ++seed));
            const bool right = is_known && trial.group_right;
            tally.first.count(right);
            tally.right.count(trial.answered && right);
            tally.wrong.count(trial.answered && !right);
            tally.abstained.count(!trial.answered);
            if (release.id.value < kFirstOwnRelease) { // others got a new number in the dump
                tally.listed.count(trial.pressing_listed);
            }
            tally.milliseconds.push_back(trial.elapsed.count() * 1000);
            note(trial, right);
            if (rows_ != nullptr) {
                fmt::print(rows_, "{}\t{}\t{:d}\t{:d}\t{:.5f}\t{}\t{:.2f}\t{}\t{}\t{}\n", set,
                           condition.name, right, trial.answered, trial.probability, trial.tied,
                           trial.elapsed.count() * 1000, trial.seen,
                           catalog::recording_name(release), trial.found);
            }
        }
        print(set, condition.name, tally);
        return {};
    }

    void print_reliability() const {
        fmt::print(
            "\n| stated probability | answers | stated, mean | right |\n|---|---|---|---|\n");
        for (const Bin& bin : bins_) {
            if (bin.right.total > 0) {
                fmt::print("| {:.3f} to {:.3f} | {} | {:.4f} | {:.4f} |\n", bin.low,
                           std::min(bin.high, 1.0), bin.right.total,
                           bin.stated / static_cast<double>(bin.right.total),
                           bin.right.percent() / 100);
            }
        }
    }

    Result<void> draw(const std::string& subtitle) const {
        image::LineChart chart;
        chart.title = "Is the catalog's certainty honest?";
        chart.subtitle = subtitle;
        chart.x = {"stated probability of the first recording", image::Scale::Linear, 0, 1};
        chart.y = {"share that was right", image::Scale::Linear, 0, 1};
        image::ChartSeries honest{"perfectly honest", {{0, 0}, {1, 1}}, image::Mark::Line};
        image::ChartSeries measured{"measured, with 95 % interval", {}, image::Mark::LineAndPoints};
        for (const Bin& bin : bins_) {
            if (bin.right.total >= 5) {
                const auto interval = wilson(bin.right);
                measured.points.push_back({bin.stated / static_cast<double>(bin.right.total),
                                           bin.right.percent() / 100, interval.low / 100,
                                           interval.high / 100});
            }
        }
        chart.series = {honest, measured};
        return image::write_chart(chart, request_.plot);
    }

private:
    void note(const MatchingTrial& trial, bool right) {
        for (Bin& bin : bins_) {
            if (trial.probability >= bin.low && trial.probability < bin.high) {
                bin.right.count(right);
                bin.stated += trial.probability;
            }
        }
    }
    static void print(const std::string& set, const std::string& condition, Tally& tally) {
        const auto right = wilson(tally.right);
        const auto wrong = wilson(tally.wrong);
        fmt::print("| {} | {} | {} | {:.2f} | {:.2f} ({:.2f} to {:.2f}) | {:.2f} ({:.2f} to "
                   "{:.2f}) | {:.2f} | {:.2f} | {:.1f} | {:.1f} | {:.1f} |\n",
                   set, condition, tally.right.total, tally.first.percent(), tally.right.percent(),
                   right.low, right.high, tally.wrong.percent(), wrong.low, wrong.high,
                   tally.abstained.percent(), tally.listed.percent(),
                   accuracy::percentile(tally.milliseconds, 0.5),
                   accuracy::percentile(tally.milliseconds, 0.99),
                   accuracy::percentile(tally.milliseconds, 1));
        std::fflush(stdout);
    }

    const Request& request_;
    const catalog::Matcher& matcher_;
    std::FILE* rows_;
    std::vector<Bin> bins_ = empty_bins();
};

Result<void> measure(const Request& request) {
    const Seconds begun = accuracy::wall();
    SPINDLE_TRY(const auto opened, catalog::Catalog::open(request.catalog));
    const Seconds opening = accuracy::wall() - begun;
    catalog::MatchOptions options;
    options.certainty = request.certainty;
    options.effort = request.effort;
    options.formats = request.formats;
    const catalog::Matcher matcher(opened, options);
    SPINDLE_TRY(const auto known, read_releases(request.known, request));
    std::vector<catalog::Release> absent;
    if (!request.absent.empty()) {
        SPINDLE_TRY(absent, read_releases(request.absent, request));
    }
    fmt::print("# Catalog matcher\n\n{} releases in the catalog, opened in {:.1f} ms; half \"{}\", "
               "seed {}, found from {} on\n",
               opened.releases(), opening.count() * 1000, request.half, request.seed,
               request.certainty);
    for (const std::string& line : accuracy::conditions_of_machine()) {
        fmt::print("- {}\n", line);
    }
    fmt::print("\n| set | read | spines | right first % | answered right % | answered wrong % | "
               "abstained % | pressing among tied % | median ms | 99 % ms | most ms |\n"
               "|---|---|---|---|---|---|---|---|---|---|---|\n");
    Measurement measurement(request, matcher);
    for (const ReadingCondition& condition : standard_conditions()) {
        SPINDLE_TRY_VOID(measurement.run("known", known, condition, true));
    }
    if (!absent.empty()) {
        for (const ReadingCondition& condition : standard_conditions()) {
            SPINDLE_TRY_VOID(measurement.run("absent", absent, condition, false));
        }
    }
    measurement.print_reliability();
    const auto memory = accuracy::memory();
    fmt::print("\nMemory: {:.0f} MB resident, {:.0f} MB at most, of that {:.0f} MB our own\n",
               static_cast<double>(memory.resident) / 1e6, static_cast<double>(memory.peak) / 1e6,
               static_cast<double>(memory.anonymous) / 1e6);
    return request.plot.empty()
               ? Result<void>{}
               : measurement.draw(fmt::format("{} releases, half \"{}\", seed {}",
                                              opened.releases(), request.half, request.seed));
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv,
        "Reads spines badly and asks the catalog for them.\n"
        "Example: spindle-catalog-accuracy --catalog ~/.local/share/spindle/catalog --known k.tsv",
        [&](CLI::App& app) {
            app.add_option("--catalog", request.catalog, "folder of the catalog")->required();
            app.add_option("--known", request.known, "table of releases that are in it")
                ->required();
            app.add_option("--absent", request.absent, "table of releases that are not");
            app.add_option("--half", request.half, "dev, test or all of them");
            app.add_option("--sample", request.sample, "so many of each table");
            app.add_option("--seed", request.seed, "of the sample and of the reading errors");
            app.add_option("--format", request.formats, "what the matcher is told they are");
            app.add_option("--certainty", request.certainty, "found from this probability on");
            app.add_option("--postings", request.effort.postings, "most read to find candidates");
            app.add_option("--candidates", request.effort.candidates, "groups looked at closely");
            app.add_option("--rows", request.rows, "file for a line per spine");
            app.add_option("--plot", request.plot, "reliability diagram, .png or .svg");
        },
        [&] { return measure(request); });
}
