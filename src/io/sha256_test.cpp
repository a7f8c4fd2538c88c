// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/sha256.h"
#include "testing/memory_source.h"

namespace spindle::io {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

// The standard's own example.
const std::string kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, GivesTheKnownSums) {
    Sha256 sum;
    EXPECT_EQ(sum.hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sum.update(bytes_of("a"));
    sum.update({});
    sum.update(bytes_of("bc"));
    EXPECT_EQ(sum.hex(), kAbc);
}

TEST(Sha256, GoesOnAfterASum) {
    Sha256 sum;
    sum.update(bytes_of("ab"));
    EXPECT_EQ(sum.hex(), sum.hex());
    sum.update(bytes_of("c"));
    EXPECT_EQ(sum.hex(), kAbc);
}

TEST(HashingSource, HashesWhatPasses) {
    Sha256 sum;
    auto source = hashing_source(std::make_unique<testing::MemorySource>("abc", 2), sum);
    EXPECT_EQ(testing::read_out(*source).content, "abc");
    EXPECT_EQ(sum.hex(), kAbc);
    EXPECT_EQ(source->consumed(), 3U);
    EXPECT_EQ(source->total(), 3U);
    EXPECT_EQ(source->name(), "memory");
}

} // namespace
} // namespace spindle::io
