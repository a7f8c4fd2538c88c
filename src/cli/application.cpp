// SPDX-License-Identifier: Apache-2.0
#include "cli/application.h"

#include <cstdlib>
#include <variant>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/parser.h"
#include "cli/signals.h"
#include "document/json.h"
#include "io/xdg.h"

namespace spindle::cli {
namespace {

/// A closed stdin, stdout or stderr would be given to the next file opened, and results would be
/// written into the owner's library. Nothing is read from or shown on such a stream.
void keep_standard_streams_open() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        struct stat ignored {};
        if (::fstat(descriptor, &ignored) != 0) {
            const int opened = ::open("/dev/null", O_RDWR);
            if (opened >= 0 && opened != descriptor) {
                ::dup2(opened, descriptor);
                ::close(opened);
            }
        }
    }
}

Result<std::filesystem::path> data_folder_of(const GlobalOptions& globals) {
    if (globals.data_folder.empty()) {
        return io::data_folder();
    }
    std::error_code error;
    auto folder = std::filesystem::absolute(globals.data_folder, error);
    if (error) {
        return fail(Code::NotFound, "{}: {}", globals.data_folder, error.message());
    }
    return folder.lexically_normal();
}

Exit report(const Error& error, Format format, Output& out, Terminal& terminal) {
    terminal.error(error.message);
    if (format == Format::Json) {
        out.line(document::error_json(error));
    }
    return Exit::Incomplete;
}

Exit run_command(const Parsed& parsed, Output& out, const app::Backends& backends) {
    Terminal terminal(STDERR_FILENO, parsed.globals.quiet ? Verbosity::Quiet : Verbosity::Normal);
    const Format format = parsed.globals.json ? Format::Json : Format::Text;
    const auto data_folder = data_folder_of(parsed.globals);
    if (!data_folder) {
        return report(data_folder.error(), format, out, terminal);
    }
    const StopSignals signals;
    const Context context{format, *data_folder, out, terminal, signals.token(), backends};
    const Result<Exit> result = parsed.run(context);
    Exit exit = result ? *result : report(result.error(), format, out, terminal);
    if (const auto written = out.finish(); !written) {
        terminal.error(written.error().message);
        exit = Exit::Incomplete;
    }
    terminal.clear();
    if (exit != Exit::Done) {
        signals.end_by_signal_if_stopped();
    }
    return exit;
}

} // namespace

int run(std::span<const std::string> words, const app::Backends& backends) {
    keep_standard_streams_open();
    Output out(STDOUT_FILENO);
    ignore_write_signals();
    auto outcome = parse(words);
    if (const auto* parsed = std::get_if<Parsed>(&outcome)) {
        return static_cast<int>(run_command(*parsed, out, backends));
    }
    Terminal terminal(STDERR_FILENO, Verbosity::Normal);
    if (const auto* misuse = std::get_if<Misuse>(&outcome)) {
        terminal.error(misuse->message);
        return static_cast<int>(Exit::Usage);
    }
    out.write(std::get<Answer>(outcome).text);
    if (const auto written = out.finish(); !written) {
        terminal.error(written.error().message);
        return static_cast<int>(Exit::Incomplete);
    }
    return static_cast<int>(Exit::Done);
}

} // namespace spindle::cli
