// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_files.h"

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/collection/collection_files.h"
#include "cli/json.h"
#include "io/file.h"
#include "io/output_file.h"

namespace spindle::cli {
namespace {

constexpr std::uint64_t kLargestFile = 64ULL << 20U; // 300,000 discs

using Import = decltype(&app::import_collection);
using Export = decltype(&app::export_collection);

Json to_json(const std::string& file, const app::ImportReport& report) {
    Json skipped = Json::array();
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
        auto report = [&]() -> Result<app::ImportReport> {
            SPINDLE_TRY(const auto bytes, io::read_file(file, kLargestFile));
            return take_in(bytes, *store);
        }();
        if (!report) {
            const bool named = report.error().message.find(file) != std::string::npos;
            context.terminal.warn(named ? report.error().message
                                        : report.error().within(file).message);
            if (context.format == Format::Json) {
                context.out.line(error_json(report.error()));
            }
            exit = Exit::Incomplete;
            continue;
        }
        for (const market::SkippedRow& row : report->skipped) {
            context.terminal.warn(fmt::format("{}:{}: {}", file, row.line, row.why));
            exit = Exit::Incomplete;
        }
        context.out.line(context.format == Format::Json
                             ? to_text(to_json(file, *report))
                             : fmt::format("{}: {} rows, {} new, {} completed, {} known", file,
                                           report->rows, report->added, report->changed,
                                           report->known));
    }
    return exit;
}

Result<Exit> run_export(Export write, const std::string& file, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto table, write(*store));
    if (file.empty() || file == "-") {
        context.out.write(table);
        return Exit::Done;
    }
    SPINDLE_TRY_VOID(io::write_atomically(file, table));
    context.terminal.say(fmt::format("written to {}", file));
    if (context.format == Format::Json) {
        context.out.line(to_text(Json{{"file", file}}));
    }
    return Exit::Done;
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
    "spindle collection export my-discs.csv",
    [](Arguments& arguments) -> Run { return declare_export(&app::export_collection, arguments); }};

const Command kWantsImportCommand{
    "wants import", "take in wants from a table with a release_id column",
    "spindle wants import wants.csv",
    [](Arguments& arguments) -> Run { return declare_import(&app::import_wants, arguments); }};

const Command kWantsExportCommand{
    "wants export", "write the wants as a table", "spindle wants export wants.csv",
    [](Arguments& arguments) -> Run { return declare_export(&app::export_wants, arguments); }};

} // namespace spindle::cli
