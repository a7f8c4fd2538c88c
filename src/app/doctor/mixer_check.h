// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/doctor/check.h"

namespace spindle::app {

/// Does the card's mixer let the turntable through?
std::vector<Diagnosis> check_mixer(const Examination& examination);

} // namespace spindle::app
