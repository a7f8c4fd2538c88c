// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/identify/identify.h"
#include "document/json.h"

namespace spindle::document {

Json to_json(const app::NamedCandidate& named);

/// {"clip","match","candidates":[...],"elapsed_ms"}, and "error" where nothing could be heard.
Json to_json(const std::string& clip, const Result<app::Identification>& found, Seconds elapsed);

} // namespace spindle::document
