// SPDX-License-Identifier: Apache-2.0
#include "cli/library_side.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/library/side.h"
#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {

Result<Exit> library_side(const LibrarySideOptions& options, const Context& context) {
    std::vector<app::SideRule> rules;
    for (const std::string& word : options.rules) {
        const auto rule = app::parse_side(word);
        if (!rule) {
            return misuse(context, rule.error().message);
        }
        rules.push_back(*rule);
    }
    const bool only_look = rules.empty() && !options.clear;
    SPINDLE_TRY_VOID(context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(auto store,
                context.backends.open_library(
                    context.data_folder, only_look ? store::Access::Read : store::Access::Write));
    SPINDLE_TRY(const auto view,
                app::set_sides(*store, options.record, rules,
                               options.clear ? app::Earlier::Clear : app::Earlier::Keep));
    context.out.line(context.format == Format::Json ? document::to_text(document::to_json(view))
                                                    : record_text(view));
    return Exit::Done;
}

const Command kLibrarySideCommand{
    "library side", "say with which track each side of a record begins",
    "spindle library side \"quiet nights\" B5\n"
    "  spindle library side R3 B5 C9 D13",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibrarySideOptions>();
        arguments.positional("RECORD", &options->record,
                             "record number (R3), or words of artist and album", Need::Required);
        arguments.positional("SIDE", &options->rules,
                             "B5: side B begins with track 5, counted through the whole record; "
                             "none: only show",
                             Need::Optional);
        arguments.flag("--clear", options->clear, "forget the sides set before");
        return [options](const Context& context) { return library_side(*options, context); };
    }};

} // namespace spindle::cli
