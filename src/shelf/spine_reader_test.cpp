// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <stop_token>
#include <string>

#include <cairo.h>
#include <gtest/gtest.h>

#include "image/rectify.h"
#include "inference/places.h"
#include "shelf/spine_map_samples.h"
#include "shelf/spine_reader.h"
#include "testing/temp_folder.h"

namespace spindle::shelf {
namespace {

/// A white case with black print on a dark picture, lying along the x axis; its quad is kCase.
constexpr double kLeft = 60;
constexpr double kTop = 100;
constexpr double kLength = 900;
constexpr double kThickness = 56;

image::Picture photo_of(const std::string& text) {
    constexpr int kWidth = 1020;
    constexpr int kHeight = 260;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, kWidth, kHeight);
    cairo_t* cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 0.15, 0.13, 0.12);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0.93, 0.92, 0.9);
    cairo_rectangle(cairo, kLeft, kTop, kLength, kThickness);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0.05, 0.05, 0.08);
    cairo_select_font_face(cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 30);
    cairo_move_to(cairo, kLeft + 40, kTop + 39);
    cairo_show_text(cairo, text.c_str());
    cairo_surface_flush(surface);
    image::Picture picture{kWidth, kHeight, image::Channels::Rgb, {}};
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) { // blue, green, red, nothing
            const unsigned char* pixel = data + y * stride + x * 4;
            picture.pixels.insert(picture.pixels.end(), {pixel[2], pixel[1], pixel[0]});
        }
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return picture;
}

Spine the_case(double direction) {
    Spine spine;
    spine.quad = {{{{kLeft, kTop},
                    {kLeft + kLength, kTop},
                    {kLeft + kLength, kTop + kThickness},
                    {kLeft, kTop + kThickness}}}};
    spine.confidence = 1;
    spine.direction = direction;
    return spine;
}

std::string text_of(const ReadSpine& read) {
    std::string text;
    if (!read.readings.empty()) {
        for (const Line& line : read.readings.front().lines) {
            for (const Word& word : line.words) {
                text.append(word.text).append(" ");
            }
        }
    }
    return text;
}

Result<ReaderModels> models() {
    ReaderModels models;
    SPINDLE_TRY(models.finder, inference::model_file("spine_text_finder.onnx"));
    SPINDLE_TRY(models.recognizer, inference::model_file("text-recognizer.onnx"));
    return models;
}

class SpineReaderTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto found = models();
        ASSERT_TRUE(found) << found.error().message;
        auto opened = SpineReader::open(*found);
        ASSERT_TRUE(opened) << opened.error().message;
        reader_.emplace(std::move(*opened));
    }
    std::optional<SpineReader> reader_;
};

TEST_F(SpineReaderTest, ReadsPrintWhicheverWayTheCaseLies) {
    const image::Picture upright = photo_of("CDP 7 46001 2   Night Harbour   BLUE ROAD");
    image::Picture over = image::turned_around(upright);
    Spine turned = the_case(0.5);
    for (image::Point& corner : turned.quad.corners) { // the same place in the turned photo
        corner = {upright.width - corner.x, upright.height - corner.y};
    }
    turned.quad = image::turned_around(turned.quad); // read from the wrong end
    const auto first = reader_->read(upright, std::vector{the_case(0.5)});
    const auto second = reader_->read(over, std::vector{turned});
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_TRUE(second) << second.error().message;
    for (const auto& read : {first->front(), second->front()}) {
        const std::string text = text_of(read);
        EXPECT_NE(text.find("46001"), std::string::npos) << text;
        EXPECT_NE(text.find("Harbour"), std::string::npos) << text;
    }
    // and the quad says how it is to be held: its beginning is where the text begins
    EXPECT_LT(first->front().spine.quad.corners[0].x, first->front().spine.quad.corners[1].x);
    EXPECT_GT(second->front().spine.quad.corners[0].x, second->front().spine.quad.corners[1].x);
}

TEST_F(SpineReaderTest, FindsNoWordsOnABlankOneAndSurvivesAHair) {
    const image::Picture photo = photo_of("");
    Spine hair = the_case(0.5);
    hair.quad.corners[2].y = hair.quad.corners[3].y = kTop + 3;
    Spine outside = the_case(0.5);
    for (image::Point& corner : outside.quad.corners) {
        corner.x += 5000;
    }
    const auto read = reader_->read(photo, std::vector{the_case(0.5), hair, outside});
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 3U);
    EXPECT_EQ(text_of(read->front()), "");
}

TEST_F(SpineReaderTest, StopsWhenAskedAndCountsWhatItRead) {
    const image::Picture photo = photo_of("ABC 123");
    std::stop_source stop;
    stop.request_stop();
    std::size_t last = 0;
    const auto stopped = reader_->read(
        photo, std::vector{the_case(1)},
        [&](std::size_t done, std::size_t, const ReadSpine&) { last = done; }, stop.get_token());
    ASSERT_TRUE(stopped) << stopped.error().message;
    ASSERT_EQ(stopped->size(), 1U);
    EXPECT_TRUE(stopped->front().readings.empty());
    EXPECT_EQ(stopped->front().spine.quad.corners[0].x, the_case(1).quad.corners[0].x);
    EXPECT_EQ(last, 0U);
    const std::vector<Spine> three(3, the_case(1));
    ASSERT_TRUE(reader_->read(photo, three, [&](std::size_t done, std::size_t, const ReadSpine&) {
        last = std::max(last, done);
    }));
    EXPECT_EQ(last, 3U);
}

TEST_F(SpineReaderTest, ReadsAsWellWithASecondRecognizer) {
    auto three = models();
    ASSERT_TRUE(three) << three.error().message;
    three->second_recognizer = three->recognizer;
    const auto twice = SpineReader::open(*three);
    ASSERT_TRUE(twice) << twice.error().message;
    const auto read = twice->read(photo_of("CDP 7 46001 2"), std::vector{the_case(0.5)});
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_NE(text_of(read->front()).find("46001"), std::string::npos);
}

TEST(SpineReader, SaysWhichModelIsMissing) {
    const testing::TempFolder folder;
    const auto opened =
        SpineReader::open({folder.path() / "lines.onnx", folder.path() / "signs.onnx", {}});
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("lines.onnx"), std::string::npos)
        << opened.error().message;
}

} // namespace
} // namespace spindle::shelf
