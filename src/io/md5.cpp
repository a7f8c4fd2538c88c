// SPDX-License-Identifier: Apache-2.0
#include "io/md5.h"

#include <array>
#include <new>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace spindle::io {

std::string md5_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), sum.data(), &size, EVP_md5(), nullptr) != 1) {
        throw std::bad_alloc(); // the algorithm is built in: nothing else can be missing
    }
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += fmt::format("{:02x}", sum[i]);
    }
    return text;
}

} // namespace spindle::io
