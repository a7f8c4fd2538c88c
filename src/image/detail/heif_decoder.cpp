// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include <libheif/heif.h>

#include "image/detail/photo_formats.h"

namespace spindle::image::detail {
namespace {

template <auto Release>
struct Freed {
    template <typename Thing>
    void operator()(Thing* thing) const {
        Release(thing);
    }
};
using Context = std::unique_ptr<heif_context, Freed<heif_context_free>>;
using Handle = std::unique_ptr<const heif_image_handle, Freed<heif_image_handle_release>>;
using Image = std::unique_ptr<const heif_image, Freed<heif_image_release>>;
using Options = std::unique_ptr<heif_decoding_options, Freed<heif_decoding_options_free>>;

tl::unexpected<Error> refused(const heif_error& error) {
    switch (error.code) {
    case heif_error_Memory_allocation_error:
        if (error.subcode == heif_suberror_Security_limit_exceeded) {
            return fail(Code::BadInput, "claims to be larger than a photo may be; save it as JPEG");
        }
        return fail(Code::Failed, "is too large for this machine's memory; save it smaller");
    case heif_error_Unsupported_feature:
    case heif_error_Unsupported_filetype:
    case heif_error_Decoder_plugin_error:
        return fail(Code::BadInput, "is a HEIF that cannot be read ({}); save it as JPEG",
                    error.message);
    default:
        break;
    }
    if (error.subcode == heif_suberror_End_of_data) {
        return fail(Code::BadInput, "is cut off; copy it again from where it came");
    }
    return fail(Code::BadInput, "is cut off or damaged ({}); copy it again from where it came",
                error.message);
}

} // namespace

Result<StoredPicture> decode_heif(std::span<const std::byte> file, const DecodeLimits& limits) {
    const Context context(heif_context_alloc());
    if (!context) {
        return fail(Code::Failed, "cannot be read: libheif refused to start");
    }
    heif_context_set_maximum_image_size_limit(context.get(), limits.max_side);
    heif_context_set_max_decoding_threads(context.get(), 0); // none: the caller has its own
    if (const auto error = heif_context_read_from_memory_without_copy(context.get(), file.data(),
                                                                      file.size(), nullptr);
        error.code != heif_error_Ok) {
        return refused(error);
    }
    heif_image_handle* primary = nullptr;
    if (const auto error = heif_context_get_primary_image_handle(context.get(), &primary);
        error.code != heif_error_Ok) {
        return refused(error);
    }
    const Handle handle(primary);
    SPINDLE_TRY_VOID(check_size(heif_image_handle_get_width(primary),
                                heif_image_handle_get_height(primary), limits));

    const bool transparent = heif_image_handle_has_alpha_channel(primary) != 0;
    const Options options(heif_decoding_options_alloc());
    if (options) {
        options->convert_hdr_to_8bit = 1;
    }
    heif_image* decoded = nullptr;
    // Rotation and mirroring are part of a HEIF and are applied here; its EXIF orientation, by the
    // standard, is not to be heeded.
    if (const auto error = heif_decode_image(primary, &decoded, heif_colorspace_RGB,
                                             transparent ? heif_chroma_interleaved_RGBA
                                                         : heif_chroma_interleaved_RGB,
                                             options.get());
        error.code != heif_error_Ok) {
        return refused(error);
    }
    const Image image(decoded);
    const int width = heif_image_get_width(decoded, heif_channel_interleaved);
    const int height = heif_image_get_height(decoded, heif_channel_interleaved);
    SPINDLE_TRY_VOID(check_size(width, height, limits));
    int stride = 0;
    const std::uint8_t* plane =
        heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
    const std::size_t row_bytes = static_cast<std::size_t>(width) * (transparent ? 4 : 3);
    if (plane == nullptr || stride < 0 || static_cast<std::size_t>(stride) < row_bytes) {
        return fail(Code::BadInput, "is a HEIF that cannot be read; save it as JPEG");
    }
    StoredPicture stored{{width, height, Channels::Rgb, {}}, 1};
    Picture& picture = stored.picture;
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        const std::span source(plane + y * static_cast<std::size_t>(stride), row_bytes);
        const auto target =
            std::span(picture.pixels).subspan(y * picture.stride(), picture.stride());
        if (transparent) {
            compose_row(source, target);
        } else {
            std::ranges::copy(source, target.begin());
        }
    }
    return stored;
}

} // namespace spindle::image::detail
