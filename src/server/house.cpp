// SPDX-License-Identifier: Apache-2.0
#include "server/house.h"

#include <chrono>

#include "app/catalog/catalog_folder.h"

namespace spindle::server {
namespace {

/// Opens for writing: what is not there yet is empty, not missing.
template <typename Store>
typename StorePool<Store>::Open
opener(const std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path&,
                                                          store::Access)>& open,
       const std::filesystem::path& folder) {
    return [&open, folder] { return open(folder, store::Access::Write); };
}

} // namespace

House::House(const app::Backends& the_backends, std::filesystem::path the_data_folder,
             std::filesystem::path the_config_folder, std::string the_version)
    : backends(the_backends), data_folder(std::move(the_data_folder)),
      config_folder(std::move(the_config_folder)), version(std::move(the_version)),
      library(opener(backends.open_library, data_folder)),
      collection(opener(backends.open_collection, data_folder)),
      market(opener(backends.open_market, data_folder)),
      plays(opener(backends.open_plays, data_folder)),
      outbox(opener(backends.open_scrobbles, data_folder)),
      devices(opener(backends.open_devices, data_folder)),
      catalog(app::catalog_folder(data_folder)),
      book(opener(backends.open_devices, data_folder), milliseconds_now) {}

store::Milliseconds milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace spindle::server
