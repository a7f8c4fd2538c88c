// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs it
#include <string>
#include <string_view>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

#include "image/detail/orientation.h"
#include "image/detail/photo_formats.h"

namespace spindle::image::detail {
namespace {

// Encoders write 10 to 20; a file of thousands of empty ones would take hours (each goes over the
// whole picture).
constexpr int kMostScans = 100;
constexpr int kExif = JPEG_APP0 + 1;

enum class Trouble { None, CutOff, Damaged, TooManyScans, NoMemory, Other };

/// libjpeg reports an error by a call that must not return. So that nothing is jumped over that
/// must be destroyed, all state lies in this object, and the functions that call setjmp have none.
class JpegReader {
public:
    explicit JpegReader(std::span<const std::byte> file) : file_(file) {
        info_.err = jpeg_std_error(&errors_);
        errors_.error_exit = [](j_common_ptr info) { self(info).give_up(); };
        errors_.emit_message = [](j_common_ptr info, int level) { self(info).listen(level); };
        errors_.output_message = [](j_common_ptr) {};
        info_.client_data = this;
        progress_.progress_monitor = [](j_common_ptr info) { self(info).count_scans(); };
    }
    ~JpegReader() { jpeg_destroy_decompress(&info_); }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    bool read_header() {
        if (setjmp(jump_) != 0) {
            return false;
        }
        jpeg_create_decompress(&info_);
        info_.client_data = this;
        info_.progress = &progress_;
        jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(file_.data()), file_.size());
        jpeg_save_markers(&info_, kExif, 0xFFFF);
        jpeg_read_header(&info_, TRUE);
        multiple_scans_ = jpeg_has_multiple_scans(&info_) != FALSE;
        return true;
    }

    bool read_rows(Picture& picture) {
        const bool inks = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
        info_.out_color_space = inks ? JCS_CMYK : JCS_RGB;
        row_.resize(inks ? std::size_t{info_.image_width} * 4 : 0);
        decoding_ = true;
        if (setjmp(jump_) != 0) {
            return false;
        }
        jpeg_start_decompress(&info_);
        while (info_.output_scanline < info_.output_height) {
            std::uint8_t* target = picture.pixels.data() + info_.output_scanline * picture.stride();
            JSAMPROW row = inks ? row_.data() : target;
            jpeg_read_scanlines(&info_, &row, 1);
            if (inks) {
                convert_inks(target);
            }
        }
        jpeg_finish_decompress(&info_); // looks for the end
        if (ended_ && ends_in_zeros()) {
            stop(Trouble::CutOff);
        }
        return true;
    }

    /// Nobody's camera writes it, and few have read libjpeg's code for it.
    bool is_arithmetic() const { return info_.arith_code != FALSE; }
    int width() const { return static_cast<int>(info_.image_width); }
    int height() const { return static_cast<int>(info_.image_height); }

    int orientation() const {
        for (auto* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
            const auto content = std::as_bytes(std::span(marker->data, marker->data_length));
            const std::string_view text(reinterpret_cast<const char*>(marker->data),
                                        marker->data_length);
            if (marker->marker == kExif && text.starts_with("Exif")) {
                return exif_orientation(content);
            }
        }
        return 1;
    }

    tl::unexpected<Error> error() const {
        switch (trouble_) {
        case Trouble::CutOff:
            return fail(Code::BadInput, "is cut off{}; copy it again from where it came", where());
        case Trouble::Damaged:
            return fail(Code::BadInput, "is damaged{}; copy it again from where it came", where());
        case Trouble::TooManyScans:
            return fail(Code::BadInput, "claims more than {} scans; save it again as JPEG",
                        kMostScans);
        case Trouble::NoMemory:
            return fail(Code::Failed, "is too large for this machine's memory; save it smaller");
        default:
            return fail(Code::BadInput, "cannot be read as JPEG ({}); save it again",
                        message_.data());
        }
    }

private:
    static JpegReader& self(j_common_ptr info) {
        return *static_cast<JpegReader*>(info->client_data);
    }

