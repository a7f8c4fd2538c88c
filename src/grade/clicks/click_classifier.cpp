// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/click_classifier.h"

#include <cmath>

namespace spindle::grade {

double click_probability(const Impulse& impulse) {
    return 1 / (1 + std::exp(-(static_cast<double>(std::log10(impulse.strongest())) - 1.3) * 4));
}

} // namespace spindle::grade
