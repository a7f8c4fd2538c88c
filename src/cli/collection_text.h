// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/collection.h"

// The owner's discs in words.
namespace spindle::cli {

/// "Kraftwerk - Autobahn  [249504  CD, Album  1985]  VG+ / VG  not sent yet"
std::string copy_line(const store::Copy& copy);
std::string wish_line(const store::Wish& wish);

} // namespace spindle::cli