    [[noreturn]] void give_up() {
        errors_.format_message(reinterpret_cast<j_common_ptr>(&info_), message_.data());
        stop(errors_.msg_code == JERR_OUT_OF_MEMORY ? Trouble::NoMemory
             : ended_                               ? Trouble::CutOff
                                                    : Trouble::Other);
    }

    [[noreturn]] void stop(Trouble trouble) {
        trouble_ = trouble;
        std::longjmp(jump_, 1);
    }

    /// libjpeg goes on after a warning, with grey where it knows nothing.
    void listen(int level) {
        if (level >= 0) {
            return;
        }
        switch (errors_.msg_code) {
        case JWRN_JPEG_EOF:
            ended_ = true;
            if (multiple_scans_) {
                stop(Trouble::CutOff); // who knows how much detail is missing
            }
            break;
        case JWRN_HIT_MARKER:
        case JWRN_HUFF_BAD_CODE:
        case JWRN_MUST_RESYNC:
            if (!in_last_row()) {
                stop(ended_ ? Trouble::CutOff : Trouble::Damaged);
            }
            break;
        default: // odd, but nothing is lost
            break;
        }
    }

    bool in_last_row() const {
        return !multiple_scans_ && info_.input_iMCU_row + 1 >= info_.total_iMCU_rows;
    }

    /// As after a copy that reserved the file's space and then broke off: zeros are valid codes, of
    /// a grey that goes on and on.
    bool ends_in_zeros() const {
        constexpr std::size_t kSuspicious = 64;
        const auto end = file_.last(std::min(kSuspicious, file_.size()));
        return std::ranges::all_of(end, [](std::byte byte) { return byte == std::byte{0}; });
    }

    void count_scans() {
        if (info_.input_scan_number > kMostScans) {
            stop(Trouble::TooManyScans);
        }
    }

    /// Where the trouble is, when the rows come one after the other.
    std::string where() const {
        if (!decoding_ || multiple_scans_ || info_.input_iMCU_row >= info_.total_iMCU_rows) {
            return {};
        }
        return fmt::format(" after {} % of its height",
                           100 * info_.input_iMCU_row / info_.total_iMCU_rows);
    }

    /// Cyan, magenta, yellow and black, by Adobe's habit written inverted, as light.
    void convert_inks(std::uint8_t* target) const {
        const unsigned flip = info_.saw_Adobe_marker != FALSE ? 0 : 255;
        for (std::size_t i = 0; i < info_.image_width; ++i) {
            const unsigned black = row_[i * 4 + 3] ^ flip;
            for (std::size_t ink = 0; ink < 3; ++ink) {
                *target++ =
                    static_cast<std::uint8_t>(((row_[i * 4 + ink] ^ flip) * black + 127) / 255);
            }
        }
    }

    std::span<const std::byte> file_;
    jpeg_decompress_struct info_{};
    jpeg_error_mgr errors_{};
    jpeg_progress_mgr progress_{};
    std::jmp_buf jump_{};
    std::array<char, JMSG_LENGTH_MAX> message_{};
    std::vector<std::uint8_t> row_; // of inks
    Trouble trouble_ = Trouble::None;
    bool ended_ = false; // read past the end of the file
    bool multiple_scans_ = false;
    bool decoding_ = false;
};

} // namespace

Result<StoredPicture> decode_jpeg(std::span<const std::byte> file, const DecodeLimits& limits) {
    JpegReader reader(file);
    if (!reader.read_header()) {
        return reader.error();
    }
    SPINDLE_TRY_VOID(check_size(reader.width(), reader.height(), limits));
    if (reader.is_arithmetic()) {
        return fail(Code::BadInput, "is a JPEG of a rare kind (arithmetic coding); save it again");
    }
    StoredPicture stored{{reader.width(), reader.height(), Channels::Rgb, {}},
                         reader.orientation()};
    Picture& picture = stored.picture;
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(picture.height));
    if (!reader.read_rows(picture)) {
        return reader.error();
    }
    return stored;
}

} // namespace spindle::image::detail
