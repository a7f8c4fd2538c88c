// SPDX-License-Identifier: Apache-2.0
// spindle-eval: how good Spindle is on material somebody has annotated. See bench/README.md.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "accuracy/statistics.h"
#include "app/catalog/catalog_folder.h"
#include "app/dig/disc_naming.h"
#include "app/dig/photo_reading.h"
#include "app/workers.h"
#include "shelf/context_trial.h"
#include "shelf/shelf_classes.h"
#include "shelf/shelf_score.h"
#include "shelf/shelf_truth.h"

namespace {

using namespace spindle;
using namespace spindle::bench;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct Request {
    fs::path photos, truth, data, rows;
    std::string format = "any";
    double certainty = catalog::MatchOptions{}.certainty;
    unsigned threads = 0;
    bool json = false;
    bool truth_boxes = false;
    bool classes = false;
    bool looks = false;
};

/// One measured share under its name.
struct Figure {
    const char* key;
    const char* name;
    Share ShelfTally::*share;
};
constexpr Figure kFigures[] = {
    {"found", "spines found", &ShelfTally::found},
    {"found_legible", "legible spines found", &ShelfTally::found_legible},
    {"false_boxes", "boxes that are no spine", &ShelfTally::false_boxes},
    {"direction", "direction right", &ShelfTally::direction},
    {"letters_wrong", "letters wrong, where found", &ShelfTally::letters},
    {"letters_thick", "  of 40 px and thicker", &ShelfTally::letters_thick},
    {"letters_middling", "  of 25 to 40 px", &ShelfTally::letters_middling},
    {"letters_thin", "  of less than 25 px", &ShelfTally::letters_thin},
    {"letters_wrong_all", "letters wrong, all legible", &ShelfTally::letters_all},
    {"words", "words right", &ShelfTally::words},
    {"number_exact", "catalog numbers exact", &ShelfTally::number_exact},
    {"number_thick", "  of 40 px and thicker", &ShelfTally::number_thick},
    {"number_middling", "  of 25 to 40 px", &ShelfTally::number_middling},
    {"number_thin", "  of less than 25 px", &ShelfTally::number_thin},
    {"number_folded", "  but for O/0, I/1", &ShelfTally::number_folded},
    {"number_near", "  within one sign", &ShelfTally::number_near},
    {"release_right", "releases right", &ShelfTally::right},
    {"release_wrong", "releases wrong", &ShelfTally::wrong},
    {"release_abstained", "abstained", &ShelfTally::abstained},
    {"release_first", "first candidate right", &ShelfTally::first},
};

Json json_of(const ShelfTally& tally) {
    Json json = Json::object();
    for (const Figure& figure : kFigures) {
        const Share& share = tally.*figure.share;
        const auto interval = wilson(share);
        json[figure.key] = Json{{"hits", share.hits},
                                {"of", share.total},
                                {"percent", share.percent()},
                                {"low", interval.low},
                                {"high", interval.high}};
    }
    json["backs_taken_for_spines"] = tally.backs_taken_for_spines;
    return json;
}

void print(const ShelfTally& tally) {
    for (const Figure& figure : kFigures) {
        const Share& share = tally.*figure.share;
        if (share.total == 0) {
            continue;
        }
        const auto interval = wilson(share);
        fmt::print("{:<28} {:>6} of {:<6} {:>6.2f} %  ({:.2f} to {:.2f})\n", figure.name,
                   share.hits, share.total, share.percent(), interval.low, interval.high);
    }
}

/// As Markdown, for docs.
void print(const ShelfClasses& classes) {
    const auto cell = [](const Share& share) {
        const auto interval = wilson(share);
        return share.total == 0 ? std::string()
                                : fmt::format("{:.1f} ({:.1f} to {:.1f}) of {}", share.percent(),
                                              interval.low, interval.high, share.total);
    };
    std::string by;
    for (const auto& row : classes.rows()) {
        if (row.by != by) {
            by = row.by;
            fmt::print(
                "\n| {} | found, % | letters wrong, % | words right, % | numbers exact, % |\n"
                "|---|---|---|---|---|\n",
                by);
        }
        const ClassTally& tally = row.tally;
        fmt::print("| {} | {} | {} | {} | {} |\n", row.kind, cell(tally.found), cell(tally.letters),
                   cell(tally.words), cell(tally.numbers));
    }
}

Json json_of(const ShelfClasses& classes) {
    const auto json_of_share = [](const Share& share) {
        const auto interval = wilson(share);
        return Json{{"hits", share.hits},
                    {"of", share.total},
                    {"percent", share.percent()},
                    {"low", interval.low},
                    {"high", interval.high}};
    };
    Json json = Json::array();
    for (const auto& row : classes.rows()) {
        json.push_back({{"by", row.by},
                        {"class", row.kind},
                        {"found", json_of_share(row.tally.found)},
                        {"letters_wrong", json_of_share(row.tally.letters)},
                        {"words_right", json_of_share(row.tally.words)},
                        {"number_exact", json_of_share(row.tally.numbers)}});
    }
    return json;
}

const char* name_of(ReleaseScore score) {
    switch (score) {
    case ReleaseScore::Right:
        return "right";
    case ReleaseScore::Wrong:
        return "wrong";
    case ReleaseScore::Abstained:
        return "abstained";
    case ReleaseScore::NotAsked:
        break;
    }
    return "-";
}
const char* name_of(NumberScore score) {
    constexpr const char* kNames[] = {"wrong", "one_edit", "folded", "exact"};
    return kNames[static_cast<std::size_t>(score)];
}

void print_rows(std::FILE* rows, const ShelfTruth& truth, const PhotoScore& score) {
    for (const SpineScore& one : score.spines) {
        fmt::print(rows, "{}\t{}\t{:d}\t{:.3f}\t{:d}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                   truth.photo.filename().string(), one.truth->id, one.truth->legible, one.overlap,
                   one.direction_right, one.text.letters, one.text.wrong,
                   one.truth->number.empty() ? "-" : name_of(one.number), name_of(one.release),
                   one.truth->text, one.read, one.found);
    }
}

/// NNNNN-2.jpg beside NNNNN.jpg: the same shelf once more.
fs::path look_of(const fs::path& photo, int look) {
    return photo.parent_path() /
           fmt::format("{}-{}{}", photo.stem().string(), look, photo.extension().string());
}
bool is_another_look(const fs::path& photo) {
    const std::string name = photo.stem().string();
    return name.size() > 2 && name[name.size() - 2] == '-' &&
           fs::exists(photo.parent_path() /
                      (name.substr(0, name.size() - 2) + photo.extension().string()));
}

/// Discs of the first photo, where they are in it, with what was read in all.
std::vector<app::Disc> as_first_photo_shows(std::vector<app::Disc> discs) {
    std::vector<app::Disc> shown;
    for (app::Disc& disc : discs) {
        const auto there = std::ranges::find(disc.seen, std::size_t{0}, &app::Sighting::photo);
        if (there == disc.seen.end()) {
            continue;
        }
        app::Sighting first{0, {there->spine.spine, {}}};
        if (const shelf::SpineReading* const reading = app::reading_of(disc)) {
            first.spine.readings.push_back(*reading);
        }
        disc.seen = {std::move(first)};
        disc.reading = 0;
        shown.push_back(std::move(disc));
    }
    return shown;
}

class Evaluation {
public:
    Evaluation(const Request& request, app::PhotoReader reader)
        : request_(request), reader_(std::move(reader)),
          catalog_(request.data.empty()
                       ? app::ScanCatalog()
                       : app::ScanCatalog::open(request.data, *app::shelf_format_of(request.format),
                                                request.certainty)) {}

