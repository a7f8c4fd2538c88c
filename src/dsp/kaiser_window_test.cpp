// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "dsp/kaiser_window.h"

namespace spindle::dsp {
namespace {

// At the edge it falls to 1 / I0(beta); I0(9) = 1093.588 (tables of Bessel functions).
TEST(KaiserWindow, IsTheModifiedBesselFunctionOfAHalfCircle) {
    const KaiserWindow window(9);
    EXPECT_DOUBLE_EQ(window.at(0), 1);
    EXPECT_NEAR(window.at(0.999999), 1 / 1093.5883545, 1e-5);
    EXPECT_DOUBLE_EQ(window.at(0.3), window.at(-0.3));
    EXPECT_EQ(window.at(1), 0);
    EXPECT_EQ(window.at(-1.5), 0);
}

} // namespace
} // namespace spindle::dsp
