// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "catalog/match.h"
#include "catalog/release.h"

namespace spindle::cli {

/// "Kraftwerk - Autobahn"
std::string name_line(const catalog::Release& release);

/// What tells pressings apart, on one line: "EMI CDP 7 46153 2  CD, Album, RE  Germany 1985".
std::string pressing_line(const catalog::Release& release);

/// Where a person can see it: Discogs' page, or "own list" for what Discogs does not have.
std::string page_of(ReleaseId id);

/// 12345678 as "12,345,678".
std::string grouped(std::uint64_t number);

} // namespace spindle::cli
