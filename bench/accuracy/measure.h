// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"

namespace spindle::accuracy {

/// Processor time used so far. A busy machine stretches wall time but hardly this.
Seconds thread_cpu();
Seconds process_cpu();
Seconds wall();

/// Memory of this process as the kernel counts it (/proc/self/status), in bytes.
struct Memory {
    std::uint64_t resident = 0;
    std::uint64_t file = 0;      ///< the part that is mapped files: the kernel may take it back
    std::uint64_t anonymous = 0; ///< the part that is ours
    std::uint64_t peak = 0;      ///< most resident at any time
};
Memory memory();

/// What a figure was measured on: processor, cores, load, compiler and flags, one sentence each.
std::vector<std::string> conditions_of_machine();

} // namespace spindle::accuracy
