// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_import.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/import.h"
#include "cli/catalog_text.h"
#include "cli/version.h"
#include "document/catalog_document.h"
#include "document/json.h"
#include "io/http.h"

namespace spindle::cli {
namespace {

struct CatalogImportOptions {
    app::ImportOptions import;
    std::string formats;
    bool no_tracks = false;
    int jobs = 0;
};

std::string as_text(const app::ImportReport& report) {
    const double megabytes = static_cast<double>(report.file_bytes) / 1e6;
    if (report.kind == app::ImportKind::List) {
        return fmt::format("{}: {} releases added to the own list, which now has {}", report.source,
                           grouped(report.added), grouped(report.taken));
    }
    const double seconds = (report.reading + report.ordering + report.indexing).count();
    std::string text = fmt::format(
        "{}: {} releases of {} recordings, {:.0f} MB on disk; {:.0f} s, {} releases/s",
        report.source, grouped(report.taken), grouped(report.groups), megabytes, seconds,
        grouped(static_cast<std::uint64_t>(static_cast<double>(report.split.whole) /
                                           std::max(seconds, 0.001))));
    if (report.other_formats > 0) {
        text +=
            fmt::format("\n{} releases of other formats left out", grouped(report.other_formats));
    }
    if (report.checksum == app::Checksum::Right) {
        text += "\nSHA-256 as published";
    }
    return text;
}

void tell_troubles(const app::ImportReport& report, Terminal& terminal) {
    for (const app::RowTrouble& row : report.rows) {
        terminal.warn(fmt::format("{}: line {}: {}", report.source, row.row, row.message));
    }
    if (report.bad_rows > report.rows.size()) {
        terminal.warn(fmt::format("{}: {} more lines could not be read", report.source,
                                  report.bad_rows - report.rows.size()));
    }
    for (const std::string& column : report.ignored_columns) {
        terminal.say(fmt::format("Column not used: {}", column));
    }
    if (report.kind == app::ImportKind::Dump && !report.split.end_seen) {
        terminal.say("The dump ends before its end tag: what came after is missing");
    }
    if (report.split.cut_off > 0) {
        terminal.say(fmt::format("{} records cut off in the middle: left out",
                                 grouped(report.split.cut_off)));
    }
    if (report.split.oversized > 0) {
        terminal.say(fmt::format("{} records too large to be true: left out",
                                 grouped(report.split.oversized)));
    }
    if (report.repeated > 0) {
        terminal.say(fmt::format("{} records with the number of one before: kept beside it",
                                 grouped(report.repeated)));
    }
    for (const std::string& sentence : report.quirks.sentences()) {
        terminal.say(sentence);
    }
    for (const std::string& warning : report.warnings) {
        terminal.warn(warning);
    }
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + ",") {
        if (c != ',') {
            part.push_back(c);
        } else if (!part.empty()) {
            parts.push_back(std::exchange(part, {}));
        }
    }
    return parts;
}

Result<Exit> catalog_import(const CatalogImportOptions& options, const Context& context) {
    app::ImportOptions import = options.import;
    import.formats = split_at_commas(options.formats);
    import.with_tracks = !options.no_tracks;
    import.threads = static_cast<unsigned>(options.jobs);
    import.user_agent = io::user_agent(kVersion);
    SPINDLE_TRY(const auto report, app::import_catalog(context.data_folder, import,
                                                       context.terminal.progress(), context.stop));
    context.terminal.clear();
    tell_troubles(report, context.terminal);
    context.out.line(context.format == Format::Json ? document::to_text(document::to_json(report))
                                                    : as_text(report));
    return report.incomplete() ? Exit::Incomplete : Exit::Done;
}

} // namespace

const Command kCatalogImportCommand{
    "catalog import", "take in Discogs' monthly data, or a list of your own",
    "spindle catalog import discogs_20260701_releases.xml.gz --formats CD,Vinyl\n"
    "  spindle catalog import collection.csv\n"
    "  spindle catalog import shop.tsv\n\n"
    "A dump (.xml or .xml.gz) replaces the one before; until it is complete, and if it fails, the\n"
    "one before answers. Lists (a Discogs collection or inventory export, or a table with columns\n"
    "such as artist, title, label, catno, format, country, year, barcode) add to what Discogs "
    "lacks.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CatalogImportOptions>();
        arguments.positional("FILE", &options->import.source, "dump or list; a URL; or - for stdin",
                             Need::Required, Takes::File);
        arguments.option("--formats", "CD,Vinyl,...", &options->formats,
                         "keep only releases with one of these formats");
        arguments.option("--masters", "FILE", &options->import.masters,
                         "masters dump too: the year each recording first came out", Takes::File);
        arguments.flag("--no-tracks", options->no_tracks,
                       "leave the tracklists out: half the size, but the turntable needs them");
        arguments.flag("--accept-incomplete", options->import.accept_incomplete,
                       "take a dump that ends too early");
        arguments.number("--jobs", "N", &options->jobs, "threads (default: one a core)", 1, 64);
        return [options](const Context& context) { return catalog_import(*options, context); };
    }};

} // namespace spindle::cli
