// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "catalog/catalog.h"

namespace spindle::server {

/// The catalog, opened once and mapped; opened anew when an import has replaced its files.
/// Thread-safe: who still uses the old one keeps it for as long.
class CatalogKeeper {
public:
    explicit CatalogKeeper(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Errors of Catalog::open: Code::NotFound says how to get one.
    Result<std::shared_ptr<const catalog::Catalog>> get();

private:
    std::string stamp() const;

    const std::filesystem::path folder_;
    std::mutex mutex_;
    std::shared_ptr<const catalog::Catalog> catalog_;
    std::string stamp_; ///< which files they were
};

} // namespace spindle::server
