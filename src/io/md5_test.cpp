// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/md5.h"

namespace spindle::io {
namespace {

TEST(Md5, GivesThePublishedSums) { // RFC 1321, A.5
    EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5_hex("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
}

} // namespace
} // namespace spindle::io
