// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "playlist/unicode.h"
#include "playlist/uri.h"

namespace spindle::playlist {
namespace {

TEST(PercentDecoding, UndoesEncodingOfAnyBytes) {
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        RC_ASSERT(percent_decoded(percent_encoded(bytes)) == bytes);
    }));
}

TEST(PercentDecoding, LeavesWhatIsNoEncodingAsItIs) {
    EXPECT_EQ(percent_decoded("100% %zz %4"), "100% %zz %4");
    EXPECT_EQ(percent_decoded("%e9%C3%A9"), "\xe9\xc3\xa9");
    EXPECT_EQ(percent_decoded("%"), "%");
}

TEST(FileUri, NamesThePath) {
    EXPECT_EQ(path_of_file_uri("file:///a%20b/c.mp3"), "/a b/c.mp3");
    EXPECT_EQ(path_of_file_uri("file://localhost/a"), "/a");
    EXPECT_EQ(path_of_file_uri("FILE:///a"), "/a");
    EXPECT_EQ(path_of_file_uri("file:/a"), "/a");
    EXPECT_EQ(path_of_file_uri("file:///C:/Music/x.mp3"), "C:/Music/x.mp3");
    EXPECT_EQ(path_of_file_uri("file://nas/music/x.mp3"), "//nas/music/x.mp3");
    EXPECT_EQ(path_of_file_uri("http://a/b"), std::nullopt);
    EXPECT_EQ(path_of_file_uri("/a"), std::nullopt);
}

TEST(Scheme, IsNotSeenInPaths) {
    EXPECT_EQ(scheme_of("HTTPS://x/y"), "https");
    EXPECT_EQ(scheme_of("C:\\Music"), "");
    EXPECT_EQ(scheme_of("Live: in Paris.mp3"), "");
    EXPECT_EQ(scheme_of("folder/a:b.mp3"), "");
}

TEST(Unicode, ComposesAndTakesApart) {
    EXPECT_EQ(nfc("e\u0301"), "\u00e9");
    EXPECT_EQ(nfd("\u00e9"), "e\u0301");
    EXPECT_EQ(nfc("\xff not utf-8"), "\xff not utf-8");
    EXPECT_EQ(nfc(""), "");
}

} // namespace
} // namespace spindle::playlist
