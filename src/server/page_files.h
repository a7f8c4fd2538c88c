// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "server/embedded_files.h"
#include "server/router.h"

namespace spindle::server {

/// Answers with the page that was compiled in. Files whose names hold a hash ("assets/...") may be
/// kept for good, all others are asked for again by their ETag; what the browser takes compressed
/// goes out as it was compressed when it was built. A path without a file is the page itself, which
/// knows what it means by it. Without a page, a plain one says how to build it.
/// @param files must live as long; names begin with "page/"
Handler page_handler(std::span<const EmbeddedFile> files);

/// What a file is, by its name: "text/html; charset=utf-8".
std::string type_of_name(std::string_view name);

} // namespace spindle::server
