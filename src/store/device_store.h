// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/play_store.h"

namespace spindle::store {

/// A phone or another machine that may use the server.
struct Device {
    std::string id; ///< 32 hexadecimal digits
    std::string name;
    std::string token_hash; ///< SHA-256 of its token, hexadecimal; the token is kept nowhere
    Milliseconds created = 0;
    Milliseconds last_seen = 0;

    bool operator==(const Device&) const = default;
};

/// The paired devices. Every changing call is one transaction. One instance per thread, or
/// serialise; several processes may use one file. Errors as LibraryStore's.
class DeviceStore {
public:
    DeviceStore() = default;
    virtual ~DeviceStore() = default;
    DeviceStore(const DeviceStore&) = delete;
    DeviceStore& operator=(const DeviceStore&) = delete;

    /// Those that are not revoked, oldest first.
    virtual Result<std::vector<Device>> devices() = 0;
    /// Keeps the hash of a pairing token until `expires`; those that have expired go.
    virtual Result<void> add_pairing(std::string_view token_hash, Milliseconds now,
                                     Milliseconds expires) = 0;
    /// Takes the pairing token, if it is there and lasts at `device.created`, and keeps the device:
    /// both or neither, so that a token pairs once. @return whether it was there
    virtual Result<bool> pair(std::string_view pairing_hash, const Device& device) = 0;
    /// Was seen then.
    virtual Result<void> touch(std::string_view id, Milliseconds now) = 0;
    /// Code::NotFound when there is no such device, or it is revoked already.
    virtual Result<void> revoke(std::string_view id, Milliseconds now) = 0;
};

} // namespace spindle::store
