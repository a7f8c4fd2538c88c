// SPDX-License-Identifier: Apache-2.0
#include "material/program.h"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spindle::material {

int run_program(int argc, char** argv, std::string_view purpose,
                const std::function<void(CLI::App&)>& options,
                const std::function<Result<void>()>& body) try {
    CLI::App app{std::string(purpose)};
    options(app);
    CLI11_PARSE(app, argc, argv);
    if (const auto done = body(); !done) {
        const auto name = std::filesystem::path(argv[0]).filename().string();
        fmt::print(stderr, "{}: {}\n", name, done.error().message);
        return 1;
    }
    return 0;
} catch (const std::exception& error) { // memory, or a broken pipe
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return 1;
}

} // namespace spindle::material
