// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_show.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "catalog/catalog.h"
#include "cli/catalog_text.h"
#include "cli/release_word.h"
#include "document/catalog_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

struct CatalogShowOptions {
    std::vector<std::string> ids;
};

std::string as_text(const catalog::Release& release) {
    std::string text = name_line(release);
    const auto add = [&text](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            text += fmt::format("\n  {:<9} {}", name, value);
        }
    };
    for (const catalog::LabelNumber& label : release.labels) {
        add("label", label.label + (label.number.empty() ? "" : "  " + label.number));
    }
    add("format", catalog::format_line(release.formats));
    add("country", release.country);
    add("year", release.year == 0 ? "" : std::to_string(release.year));
    add("first", release.first_year == 0 ? "" : std::to_string(release.first_year));
    for (const std::string& barcode : release.barcodes) {
        add("barcode", barcode);
    }
    for (const catalog::Matrix& matrix : release.matrices) {
        add("matrix",
            matrix.value + (matrix.description.empty() ? "" : "  (" + matrix.description + ")"));
    }
    if (release.master.value != 0) {
        add("master", fmt::format("{}, {} versions", release.master.value, release.versions));
    }
    add("page", page_of(release.id));
    for (const catalog::Track& track : release.tracks) {
        text += fmt::format("\n  {:<6} {}", track.position, track.title);
        if (track.seconds > 0) {
            text += fmt::format("  {}", clock_text(Seconds(track.seconds)));
        }
    }
    return text;
}

Result<Exit> catalog_show(const CatalogShowOptions& options, const Context& context) {
    const auto ids = releases_named(options.ids);
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    SPINDLE_TRY(const auto opened,
                catalog::Catalog::open(app::catalog_folder(context.data_folder)));
    Exit exit = Exit::Done;
    for (const ReleaseId id : *ids) {
        SPINDLE_TRY(const auto release, opened.find(id));
        if (!release) {
            exit = Exit::Incomplete;
            context.terminal.warn(fmt::format("release {} is not in the catalog", id.value));
            if (context.format == Format::Json) {
                context.out.line(document::to_text(
                    document::Json{{"release_id", id.value},
                                   {"error", document::Json{{"code", "not_found"},
                                                            {"message", "not in the catalog"}}}}));
            }
            continue;
        }
        if (context.format == Format::Json) {
            document::Json json = document::to_json(*release);
            json["tracks"] = document::to_json(release->tracks);
            context.out.line(document::to_text(json));
        } else {
            context.out.line(as_text(*release));
        }
    }
    return exit;
}

} // namespace

const Command kCatalogShowCommand{
    "catalog show", "all that the catalog has of a release",
    "spindle catalog show 249504\n"
    "  spindle catalog show --json 249504 1 2 | jq -r .title",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CatalogShowOptions>();
        arguments.positional("ID", &options->ids, "release numbers, or addresses of their pages",
                             Need::Required);
        return [options](const Context& context) { return catalog_show(*options, context); };
    }};

} // namespace spindle::cli
