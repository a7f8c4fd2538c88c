// SPDX-License-Identifier: Apache-2.0
#include "cli/library_verify.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/library/verify.h"
#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {

Result<Exit> library_verify(const LibraryVerifyOptions& options, const Context& context) {
    const auto depth = options.deep ? app::Depth::Deep : app::Depth::Quick;
    SPINDLE_TRY(const auto report, app::verify_library(context.backends, context.data_folder, depth,
                                                       context.terminal.progress(), context.stop));
    if (context.format == Format::Json) {
        document::Json json{{"files", report.files},
                            {"tracks", report.tracks},
                            {"vinyl", report.vinyl},
                            {"findings", document::Json::array()},
                            {"interrupted", report.interrupted}};
        for (const app::Trouble& trouble : report.findings) {
            json["findings"].push_back(document::to_json(trouble));
        }
        context.out.line(document::to_text(json));
    } else {
        for (const app::Trouble& trouble : report.findings) {
            context.terminal.warn(trouble.error.message);
        }
        const std::string vinyl =
            report.vinyl == 0 ? "" : fmt::format(", {} of them on vinyl only", report.vinyl);
        context.out.line(fmt::format(
            "checked {} files of {} tracks{}: {}", report.files, report.tracks, vinyl,
            report.findings.empty() ? "all is well"
                                    : fmt::format("{} findings", report.findings.size())));
    }
    if (report.interrupted) {
        context.terminal.say("Stopped before everything was checked.");
    }
    return report.findings.empty() && !report.interrupted ? Exit::Done : Exit::Incomplete;
}

const Command kLibraryVerifyCommand{
    "library verify", "check that files, library and index are whole and agree",
    "spindle library verify --deep", [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryVerifyOptions>();
        arguments.flag("--deep", options->deep, "read all the music and compare its sound");
        return [options](const Context& context) { return library_verify(*options, context); };
    }};

} // namespace spindle::cli
