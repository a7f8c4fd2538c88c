// SPDX-License-Identifier: Apache-2.0
#include "catalog/catalog.h"

#include <system_error>

namespace spindle::catalog {

Result<Catalog> Catalog::open(const std::filesystem::path& folder) {
    Catalog catalog;
    for (const std::string_view name : {kDumpFile, kOwnFile}) {
        std::error_code error;
        if (!std::filesystem::exists(folder / name, error)) {
            continue;
        }
        SPINDLE_TRY(auto file, CatalogFile::open(folder / name));
        catalog.files_.push_back(std::move(file));
    }
    if (catalog.files_.empty()) {
        return fail(Code::NotFound,
                    "{}: no catalog there; fetch and import one: spindle catalog download, then "
                    "spindle catalog import FILE",
                    folder.string());
    }
    return catalog;
}

std::uint64_t Catalog::releases() const {
    std::uint64_t count = 0;
    for (const CatalogFile& file : files_) {
        count += file.releases();
    }
    return count;
}

Result<std::optional<Release>> Catalog::find(ReleaseId id) const {
    for (const CatalogFile& file : files_) {
        if (const auto document = file.find(id)) {
            SPINDLE_TRY(auto release, CardReader(file).release(*document));
            return std::optional(std::move(release));
        }
    }
    return std::optional<Release>();
}

} // namespace spindle::catalog
