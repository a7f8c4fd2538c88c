// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "app/doctor/check.h"

namespace spindle::app {

/// Every check there is, in the order in which they are made.
std::span<const Check> all_checks();

/// Makes all checks; each finding is handed over as soon as it is there. Stops between checks when
/// asked to.
/// @return the worst of all: Bad before Notice before all else
Health examine(const Examination& examination, const std::function<void(const Diagnosis&)>& found);

} // namespace spindle::app
