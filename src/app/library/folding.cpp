// SPDX-License-Identifier: Apache-2.0
#include "app/library/folding.h"

#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "base/text.h"

namespace spindle::app {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const {
        std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): utf8proc allocates with malloc
    }
};

} // namespace

std::string folded(std::string_view text) {
    utf8proc_uint8_t* raw = nullptr;
    constexpr auto kOptions =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                       UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &raw, kOptions);
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(raw);
    if (size < 0) {
        return std::string(text);
    }
    std::string result;
    for (const char c :
         std::string_view(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size))) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!blank) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    return std::string(text::trimmed(result));
}

} // namespace spindle::app
