// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/doctor/check.h"

namespace spindle::app {

/// Can the services that the owner is logged in to be reached, and do they still take his key? All
/// are asked at once; an answer is waited for `patience` at most.
std::vector<Diagnosis> check_services(const Examination& examination);

} // namespace spindle::app
