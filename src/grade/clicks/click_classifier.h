// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "grade/clicks/impulse.h"

namespace spindle::grade {

/// The probability, 0 to 1, that an impulse with these features is a defect of the record and not
/// of its music: a network of two hidden layers (64 and 32, rectified) on the features, its score
/// made a probability by a logistic line (Platt 1999). Trained by training/grade/clicks on clean
/// music with clicks put in, 4 to 300 a minute; what it was right about is in models/README.md. The
/// weights of models/click_network.bin are compiled in. Any thread; 4 us.
double click_probability(const ImpulseFeatures& features);

/// models/click_network.bin as it was compiled in.
std::span<const unsigned char> click_network_bytes();

} // namespace spindle::grade
