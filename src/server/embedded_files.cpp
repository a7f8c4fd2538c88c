// SPDX-License-Identifier: Apache-2.0
#include "server/embedded_files.h"

#include <algorithm>

namespace spindle::server {

std::optional<std::string_view> embedded_file(std::string_view name) {
    const auto all = embedded_files();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const EmbeddedFile& one, std::string_view what) { return one.name < what; });
    return found == all.end() || found->name != name ? std::nullopt : std::optional(found->content);
}

} // namespace spindle::server
