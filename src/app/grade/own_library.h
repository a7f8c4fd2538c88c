// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/backends.h"
#include "fingerprint/file_index.h"
#include "store/library_store.h"

namespace spindle::app {

/// The owner's library and its index, in which digital copies are looked for; where there is none,
/// a recording is graded by itself.
struct OwnLibrary {
    std::unique_ptr<store::LibraryStore> store;
    std::optional<fingerprint::FileIndex> index;

    /// Never fails: without one of them there is neither.
    static OwnLibrary open(const std::filesystem::path& data_folder, const Backends& backends);
    const fingerprint::Index* fingerprints() const { return index ? &*index : nullptr; }
};

} // namespace spindle::app
