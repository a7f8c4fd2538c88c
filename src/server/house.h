// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/backends.h"
#include "app/covers/covers.h"
#include "app/devices/pairing.h"
#include "server/catalog_keeper.h"
#include "server/store_pool.h"

namespace spindle::server {

/// What routes work with. Everything in it may be used by several threads.
struct House {
    /// @param the_backends must live longer
    House(const app::Backends& the_backends, std::filesystem::path the_data_folder,
          std::filesystem::path the_config_folder, std::string the_version);

    const app::Backends& backends;
    const std::filesystem::path data_folder;
    const std::filesystem::path config_folder;
    const std::string version;

    StorePool<store::LibraryStore> library;
    StorePool<store::CollectionStore> collection;
    StorePool<store::MarketStore> market;
    StorePool<store::PlayStore> plays;
    StorePool<store::ScrobbleStore> outbox;
    StorePool<store::DeviceStore> devices;
    CatalogKeeper catalog;
    app::DeviceBook book;

    std::unique_ptr<app::Covers> covers; ///< null: none are shown

    bool tls = false;                ///< cookies then say that they are for https only
    std::string address;             ///< what a phone opens: "https://192.168.1.5:8137"
    std::function<bool()> listening; ///< does somebody listen to a turntable; may be empty
};

/// Milliseconds since 1970 UTC.
store::Milliseconds milliseconds_now();

} // namespace spindle::server