    bool has_catalog() const { return catalog_.matcher() != nullptr; }
    const std::string& trouble() const { return catalog_.trouble(); }

    Result<void> run(const ShelfTruth& truth, std::FILE* rows) {
        SPINDLE_TRY(auto reading, read(truth));
        const unsigned threads = request_.threads == 0 ? app::default_threads() : request_.threads;
        app::ScanReport report;
        std::vector<app::PhotoReading> readings;
        readings.push_back(std::move(reading));
        for (int look = 2; request_.looks && fs::exists(look_of(truth.photo, look)); ++look) {
            SPINDLE_TRY(auto more,
                        reader_.read(look_of(truth.photo, look), [](const Progress&) {}, {}));
            readings.push_back(std::move(more));
        }
        SPINDLE_TRY_VOID(app::name_discs(
            catalog_, std::move(readings), threads, [](const Progress&) {}, report));
        if (request_.looks) {
            report.discs = as_first_photo_shows(std::move(report.discs));
        }
        const PhotoScore score =
            score_photo(truth, report.discs, has_catalog() ? CatalogGiven::Yes : CatalogGiven::No);
        ShelfTally tally;
        tally.add(score);
        all_.add(score);
        classes_.add(score);
        Json photo{{"photo", truth.photo.filename().string()}};
        photo.update(json_of(tally));
        photo["seconds"] = Json::object();
        for (const auto* const times : {&report.photos.front().times, &report.times}) {
            for (const app::StepTime& time : *times) {
                seconds_[time.step].push_back(time.took.count());
                photo["seconds"][time.step] = time.took.count();
            }
        }
        photos_.push_back(std::move(photo));
        if (rows != nullptr) {
            print_rows(rows, truth, score);
        }
        if (!request_.json) {
            fmt::print("{:<28} found {}/{}, {} false; letters wrong {:.1f} %; numbers {}/{}; "
                       "releases {} right, {} wrong\n",
                       truth.photo.filename().string(), tally.found.hits, tally.found.total,
                       tally.false_boxes.hits, tally.letters.percent(), tally.number_exact.hits,
                       tally.number_exact.total, tally.right.hits, tally.wrong.hits);
            std::fflush(stdout);
        }
        return {};
    }

