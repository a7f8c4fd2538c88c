// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/shelf/detail/sheet.h"
#include "training/shelf/print.h"

namespace spindle::made_shelf {

/// Prints on a sheet with the print's top left corner at (x, y). Within the strip only.
void press_print(Sheet& sheet, const Print& print, double x, double y);

} // namespace spindle::made_shelf
