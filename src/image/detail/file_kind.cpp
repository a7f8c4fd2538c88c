// SPDX-License-Identifier: Apache-2.0
#include "image/detail/file_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace spindle::image::detail {
namespace {

using namespace std::string_view_literals;

constexpr auto kExport = "save it as JPEG"sv;
constexpr auto kFromVideo = "save one picture of it, or take a photo"sv;
constexpr auto kNameAPhoto = "name a photo instead"sv;
constexpr auto kDownload = "save the picture itself, not the page it is shown on"sv;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    FileKind kind;
};

FileKind photo(PhotoFormat format) {
    return {format, {}, {}};
}

/// The brands of an ISO base media file: pictures and films share one container.
FileKind kind_of_brand(std::string_view brand) {
    constexpr std::array kStill{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv};
    if (std::ranges::find(kStill, brand) != kStill.end()) {
        return photo(PhotoFormat::Heif);
    }
    if (brand == "avif" || brand == "avis") {
        return {PhotoFormat::None, "an AVIF picture", kExport};
    }
    if (brand == "crx ") {
        return {PhotoFormat::None, "a camera's raw picture", kExport};
    }
    if (brand == "hevc" || brand == "hevx" || brand == "msf1") {
        return {PhotoFormat::None, "a series of HEIF pictures", "save one of them"};
    }
    if (brand.starts_with("M4A")) {
        return {PhotoFormat::None, "sound", kNameAPhoto};
    }
    return {PhotoFormat::None, "a video", kFromVideo};
}

bool is_text(std::string_view start) {
    // The last character may be cut.
    const std::string_view whole =
        start.substr(0, start.size() - std::min<std::size_t>(start.size(), 3));
    return !whole.empty() &&
           text::is_utf8(whole.substr(0, whole.find_last_not_of("\x80\xbf") + 1)) &&
           std::ranges::none_of(whole, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
           });
}

FileKind kind_of_text(std::string_view start) {
    const std::string lower = text::ascii_lower(text::trimmed(start));
    if (lower.find("<svg") != std::string::npos) {
        return {PhotoFormat::None, "an SVG drawing", kExport};
    }
    if (lower.starts_with("<!doctype html") || lower.find("<html") != std::string::npos) {
        return {PhotoFormat::None, "a web page", kDownload};
    }
    return {PhotoFormat::None, "text", kNameAPhoto};
}

} // namespace

FileKind kind_of(std::span<const std::byte> file) {
    constexpr std::size_t kStart = 512;
    const std::string_view start(reinterpret_cast<const char*>(file.data()),
                                 std::min(file.size(), kStart));
    const auto starts = [&](std::size_t offset, std::string_view bytes) {
        return start.size() >= offset && start.substr(offset).starts_with(bytes);
    };
    if (starts(0, "\xFF\xD8\xFF")) {
        return photo(PhotoFormat::Jpeg);
    }
    if (starts(0, "\x89PNG\r\n\x1A\n")) {
        return photo(PhotoFormat::Png);
    }
    if (starts(0, "RIFF") && starts(8, "WEBP")) {
        return photo(PhotoFormat::Webp);
    }
    if (starts(4, "ftyp") && start.size() >= 12) {
        return kind_of_brand(start.substr(8, 4));
    }
    constexpr auto kNone = PhotoFormat::None;
    static const std::array kOthers{
        Signature{0, "GIF8", {kNone, "a GIF", kExport}},
        Signature{0, "II*\0"sv, {kNone, "a TIFF or a camera's raw picture", kExport}},
        Signature{0, "MM\0*"sv, {kNone, "a TIFF or a camera's raw picture", kExport}},
        Signature{0, "II+\0"sv, {kNone, "a TIFF", kExport}},
        Signature{0, "FUJIFILMCCD-RAW", {kNone, "a camera's raw picture", kExport}},
        Signature{0, "BM", {kNone, "a BMP picture", kExport}},
        Signature{0, "\xFF\x0A", {kNone, "a JPEG XL picture", kExport}},
        Signature{4, "JXL ", {kNone, "a JPEG XL picture", kExport}},
        Signature{4, "jP  ", {kNone, "a JPEG 2000 picture", kExport}},
        Signature{0, "8BPS", {kNone, "a Photoshop file", kExport}},
        Signature{0, "%PDF", {kNone, "a PDF", "save its picture as JPEG"}},
        Signature{0, "PK\x03\x04", {kNone, "a ZIP archive", "unpack it first"}},
        Signature{0, "\x1F\x8B", {kNone, "a compressed file", "unpack it first"}},
        Signature{0, "\x1A\x45\xDF\xA3", {kNone, "a video", kFromVideo}},
        Signature{4, "moov", {kNone, "a video", kFromVideo}},
        Signature{4, "mdat", {kNone, "a video", kFromVideo}},
        Signature{4, "wide", {kNone, "a video", kFromVideo}},
        Signature{8, "AVI ", {kNone, "a video", kFromVideo}},
        Signature{0, "\0\0\x01\xBA"sv, {kNone, "a video", kFromVideo}},
        Signature{8, "WAVE", {kNone, "sound", kNameAPhoto}},
        Signature{0, "ID3", {kNone, "sound", kNameAPhoto}},
        Signature{0, "fLaC", {kNone, "sound", kNameAPhoto}},
        Signature{0, "OggS", {kNone, "sound", kNameAPhoto}},
    };
    for (const Signature& known : kOthers) {
        if (starts(known.offset, known.bytes)) {
            return known.kind;
        }
    }
    if (start.size() >= 16 &&
        std::ranges::all_of(file, [](std::byte b) { return b == std::byte{0}; })) {
        return {kNone, "nothing but zeros, as after a copy that did not finish", "copy it again"};
    }
    if (is_text(start)) {
        return kind_of_text(start);
    }
    return {kNone, "no picture that Spindle knows",
            "copy it again if it was one, or save it as JPEG"};
}

} // namespace spindle::image::detail
