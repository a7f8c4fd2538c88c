// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "app/dig/disc_naming.h"
#include "app/dig/photo_checkpoint.h"
#include "app/dig/spine_matching.h"
#include "app/workers.h"

namespace spindle::app {
namespace {

std::string now_as_text() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/// The same file named twice is one photo.
std::vector<std::filesystem::path> each_once(const std::vector<std::filesystem::path>& photos) {
    std::vector<std::filesystem::path> kept;
    for (const auto& photo : photos) {
        std::error_code error;
        if (std::none_of(kept.begin(), kept.end(), [&](const auto& other) {
                return photo == other || std::filesystem::equivalent(photo, other, error);
            })) {
            kept.push_back(photo);
        }
    }
    return kept;
}

/// What is told of a photo is told of the scan.
PhotoObserver observer_of(std::size_t photo, const ScanObserver& observer) {
    PhotoObserver of_photo;
    if (observer.photo) {
        of_photo.opened = [photo, &observer](const PhotoFacts& facts) {
            observer.photo(photo, facts);
        };
    }
    if (observer.spines) {
        of_photo.found = [photo, &observer](std::span<const shelf::Spine> spines) {
            observer.spines(photo, spines);
        };
    }
    if (observer.disc && photo == 0) { // merging numbers the discs of the first photo like this
        of_photo.read = [&observer](std::size_t index, const shelf::ReadSpine& spine) {
            Disc disc;
            disc.number = index + 1;
            disc.seen.push_back({0, spine});
            disc.verdict = verdict_without_catalog(disc);
            observer.disc(disc);
        };
    }
    return of_photo;
}

/// Reads a photo, or takes what was kept of it.
Result<PhotoReading> read_photo(const PhotoReader& reader, const std::filesystem::path& path,
                                const std::filesystem::path& checkpoint,
                                const PhotoObserver& observer, const ProgressSink& progress,
                                const std::stop_token& stop) {
    if (!checkpoint.empty()) {
        if (auto kept = load_checkpoint(checkpoint, path)) {
            tell_again(*kept, observer);
            return kept;
        }
    }
    auto read = reader.read(path, progress, stop, observer);
    if (read && !read->interrupted && !checkpoint.empty()) {
        SPINDLE_TRY_VOID(save_checkpoint(*read, checkpoint));
    }
    return read;
}

} // namespace

Result<ScanReport> scan_photos(const std::filesystem::path& data_folder, const ScanOptions& options,
                               const ProgressSink& progress, const std::stop_token& stop,
                               const ScanObserver& observer) {
    const unsigned threads = options.threads == 0 ? default_threads() : options.threads;
    ScanReport report;
    report.made = now_as_text();
    report.format = options.format;
    report.certainty = options.certainty;
    SPINDLE_TRY(const auto reader, PhotoReader::open(threads));
    const auto catalog = ScanCatalog::open(data_folder, options.format, options.certainty);
    std::vector<PhotoReading> readings;
    std::optional<Error> first_error;
    bool any_read = false;
    for (const auto& photo : each_once(options.photos)) {
        if (stop.stop_requested()) {
            report.interrupted = true;
            break;
        }
        const std::size_t index = readings.size();
        const auto checkpoint = options.checkpoints.empty()
                                    ? std::filesystem::path()
                                    : options.checkpoints / checkpoint_file(index);
        auto read =
            read_photo(reader, photo, checkpoint, observer_of(index, observer), progress, stop);
        if (read) {
            any_read = true;
            readings.push_back(std::move(*read));
        } else if (read.error().code == Code::Cancelled) {
            report.interrupted = true;
            break;
        } else {
            first_error = first_error ? first_error : read.error();
            PhotoReading& failed = readings.emplace_back();
            failed.facts.path = photo;
            failed.facts.error = std::move(read.error());
            if (observer.photo) {
                observer.photo(index, failed.facts);
            }
        }
    }
    if (!any_read) {
        return first_error && !report.interrupted
                   ? Result<ScanReport>(tl::unexpected(*first_error))
                   : fail(Code::Cancelled, "stopped before anything was read");
    }
    SPINDLE_TRY_VOID(name_discs(catalog, std::move(readings), threads, progress, report));
    for (std::size_t i = 0; observer.disc && i < report.discs.size(); ++i) {
        observer.disc(report.discs[i]);
    }
    if (observer.named) {
        observer.named(report);
    }
    return report;
}

} // namespace spindle::app
