// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "cli/command.h"

namespace spindle::cli {

// How to add a command:
//
// 1. A pair of files named after it, identify.h and identify.cpp. The header:
//
//        struct IdentifyOptions {
//            std::vector<std::string> clips;
//            int top = 1; ///< candidates shown per clip
//        };
//        Result<Exit> identify(const IdentifyOptions& options, const Context& context);
//        extern const Command kIdentifyCommand;
//
// 2. The source file:
//
//        Result<Exit> identify(const IdentifyOptions& options, const Context& context) {
//            ... call the use case in app/, with context.terminal.progress() and context.stop;
//            context.out.line(...);      // results: text, or JSON when context.format is Json
//            context.terminal.say(...);  // words for a person; nothing with --quiet
//            context.terminal.warn(...); // "warning: ...": one item failed, the rest goes on
//            return Exit::Done;          // or fail(...): printed by the caller, Exit::Incomplete
//                                        // or misuse(context, ...): Exit::Usage
//        }
//
//        const Command kIdentifyCommand{
//            "identify", "name the track in a clip", "spindle identify --json clip.wav",
//            [](Arguments& arguments) -> Run {
//                auto options = std::make_shared<IdentifyOptions>();
//                arguments.positional("CLIP", &options->clips, "audio file, or - for stdin",
//                                     Need::Required, Takes::File);
//                arguments.number("--top", "N", &options->top, "show the N best", 1, 100);
//                return [options](const Context& context) { return identify(*options, context); };
//            }};
//
// 3. One line in commands.cpp.
//
// --json, --data, --quiet, --help and --version exist everywhere already; parsing, help, "did you
// mean" and tab completion follow from the declaration. A command never includes CLI11, writes to
// std::cout or calls exit. JSON goes through document/json.h, which keeps it
// valid whatever the bytes.

/// Every command there is, in the order help lists them.
std::span<const Command* const> all_commands();

/// What a group of commands is about: "library" -> "the music Spindle knows". Empty if not a group.
std::string_view group_summary(std::string_view group);

} // namespace spindle::cli
