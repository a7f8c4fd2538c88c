// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_stats.h"

#include <charconv>
#include <ctime>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "catalog/catalog.h"
#include "cli/catalog_text.h"
#include "document/catalog_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

struct CatalogStatsOptions {
    bool verify = false;
};

std::string day_of(const std::string& seconds) {
    std::time_t time = 0;
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), time);
    std::tm parts{};
    if (time <= 0 || ::gmtime_r(&time, &parts) == nullptr) {
        return {};
    }
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::string as_text(const catalog::CatalogFile& file) {
    std::string text =
        fmt::format("{}\n  {} releases of {} recordings, {:.1f} MB, {:.0f} bytes a "
                    "release",
                    file.path().string(), grouped(file.releases()), grouped(file.groups()),
                    static_cast<double>(file.bytes()) / 1e6,
                    static_cast<double>(file.bytes()) / std::max<double>(file.releases(), 1));
    for (const auto& [name, value] : file.about()) {
        text += fmt::format("\n  {:<32} {}", name, name == "imported" ? day_of(value) : value);
    }
    return text;
}

Result<Exit> catalog_stats(const CatalogStatsOptions& options, const Context& context) {
    SPINDLE_TRY(const auto opened,
                catalog::Catalog::open(app::catalog_folder(context.data_folder)));
    for (const catalog::CatalogFile& file : opened.files()) {
        if (options.verify) {
            SPINDLE_TRY_VOID(file.verify());
            context.terminal.say(fmt::format("{}: every checksum is right", file.path().string()));
        }
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(file))
                                                        : as_text(file));
    }
    return Exit::Done;
}

} // namespace

const Command kCatalogStatsCommand{
    "catalog stats", "what is in the catalog, and what importing it met",
    "spindle catalog stats\n"
    "  spindle catalog stats --verify      (reads all of it and compares the checksums)",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CatalogStatsOptions>();
        arguments.flag("--verify", options->verify, "check every byte");
        return [options](const Context& context) { return catalog_stats(*options, context); };
    }};

} // namespace spindle::cli
