// SPDX-License-Identifier: Apache-2.0
// The only file that includes CLI11 (it costs seconds to compile).
#include "cli/parser.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest_word.h"
#include "cli/commands.h"
#include "cli/version.h"

namespace spindle::cli {
namespace {

// CLI11 reads "[a,b]" and "{}" as lists of values. Here they are names of files or folders: they
// are marked before parsing and unmarked when stored.
constexpr char kVerbatim = '\x01';

std::string marked(const std::string& word) {
    const bool list = !word.empty() && (word.front() == '[' || word.front() == '{');
    return list ? kVerbatim + word : word;
}

std::string unmarked(std::string word) {
    if (!word.empty() && word.front() == kVerbatim) {
        word.erase(0, 1);
    }
    return word;
}

/// Tells CLI11 about one argument, whatever its type.
struct Declare {
    CLI::App& app;
    const Argument& argument;

    CLI::Option* operator()(bool* target) const {
        return app.add_flag(argument.name, *target, argument.help);
    }
    CLI::Option* operator()(int* target) const {
        return app.add_option(argument.name, *target, argument.help);
    }
    CLI::Option* operator()(double* target) const {
        return app.add_option(argument.name, *target, argument.help);
    }
    CLI::Option* operator()(std::string* target) const {
        return app.add_option_function<std::string>(
            argument.name, [target](const std::string& word) { *target = unmarked(word); },
            argument.help);
    }
    CLI::Option* operator()(std::vector<std::string>* target) const {
        auto* option = app.add_option_function<std::vector<std::string>>(
            argument.name,
            [target](const std::vector<std::string>& words) {
                std::transform(words.begin(), words.end(), std::back_inserter(*target), unmarked);
            },
            argument.help);
        // An option takes one word each time it is given: `--map A=B FILE` must not swallow FILE.
        return argument.value_name.empty() ? option : option->allow_extra_args(false);
    }
};

void declare(CLI::App& app, const Argument& argument, const std::string& group) {
    CLI::Option* option = std::visit(Declare{app, argument}, argument.target);
    option->group(group);
    if (!argument.value_name.empty()) {
        option->option_text(argument.value_name);
    } else if (!argument.name.starts_with('-')) {
        option->option_text(" ");
    }
    if (argument.required) {
        option->required();
    }
    if (!argument.choices.empty()) {
        option->check(CLI::IsMember(argument.choices));
    }
    if (argument.lowest < argument.highest) {
        option->check(CLI::Range(argument.lowest, argument.highest));
    }
}

/// The words that may follow `group` ("" = the program itself).
std::vector<std::string> words_below(const std::string& group) {
    std::vector<std::string> words;
    const std::string prefix = group.empty() ? "" : group + " ";
    for (const Command* command : all_commands()) {
        if (command->path.starts_with(prefix)) {
            const std::string_view rest = command->path.substr(prefix.size());
            std::string word(rest.substr(0, rest.find(' ')));
            if (std::find(words.begin(), words.end(), word) == words.end()) {
                words.push_back(std::move(word));
            }
        }
    }
    return words;
}

const Command* command_at(const std::string& path) {
    for (const Command* command : all_commands()) {
        if (command->path == path) {
            return command;
        }
    }
    return nullptr;
}

/// How far the words lead down the tree of commands, found before CLI11 so that a mistyped
/// sub-command gets an answer of its own.
struct Place {
    std::string path;         ///< "library add", or as far as it was understood
    std::string unknown_word; ///< a word that is no sub-command here
};

Place find_place(std::span<const std::string> words) {
    Place place;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--data") {
            ++i; // its value
            continue;
        }
        if (word.size() > 1 && word.front() == '-') {
            continue;
        }
        const std::string longer = place.path.empty() ? word : place.path + " " + word;
        const auto choices = words_below(place.path);
        if (std::find(choices.begin(), choices.end(), word) == choices.end()) {
            // A command that has others below it ("grade", "grade compare") takes its own words.
            if (command_at(place.path) == nullptr) {
                place.unknown_word = word;
            }
            return place;
        }
        place.path = longer;
        if (words_below(place.path).empty()) {
            return place;
        }
    }
    return place;
}

std::string program_and(const std::string& path) {
    return path.empty() ? "spindle" : "spindle " + path;
}

std::string unknown_word_message(const Place& place) {
    const auto choices = words_below(place.path);
    const std::string near = text::nearest_word(place.unknown_word, choices);
    std::string message =
        fmt::format("{} is no command of {}", place.unknown_word, program_and(place.path));
    if (!near.empty()) {
        message += fmt::format("; did you mean {}?", near);
    } else {
        message += fmt::format("; it has: {}", fmt::join(choices, ", "));
    }
    return message;
}

std::string unknown_option_message(const std::string& word, const Arguments& arguments,
                                   const Arguments& globals) {
    std::vector<std::string> known{"--help", "--version"};
    for (const Arguments* list : {&arguments, &globals}) {
        for (const Argument& argument : list->all()) {
            for (const std::string& name : CLI::detail::split(argument.name, ',')) {
                if (name.starts_with('-')) {
                    known.push_back(name);
                }
            }
        }
    }
    const std::string bare = word.substr(0, word.find('='));
    const std::string near = text::nearest_word(bare, known);
    return near.empty() ? fmt::format("unknown option {}", bare)
                        : fmt::format("unknown option {}; did you mean {}?", bare, near);
}

