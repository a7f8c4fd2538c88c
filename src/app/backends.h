// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "store/collection_store.h"
#include "store/device_store.h"
#include "store/grade_store.h"
#include "store/job_store.h"
#include "store/library_store.h"
#include "store/market_store.h"
#include "store/play_store.h"
#include "store/scrobble_store.h"

namespace spindle::app {

/// How use cases reach what has more than one implementation. main fills this in, nobody else does;
/// tests fill it with what they need.
struct Backends {
    /// Opens the owner's library of a data folder. Access::Write creates it when there is none.
    std::function<Result<std::unique_ptr<store::LibraryStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_library;
    /// Opens the owner's history of prices of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::MarketStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_market{};
    /// Opens the owner's collection and wants of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::CollectionStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_collection{};
    /// Opens the owner's listening history of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::PlayStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_plays{};
    /// Opens the gradings of the owner's records of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::GradeStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_gradings{};
    /// Opens the listens on their way to services of a data folder, likewise. Called from several
    /// threads.
    std::function<Result<std::unique_ptr<store::ScrobbleStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_scrobbles{};
    /// Opens the jobs of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::JobStore>>(const std::filesystem::path& data_folder,
                                                           store::Access access)>
        open_jobs{};
    /// Opens the paired devices of a data folder, likewise.
    std::function<Result<std::unique_ptr<store::DeviceStore>>(
        const std::filesystem::path& data_folder, store::Access access)>
        open_devices{};
};

/// The fingerprint index of a data folder; it may not exist yet.
inline std::filesystem::path index_folder(const std::filesystem::path& data_folder) {
    return data_folder / "index";
}

} // namespace spindle::app
