// SPDX-License-Identifier: Apache-2.0
#include "app/dig/disc_naming.h"

#include <chrono>
#include <mutex>

#include "app/catalog/catalog_folder.h"
#include "app/dig/photo_merging.h"
#include "app/dig/shelf_context.h"
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

} // namespace

ScanCatalog ScanCatalog::open(const std::filesystem::path& data_folder, ShelfFormat format,
                              double certainty) {
    ScanCatalog scan;
    scan.certainty_ = certainty;
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
        ContextOptions context;
        context.certainty = catalog.certainty();
        weigh_by_neighbours(report.discs, context);
    }
    lap("matching");
    return {};
}

} // namespace spindle::app
