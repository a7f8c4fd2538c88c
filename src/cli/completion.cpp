// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <algorithm>
#include <memory>

#include "cli/commands.h"
#include "cli/parser.h"

namespace spindle::cli {
namespace {

CompletionNode& node_at(std::vector<CompletionNode>& tree, const std::string& path) {
    const auto found = std::find_if(tree.begin(), tree.end(),
                                    [&](const CompletionNode& node) { return node.path == path; });
    if (found != tree.end()) {
        return *found;
    }
    tree.push_back({path, {}, {}, {}});
    return tree.back();
}

/// Makes sure every word of `path` is known to the node above it.
void add_path(std::vector<CompletionNode>& tree, const std::string& path,
              const std::string& summary) {
    const auto last = path.rfind(' ');
    const std::string parent = last == std::string::npos ? "" : path.substr(0, last);
    const std::string word = last == std::string::npos ? path : path.substr(last + 1);
    if (!parent.empty()) {
        add_path(tree, parent, std::string(group_summary(parent)));
    }
    auto& words = node_at(tree, parent).words;
    if (std::none_of(words.begin(), words.end(), [&](const auto& w) { return w.word == word; })) {
        words.push_back({word, summary});
    }
    node_at(tree, path);
}

Argument bare_flag(std::string name, std::string help) {
    Argument argument;
    argument.name = std::move(name);
    argument.help = std::move(help);
    return argument;
}

} // namespace

std::vector<CompletionNode> completion_tree() {
    std::vector<CompletionNode> tree;
    node_at(tree, "");
    for (const Command* command : all_commands()) {
        const std::string path(command->path);
        add_path(tree, path, std::string(command->summary));
        Arguments arguments;
        const Run keeps_targets_alive = command->declare(arguments);
        for (const Argument& argument : arguments.all()) {
            auto& node = node_at(tree, path);
            (argument.name.starts_with('-') ? node.options : node.positionals).push_back(argument);
        }
    }
    GlobalOptions unused;
    for (auto& node : tree) {
        const Arguments globals = global_arguments(unused);
        node.options.insert(node.options.end(), globals.all().begin(), globals.all().end());
        node.options.push_back(bare_flag("-h,--help", "show this help"));
        node.options.push_back(bare_flag("--version", "show the version"));
    }
    return tree;
}

Result<Exit> completion(const CompletionOptions& options, const Context& context) {
    const auto tree = completion_tree();
    if (options.shell == "bash") {
        context.out.write(bash_completion(tree));
    } else if (options.shell == "zsh") {
        context.out.write(zsh_completion(tree));
    } else {
        context.out.write(fish_completion(tree));
    }
    return Exit::Done;
}

const Command kCompletionCommand{
    "completion", "print a tab-completion script for your shell",
    "source <(spindle completion bash)\n"
    "  spindle completion zsh > ~/.zfunc/_spindle\n"
    "  spindle completion fish > ~/.config/fish/completions/spindle.fish",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CompletionOptions>();
        arguments.positional("SHELL", &options->shell, "bash, zsh or fish", Need::Required,
                             Takes::Text, {"bash", "zsh", "fish"});
        return [options](const Context& context) { return completion(*options, context); };
    }};

} // namespace spindle::cli
