// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "grade/model/term.h"

namespace spindle::grade {

nlohmann::json json_of(const std::vector<Term>& terms);

/// The member "terms", a list of at most 200. Errors: Code::BadInput, saying what is wrong.
Result<std::vector<Term>> terms_in(const nlohmann::json& json);

/// A member that is a list of finite numbers. Errors: Code::BadInput.
Result<std::vector<double>> numbers_in(const nlohmann::json& json, const char* member,
                                       std::size_t most);

} // namespace spindle::grade
