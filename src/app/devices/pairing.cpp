// SPDX-License-Identifier: Apache-2.0
#include "app/devices/pairing.h"

#include <span>

#include "app/devices/secret_word.h"
#include "base/text.h"
#include "io/sha256.h"

namespace spindle::app {
namespace {

constexpr std::size_t kLongestName = 60;          // characters
constexpr std::size_t kLongestToken = 200;        // bytes looked at
constexpr store::Milliseconds kRemembered = 1000; // how long a revoked device may still ask
constexpr store::Milliseconds kSeenEach = 60'000; // writes to the disk are worth so much

std::string hash_of(std::string_view token) {
    io::Sha256 sum;
    sum.update(std::as_bytes(std::span(token)));
    return sum.hex();
}

} // namespace

Result<NewPairing> begin_pairing(store::DeviceStore& store, store::Milliseconds now) {
    SPINDLE_TRY(std::string token, secret_word());
    const store::Milliseconds expires = now + kPairingTime;
    SPINDLE_TRY_VOID(store.add_pairing(hash_of(token), now, expires));
    return NewPairing{std::move(token), expires};
}

Result<PairedDevice> finish_pairing(store::DeviceStore& store, std::string_view token,
                                    std::string_view name, store::Milliseconds now) {
    PairedDevice paired;
    SPINDLE_TRY(paired.device.id, secret_word());
    SPINDLE_TRY(paired.token, secret_word());
    paired.device.name =
        text::shortened(text::printable(text::to_utf8(text::trimmed(name))), kLongestName);
    if (paired.device.name.empty()) {
        paired.device.name = "device";
    }
    paired.device.token_hash = hash_of(paired.token);
    paired.device.created = now;
    paired.device.last_seen = now;
    bool done = false;
    if (token.size() <= kLongestToken) {
        SPINDLE_TRY(done, store.pair(hash_of(token), paired.device));
    }
    if (!done) {
        return fail(Code::NoAccess, "this pairing link was used already, is older than ten minutes "
                                    "or is none; on the machine itself run: spindle devices pair");
    }
    return paired;
}

std::optional<std::string> DeviceBook::device_of(std::string_view token) {
    if (token.size() > kLongestToken) {
        return std::nullopt;
    }
    const std::string hash = hash_of(token);
    const std::lock_guard lock(mutex_);
    const store::Milliseconds now = clock_();
    if (looked_ == 0 || now - looked_ >= kRemembered || now < looked_) {
        look_anew(now);
    }
    std::optional<std::string> found;
    for (store::Device& device : devices_) { // all of them, however early one fits
        if (same_secret(device.token_hash, hash)) {
            found = device.id;
            if (now - device.last_seen >= kSeenEach && store_) {
                device.last_seen = now;
                (void)store_->touch(device.id, now); // a full disk keeps nobody out
            }
        }
    }
    return found;
}

void DeviceBook::forget() {
    const std::lock_guard lock(mutex_);
    looked_ = 0;
}

void DeviceBook::look_anew(store::Milliseconds now) {
    looked_ = now;
    devices_.clear();
    if (!store_) {
        auto opened = open_();
        if (!opened) {
            return; // nobody is let in
        }
        store_ = std::move(*opened);
    }
    if (auto all = store_->devices()) {
        devices_ = std::move(*all);
    } else {
        store_.reset();
    }
}

} // namespace spindle::app
