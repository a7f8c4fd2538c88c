// SPDX-License-Identifier: Apache-2.0
#include "server/catalog_keeper.h"

#include <sys/stat.h>

namespace spindle::server {

std::string CatalogKeeper::stamp() const {
    std::string all;
    for (const auto name : {catalog::Catalog::kDumpFile, catalog::Catalog::kOwnFile}) {
        struct stat status {};
        if (::stat((folder_ / name).c_str(), &status) == 0) {
            all += fmt::format("{} {} {} {}.{};", name, status.st_ino, status.st_size,
                               status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
        }
    }
    return all;
}

Result<std::shared_ptr<const catalog::Catalog>> CatalogKeeper::get() {
    const std::lock_guard lock(mutex_);
    std::string now = stamp();
    if (!catalog_ || now != stamp_) {
        catalog_.reset();
        SPINDLE_TRY(auto opened, catalog::Catalog::open(folder_));
        catalog_ = std::make_shared<const catalog::Catalog>(std::move(opened));
        stamp_ = std::move(now);
    }
    return catalog_;
}

} // namespace spindle::server
