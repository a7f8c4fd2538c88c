// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/device_store.h"

/// Phones and other machines that may use the server: each is paired once, by a token that is shown
/// on the machine, and then has a token of its own. Only hashes of tokens are kept.
namespace spindle::app {

struct NewPairing {
    std::string token; ///< to be shown once; kept nowhere
    store::Milliseconds expires = 0;
};

/// How long a pairing token waits for its phone, in milliseconds: long enough to fetch it from the
/// next room.
inline constexpr store::Milliseconds kPairingTime = 10LL * 60 * 1000;

/// A token that pairs one device once.
Result<NewPairing> begin_pairing(store::DeviceStore& store, store::Milliseconds now);

struct PairedDevice {
    store::Device device;
    std::string token; ///< to be given to the device; kept nowhere
};

/// Makes a device of whoever brings the token. Code::NoAccess when it is none, was used or is too
/// old, with one text for all.
/// @param name what the owner shall know it by; shortened and made printable; may be empty
Result<PairedDevice> finish_pairing(store::DeviceStore& store, std::string_view token,
                                    std::string_view name, store::Milliseconds now);

/// Which device a token belongs to, asked for each request: what the store says is remembered for a
/// second, so that a revoked device is out within that. Thread-safe.
class DeviceBook {
public:
    using Open = std::function<Result<std::unique_ptr<store::DeviceStore>>()>;
    using Clock = std::function<store::Milliseconds()>;
    DeviceBook(Open open, Clock clock) : open_(std::move(open)), clock_(std::move(clock)) {}

    /// Its id. Notes once a minute that it was seen.
    std::optional<std::string> device_of(std::string_view token);
    /// Looks anew at the next question: somebody was paired or revoked.
    void forget();

private:
    void look_anew(store::Milliseconds now);

    const Open open_;
    const Clock clock_;
    std::mutex mutex_;
    std::unique_ptr<store::DeviceStore> store_;
    std::vector<store::Device> devices_;
    store::Milliseconds looked_ = 0;
};

} // namespace spindle::app
