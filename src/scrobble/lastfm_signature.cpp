// SPDX-License-Identifier: Apache-2.0
#include "scrobble/lastfm_signature.h"

#include "io/md5.h"

namespace spindle::scrobble {

std::string lastfm_signature(const Parameters& parameters, std::string_view secret) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (name != "format" && name != "callback" && name != "api_sig") {
            text += name;
            text += value;
        }
    }
    text += secret;
    return io::md5_hex(text);
}

} // namespace spindle::scrobble
