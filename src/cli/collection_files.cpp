// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_files.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/collection/collection_files.h"
#include "app/collection/inventory_export.h"
#include "base/clock.h"
#include "cli/grade_word.h"
#include "cli/owner_settings.h"
#include "document/json.h"
#include "inference/places.h"
#include "io/file.h"
#include "io/output_file.h"

namespace spindle::cli {
namespace {

constexpr std::uint64_t kLargestFile = 64ULL << 20U; // 300,000 discs

using Import = decltype(&app::import_collection);
using Export = decltype(&app::export_collection);

document::Json to_json(const std::string& file, const app::CollectionImport& report) {
    document::Json skipped = document::Json::array();
    for (const market::SkippedRow& row : report.skipped) {
        skipped.push_back({{"line", row.line}, {"why", row.why}});
    }
    return {{"file", file},          {"rows", report.rows},
            {"added", report.added}, {"changed", report.changed},
            {"known", report.known}, {"skipped", skipped}};
}

Result<Exit> run_import(Import take_in, const std::vector<std::string>& files,
                        const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Write));
    Exit exit = Exit::Done;
    for (const std::string& file : files) {
        auto report = [&]() -> Result<app::CollectionImport> {
            SPINDLE_TRY(const auto bytes, io::read_file(file, kLargestFile));
            return take_in(bytes, *store);
        }();
        if (!report) {
            const bool named = report.error().message.find(file) != std::string::npos;
            context.terminal.warn(named ? report.error().message
                                        : report.error().within(file).message);
            if (context.format == Format::Json) {
                context.out.line(document::error_json(report.error()));
            }
            exit = Exit::Incomplete;
            continue;
        }
        for (const market::SkippedRow& row : report->skipped) {
            context.terminal.warn(fmt::format("{}:{}: {}", file, row.line, row.why));
            exit = Exit::Incomplete;
        }
        context.out.line(context.format == Format::Json
                             ? document::to_text(to_json(file, *report))
                             : fmt::format("{}: {} rows, {} new, {} completed, {} known", file,
                                           report->rows, report->added, report->changed,
                                           report->known));
    }
    return exit;
}

Result<Exit> deliver(const std::string& table, const std::string& file, const Context& context) {
    if (file.empty() || file == "-") {
        context.out.write(table);
        return Exit::Done;
    }
    SPINDLE_TRY_VOID(io::write_atomically(file, table));
    context.terminal.say(fmt::format("written to {}", file));
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"file", file}}));
    }
    return Exit::Done;
}

Result<Exit> run_export(Export write, const std::string& file, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto table, write(*store));
    return deliver(table, file, context);
}

struct CollectionExportOptions {
    std::string file;
    bool inventory = false;
    std::string policy = "expected";
    std::string grade;
    double rate = 0; // not given: as set
};

/// What is missing in the table, and what to do about it.
void tell(const app::InventoryReport& report, const Context& context) {
    constexpr std::size_t kMostNamed = 20; // releases on one line
    for (const app::LeftOut& one : report.left_out) {
        context.terminal.warn(fmt::format("release {}: {}", one.release.value, one.why));
    }
    if (!report.not_known.empty()) {
        std::string ids;
        for (std::size_t i = 0; i < std::min(kMostNamed, report.not_known.size()); ++i) {
            ids += fmt::format(" {}", report.not_known[i].value);
        }
        context.terminal.say(fmt::format("ask for their prices first: spindle market price{}{}",
                                         ids, report.not_known.size() > kMostNamed ? " ..." : ""));
    }
    if (report.outdated > 0) {
        context.terminal.say(fmt::format("{} prices are made of what was seen more than six hours "
                                         "ago; spindle market price ID asks again",
                                         report.outdated));
    }
    context.terminal.say(fmt::format("{} copies to sell, {} left out. {}", report.items,
                                     report.left_out.size(), market::kDataNotice));
}

Result<Exit> run_inventory(const CollectionExportOptions& words, const Context& context) {
    app::InventoryOptions options;
    options.policy = app::asking_policy_named(words.policy).value_or(options.policy);
    SPINDLE_TRY(const auto settings, owner_settings());
    options.rate = words.rate > 0 ? words.rate : settings.rate();
    options.rates = settings.rates;
    options.costs = settings.costs;
    options.now = system_seconds();
    if (!words.grade.empty()) {
        const auto grade = grade_of_word("--grade", words.grade);
        if (!grade) {
            return misuse(context, grade.error().message);
        }
        options.grade = *grade;
    }
    SPINDLE_TRY(const auto collection,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto prices,
                context.backends.open_market(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto model_file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(model_file));
    SPINDLE_TRY(const auto report, app::export_inventory(*collection, *prices, model, options));
    tell(report, context);
    SPINDLE_TRY(const auto exit, deliver(report.csv, words.file, context));
    return report.left_out.empty() ? exit : Exit::Incomplete;
}

Run declare_import(Import take_in, Arguments& arguments) {
    auto files = std::make_shared<std::vector<std::string>>();
    arguments.positional("FILE", files.get(), "CSV as Discogs exports it", Need::Required,
                         Takes::File);
    return
        [files, take_in](const Context& context) { return run_import(take_in, *files, context); };
}

Run declare_export(Export write, Arguments& arguments) {
    auto file = std::make_shared<std::string>();
    arguments.positional("FILE", file.get(), "where to (default: standard output)", Need::Optional,
                         Takes::File);
    return [file, write](const Context& context) { return run_export(write, *file, context); };
}

} // namespace

const Command kCollectionImportCommand{
    "collection import", "take in a collection exported from Discogs' site",
    "spindle collection import user-collection-20261121.csv\n\n"
    "The same file may come twice: copies noted already are completed, not doubled.",
    [](Arguments& arguments) -> Run { return declare_import(&app::import_collection, arguments); }};

const Command kCollectionExportCommand{
    "collection export", "write the collection as Discogs exports it",
    "spindle collection export my-discs.csv\n"
    "  spindle collection export --inventory to-sell.csv --price quick\n\n"
    "With --inventory: what Discogs' inventory upload takes, each copy at a price for its media\n"
    "condition, made of what is kept (spindle market price, read-page). Items go on sale when you\n"
    "upload the file, so look through it first.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CollectionExportOptions>();
        arguments.positional("FILE", &options->file, "where to (default: standard output)",
                             Need::Optional, Takes::File);
        arguments.flag("--inventory", options->inventory,
                       "copies to sell, as Discogs' inventory upload takes them");
        arguments.choice("--price", "POLICY", options->policy,
                         "expected (default); quick or patient: the ends of the interval; lowest: "
                         "that of the cheapest copy for sale",
                         {"expected", "quick", "patient", "lowest"});
        arguments.option("--grade", "GRADE", &options->grade,
                         "of copies whose media condition is not noted (default: leave them out)");
        arguments.number("--rate", "DOLLARS", &options->rate,
                         "one unit of your account's currency in US dollars (default: as set in "
                         "~/.config/spindle/spindle.toml, or 1)",
                         1e-6, 1e6);
        return [options](const Context& context) {
            return options->inventory ? run_inventory(*options, context)
                                      : run_export(&app::export_collection, options->file, context);
        };
    }};

const Command kWantsImportCommand{
    "wants import", "take in wants from a table with a release_id column",
    "spindle wants import wants.csv",
    [](Arguments& arguments) -> Run { return declare_import(&app::import_wants, arguments); }};

const Command kWantsExportCommand{
    "wants export", "write the wants as a table", "spindle wants export wants.csv",
    [](Arguments& arguments) -> Run { return declare_export(&app::export_wants, arguments); }};

} // namespace spindle::cli
