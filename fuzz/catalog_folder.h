// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include "catalog/catalog_samples.h"

namespace spindle::fuzz {

/// A folder in memory (/dev/shm) for a catalog file; gone with the program.
class CatalogFolder {
public:
    CatalogFolder() : path_("/dev/shm/spindle-fuzz-" + std::to_string(::getpid())) {
        std::filesystem::create_directories(path_);
    }
    ~CatalogFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    CatalogFolder(const CatalogFolder&) = delete;
    CatalogFolder& operator=(const CatalogFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path file() const { return path_ / "discogs.catalog"; }

    void write(const std::vector<catalog::Release>& releases) const {
        if (!catalog::samples::write_catalog(file(), path_, releases)) {
            std::abort();
        }
    }

private:
    std::filesystem::path path_;
};

} // namespace spindle::fuzz
