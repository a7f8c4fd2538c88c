// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "catalog/match.h"

namespace spindle::catalog {

/// By which marks these releases can be told apart: those in which they differ, until together they
/// separate all that can be separated; easiest to see first. A mark that is empty for some of them
/// still separates them from the others, but is taken only after marks that all of them have.
std::vector<Mark> deciding_marks(std::span<const Release* const> releases);

} // namespace spindle::catalog
