// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::server {

/// One part of a form: a field, or a file.
struct FormPart {
    std::string name;      ///< of the field
    std::string file_name; ///< as the sender calls it, its last part, printable; empty: a field
    std::span<const std::byte> body;

    std::string_view text() const {
        return {reinterpret_cast<const char*>(body.data()), body.size()};
    }
};

/// The parts of a multipart/form-data body (RFC 7578), which must outlive them. At most 100.
/// @param content_type the whole header, with its boundary
/// Errors: Code::BadInput for what is no such form, or cut off.
Result<std::vector<FormPart>> read_form(std::span<const std::byte> body,
                                        std::string_view content_type);

} // namespace spindle::server
