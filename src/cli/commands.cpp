// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <array>

#include "cli/completion.h"

namespace spindle::cli {
namespace {

constexpr std::array kAll = {
    &kCompletionCommand,
};

} // namespace

std::span<const Command* const> all_commands() {
    return kAll;
}

std::string_view group_summary(std::string_view group) {
    if (group == "library") {
        return "the music Spindle knows: add, list, check and watch it";
    }
    return {};
}

} // namespace spindle::cli
