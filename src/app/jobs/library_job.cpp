// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/library_job.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestPath = 4096; // PATH_MAX

std::string summary_of(const AddReport& report) {
    Json counts = Json::object();
    for (const Outcome outcome : kOutcomes) {
        counts[std::string(name_of(outcome))] = report.count(outcome);
    }
    counts["unchanged"] = report.unchanged;
    counts["returned"] = report.returned.size();
    counts["missing"] = report.missing.size();
    counts["failed"] = report.failed.size();
    return Json{{"counts", std::move(counts)}}.dump();
}

Result<std::string> forget(const LibraryJobTools& tools, const std::string& path,
                           const JobTask& task) {
    SPINDLE_TRY(const auto report, remove_from_library(tools.backends, tools.data_folder,
                                                       {.names = {path}}, task.progress));
    SPINDLE_TRY_VOID(io::write_atomically(task.folder / kLookFile, tools.render_forgotten(report)));
    return Json{{"counts", {{"forgotten", report.files.size()}, {"tracks", report.tracks.size()}}}}
        .dump();
}

} // namespace

std::string text_of(const LibraryJob& job) {
    // Paths are bytes; what is no UTF-8 would not come back as it was, so it is refused before.
    return Json{{"path", job.path},
                {"retry", job.retry == Retry::Everything},
                {"forget", job.task == LibraryTask::Forget}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<LibraryJob> read_library_job(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        return LibraryJob{json.at("path").get<std::string>(),
                          json.at("retry").get<bool>() ? Retry::Everything : Retry::Changed,
                          // Not there in what waited when an older Spindle ended.
                          json.value("forget", false) ? LibraryTask::Forget : LibraryTask::Look};
    } catch (const Json::exception& error) {
        return fail(Code::BadInput, "the options of a look: {}", error.what());
    }
}

Result<fs::path> checked_music_path(std::string_view word, const fs::path& data_folder) {
    const std::string shown = text::shortened(text::printable(word), 200);
    std::string path(word);
    if (path.starts_with("~/") || path == "~") {
        const char* const home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe): read only
        path.replace(0, 1, home == nullptr ? "" : home);
    }
    if (path.empty() || path.size() > kLongestPath || path.find('\0') != path.npos ||
        !fs::path(path).is_absolute()) {
        return fail(Code::BadInput,
                    "path={}: no path on the machine Spindle runs on; write it from the top, as "
                    "/home/ann/Music",
                    shown);
    }
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
        return fail(Code::NotFound,
                    "{}: not on the machine Spindle runs on; is it spelled right, and the disk "
                    "mounted?",
                    shown);
    }
    if (error) {
        return tl::unexpected(system_error(shown, error.value()));
    }
    const auto status = fs::status(real, error);
    if (error || (!fs::is_directory(status) && !fs::is_regular_file(status))) {
        return fail(Code::BadInput, "{}: neither a folder nor a file", shown);
    }
    for (const char* const made_up : {"/proc", "/sys", "/dev"}) {
        if (is_within(real.string(), made_up)) {
            return fail(Code::BadInput, "{}: no music is there", shown);
        }
    }
    if (real == real.root_path()) {
        return fail(Code::BadInput, "{}: is the whole disk; name the folder your music is in",
                    shown);
    }
    const fs::path own = fs::weakly_canonical(data_folder, error);
    if (!error && is_within(real.string(), own.string())) {
        return tl::unexpected(own_folder_error(shown));
    }
    return real;
}

JobWork library_work(LibraryJobTools tools) {
    return [tools = std::move(tools)](const JobTask& task) -> Result<std::string> {
        SPINDLE_TRY(const auto job, read_library_job(task.job.options));
        if (job.task == LibraryTask::Forget) {
            return forget(tools, job.path, task);
        }
        AddOptions options;
        options.retry = job.retry;
        if (!job.path.empty()) {
            options.sources.paths = {job.path};
        }
        SPINDLE_TRY(const auto report, add_to_library(tools.backends, tools.data_folder, options,
                                                      task.progress, task.stop));
        SPINDLE_TRY_VOID(io::write_atomically(task.folder / kLookFile, tools.render(report)));
        if (report.stopped_by) {
            return tl::unexpected(*report.stopped_by);
        }
        if (report.interrupted) {
            return fail(Code::Cancelled, "stopped; what was done is kept");
        }
        return summary_of(report);
    };
}

} // namespace spindle::app