    void print_all() const {
        if (request_.json) {
            Json json{{"photos", photos_},
                      {"all", json_of(all_)},
                      {"classes", json_of(classes_)},
                      {"seconds", Json::object()}};
            for (const auto& [step, values] : seconds_) {
                json["seconds"][step] = accuracy::mean(values);
            }
            fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
            return;
        }
        fmt::print("\n");
        print(all_);
        for (const auto& [step, values] : seconds_) {
            fmt::print("{:<28} {:.2f} s a photo (median {:.2f}, 95 % {:.2f})\n", step,
                       accuracy::mean(values), accuracy::percentile(values, 0.5),
                       accuracy::percentile(values, 0.95));
        }
        if (request_.classes) {
            print(classes_);
        }
    }

private:
    Result<app::PhotoReading> read(const ShelfTruth& truth) const {
        const auto silent = [](const Progress&) {};
        if (!request_.truth_boxes) {
            return reader_.read(truth.photo, silent, {});
        }
        std::vector<shelf::Spine> spines;
        for (const TrueSpine& spine : truth.spines) {
            spines.push_back({spine.quad, 1, 1, 0.5});
        }
        return reader_.read(truth.photo, std::span<const shelf::Spine>(spines), silent,
                            std::stop_token{});
    }

    const Request& request_;
    app::PhotoReader reader_;
    app::ScanCatalog catalog_;
    ShelfTally all_;
    ShelfClasses classes_;
    std::map<std::string, std::vector<double>> seconds_;
    Json photos_ = Json::array();
};

Result<void> run(const Request& request) {
    SPINDLE_TRY(const auto truths, read_truths(request.truth, request.photos));
    const unsigned threads = request.threads == 0 ? app::default_threads() : request.threads;
    SPINDLE_TRY(auto reader, app::PhotoReader::open(threads));
    Evaluation evaluation(request, std::move(reader));
    if (!request.data.empty() && !evaluation.has_catalog()) {
        return fail(Code::NotFound, "{}: {}", request.data.string(), evaluation.trouble());
    }
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> rows(nullptr, &std::fclose);
    if (!request.rows.empty()) {
        rows.reset(std::fopen(request.rows.c_str(), "w"));
        if (rows == nullptr) {
            return fail(Code::NoAccess, "{}: cannot be written", request.rows.string());
        }
        fmt::print(rows.get(), "photo\tspine\tlegible\toverlap\tdirection\tletters\twrong\tnumber\t"
                               "release\tprinted\tread\tfound\n");
    }
    for (const ShelfTruth& truth : truths) {
        if (request.looks && is_another_look(truth.photo)) {
            continue;
        }
        if (auto scored = evaluation.run(truth, rows.get()); !scored) {
            return tl::unexpected(scored.error().within(truth.photo.string()));
        }
    }
    evaluation.print_all();
    return {};
}

struct ContextRequest {
    fs::path data;
    std::size_t shelves = 25;
    double errors = 0.12, without_number = 0.9;
    double certainty = catalog::MatchOptions{}.certainty;
    std::uint64_t seed = 7;
};

Result<void> run(const ContextRequest& request) {
    SPINDLE_TRY(const auto catalog, catalog::Catalog::open(app::catalog_folder(request.data)));
    NoiseOptions noise;
    noise.character_errors = request.errors;
    noise.number_left_out = request.without_number;
    SPINDLE_TRY(const auto trials,
                try_contexts(catalog, request.shelves, noise, request.certainty, request.seed));
    fmt::print("{:<16} {:>6}  {:>7} {:>6}   {:>7} {:>6}\n", "shelf", "discs", "right", "wrong",
               "right", "wrong");
    for (const ContextTrial& trial : trials) {
        fmt::print("{:<16} {:>6}  {:>7} {:>6}   {:>7} {:>6}\n", trial.order, trial.discs,
                   trial.right_alone, trial.wrong_alone, trial.right_with, trial.wrong_with);
    }
    return {};
}

} // namespace

