// SPDX-License-Identifier: Apache-2.0
#include "cli/reporter.h"

#include "cli/scrobble_access.h"

namespace spindle::cli {

Result<std::unique_ptr<app::PlayReporter>> open_reporter(const std::string& repeat,
                                                         const Context& context) {
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    app::ReporterOptions reporter;
    reporter.send = send_options(accounts);
    reporter.rule.repeat = repeat == "once-a-day" ? scrobble::RepeatRule::OncePerDay
                                                  : scrobble::RepeatRule::EachRealPlay;
    return app::PlayReporter::start(
        context.backends, context.data_folder, [files] { return files.all(); }, scrobble_line(),
        reporter, [&context](const std::string& text) { context.terminal.say(text); });
}

} // namespace spindle::cli
