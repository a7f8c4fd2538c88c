// SPDX-License-Identifier: Apache-2.0
#include "app/market/catalog_versions.h"

#include <chrono>
#include <system_error>

#include "app/catalog/catalog_folder.h"
#include "catalog/catalog.h"

namespace spindle::app {

CatalogVersions CatalogVersions::open(const std::filesystem::path& data_folder) {
    CatalogVersions versions;
    const auto path = catalog_folder(data_folder) / catalog::Catalog::kDumpFile;
    auto file = catalog::CatalogFile::open(path);
    if (!file) {
        return versions;
    }
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    if (!error) {
        versions.imported_at_ = std::chrono::duration_cast<std::chrono::seconds>(
                                    std::chrono::file_clock::to_sys(written).time_since_epoch())
                                    .count();
    }
    versions.file_ = std::make_shared<const catalog::CatalogFile>(std::move(*file));
    return versions;
}

std::optional<market::Quote> CatalogVersions::of(ReleaseId release) const {
    const auto document = file_ ? file_->find(release) : std::nullopt;
    if (!document) {
        return std::nullopt;
    }
    catalog::CardReader reader(*file_);
    const auto card = reader.card(*document);
    if (!card || *card == nullptr || (*card)->master.value == 0 || (*card)->versions == 0) {
        return std::nullopt;
    }
    return market::Quote{release, market::Figure::Versions, static_cast<double>((*card)->versions),
                         {},      market::Source::Catalog,  imported_at_};
}

} // namespace spindle::app
