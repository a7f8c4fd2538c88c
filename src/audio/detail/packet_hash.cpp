// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/packet_hash.h"

#include <new>

#include <xxhash.h>

namespace spindle::audio::detail {

void PacketHash::Free::operator()(XXH3_state_s* state) const {
    XXH3_freeState(state);
}

PacketHash::PacketHash(std::string_view codec) : state_(XXH3_createState()) {
    if (!state_) {
        throw std::bad_alloc(); // 600 bytes: as hopeless as any other allocation that fails
    }
    XXH3_128bits_reset(state_.get());
    XXH3_128bits_update(state_.get(), codec.data(), codec.size());
    XXH3_128bits_update(state_.get(), "", 1); // a NUL, so that the name cannot run into the sound
}

void PacketHash::add(std::span<const std::uint8_t> packet) {
    XXH3_128bits_update(state_.get(), packet.data(), packet.size());
}

AudioHash PacketHash::value() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
    AudioHash hash;
    static_assert(sizeof canonical.digest == sizeof hash.bytes);
    std::memcpy(hash.bytes.data(), canonical.digest, hash.bytes.size());
    return hash;
}

} // namespace spindle::audio::detail
