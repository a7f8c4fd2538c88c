// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace spindle::cli {

/// A group or command as tab completion sees it.
struct CompletionNode {
    struct Word {
        std::string word, summary;
    };
    std::string path;              ///< "" for the program itself, "library", "library add"
    std::vector<Word> words;       ///< sub-commands, if it is a group
    std::vector<Argument> options; ///< global ones too
    std::vector<Argument> positionals;
};

/// The whole tree, groups before their commands. The Arguments' targets must not be used.
std::vector<CompletionNode> completion_tree();

std::string bash_completion(const std::vector<CompletionNode>& tree);
std::string zsh_completion(const std::vector<CompletionNode>& tree);
std::string fish_completion(const std::vector<CompletionNode>& tree);

struct CompletionOptions {
    std::string shell;
};
Result<Exit> completion(const CompletionOptions& options, const Context& context);
extern const Command kCompletionCommand;

} // namespace spindle::cli
