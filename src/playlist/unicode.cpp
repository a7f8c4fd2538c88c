// SPDX-License-Identifier: Apache-2.0
#include "playlist/unicode.h"

#include <cstdlib>
#include <memory>

#include <utf8proc.h>

namespace spindle::playlist {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const {
        std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): utf8proc allocates with malloc
    }
};

std::string mapped(std::string_view text, utf8proc_option_t form) {
    utf8proc_uint8_t* raw = nullptr;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto size = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()), &raw,
                                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | form));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(raw);
    if (size < 0) {
        return std::string(text);
    }
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

} // namespace

std::string nfc(std::string_view text) {
    return mapped(text, UTF8PROC_COMPOSE);
}

std::string nfd(std::string_view text) {
    return mapped(text, UTF8PROC_DECOMPOSE);
}

} // namespace spindle::playlist
