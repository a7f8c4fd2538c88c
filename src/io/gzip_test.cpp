// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <isa-l/igzip_lib.h>

#include "io/gzip.h"
#include "testing/memory_source.h"
#include "testing/stored_gzip.h"

namespace spindle::io {
namespace {

using ::testing::HasSubstr;
using testing::MemorySource;
using testing::read_out;
using testing::ReadOut;
using testing::stored_gzip;

/// Text with repetitions near and far, so that all kinds of deflate blocks and distances occur.
std::string words(std::size_t size, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < size) {
        if (random() % 4 == 0 && !text.empty()) {
            const std::size_t back = std::min<std::size_t>(text.size(), 1 + random() % 30000);
            text += text.substr(text.size() - back, 3 + random() % 200);
        } else {
            text += "<w" + std::to_string(random()) + ">";
        }
    }
    text.resize(size);
    return text;
}

std::string compressed(std::string content) {
    std::string out(content.size() + content.size() / 8 + 4096, '\0');
    isal_zstream stream{};
    isal_deflate_init(&stream);
    stream.gzip_flag = IGZIP_GZIP;
    stream.end_of_stream = 1;
    stream.next_in = reinterpret_cast<std::uint8_t*>(content.data());
    stream.avail_in = static_cast<std::uint32_t>(content.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream.avail_out = static_cast<std::uint32_t>(out.size());
    EXPECT_EQ(isal_deflate(&stream), COMP_OK);
    out.resize(stream.total_out);
    return out;
}

ReadOut decoded(const std::string& file, std::size_t piece = std::string::npos,
                std::size_t step = 4096) {
    auto source = open_decoded(std::make_unique<MemorySource>(file, piece));
    if (!source) {
        return {{}, source.error()};
    }
    return read_out(**source, step);
}

TEST(Gzip, GivesTheContentWhateverTheSizesOfReads) {
    const std::string content = words(300'000);
    const std::string file = compressed(content);
    ASSERT_LT(file.size(), content.size() / 2);
    for (const std::size_t piece : {1UL, 2UL, 7UL, 4096UL, std::string::npos}) {
        for (const std::size_t step : {1UL, 13UL, 100'000UL, 1UL << 20U}) {
            const auto out = decoded(file, piece, step);
            EXPECT_TRUE(out.content == content) << piece << " " << step;
            EXPECT_FALSE(out.error);
        }
    }
}

TEST(Gzip, ReadsWhatGzipWrote) {
    // printf 'side A\n' | gzip -n; the same from a file, whose name and time the header then holds
    const std::string bare("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\xce\x4c\x49\x55\x70"
                           "\xe4\x02\x00\x5c\x4c\xa7\x3e\x07\x00\x00\x00",
                           27);
    const std::string named("\x1f\x8b\x08\x08\x00\xf1\x53\x65\x02\x03\x73\x69\x64\x65\x2e\x74"
                            "\x78\x74\x00\x2b\xce\x4c\x49\x55\x70\xe4\x02\x00\x5c\x4c\xa7\x3e"
                            "\x07\x00\x00\x00",
                            36);
    for (const std::size_t piece : {1UL, std::string::npos}) {
        EXPECT_EQ(decoded(bare, piece).content, "side A\n");
        EXPECT_EQ(decoded(named, piece).content, "side A\n");
        EXPECT_FALSE(decoded(named + bare, piece).error);
    }
}

TEST(Gzip, JoinsMembersAndTakesPaddingBehindThem) {
    const std::string first = words(70'000, 2);
    const std::string file = compressed(first) + stored_gzip("") + stored_gzip("second") +
                             compressed("third") + std::string(600'000, '\0');
    for (const std::size_t piece : {1UL, 3UL, std::string::npos}) {
        const auto out = decoded(file, piece, 50'000);
        EXPECT_TRUE(out.content == first + "secondthird") << piece;
        EXPECT_FALSE(out.error) << out.error->message;
    }
}

TEST(Gzip, SaysWhereItEndsEarlyAfterGivingWhatWasThere) {
    const std::string content = words(400'000);
    const std::string file = compressed(content);
    for (std::size_t keep = 2; keep < file.size(); keep += 997) {
        const auto out = decoded(file.substr(0, keep));
        ASSERT_TRUE(out.error) << keep;
        EXPECT_EQ(out.error->code, Code::BadInput);
        EXPECT_THAT(out.error->message, HasSubstr("memory: ends early"));
        EXPECT_TRUE(content.starts_with(out.content));
    }
    // All of the content, but no checksum: everything is given, and still it is no whole file.
    const auto out = decoded(file.substr(0, file.size() - 8));
    EXPECT_TRUE(out.content == content);
    ASSERT_TRUE(out.error);
}

TEST(Gzip, FindsDamageAnywhere) {
    const std::string content = words(40'000);
    const std::string file = compressed(content);
    for (std::size_t at = 10; at < file.size(); at += 311) {
        std::string damaged = file;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        const auto out = decoded(damaged);
        ASSERT_TRUE(out.error) << at;
        EXPECT_EQ(out.error->code, Code::BadInput);
    }
}

TEST(Gzip, ChecksSumAndLength) {
    for (const std::size_t from_end : {8UL, 4UL}) {
        std::string file = stored_gzip("side A");
        file[file.size() - from_end] = static_cast<char>(file[file.size() - from_end] + 1);
        const auto out = decoded(file);
        EXPECT_EQ(out.content, "side A");
        ASSERT_TRUE(out.error);
        EXPECT_THAT(out.error->message, HasSubstr("checksum"));
        EXPECT_THAT(out.error->message, HasSubstr("near byte"));
    }
}

TEST(Gzip, RefusesOtherThingsBehindTheData) {
    for (const std::string& rest : {std::string("<html>"), std::string("\0x", 2)}) {
        const auto out = decoded(stored_gzip("side A") + rest);
        EXPECT_EQ(out.content, "side A");
        ASSERT_TRUE(out.error);
        EXPECT_THAT(out.error->message, HasSubstr("near byte"));
    }
}

TEST(Gzip, KeepsGivingTheSameError) {
    auto source = gzip_source(std::make_unique<MemorySource>("no gzip at all"));
    const auto first = read_out(*source);
    const auto second = read_out(*source);
    ASSERT_TRUE(first.error && second.error);
    EXPECT_EQ(first.error->message, second.error->message);
}

TEST(Gzip, PassesOnErrorsOfItsSource) {
    const std::string file = compressed(words(1000));
    auto source = gzip_source(std::make_unique<MemorySource>(file.substr(0, file.size() / 2), 5,
                                                             Error{Code::Cancelled, "stopped"}));
    EXPECT_EQ(read_out(*source).error->code, Code::Cancelled);
}

TEST(OpenDecoded, PassesPlainContentOn) {
    for (const std::string& plain : {std::string(), std::string("\x1F"), std::string("<"),
                                     std::string("<releases>"), words(10'000)}) {
        for (const std::size_t piece : {1UL, std::string::npos}) {
            const auto out = decoded(plain, piece, 100);
            EXPECT_EQ(out.content, plain);
            EXPECT_FALSE(out.error);
        }
    }
}

TEST(OpenDecoded, CountsCompressedBytes) {
    const std::string file = compressed(words(100'000));
    auto source = open_decoded(std::make_unique<MemorySource>(file)).value();
    EXPECT_EQ(source->total(), file.size());
    read_out(*source);
    EXPECT_EQ(source->consumed(), file.size());
}

} // namespace
} // namespace spindle::io
