// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/catalog_job.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "app/catalog/dump_files.h"
#include "app/catalog/dump_place.h"
#include "base/text.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFromNames[] = {"server", "dump", "list"};

/// What is imported, and what is of no use afterwards.
struct Prepared {
    ImportOptions import;
    std::optional<Month> month;
    std::vector<fs::path> used;
};

Result<void> prepare_download(const CatalogJob& job, const CatalogJobTools& tools,
                              const DumpPlace& place, const JobTask& task, Prepared& into) {
    DumpDownloadOptions options;
    options.month = job.month;
    options.from = place.server;
    options.folder = place.folder;
    options.masters = job.masters;
    options.user_agent = tools.user_agent;
    SPINDLE_TRY(const auto download, download_dump(options, task.progress, task.stop));
    into.month = download.month;
    into.import.source = download.releases.path.string();
    into.used = {download.releases.path, download.checksums};
    if (download.masters) {
        into.import.masters = download.masters->path.string();
        into.used.push_back(download.masters->path);
    }
    return {};
}

Result<void> prepare_dump(const CatalogJob& job, const DumpPlace& place, Prepared& into) {
    SPINDLE_TRY(const auto dump, find_dump(place.folder, job.file));
    into.month = dump.month;
    into.import.source = (place.folder / dump.name).string();
    into.used = {place.folder / dump.name};
    if (job.masters == Masters::Fetch && !dump.masters.empty()) {
        into.import.masters = (place.folder / dump.masters).string();
        into.used.push_back(place.folder / dump.masters);
    }
    return {};
}

Result<void> prepare_list(const JobTask& task, Prepared& into) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(task.folder / kListFolder, error)) {
        into.import.source = entry.path().string();
        into.used = {task.folder / kListFolder};
        return {};
    }
    return fail(Code::NotFound, "{}: what was sent is gone; send it again", task.job.name);
}

Result<Prepared> prepare(const CatalogJob& job, const CatalogJobTools& tools, const JobTask& task) {
    SPINDLE_TRY(const auto settings, tools.settings());
    const DumpPlace place = dump_place(settings, tools.data_folder);
    Prepared prepared;
    switch (job.from) {
    case CatalogFrom::Server:
        SPINDLE_TRY_VOID(prepare_download(job, tools, place, task, prepared));
        break;
    case CatalogFrom::Dump:
        SPINDLE_TRY_VOID(prepare_dump(job, place, prepared));
        break;
    case CatalogFrom::List:
        SPINDLE_TRY_VOID(prepare_list(task, prepared));
        break;
    }
    prepared.import.formats = job.formats;
    prepared.import.user_agent = tools.user_agent;
    return prepared;
}

/// The path of a file that was sent is nobody's business: its sender knows it by its name.
Error by_name(Error error, const std::string& path, const std::string& name) {
    error.message = text::replaced(error.message, path, name);
    return error;
}

} // namespace

std::string text_of(const CatalogJob& job) {
    return Json{{"from", kFromNames[static_cast<std::size_t>(job.from)]},
                {"month", job.month ? to_string(*job.month) : ""},
                {"file", job.file},
                {"formats", job.formats},
                {"masters", job.masters == Masters::Fetch},
                {"keep_file", job.afterwards == Afterwards::Keep}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<CatalogJob> read_catalog_job(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        CatalogJob job;
        const auto from = json.at("from").get<std::string>();
        for (std::size_t i = 0; i < std::size(kFromNames); ++i) {
            job.from = from == kFromNames[i] ? static_cast<CatalogFrom>(i) : job.from;
        }
        job.month = parse_month(json.at("month").get<std::string>());
        job.file = json.at("file").get<std::string>();
        job.formats = json.at("formats").get<std::vector<std::string>>();
        job.masters = json.at("masters").get<bool>() ? Masters::Fetch : Masters::Leave;
        job.afterwards = json.at("keep_file").get<bool>() ? Afterwards::Keep : Afterwards::Remove;
        return job;
    } catch (const Json::exception& error) {
        return fail(Code::BadInput, "the options of an import: {}", error.what());
    }
}

JobWork catalog_work(CatalogJobTools tools) {
    return [tools = std::move(tools)](const JobTask& task) -> Result<std::string> {
        SPINDLE_TRY(const auto job, read_catalog_job(task.job.options));
        SPINDLE_TRY(const auto prepared, prepare(job, tools, task));
        auto report = import_catalog(tools.data_folder, prepared.import, task.progress, task.stop);
        if (!report) {
            return tl::unexpected(
                job.from == CatalogFrom::List
                    ? by_name(report.error(), prepared.import.source, task.job.name)
                    : report.error());
        }
        if (job.from == CatalogFrom::List) {
            report->source = task.job.name;
        }
        SPINDLE_TRY_VOID(io::write_atomically(task.folder / kImportFile, tools.render(*report)));
        if (job.from == CatalogFrom::List || job.afterwards == Afterwards::Remove) {
            for (const fs::path& file : prepared.used) {
                std::error_code ignored; // then it only takes room
                fs::remove_all(file, ignored);
            }
        }
        Json summary{{"counts", {{"releases", report->taken}, {"added", report->added}}}};
        if (prepared.month) {
            summary["month"] = to_string(*prepared.month);
        }
        return summary.dump();
    };
}

} // namespace spindle::app
