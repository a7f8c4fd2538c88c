// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace spindle::image::detail {

enum class PhotoFormat { None, Jpeg, Png, Webp, Heif };

/// What a file is, by its first bytes.
struct FileKind {
    PhotoFormat format = PhotoFormat::None;
    std::string_view what;   ///< with its article, when it is no photo: "a video"
    std::string_view remedy; ///< what its owner may do: "save one picture of it"
};

/// Never fails: bytes nobody knows are "no picture that Spindle knows".
FileKind kind_of(std::span<const std::byte> file);

} // namespace spindle::image::detail
