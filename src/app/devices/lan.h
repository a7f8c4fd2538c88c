// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace spindle::app {

/// How others may call this machine.
struct LanNames {
    std::vector<std::string> addresses; ///< numeric, without loopback and link-local; IPv4 first,
                                        ///< those of private networks before others
    std::vector<std::string> names;     ///< "attic", "attic.local"; lower case
};

/// As its network interfaces and host name are now.
LanNames lan_names();

} // namespace spindle::app
