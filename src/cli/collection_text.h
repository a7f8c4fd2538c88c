// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/json.h"
#include "store/collection.h"

// The owner's discs in words and in JSON.
namespace spindle::cli {

/// "Kraftwerk - Autobahn  [249504  CD, Album  1985]  VG+ / VG  not sent yet"
std::string copy_line(const store::Copy& copy);
std::string wish_line(const store::Wish& wish);
Json to_json(const store::Copy& copy);
Json to_json(const store::Wish& wish);

} // namespace spindle::cli
