// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/list_import.h"

#include <map>
#include <system_error>

#include "app/catalog/file_building.h"
#include "app/catalog/staging.h"
#include "app/workers.h"
#include "catalog/catalog.h"
#include "catalog/dump/table_import.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kMostListBytes = 256U << 20U;
constexpr std::size_t kBatch = 1000;

Result<std::string> read_whole(ImportSource& source) {
    std::string content = source.head;
    constexpr std::size_t kStep = 1U << 20U;
    for (;;) {
        const std::size_t before = content.size();
        content.resize(before + kStep);
        SPINDLE_TRY(
            const std::size_t got,
            read_source(*source.bytes, std::as_writable_bytes(std::span(content)).subspan(before)));
        content.resize(before + got);
        if (got == 0) {
            return content;
        }
        if (content.size() > kMostListBytes) {
            return fail(Code::BadInput, "{}: larger than the {} MB a list may have",
                        source.bytes->name(), kMostListBytes >> 20U);
        }
    }
}

/// What the owner added before.
Result<std::map<ReleaseId, catalog::Release>> earlier_releases(const std::filesystem::path& file) {
    std::map<ReleaseId, catalog::Release> releases;
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return releases;
    }
    const auto read = [&]() -> Result<void> {
        SPINDLE_TRY(const auto opened, catalog::CatalogFile::open(file));
        SPINDLE_TRY_VOID(opened.verify()); // what is added to is written anew: no damage goes along
        catalog::CardReader reader(opened);
        for (const ReleaseId id : opened.ids()) {
            SPINDLE_TRY(releases[id], reader.release(opened.find(id).value_or(0)));
        }
        return {};
    };
    const auto done = read();
    if (done) {
        return releases;
    }
    if (done.error().code != Code::BadInput) {
        return tl::unexpected(done.error());
    }
    return fail(Code::BadInput,
                "{}: the lists taken in before cannot be read, so nothing can be added to them. "
                "Move the file away, then import all your lists again",
                file.string());
}

void note_problems(const catalog::ReleaseTable& table, ImportReport& report) {
    constexpr std::size_t kMostNamed = 100;
    for (const catalog::TableProblem& problem : table.problems) {
        if (report.rows.size() < kMostNamed) {
            report.rows.push_back({problem.line, problem.what});
        }
    }
    report.bad_rows = table.bad_rows;
    report.quirks = table.quirks;
    report.ignored_columns = table.ignored_columns;
}

} // namespace

Result<void> check_list_head(std::string_view head) {
    SPINDLE_TRY_VOID(catalog::read_table(head));
    return {};
}

Result<ImportReport> import_list(const std::filesystem::path& folder, ImportSource source,
                                 const ImportOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop) {
    ImportReport report;
    report.source = source.bytes->name();
    report.kind = ImportKind::List;
    SPINDLE_TRY(const std::string content, read_whole(source));
    report.text_bytes = content.size();
    auto table = catalog::read_table(content);
    if (!table) {
        return tl::unexpected(table.error().within(report.source));
    }
    note_problems(*table, report);
    if (table->releases.empty()) {
        return fail(Code::NotFound, "{}: no release in it; the catalog is as it was",
                    report.source);
    }
    SPINDLE_TRY(auto staging, Staging::begin(folder, 4 * content.size()));
    SPINDLE_TRY(auto releases, earlier_releases(folder / catalog::Catalog::kOwnFile));
    for (catalog::Release& release : table->releases) {
        const auto [place, is_new] = releases.insert_or_assign(release.id, std::move(release));
        report.added += is_new ? 1 : 0;
    }
    SPINDLE_TRY(auto builder,
                catalog::CatalogBuilder::create(staging.new_file(), staging.scratch(), {}));
    std::vector<catalog::Release> batch;
    for (auto& [id, release] : releases) {
        batch.push_back(std::move(release));
        if (batch.size() == kBatch) {
            SPINDLE_TRY_VOID(builder.add(batch));
            batch.clear();
        }
    }
    SPINDLE_TRY_VOID(builder.add(batch));
    const std::vector<std::pair<std::string, std::string>> about{
        {"source", noted_name(report.source)}};
    SPINDLE_TRY_VOID(build_file(
        builder, about, options.threads > 0 ? options.threads : default_threads(), progress, stop));
    SPINDLE_TRY(report.file, staging.put_in_place(catalog::Catalog::kOwnFile));
    SPINDLE_TRY(const auto made, catalog::CatalogFile::open(report.file));
    report.taken = made.releases();
    report.groups = made.groups();
    report.file_bytes = made.bytes();
    return report;
}

} // namespace spindle::app