int main(int argc, char** argv) try {
    Request request;
    CLI::App app("Measures Spindle against what somebody has annotated.");
    app.require_subcommand(1);
    CLI::App* const shelf = app.add_subcommand("shelf", "photos of shelves: find, read and name");
    shelf->add_option("--photos", request.photos, "folder of the photos")
        ->required()
        ->check(CLI::ExistingDirectory);
    shelf->add_option("--truth", request.truth, "folder of the truth, one .json for each photo")
        ->required()
        ->check(CLI::ExistingDirectory);
    shelf->add_option("--catalog", request.data, "data folder whose catalog is asked")
        ->check(CLI::ExistingDirectory);
    shelf->add_option("--format", request.format, "as of spindle scan")
        ->check(CLI::IsMember({"any", "cd", "lp", "dvd"}));
    shelf->add_option("--threshold", request.certainty, "as of spindle scan");
    shelf->add_flag("--truth-boxes", request.truth_boxes,
                    "reads from the truth's quads: measures the reader apart from the finder");
    shelf->add_option("--rows", request.rows, "a line for each spine goes to this file");
    shelf->add_option("--jobs", request.threads, "threads (default: one a core)");
    shelf->add_flag("--classes", request.classes,
                    "by thickness, height of letters, contrast and typeface, as Markdown");
    shelf->add_flag("--looks", request.looks,
                    "NNNNN-2.jpg, NNNNN-3.jpg are of the same shelf: read together");
    shelf->add_flag("--json", request.json, "figures as JSON");
    ContextRequest context;
    CLI::App* const neighbours =
        app.add_subcommand("context", "what neighbours on a shelf say about a spine read badly");
    neighbours->add_option("--catalog", context.data, "data folder whose catalog is asked")
        ->required()
        ->check(CLI::ExistingDirectory);
    neighbours->add_option("--shelves", context.shelves, "of 40 discs, in each order");
    neighbours->add_option("--errors", context.errors, "share of signs read wrongly");
    neighbours->add_option("--without-number", context.without_number, "share of spines");
    neighbours->add_option("--threshold", context.certainty, "as of spindle scan");
    neighbours->add_option("--seed", context.seed, "another seed gives other shelves");
    CLI11_PARSE(app, argc, argv);
    if (const auto done = shelf->parsed() ? run(request) : run(context); !done) {
        fmt::print(stderr, "spindle-eval: {}\n", done.error().message);
        return 1;
    }
    return 0;
} catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return 1;
}
