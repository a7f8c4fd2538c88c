// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::app {

/// 128 random bits of the kernel as 32 hexadecimal digits: a name or token nobody can guess.
Result<std::string> secret_word();

/// Compares all of both, so that the time it takes tells nothing of where they differ.
bool same_secret(std::string_view one, std::string_view other);

} // namespace spindle::app
