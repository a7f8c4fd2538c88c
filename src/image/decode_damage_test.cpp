// SPDX-License-Identifier: Apache-2.0
// Files that are no photos, or no longer: what is said of them.
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/decode.h"
#include "image/detail/photo_samples.h"
#include "testing/temp_folder.h"

namespace spindle::image {
namespace {

using detail::meadow;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr DecodeLimits kSmallToo{.min_side = 1};

/// Why the file is refused; empty when it is not.
std::string refusal(std::string_view file, const DecodeLimits& limits = kSmallToo) {
    const auto picture = decode(std::as_bytes(std::span(file)), "photo.jpg", limits);
    if (picture) {
        return {};
    }
    EXPECT_EQ(picture.error().code, Code::BadInput);
    EXPECT_THAT(picture.error().message, StartsWith("photo.jpg: "));
    return picture.error().message;
}

TEST(DecodeDamage, RefusesAJpegThatIsCutOffAnywhere) {
    const Picture picture = meadow(160, 128);
    for (const detail::JpegKind& kind :
         {detail::JpegKind{}, {.progressive = true}, {.restart_rows = 1}}) {
        const std::string file = detail::jpeg_file(picture, kind);
        for (int percent = 5; percent <= 85; percent += 5) {
            const std::string_view part(file.data(),
                                        file.size() * static_cast<std::size_t>(percent) / 100);
            EXPECT_THAT(refusal(part), HasSubstr("cut off")) << percent;
        }
    }
}

TEST(DecodeDamage, SaysWhereAJpegIsCutOff) {
    const std::string file = detail::jpeg_file(meadow(160, 640));
    EXPECT_THAT(refusal(file.substr(0, file.size() / 2)), HasSubstr("cut off after "));
}

TEST(DecodeDamage, TakesAJpegThatLacksItsLastBytes) {
    const std::string file = detail::jpeg_file(meadow(160, 640));
    EXPECT_EQ(refusal(file.substr(0, file.size() - 2)), ""); // the end marker
    EXPECT_EQ(refusal(file.substr(0, file.size() - 6)), "");
}

TEST(DecodeDamage, NeverGivesPartOfAPngWebpOrHeicForTheWhole) {
    const Picture picture = meadow(96, 80);
    const std::string heic = detail::heic_file(picture);
    for (const std::string& file : {detail::png_file(96, 80, PNG_FORMAT_RGB, picture.pixels.data()),
                                    detail::webp_file(96, 80, picture.pixels, 3), heic}) {
        for (std::size_t size = 16; size + 20 < file.size(); size += 1 + file.size() / 50) {
            EXPECT_THAT(refusal(std::string_view(file.data(), size)), HasSubstr("cut off"))
                << size << " of " << file.size();
        }
    }
}

TEST(DecodeDamage, RefusesAJpegWhoseRestIsZeros) {
    // What a copy leaves that reserves its space first and is then broken off.
    std::string file = detail::jpeg_file(meadow(320, 320));
    std::fill(file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2), file.end(), '\0');
    EXPECT_THAT(refusal(file), HasSubstr("cut off"));
}

TEST(DecodeDamage, RefusesAJpegOfWhichOnlyTheEndIsZeros) {
    const std::string file = detail::jpeg_file(meadow(320, 320));
    EXPECT_THAT(refusal(file.substr(0, file.size() - 2) + std::string(4096, '\0')),
                HasSubstr("cut off"));
}

TEST(DecodeDamage, RefusesAJpegThatEndsHalfwayByItsOwnAccount) {
    std::string file = detail::jpeg_file(meadow(320, 320));
    file.replace(file.size() / 2, 2, "\xFF\xD9");
    EXPECT_THAT(refusal(file), HasSubstr("damaged after "));
}

TEST(DecodeDamage, RefusesAPngWithAWrongChecksum) {
    const Picture picture = meadow(64, 64);
    std::string file = detail::png_file(64, 64, PNG_FORMAT_RGB, picture.pixels.data());
    file[file.size() / 2] = static_cast<char>(file[file.size() / 2] ^ 0x10);
    EXPECT_THAT(refusal(file), HasSubstr("damaged"));
}

TEST(DecodeDamage, RefusesAnAnimation) {
    const Picture picture = meadow(64, 64);
    const std::string webp = detail::webp_file(64, 64, picture.pixels, 3);
    EXPECT_THAT(refusal(detail::extended_webp(webp, 64, 64, 0x02, "")), HasSubstr("animation"));
}

TEST(DecodeDamage, RefusesPicturesTooSmallToShowASpine) {
    for (const auto& [width, height] : {std::pair{1, 1}, {199, 400}, {400, 199}}) {
        const Picture picture = meadow(width, height);
        for (const std::string& file :
             {detail::jpeg_file(picture), detail::webp_file(width, height, picture.pixels, 3),
              detail::png_file(width, height, PNG_FORMAT_RGB, picture.pixels.data())}) {
            EXPECT_THAT(refusal(file, {}),
                        HasSubstr(fmt::format("is {} x {} pixels; a photo of a shelf has at least "
                                              "200 x 200",
                                              width, height)));
        }
    }
}

TEST(DecodeDamage, RefusesBombsByTheirHeader) {
    // Small files that claim to be huge; unpacked, each would take 12 GB.
    std::string jpeg = detail::jpeg_file(meadow(64, 64));
    const std::size_t frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, "\x7D\x00\x7D\x00", 4);
    EXPECT_THAT(refusal(jpeg), HasSubstr("is 32000 x 32000, 1024 million pixels, of at most 100"));
    jpeg.replace(frame + 5, 4, "\xFF\x00\xFF\x00", 4);
    EXPECT_THAT(refusal(jpeg), HasSubstr("at most 32000 on a side"));

