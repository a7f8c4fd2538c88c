// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/market/appraisal_report.h"
#include "document/json.h"

namespace spindle::document {

/// {"currency","rate","model":{...},"rules":{...},"verdict":{...}}, and of which release; amounts
/// in US dollars. docs/appraisal.md says what each is.
Json to_json(const app::AppraisalReport& report);

} // namespace spindle::document
