// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog_file.h"

namespace spindle::catalog {

/// The catalog of a data folder: what was imported from a Discogs dump, and what the owner added
/// from lists of their own. Either may be missing, not both.
class Catalog {
public:
    static constexpr std::string_view kDumpFile = "discogs.catalog";
    static constexpr std::string_view kOwnFile = "own.catalog";

    /// @param folder of the catalog files. Code::NotFound if there are none; errors of
    /// CatalogFile::open as they are.
    static Result<Catalog> open(const std::filesystem::path& folder);

    /// A catalog without a release, to weigh what was fetched from elsewhere.
    static Catalog none() { return {}; }

    /// The files in order of precedence: a release in two of them counts in the first.
    const std::vector<CatalogFile>& files() const { return files_; }

    std::uint64_t releases() const;

    /// One release with its tracklist; nothing if no file has it.
    Result<std::optional<Release>> find(ReleaseId id) const;

private:
    std::vector<CatalogFile> files_;
};

} // namespace spindle::catalog
