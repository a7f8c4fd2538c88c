// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

namespace spindle::cli {

Exit misuse(const Context& context, std::string_view message) {
    context.terminal.error(message);
    return Exit::Usage;
}

void Arguments::flag(std::string name, bool& target, std::string help) {
    Argument argument;
    argument.name = std::move(name);
    argument.help = std::move(help);
    argument.target = &target;
    all_.push_back(std::move(argument));
}

void Arguments::option(std::string name, std::string value_name, Target target, std::string help,
                       Takes takes) {
    Argument argument;
    argument.name = std::move(name);
    argument.value_name = std::move(value_name);
    argument.help = std::move(help);
    argument.target = target;
    argument.takes = takes;
    all_.push_back(std::move(argument));
}

void Arguments::number(std::string name, std::string value_name, Target target, std::string help,
                       double lowest, double highest) {
    option(std::move(name), std::move(value_name), target, std::move(help), Takes::Number);
    all_.back().lowest = lowest;
    all_.back().highest = highest;
}

void Arguments::choice(std::string name, std::string value_name, std::string& target,
                       std::string help, std::vector<std::string> choices) {
    option(std::move(name), std::move(value_name), &target, std::move(help));
    all_.back().choices = std::move(choices);
}

void Arguments::positional(std::string name, Target target, std::string help, Need need,
                           Takes takes, std::vector<std::string> choices) {
    option(std::move(name), {}, target, std::move(help), takes);
    all_.back().required = need == Need::Required;
    all_.back().choices = std::move(choices);
}

} // namespace spindle::cli
