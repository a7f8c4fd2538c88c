// SPDX-License-Identifier: Apache-2.0
#include "app/grade/own_library.h"

#include <utility>

namespace spindle::app {

OwnLibrary OwnLibrary::open(const std::filesystem::path& data_folder, const Backends& backends) {
    OwnLibrary library;
    auto store = backends.open_library(data_folder, store::Access::Read);
    auto index = fingerprint::FileIndex::open(index_folder(data_folder));
    if (store && index) {
        library.store = std::move(*store);
        library.index.emplace(std::move(*index));
    }
    return library;
}

} // namespace spindle::app
