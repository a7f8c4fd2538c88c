// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.h"

namespace spindle::image {

/// A kind of photo that decode() reads.
struct PhotoType {
    std::string_view media;     ///< "image/jpeg"
    std::string_view extension; ///< ".jpg"
};

/// What a file is by its content, whatever it is called; whether it is whole only decoding tells.
/// @param beginning its first 64 bytes at least, or all of it
/// @param name as errors shall name it
/// Errors: Code::BadInput for what is no photo; the message says what it is instead and what to do.
Result<PhotoType> photo_type_of(std::span<const std::byte> beginning, std::string_view name);

} // namespace spindle::image
