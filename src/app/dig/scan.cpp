// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <mutex>

#include "app/catalog/catalog_folder.h"
#include "app/dig/photo_merging.h"
#include "app/dig/spine_matching.h"
#include "app/workers.h"

namespace spindle::app {
namespace {

/// Names of Discogs' formats. SACDs and the like stand among CDs and look like them.
std::vector<std::string> catalog_formats(ShelfFormat format) {
    switch (format) {
    case ShelfFormat::Any:
        return {};
    case ShelfFormat::Cd:
        return {"CD", "CDr", "SACD", "Hybrid"};
    case ShelfFormat::Lp:
        return {"Vinyl", "Lathe Cut", "Shellac"};
    case ShelfFormat::Dvd:
        return {"DVD", "DVDr", "Blu-ray", "HD DVD"};
    }
    return {};
}

std::string now_as_text() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

Result<void> match_all(const catalog::Matcher& matcher, std::vector<Disc>& discs, unsigned threads,
                       const ProgressSink& progress) {
    const auto begun = std::chrono::steady_clock::now();
    RemainingTime remaining;
    std::mutex mutex; // guards what follows and the progress
    std::size_t done = 0;
    std::optional<Error> first_error;
    // Not stopped half-way: it takes a second, and what was read is worth having.
    for_each_parallel(discs.size(), threads, {}, [&](std::size_t i) {
        auto matched = match_disc(matcher, discs[i]);
        const std::scoped_lock lock(mutex);
        if (!matched && !first_error) {
            first_error = std::move(matched.error());
        }
        ++done;
        const Seconds elapsed = std::chrono::steady_clock::now() - begun;
        progress({"matching", "", done, discs.size(),
                  remaining.estimate(elapsed, static_cast<double>(done),
                                     static_cast<double>(discs.size()))});
    });
    if (first_error) {
        return tl::unexpected(std::move(*first_error));
    }
    return {};
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

} // namespace

ScanCatalog ScanCatalog::open(const std::filesystem::path& data_folder, ShelfFormat format,
                              double certainty) {
    ScanCatalog scan;
    auto opened = catalog::Catalog::open(catalog_folder(data_folder));
    if (!opened) {
        scan.trouble_ =
            opened.error().code == Code::NotFound
                ? "there is no catalog, so discs are read but not named; get one with `spindle "
                  "catalog download` and `spindle catalog import`"
                : opened.error().message;
        return scan;
    }
    catalog::MatchOptions options;
    options.formats = catalog_formats(format);
    options.certainty = certainty;
    scan.catalog_ = std::make_unique<catalog::Catalog>(std::move(*opened));
    scan.matcher_ = std::make_unique<catalog::Matcher>(*scan.catalog_, options);
    return scan;
}

std::optional<std::uint64_t> ScanCatalog::releases() const {
    return catalog_ ? std::optional(catalog_->releases()) : std::nullopt;
}

Result<void> name_discs(const ScanCatalog& catalog, std::vector<PhotoReading> readings,
                        unsigned threads, const ProgressSink& progress, ScanReport& report) {
    auto begun = std::chrono::steady_clock::now();
    const auto lap = [&](std::string step) {
        const auto now = std::chrono::steady_clock::now();
        report.times.push_back({std::move(step), now - begun});
        begun = now;
    };
    std::vector<std::vector<shelf::ReadSpine>> spines;
    for (PhotoReading& reading : readings) {
        spines.push_back(std::move(reading.spines));
        report.photos.push_back(std::move(reading.facts));
        report.interrupted = report.interrupted || reading.interrupted;
    }
    report.discs = merge_photos(spines);
    lap("merging");
    for (Disc& disc : report.discs) {
        disc.verdict = verdict_without_catalog(disc);
    }
    report.releases = catalog.releases();
    report.without_catalog = catalog.trouble();
    if (catalog.matcher() != nullptr) {
        SPINDLE_TRY_VOID(match_all(*catalog.matcher(), report.discs, threads, progress));
    }
    lap("matching");
    return {};
}

Result<ScanReport> scan_photos(const std::filesystem::path& data_folder, const ScanOptions& options,
                               const ProgressSink& progress, const std::stop_token& stop) {
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
        auto read = reader.read(photo, progress, stop);
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
        }
    }
    if (!any_read) {
        return first_error && !report.interrupted
                   ? Result<ScanReport>(tl::unexpected(*first_error))
                   : fail(Code::Cancelled, "stopped before anything was read");
    }
    SPINDLE_TRY_VOID(name_discs(catalog, std::move(readings), threads, progress, report));
    return report;
}

} // namespace spindle::app
