// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/backends.h"
#include "base/result.h"
#include "cli/output.h"
#include "cli/terminal.h"

namespace spindle::cli {

/// What the shell sees. Part of the interface: scripts depend on these numbers.
enum class Exit {
    Done = 0,       ///< all that was asked for was done
    Incomplete = 1, ///< it ran, but found nothing, or an item failed
    Usage = 2,      ///< the command line was wrong; nothing was done
};

/// What a word on the command line stands for; tab completion offers the right thing for each.
enum class Takes { Text, Number, File, Folder, Command };

/// Where a parsed word goes. Lists collect: a positional takes all the words, an option one each
/// time it is given.
using Target = std::variant<bool*, int*, double*, std::string*, std::vector<std::string>*>;

/// One option or positional argument of a command.
struct Argument {
    std::string name; ///< "--top", "-n,--top", or for a positional its name in capitals: "CLIP"
    std::string value_name; ///< what follows an option: "N"; empty for a flag
    std::string help;       ///< half a sentence: "show the N best candidates"
    Target target;
    Takes takes = Takes::Text;
    bool required = false;
    std::vector<std::string> choices; ///< the only words allowed; empty = any
    double lowest = 0, highest = 0;   ///< range of a number; equal = any
};

enum class Need { Optional, Required };

/// Collects what a command understands. The targets must outlive the parsing.
class Arguments {
public:
    void flag(std::string name, bool& target, std::string help);
    void option(std::string name, std::string value_name, Target target, std::string help,
                Takes takes = Takes::Text);
    void number(std::string name, std::string value_name, Target target, std::string help,
                double lowest, double highest);
    void choice(std::string name, std::string value_name, std::string& target, std::string help,
                std::vector<std::string> choices);
    void positional(std::string name, Target target, std::string help, Need need,
                    Takes takes = Takes::Text, std::vector<std::string> choices = {});

    const std::vector<Argument>& all() const { return all_; }

private:
    std::vector<Argument> all_;
};

/// Text for a person or JSON for a program.
enum class Format { Text, Json };

/// What every command is given.
struct Context {
    Format format; ///< --json
    std::filesystem::path
        data_folder;      ///< --data, else $SPINDLE_DATA, else the XDG folder; absolute
    Output& out;          ///< results, and nothing else: stdout
    Terminal& terminal;   ///< words and progress: stderr
    std::stop_token stop; ///< Ctrl-C or SIGTERM; a second one kills at once
    const app::Backends& backends;
};

/// A parsed command, ready to run. An Error is printed by the caller ("error: ..." on stderr, and
/// an "error" object on stdout with --json) and becomes Exit::Incomplete.
using Run = std::function<Result<Exit>(const Context&)>;

/// For what only the command itself can see to be wrong with its command line: prints it.
/// @return Exit::Usage
Exit misuse(const Context& context, std::string_view message);

/// One command: all that parsing, help and tab completion need to know. How to add one: commands.h.
struct Command {
    std::string_view path;      ///< "library add": groups and name, by single spaces
    std::string_view summary;   ///< one line for lists of commands
    std::string_view example;   ///< one or more whole command lines for --help
    Run (*declare)(Arguments&); ///< tells the arguments, returns what runs with them once parsed
};

} // namespace spindle::cli
