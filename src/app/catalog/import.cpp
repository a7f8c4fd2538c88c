// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/import.h"

#include <algorithm>
#include <atomic>
#include <chrono>

#include "app/catalog/catalog_folder.h"
#include "app/catalog/dump_reading.h"
#include "app/catalog/file_building.h"
#include "app/catalog/import_source.h"
#include "app/catalog/list_import.h"
#include "app/catalog/staging.h"
#include "app/workers.h"
#include "base/clock.h"
#include "base/text.h"
#include "catalog/catalog.h"

namespace spindle::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Does a release have one of the formats asked for?
class FormatFilter {
public:
    explicit FormatFilter(const std::vector<std::string>& formats) {
        for (const std::string& format : formats) {
            names_.push_back(text::ascii_lower(text::trimmed(format)));
        }
    }
    bool admits(const catalog::Release& release) const {
        return names_.empty() ||
               std::any_of(release.formats.begin(), release.formats.end(),
                           [&](const catalog::FormatItem& item) {
                               return std::find(names_.begin(), names_.end(),
                                                text::ascii_lower(item.name)) != names_.end();
                           });
    }

private:
    std::vector<std::string> names_;
};

/// What is noted in the catalog about where it came from.
std::vector<std::pair<std::string, std::string>> facts_about(const ImportReport& report,
                                                             const ImportOptions& options) {
    const auto now = system_seconds();
    std::string formats;
    for (const std::string& format : options.formats) {
        formats += (formats.empty() ? "" : ",") + format;
    }
    std::vector<std::pair<std::string, std::string>> facts{
        {"source", noted_name(report.source)},
        {"imported", std::to_string(now)},
        {"checksum", report.checksum == Checksum::Right ? "right" : "not_known"},
        {"formats", formats.empty() ? "all" : formats},
        {"tracks", options.with_tracks ? "yes" : "no"},
        {"complete", report.split.end_seen ? "yes" : "no"},
        {"cut_off", std::to_string(report.split.cut_off)},
        {"oversized", std::to_string(report.split.oversized)},
        {"other_formats", std::to_string(report.other_formats)},
    };
    for (std::size_t i = 0; i < catalog::kQuirks; ++i) {
        const auto quirk = static_cast<catalog::Quirk>(i);
        if (report.quirks[quirk] > 0) {
            facts.emplace_back(fmt::format("quirk.{}", catalog::name_of(quirk)),
                               std::to_string(report.quirks[quirk]));
        }
    }
    return facts;
}

/// Room that importing a dump of so many packed bytes takes at its fullest: what is read is put on
/// disk in parts before the file is made (docs/catalog.md has the measurement).
std::uint64_t bytes_needed(const ImportSource& source, const ImportOptions& options) {
    // Of 14.3 GB packed, 4.6 GB were needed; a part of the formats needs a
    // part of that, at least the smaller half of it.
    const double share =
        (options.with_tracks ? 0.55 : 0.35) * (options.formats.empty() ? 1.0 : 0.3);
    const double packed =
        static_cast<double>(source.bytes->total().value_or(0)) * (source.packed ? 1 : 0.17);
    return static_cast<std::uint64_t>(packed * share);
}

Result<void> read_masters(const ImportOptions& options, catalog::CatalogBuilder& builder,
                          ImportReport& report, const ProgressSink& progress,
                          const std::stop_token& stop) {
    SPINDLE_TRY(auto source, open_import_source(options.masters, options.user_agent, stop));
    SPINDLE_TRY(const auto counts, read_masters_dump(
                                       source.head, *source.bytes,
                                       [&](MasterId master, std::uint16_t year) {
                                           builder.set_first_year(master, year);
                                       },
                                       progress, stop));
    SPINDLE_TRY_VOID(source.check_sum());
    if (!counts.split.end_seen) {
        report.warnings.push_back(
            fmt::format("{}: ends before its end tag; first years of later masters are missing",
                        options.masters));
    }
    return {};
}

