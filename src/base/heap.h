// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace spindle {

/// From now on large blocks go back to the system when they are freed, always. By itself the C
/// library learns to keep them for the next time, which is faster, and for a program that runs all
/// year holds what it needs for some milliseconds a second. For main threads, at their beginning.
void give_large_blocks_back();

} // namespace spindle
