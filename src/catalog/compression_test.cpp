// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/compression.h"

namespace spindle::catalog {
namespace {

std::string packed(const std::string& content, std::string_view dictionary = {}) {
    std::string frame;
    EXPECT_TRUE(Compressor(6, dictionary).append(content, frame));
    return frame;
}

/// Like cards: much the same, never quite.
std::pair<std::string, std::vector<std::size_t>> samples() {
    std::pair<std::string, std::vector<std::size_t>> all;
    for (int i = 0; i < 2000; ++i) {
        const std::string one = "Vinyl, LP, Album, Reissue, " + std::to_string(i * 7919) +
                                " Warner Bros. Records, Germany, " + std::to_string(i % 60 + 1960);
        all.first += one;
        all.second.push_back(one.size());
    }
    return all;
}

RC_GTEST_PROP(Compression, GivesBackWhatWasPutIn, (const std::string& content)) {
    std::string out = "something before";
    RC_ASSERT(Decompressor({}).unpack(packed(content), content.size(), out).has_value());
    RC_ASSERT(out == content);
}

TEST(Compression, AppendsAndSaysHowMuch) {
    Compressor compressor(6, {});
    std::string out = "before";
    const auto first = compressor.append(std::string(5000, 'a'), out);
    ASSERT_TRUE(first);
    EXPECT_EQ(out.size(), 6 + *first);
    const auto second = compressor.append("other", out);
    ASSERT_TRUE(second);
    std::string content;
    Decompressor decompressor({});
    ASSERT_TRUE(decompressor.unpack(std::string_view(out).substr(6, *first), 5000, content));
    EXPECT_EQ(content, std::string(5000, 'a'));
    ASSERT_TRUE(decompressor.unpack(std::string_view(out).substr(6 + *first), 5000, content));
    EXPECT_EQ(content, "other");
}

TEST(Compression, RefusesMoreThanTheLimit) {
    std::string out;
    const std::string frame = packed(std::string(1000, 'a'));
    EXPECT_TRUE(Decompressor({}).unpack(frame, 1000, out));
    const auto refused = Decompressor({}).unpack(frame, 999, out);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::BadInput);
}

TEST(Compression, RefusesAFrameCutShortAnywhere) {
    const std::string frame = packed(samples().first.substr(0, 3000));
    for (std::size_t size = 0; size < frame.size(); ++size) {
        std::string out;
        const auto refused = Decompressor({}).unpack(frame.substr(0, size), 1U << 20U, out);
        ASSERT_FALSE(refused) << size;
        EXPECT_EQ(refused.error().code, Code::BadInput);
    }
}

TEST(Compression, NeverGivesOtherContentForADamagedFrame) {
    const std::string content = samples().first.substr(0, 3000);
    const std::string frame = packed(content);
    int refused = 0;
    for (std::size_t at = 0; at < frame.size(); ++at) {
        std::string damaged = frame;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        std::string out;
        if (Decompressor({}).unpack(damaged, 1U << 20U, out)) {
            EXPECT_EQ(out, content) << at; // a reserved bit that means nothing
        } else {
            ++refused;
        }
    }
    EXPECT_GT(refused, static_cast<int>(frame.size()) * 9 / 10);
}

TEST(Compression, GoesOnAfterADamagedFrame) {
    Decompressor decompressor({});
    std::string out;
    EXPECT_FALSE(decompressor.unpack("rubbish", 100, out));
    ASSERT_TRUE(decompressor.unpack(packed("whole"), 100, out));
    EXPECT_EQ(out, "whole");
}

TEST(Compression, IsSmallerWithADictionaryAndNeedsIt) {
    const auto [content, sizes] = samples();
    const std::string dictionary = train_dictionary(content, sizes, 8192);
    ASSERT_FALSE(dictionary.empty());
    EXPECT_LE(dictionary.size(), 8192U);
    const std::string one = content.substr(0, sizes[0]);
    const std::string frame = packed(one, dictionary);
    EXPECT_LT(frame.size(), packed(one).size());
    std::string out;
    ASSERT_TRUE(Decompressor(dictionary).unpack(frame, 1000, out));
    EXPECT_EQ(out, one);
    EXPECT_FALSE(Decompressor({}).unpack(frame, 1000, out));
}

TEST(Compression, LearnsNothingFromTooLittle) {
    EXPECT_EQ(train_dictionary("abc", {3}, 4096), "");
    EXPECT_EQ(train_dictionary("", {}, 4096), "");
}

} // namespace
} // namespace spindle::catalog