    const Picture picture = meadow(64, 64);
    std::string png = detail::png_file(64, 64, PNG_FORMAT_RGB, picture.pixels.data());
    const std::string header = std::string("\0\0\x7D\0\0\0\x7D\0", 8) + png.substr(24, 5);
    png.replace(8, 25, detail::png_chunk("IHDR", header));
    EXPECT_THAT(refusal(png), HasSubstr("1024 million pixels"));

    EXPECT_THAT(
        refusal(detail::webp_file(64, 64, picture.pixels, 3), {.max_pixels = 4095, .min_side = 1}),
        HasSubstr("is 64 x 64"));
    if (const std::string heic = detail::heic_file(picture); !heic.empty()) {
        EXPECT_THAT(refusal(heic, {.max_pixels = 4095, .min_side = 1}), HasSubstr("is 64 x 64"));
    }
}

TEST(DecodeDamage, RefusesAJpegOfEndlessScans) {
    const std::string file = detail::jpeg_file(meadow(64, 64), {.progressive = true});
    const std::size_t first = file.find("\xFF\xDA");
    const std::size_t second = file.find("\xFF\xC4", first); // it begins with its tables
    ASSERT_NE(second, std::string::npos);
    std::string many = file.substr(0, first);
    for (int i = 0; i < 200; ++i) {
        many += file.substr(first, second - first);
    }
    EXPECT_THAT(refusal(many + file.substr(second)), HasSubstr("scans"));
}

TEST(DecodeDamage, SaysWhatItIsInsteadOfAPhoto) {
    using namespace std::string_literals;
    const std::string pad(600, ' ');
    const std::array<std::pair<std::string, std::string>, 20> cases{{
        {"", "is empty; copy it again"},
        {"not a photo at all", "is text"},
        {"caf\xC3\xA9 "s + pad, "is text"},
        {"<!DOCTYPE html><html><body>404</body></html>", "is a web page"},
        {"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing"},
        {"%PDF-1.7\n" + pad, "is a PDF"},
        {"\0\0\0\x18"s + "ftypmp42" + pad, "is a video"},
        {"\0\0\0\x14"s + "ftypqt  " + pad, "is a video"},
        {"\x1A\x45\xDF\xA3" + pad, "is a video"},
        {"\0\0\0\x1C"s + "ftypavif" + pad, "is an AVIF picture"},
        {"GIF89a" + pad, "is a GIF"},
        {"II*\0"s + pad, "is a TIFF or a camera's raw picture"},
        {"BM" + pad, "is a BMP picture"},
        {"\xFF\x0A" + pad, "is a JPEG XL picture"},
        {"8BPS" + pad, "is a Photoshop file"},
        {"PK\x03\x04" + pad, "is a ZIP archive"},
        {"fLaC" + pad, "is sound"},
        {"RIFF\x10\0\0\0WAVEfmt "s + pad, "is sound"},
        {std::string(4000, '\0'), "is nothing but zeros"},
        {"\x01\x02\x80\x90\xFE" + pad, "is no picture that Spindle knows"},
    }};
    for (const auto& [file, what] : cases) {
        EXPECT_THAT(refusal(file), HasSubstr(what));
    }
}

TEST(DecodeDamage, EnduresHeadersWithNothingBehindThem) {
    using namespace std::string_literals;
    for (const std::string& file :
         {"\xFF\xD8\xFF"s, "\xFF\xD8\xFF\xD9"s, "\xFF\xD8\xFF\xE0\0\0"s, "\x89PNG\r\n\x1A\n"s,
          "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"s, "RIFF\0\0\0\0WEBP"s, "RIFF\xFF\xFF\xFF\xFFWEBPVP8 "s,
          "\0\0\0\x14"s + "ftypheic\0\0\0\0"s,
          "\0\0\0\x14"s + "ftypheic\0\0\0\0mif1\0\0\0\xFFmeta"s}) {
        EXPECT_NE(refusal(file), "");
    }
}

class ReadPicture : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }
    testing::TempFolder folder_;
};

TEST_F(ReadPicture, ReadsAPhotoWhateverItsName) {
    const auto picture = read_picture(file("shelf.png", detail::jpeg_file(meadow(300, 240))));
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, 300);
}

TEST_F(ReadPicture, SaysWhyThereIsNoPhoto) {
    const auto missing = read_picture(folder_ / "missing.jpg");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Code::NotFound);
    EXPECT_THAT(missing.error().message, HasSubstr("missing.jpg: there is no such file"));

    const auto folder = read_picture(folder_.path());
    ASSERT_FALSE(folder);
    EXPECT_THAT(folder.error().message, HasSubstr("is a folder; name the photo in it"));

    const auto large = file("large.jpg", "x");
    std::filesystem::resize_file(large, 80ULL << 20U);
    const auto refused = read_picture(large);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("has 80 MB, and a photo at most 64"));

    const auto text = read_picture(file("notes.jpg", "to be bought: milk"));
    ASSERT_FALSE(text);
    EXPECT_THAT(text.error().message, HasSubstr("notes.jpg: is text; Spindle reads JPEG, PNG"));
}

} // namespace
} // namespace spindle::image
