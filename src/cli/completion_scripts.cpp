// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"

namespace spindle::cli {
namespace {

std::vector<std::string> names_of(const Argument& argument) {
    std::vector<std::string> names;
    std::istringstream list(argument.name);
    for (std::string name; std::getline(list, name, ',');) {
        names.push_back(name);
    }
    return names;
}

std::string option_names(const CompletionNode& node) {
    std::vector<std::string> names;
    for (const Argument& option : node.options) {
        for (const std::string& name : names_of(option)) {
            names.push_back(name);
        }
    }
    return fmt::format("{}", fmt::join(names, " "));
}

/// Commands of the form "when at PATH/WORD, the path becomes PATH WORD", for a shell's case.
std::string path_cases(const std::vector<CompletionNode>& tree, std::string_view indent) {
    std::string text;
    for (const auto& node : tree) {
        for (const auto& [word, summary] : node.words) {
            const std::string longer = node.path.empty() ? word : node.path + " " + word;
            text += fmt::format("{}'{}/{}') at='{}' ;;\n", indent, node.path, word, longer);
        }
    }
    return text;
}

/// What a shell does to complete a value of one kind.
struct Actions {
    std::string files, folders, nothing;
    std::string words; ///< with {} for the words
};

std::string action_for(const Argument& argument, const Actions& actions) {
    if (!argument.choices.empty()) {
        return fmt::format(fmt::runtime(actions.words),
                           fmt::format("{}", fmt::join(argument.choices, " ")));
    }
    switch (argument.takes) {
    case Takes::File:
        return actions.files;
    case Takes::Folder:
        return actions.folders;
    case Takes::Text:
    case Takes::Number:
    case Takes::Command:
        break;
    }
    return actions.nothing;
}

/// Cases "PATH:--option) complete its value" for every option that takes one.
std::string value_cases(const std::vector<CompletionNode>& tree, const Actions& actions,
                        std::string_view indent) {
    std::string text;
    for (const auto& node : tree) {
        for (const Argument& option : node.options) {
            if (option.value_name.empty()) {
                continue;
            }
            std::vector<std::string> patterns;
            for (const std::string& name : names_of(option)) {
                patterns.push_back(fmt::format("'{}:{}'", node.path, name));
            }
            text += fmt::format("{}{}) {}; return ;;\n", indent, fmt::join(patterns, "|"),
                                action_for(option, actions));
        }
    }
    return text;
}

std::string option_cases(const std::vector<CompletionNode>& tree, const Actions& actions,
                         std::string_view indent) {
    std::string text;
    for (const auto& node : tree) {
        text += fmt::format("{}'{}') {} ;;\n", indent, node.path,
                            fmt::format(fmt::runtime(actions.words), option_names(node)));
    }
    return text;
}

std::string word_cases(const std::vector<CompletionNode>& tree, const Actions& actions,
                       std::string_view indent) {
    std::string text;
    for (const auto& node : tree) {
        std::string action = actions.nothing;
        if (!node.words.empty()) {
            std::vector<std::string> words;
            for (const auto& [word, summary] : node.words) {
                words.push_back(word);
            }
            action =
                fmt::format(fmt::runtime(actions.words), fmt::format("{}", fmt::join(words, " ")));
        } else if (!node.positionals.empty()) {
            action = action_for(node.positionals.front(), actions);
        }
        text += fmt::format("{}'{}') {} ;;\n", indent, node.path, action);
    }
    return text;
}

std::string quoted(std::string text) {
    for (std::size_t i = 0; (i = text.find('\'', i)) != std::string::npos; i += 4) {
        text.replace(i, 1, "'\\''");
    }
    return "'" + text + "'";
}

} // namespace

std::string bash_completion(const std::vector<CompletionNode>& tree) {
    const Actions actions{"compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")",
                          "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\")",
                          ":", "mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")"};
    return fmt::format(R"(# Tab completion of spindle for bash; made by: spindle completion bash
_spindle() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" at='' i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at/${{COMP_WORDS[i]}}" in
{}        esac
    done
    case "$at:$before" in
{}    esac
    if [[ $word == -* ]]; then
        case "$at" in
{}        esac
        return
    fi
    case "$at" in
{}    esac
}}
complete -F _spindle spindle
)",
                       path_cases(tree, "            "), value_cases(tree, actions, "        "),
                       option_cases(tree, actions, "            "),
                       word_cases(tree, actions, "        "));
}

std::string zsh_completion(const std::vector<CompletionNode>& tree) {
    const Actions actions{"_files", "_files -/", ":", "compadd -- {}"};
    return fmt::format(R"(#compdef spindle
# Tab completion of spindle for zsh; made by: spindle completion zsh
_spindle() {{
    local word="${{words[CURRENT]}}" before="${{words[CURRENT-1]}}" at='' i
    for ((i = 2; i < CURRENT; i++)); do
        case "$at/${{words[i]}}" in
{}        esac
    done
    case "$at:$before" in
{}    esac
    if [[ $word == -* ]]; then
        case "$at" in
{}        esac
        return
    fi
    case "$at" in
{}    esac
}}
if [[ "${{funcstack[1]}}" == _spindle ]]; then
    _spindle "$@"
else
    compdef _spindle spindle
fi
)",
                       path_cases(tree, "            "), value_cases(tree, actions, "        "),
                       option_cases(tree, actions, "            "),
                       word_cases(tree, actions, "        "));
}

std::string fish_completion(const std::vector<CompletionNode>& tree) {
    std::string text = "# Tab completion of spindle for fish; made by: spindle completion fish\n"
                       "function __spindle_at\n"
                       "    set -l at ''\n"
                       "    for word in (commandline -opc)[2..-1]\n"
                       "        switch \"$at/$word\"\n";
    for (const auto& node : tree) {
        for (const auto& [word, summary] : node.words) {
            text += fmt::format("            case '{}/{}'\n                set at '{}'\n",
                                node.path, word, node.path.empty() ? word : node.path + " " + word);
        }
    }
    text += "        end\n    end\n    test \"$at\" = \"$argv[1]\"\nend\n"
            "complete -c spindle -f\n";
    for (const auto& node : tree) {
        const std::string here =
            fmt::format("complete -c spindle -n {}", quoted("__spindle_at \"" + node.path + "\""));
        for (const auto& [word, summary] : node.words) {
            text += fmt::format("{} -a {} -d {}\n", here, word, quoted(summary));
        }
        for (const Argument& positional : node.positionals) {
            if (!positional.choices.empty()) {
                text += fmt::format("{} -a {}\n", here,
                                    quoted(fmt::format("{}", fmt::join(positional.choices, " "))));
            } else if (positional.takes == Takes::File || positional.takes == Takes::Folder) {
                text += here + " -F\n";
            }
        }
        for (const Argument& option : node.options) {
            text += here;
            for (const std::string& name : names_of(option)) {
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            }
            if (!option.value_name.empty()) {
                text += " -r";
                if (!option.choices.empty()) {
                    text += " -a " + quoted(fmt::format("{}", fmt::join(option.choices, " ")));
                } else if (option.takes == Takes::File || option.takes == Takes::Folder) {
                    text += " -F";
                }
            }
            text += fmt::format(" -d {}\n", quoted(option.help));
        }
    }
    return text;
}

} // namespace spindle::cli
