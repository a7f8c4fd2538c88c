// SPDX-License-Identifier: Apache-2.0
#include "image/encode.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs it
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>

#include "base/text.h"
#include "io/file.h"

namespace spindle::image {
namespace {

Result<void> check(const Picture& picture) {
    const bool sized = picture.width >= 1 && picture.height >= 1 &&
                       picture.width <= JPEG_MAX_DIMENSION && picture.height <= JPEG_MAX_DIMENSION;
    if (!sized ||
        picture.pixels.size() != picture.stride() * static_cast<std::size_t>(picture.height)) {
        return fail(Code::BadInput, "a picture of {} x {} with {} bytes cannot be saved",
                    picture.width, picture.height, picture.pixels.size());
    }
    return {};
}

/// libjpeg's errors are jumps: nothing between them and the call may need a destructor.
class JpegWriter {
public:
    JpegWriter() {
        info_.err = jpeg_std_error(&errors_);
        errors_.error_exit = [](j_common_ptr info) {
            auto& self = *static_cast<JpegWriter*>(info->client_data);
            self.errors_.format_message(info, self.message_.data());
            std::longjmp(self.jump_, 1);
        };
        errors_.output_message = [](j_common_ptr) {};
        info_.client_data = this;
    }
    ~JpegWriter() {
        jpeg_destroy_compress(&info_);
        std::free(bytes_);
    }
    JpegWriter(const JpegWriter&) = delete;
    JpegWriter& operator=(const JpegWriter&) = delete;

    bool write(const Picture& picture, int quality) {
        if (setjmp(jump_) != 0) {
            return false;
        }
        jpeg_create_compress(&info_);
        info_.client_data = this;
        jpeg_mem_dest(&info_, &bytes_, &size_);
        info_.image_width = static_cast<JDIMENSION>(picture.width);
        info_.image_height = static_cast<JDIMENSION>(picture.height);
        const bool grey = picture.channels == Channels::Grey;
        info_.input_components = grey ? 1 : 3;
        info_.in_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
        jpeg_set_defaults(&info_);
        jpeg_set_quality(&info_, quality, TRUE);
        info_.optimize_coding = TRUE;
        jpeg_start_compress(&info_, TRUE);
        while (info_.next_scanline < info_.image_height) {
            auto* row = const_cast<JSAMPROW>(picture.pixels.data()) +
                        info_.next_scanline * picture.stride();
            jpeg_write_scanlines(&info_, &row, 1);
        }
        jpeg_finish_compress(&info_);
        return true;
    }

    std::string bytes() const { return {reinterpret_cast<const char*>(bytes_), size_}; }
    const char* message() const { return message_.data(); }

private:
    jpeg_compress_struct info_{};
    jpeg_error_mgr errors_{};
    std::jmp_buf jump_{};
    std::array<char, JMSG_LENGTH_MAX> message_{};
    unsigned char* bytes_ = nullptr;
    unsigned long size_ = 0;
};

} // namespace

Result<std::string> to_jpeg(const Picture& picture, const JpegOptions& options) {
    SPINDLE_TRY_VOID(check(picture));
    JpegWriter writer;
    if (!writer.write(picture, std::clamp(options.quality, 1, 100))) {
        return fail(Code::Failed, "cannot make a JPEG: {}", writer.message());
    }
    return writer.bytes();
}

Result<std::string> to_png(const Picture& picture) {
    SPINDLE_TRY_VOID(check(picture));
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = picture.channels == Channels::Grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0,
                                  nullptr) == 0) {
        return fail(Code::Failed, "cannot make a PNG: {}", image.message);
    }
    bytes.resize(size);
    return bytes;
}

Result<void> write_picture(const Picture& picture, const std::filesystem::path& path,
                           const JpegOptions& options) {
    const std::string extension = text::ascii_lower(path.extension().string());
    const bool png = extension == ".png";
    if (!png && extension != ".jpg" && extension != ".jpeg") {
        return fail(Code::BadInput, "{}: a picture is written as .jpg or .png", path.string());
    }
    const auto content = png ? to_png(picture) : to_jpeg(picture, options);
    if (!content) {
        return tl::unexpected(content.error().within(path.string()));
    }
    return io::write_atomically(path, *content);
}

} // namespace spindle::image
