// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/scan_job.h"

#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/dig/photo_checkpoint.h"
#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "io/file.h"

namespace spindle::app {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json quads_of(std::span<const shelf::Spine> spines) {
    Json quads = Json::array();
    for (const shelf::Spine& spine : spines) {
        Json corners = Json::array();
        for (const image::Point& corner : spine.quad.corners) {
            corners.push_back({std::round(corner.x * 10) / 10, std::round(corner.y * 10) / 10});
        }
        quads.push_back(std::move(corners));
    }
    return quads;
}

/// Tells the job's followers what the scan finds.
ScanObserver observer_of(const JobTask& task) {
    ScanObserver observer;
    observer.photo = [&task](std::size_t photo, const PhotoFacts& facts) {
        Json json{{"photo", photo}, {"width", facts.width}, {"height", facts.height}};
        if (facts.error) {
            json["error"] = {{"code", name_of(facts.error->code)},
                             {"message", facts.error->message}};
        }
        task.tell({0, "photo", dumped(json), fmt::format("photo {}", photo)});
    };
    observer.spines = [&task](std::size_t photo, std::span<const shelf::Spine> spines) {
        task.tell({0, "spines", dumped({{"photo", photo}, {"quads", quads_of(spines)}}),
                   fmt::format("spines {}", photo)});
    };
    observer.disc = [&task](const Disc& disc) {
        task.tell({0, "disc", document_of(disc), fmt::format("disc {}", disc.number)});
    };
    observer.named = [&task](const ScanReport& report) {
        // Who opens the page meanwhile sees it; it is not worth failing for.
        (void)io::write_atomically(task.folder / kPartialScanFile, document_of(report));
    };
    return observer;
}

DigWords words_of(const JobTask& task) {
    const auto remark = [&task](const char* kind) {
        return [&task, kind](const std::string& message) {
            task.tell({0, "remark", dumped({{"kind", kind}, {"message", message}}), {}});
        };
    };
    return {.warn = remark("warning"), .say = remark("note")};
}

Result<DigOptions> options_of(const ScanJob& job, const JobTask& task, Settings settings) {
    DigOptions options;
    for (const std::string& photo : job.photos) {
        if (std::filesystem::path(photo).filename() != photo) {
            return fail(Code::BadInput, "{}: not a file of the job's", photo);
        }
        options.scan.photos.push_back(task.folder / photo);
    }
    options.scan.format = job.format;
    options.scan.certainty = job.certainty;
    options.scan.checkpoints = task.folder;
    if (job.asking) {
        settings.offer.asking = *job.asking * settings.rate();
    }
    if (!job.grade.empty()) {
        const auto grade = grade_named(job.grade);
        if (!grade) {
            return fail(Code::BadInput, "{}: no grade", job.grade);
        }
        settings.offer.grade = *grade;
    }
    options.settings = std::move(settings);
    options.folder = task.folder;
    options.write_interrupted = false;
    options.strips = Strips::Yes;
    return options;
}

std::string summary_of(const ScanReport& report) {
    Json counts = Json::object();
    for (const DiscVerdict verdict : kDiscVerdicts) {
        counts[std::string(name_of(verdict))] = report.count(verdict);
    }
    return dumped({{"counts", std::move(counts)}, {"photos", report.photos.size()}});
}

} // namespace

std::string text_of(const ScanJob& job) {
    return dumped({{"photos", job.photos},
                   {"names", job.names},
                   {"format", name_of(job.format)},
                   {"certainty", job.certainty},
                   {"asking", job.asking ? Json(*job.asking) : Json()},
                   {"grade", job.grade},
                   {"offline", job.offline}});
}

Result<ScanJob> read_scan_job(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        ScanJob job;
        job.photos = json.at("photos").get<std::vector<std::string>>();
        job.names = json.value("names", std::vector<std::string>()); // older ones have none
        const auto format = shelf_format_of(json.at("format").get<std::string>());
        if (!format) {
            return fail(Code::BadInput, "the options of a scan: no format");
        }
        job.format = *format;
        job.certainty = json.at("certainty").get<double>();
        if (!json.at("asking").is_null()) {
            job.asking = json.at("asking").get<double>();
        }
        job.grade = json.at("grade").get<std::string>();
        job.offline = json.at("offline").get<bool>();
        return job;
    } catch (const Json::exception& error) {
        return fail(Code::BadInput, "the options of a scan: {}", error.what());
    }
}

JobWork scan_work(DigTools tools, std::function<Result<Settings>()> settings) {
    return [tools = std::move(tools),
            settings = std::move(settings)](const JobTask& task) -> Result<std::string> {
        SPINDLE_TRY(const auto job, read_scan_job(task.job.options));
        SPINDLE_TRY(auto set, settings());
        SPINDLE_TRY(const auto options, options_of(job, task, std::move(set)));
        DigTools used = tools;
        if (job.offline) {
            used.open_discogs = nullptr;
        }
        const DigWords words = words_of(task);
        SPINDLE_TRY(const auto report,
                    dig(options, used, observer_of(task), words, task.progress, task.stop));
        tell_troubles(report, words);
        std::error_code ignored;
        std::filesystem::remove(task.folder / kPartialScanFile, ignored);
        for (std::size_t i = 0; i < job.photos.size(); ++i) {
            std::filesystem::remove(task.folder / checkpoint_file(i), ignored);
        }
        return summary_of(report);
    };
}

} // namespace spindle::app
