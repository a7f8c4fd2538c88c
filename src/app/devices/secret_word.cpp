// SPDX-License-Identifier: Apache-2.0
#include "app/devices/secret_word.h"

#include <array>
#include <cerrno>
#include <cstdint>

#include <sys/random.h>

namespace spindle::app {

Result<std::string> secret_word() {
    std::array<std::uint8_t, 16> bits{};
    ssize_t got = 0;
    do {
        got = ::getrandom(bits.data(), bits.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got != static_cast<ssize_t>(bits.size())) { // so few bytes come at once or not at all
        return tl::unexpected(system_error("random numbers", errno));
    }
    std::string word;
    for (const std::uint8_t byte : bits) {
        word += fmt::format("{:02x}", byte);
    }
    return word;
}

bool same_secret(std::string_view one, std::string_view other) {
    if (one.size() != other.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(one[i]) ^
                                            static_cast<unsigned char>(other[i]));
    }
    return difference == 0;
}

} // namespace spindle::app