/// The tree of CLI11 apps for all groups, and for the one command in hand with its arguments.
class Tree {
public:
    Tree(GlobalOptions& globals, const Command* chosen) : globals_(global_arguments(globals)) {
        root_.name("spindle");
        root_.footer("Examples:\n  spindle library add ~/Music\n  spindle identify clip.wav\n"
                     "Every command has more with --help.");
        root_.require_subcommand(1);
        add_globals(root_);
        for (const Command* command : all_commands()) {
            CLI::App* app = make(std::string(command->path), std::string(command->summary));
            if (command == chosen) {
                run_ = command->declare(arguments_);
                for (const Argument& argument : arguments_.all()) {
                    declare(*app, argument,
                            argument.name.starts_with('-') ? "Options" : "Arguments");
                }
                app->footer(fmt::format("Example:\n  {}", command->example));
            }
            add_globals(*app);
        }
    }

    CLI::App& root() { return root_; }
    const Arguments& arguments() const { return arguments_; }
    const Arguments& globals() const { return globals_; }
    Run take_run() { return std::move(run_); }

private:
    CLI::App* make(const std::string& path, const std::string& summary) {
        const auto last = path.rfind(' ');
        if (last == std::string::npos) {
            return apps_[path] = root_.add_subcommand(path, summary);
        }
        const std::string group = path.substr(0, last);
        auto parent = apps_.find(group);
        if (parent == apps_.end()) {
            parent = apps_.emplace(group, make(group, std::string(group_summary(group)))).first;
            parent->second->require_subcommand(1);
            add_globals(*parent->second);
        }
        return apps_[path] = parent->second->add_subcommand(path.substr(last + 1), summary);
    }

    void add_globals(CLI::App& app) {
        app.set_help_flag("-h,--help", "show this help")->group("Everywhere");
        app.get_formatter()->column_width(28);
        for (const Argument& argument : globals_.all()) {
            declare(app, argument, "Everywhere");
        }
        app.set_version_flag("--version", std::string(kVersion))
            ->description("show the version")
            ->group("Everywhere");
    }

    Arguments globals_;
    Arguments arguments_;
    Run run_;
    CLI::App root_{"Spindle knows your records: it names what is playing from your own music."};
    std::map<std::string, CLI::App*> apps_; ///< by path; a command comes before those below it
};

} // namespace

Arguments global_arguments(GlobalOptions& options) {
    Arguments arguments;
    arguments.flag("--json", options.json, "results as JSON, for programs");
    arguments.option("--data", "DIR", &options.data_folder,
                     "folder of library and index (default: $SPINDLE_DATA, else "
                     "~/.local/share/spindle)",
                     Takes::Folder);
    arguments.flag("-q,--quiet", options.quiet, "no remarks and no progress on stderr");
    return arguments;
}

std::variant<Parsed, Answer, Misuse> parse(std::span<const std::string> words) {
    const Place place = find_place(words);
    const Command* chosen = command_at(place.path);
    Parsed parsed;
    Tree tree(parsed.globals, chosen);
    std::vector<std::string> reversed; // CLI11 takes them from the back
    std::transform(words.rbegin(), words.rend(), std::back_inserter(reversed), marked);

    const auto misuse = [&](const std::string& message) {
        return Misuse{fmt::format("{}\nSee {} --help", message, program_and(place.path))};
    };
    const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
    if (!place.unknown_word.empty() && chosen == nullptr &&
        std::none_of(words.begin(), words.end(), is_help)) {
        return misuse(unknown_word_message(place));
    }
    try {
        tree.root().parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return Answer{tree.root().help()};
    } catch (const CLI::CallForVersion&) {
        return Answer{fmt::format("spindle {}\n", kVersion)};
    } catch (const CLI::ExtrasError&) {
        for (const std::string& word : tree.root().remaining(true)) {
            if (word.starts_with('-')) {
                return misuse(unknown_option_message(word, tree.arguments(), tree.globals()));
            }
        }
        const auto rest = tree.root().remaining(true);
        return misuse(fmt::format("nothing is known to do with {}",
                                  rest.empty() ? "the last word" : unmarked(rest.front())));
    } catch (const CLI::RequiredError& error) {
        // An unknown option in front of a missing argument is the likelier mistake.
        for (const std::string& word : tree.root().remaining(true)) {
            if (word.size() > 1 && word.starts_with('-')) {
                return misuse(unknown_option_message(word, tree.arguments(), tree.globals()));
            }
        }
        if (chosen == nullptr) {
            return misuse(fmt::format("{} needs a command: {}", program_and(place.path),
                                      fmt::join(words_below(place.path), ", ")));
        }
        return misuse(error.what());
    } catch (const CLI::ParseError& error) {
        return misuse(error.what());
    }
    parsed.run = tree.take_run();
    return parsed;
}

} // namespace spindle::cli