Result<ImportReport> import_dump(const std::filesystem::path& folder, ImportSource source,
                                 const ImportOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop) {
    const unsigned threads = options.threads > 0 ? options.threads : default_threads();
    ImportReport report;
    report.source = source.bytes->name();
    SPINDLE_TRY(auto staging, Staging::begin(folder, bytes_needed(source, options)));
    SPINDLE_TRY(auto builder,
                catalog::CatalogBuilder::create(staging.new_file(), staging.scratch(),
                                                {.with_tracks = options.with_tracks}));
    const FormatFilter filter(options.formats);
    std::atomic<std::uint64_t> left_out{0};
    const ReleaseSink sink = [&](std::vector<catalog::Release> releases) -> Result<void> {
        const auto first_other =
            std::stable_partition(releases.begin(), releases.end(),
                                  [&](const catalog::Release& r) { return filter.admits(r); });
        std::vector<MasterId> others;
        std::transform(first_other, releases.end(), std::back_inserter(others),
                       [](const catalog::Release& release) { return release.master; });
        builder.count_versions(others);
        left_out += others.size();
        const auto kept = static_cast<std::size_t>(first_other - releases.begin());
        return builder.add(std::span(releases).first(kept));
    };
    const auto begun = Clock::now();
    SPINDLE_TRY(const auto counts,
                read_releases_dump(source.head, *source.bytes, threads,
                                   options.accept_incomplete ? CutDump::Accept : CutDump::Refuse,
                                   sink, progress, stop));
    if (counts.cut_by.empty()) {
        SPINDLE_TRY(report.checksum, source.check_sum());
    } else {
        report.warnings.push_back(counts.cut_by);
    }
    report.split = counts.split;
    report.quirks = counts.quirks;
    report.text_bytes = counts.text_bytes;
    report.other_formats = left_out;
    if (!report.split.end_seen && report.checksum != Checksum::Right &&
        !options.accept_incomplete) {
        return fail(Code::BadInput,
                    "{}: ends before its end tag, after {} releases: it was not downloaded or "
                    "unpacked to its end. Fetch it again, or add --accept-incomplete to import "
                    "what is there. The catalog is as it was",
                    report.source, report.split.whole);
    }
    if (builder.releases() == 0) {
        return fail(Code::NotFound, "{}: no release in it{}; the catalog is as it was",
                    report.source,
                    report.other_formats > 0 ? " has one of the formats asked for" : "");
    }
    if (!options.masters.empty()) {
        SPINDLE_TRY_VOID(read_masters(options, builder, report, progress, stop));
    }
    report.reading = Clock::now() - begun;
    SPINDLE_TRY(const auto times,
                build_file(builder, facts_about(report, options), threads, progress, stop));
    report.ordering = times.ordering;
    report.indexing = times.indexing;
    SPINDLE_TRY(report.file, staging.put_in_place(catalog::Catalog::kDumpFile));
    SPINDLE_TRY(const auto made, catalog::CatalogFile::open(report.file));
    report.taken = made.releases();
    report.added = report.taken;
    report.repeated = builder.repeated();
    report.groups = made.groups();
    report.file_bytes = made.bytes();
    return report;
}

} // namespace

bool ImportReport::incomplete() const {
    return bad_rows > 0 || !warnings.empty();
}

Result<ImportReport> import_catalog(const std::filesystem::path& data_folder,
                                    const ImportOptions& options, const ProgressSink& progress,
                                    const std::stop_token& stop) {
    const auto folder = catalog_folder(data_folder);
    SPINDLE_TRY(auto source, open_import_source(options.source, options.user_agent, stop));
    if (source.looks_like_xml()) {
        return import_dump(folder, std::move(source), options, progress, stop);
    }
    if (!options.formats.empty() || !options.masters.empty()) {
        return fail(Code::BadInput,
                    "{}: no dump but a list, which is taken as it is; --formats and --masters are "
                    "for dumps. Leave them out. The catalog is as it was",
                    source.bytes->name());
    }
    return import_list(folder, std::move(source), options, progress, stop);
}

} // namespace spindle::app
