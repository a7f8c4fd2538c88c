// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/dump/quirks.h"
#include "catalog/dump/table_columns.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// One row of a table as a release; its id is 0 if the row gives none. See read_table() for how
/// cells are understood. Errors are sentences about the row, without its number.
Result<Release> read_row(const std::vector<std::string>& cells, const TableColumns& columns,
                         Quirks& quirks);

} // namespace spindle::catalog
