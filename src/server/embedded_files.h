// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace spindle::server {

/// A file that was compiled in. Names are "openapi.yaml" and, of the page where it was built,
/// "page/index.html".
struct EmbeddedFile {
    std::string_view name;
    std::string_view content;
};

/// All of them, by name.
std::span<const EmbeddedFile> embedded_files();

/// The content of one; nothing if this build has none of that name.
std::optional<std::string_view> embedded_file(std::string_view name);

} // namespace spindle::server
