// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_download.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/dump_place.h"
#include "cli/owner_settings.h"
#include "cli/version.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

document::Json file_json(const app::FetchedFile& file) {
    return document::Json{
        {"file", file.path.string()}, {"bytes", file.bytes},   {"resumed_from", file.resumed_from},
        {"fetched", !file.was_there}, {"sha256", file.sha256}, {"checksum", "ok"}};
}

std::string file_text(const app::FetchedFile& file) {
    std::string_view how = "fetched";
    if (file.was_there) {
        how = "was there already";
    } else if (file.resumed_from > 0) {
        how = "fetched, going on where an earlier run ended";
    }
    return fmt::format("{}  {:.1f} MB, {}, SHA-256 right", file.path.string(),
                       static_cast<double>(file.bytes) / 1e6, how);
}

void show(const app::DumpDownload& download, const Context& context) {
    context.terminal.clear();
    if (context.format == Format::Json) {
        document::Json json = file_json(download.releases);
        json["month"] = to_string(download.month);
        json["checksum_file"] = download.checksums.string();
        if (download.masters) {
            json["masters"] = file_json(*download.masters);
        }
        context.out.line(document::to_text(json));
    } else {
        context.out.line(file_text(download.releases));
        if (download.masters) {
            context.out.line(file_text(*download.masters));
        }
    }
    context.terminal.say(
        fmt::format("Next: spindle catalog import {}", download.releases.path.string()));
}

} // namespace

Result<Exit> catalog_download(const CatalogDownloadOptions& options, const Context& context) {
    app::DumpDownloadOptions download;
    if (!options.month.empty()) {
        download.month = app::parse_month(options.month);
        if (!download.month) {
            return misuse(context, fmt::format("--month {}: a month is written YYYY-MM, as 2026-07",
                                               options.month));
        }
    }
    if (!options.from.empty() && !options.from.starts_with("https://") &&
        !options.from.starts_with("http://")) {
        return misuse(context, "--from takes the address of a server: https://...");
    }
    SPINDLE_TRY(const auto settings, owner_settings());
    const auto place = app::dump_place(settings, context.data_folder);
    download.from = options.from.empty() ? place.server : options.from;
    download.folder = options.to.empty() ? place.folder : std::filesystem::absolute(options.to);
    download.masters = options.masters ? app::Masters::Fetch : app::Masters::Leave;
    download.user_agent = io::user_agent(kVersion);
    download.stall_timeout = Seconds{options.stall_timeout};
    download.patience.attempts = options.retries;
    SPINDLE_TRY(const auto done,
                app::download_dump(download, context.terminal.progress(), context.stop));
    show(done, context);
    return Exit::Done;
}

const Command kCatalogDownloadCommand{
    "catalog download", "fetch a month's data of Discogs, to be imported",
    "spindle catalog download\n"
    "  spindle catalog download --month 2026-07 --to /mnt/big/discogs\n\n"
    "About 10 GB from https://data.discogs.com/, checked with the published SHA-256. A cut line "
    "is\n"
    "waited for; after Ctrl-C or a crash the same command goes on where it was.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CatalogDownloadOptions>();
        arguments.option("--month", "YYYY-MM", &options->month,
                         "this month's (default: the newest that is complete)");
        arguments.option("--to", "FOLDER", &options->to,
                         "where the files go (default: dumps, in the data folder)", Takes::Folder);
        arguments.flag("--masters", options->masters, "the file of masters too (0.6 GB)");
        arguments.option("--from", "URL", &options->from,
                         "a server with the same pages as data.discogs.com");
        arguments.number("--stall-timeout", "SECONDS", &options->stall_timeout,
                         "silence after which the line counts as cut (default: 60)", 0.1, 3600);
        arguments.number("--retries", "N", &options->retries,
                         "attempts in a row that may bring nothing (default: 8)", 0, 1000);
        return [options](const Context& context) { return catalog_download(*options, context); };
    }};

} // namespace spindle::cli
