// SPDX-License-Identifier: Apache-2.0
#include "image/photo_type.h"

#include "image/detail/file_kind.h"

namespace spindle::image {

Result<PhotoType> photo_type_of(std::span<const std::byte> beginning, std::string_view name) {
    if (beginning.empty()) {
        return fail(Code::BadInput, "{}: is empty; send the photo itself", name);
    }
    const detail::FileKind kind = detail::kind_of(beginning);
    switch (kind.format) {
    case detail::PhotoFormat::Jpeg:
        return PhotoType{"image/jpeg", ".jpg"};
    case detail::PhotoFormat::Png:
        return PhotoType{"image/png", ".png"};
    case detail::PhotoFormat::Webp:
        return PhotoType{"image/webp", ".webp"};
    case detail::PhotoFormat::Heif:
        return PhotoType{"image/heic", ".heic"};
    case detail::PhotoFormat::None:
        break;
    }
    return fail(Code::BadInput, "{}: is {}; Spindle reads JPEG, PNG, WebP and HEIC: {}", name,
                kind.what, kind.remedy);
}

} // namespace spindle::image
