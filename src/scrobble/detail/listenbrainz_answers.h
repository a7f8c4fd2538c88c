// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scrobble/outcome.h"

// What ListenBrainz and its look-alikes answer, as values. Pure; any bytes may come.
namespace spindle::scrobble::detail {

/// {"valid":true,"user_name":"ann"}: the status is 200 for invalid tokens, too.
struct TokenAnswer {
    bool valid = false;
    std::string username;
};
std::optional<TokenAnswer> read_token_answer(std::string_view body);

/// Is it an object that tells no error, as {"status":"ok"} is?
bool is_success(std::string_view body);
/// The words of {"code":400,"error":"..."}; nothing if it is no such answer.
std::optional<std::string> read_listenbrainz_error(std::string_view body);

/// The answer of user/NAME/listens.
std::optional<std::vector<Heard>> read_listens(std::string_view body);

} // namespace spindle::scrobble::detail
