// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/web_text.h"

namespace spindle::io {
namespace {

TEST(PercentEncoded, LeavesNothingThatMeansSomething) {
    EXPECT_EQ(percent_encoded("a b&c=d+e/\xC3\xB6~1"), "a%20b%26c%3Dd%2Be%2F%C3%B6~1");
}

TEST(Base64, GivesThePublishedExamples) { // RFC 4648, 10
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        EXPECT_EQ(base64(bytes), text);
    }
    EXPECT_EQ(base64("\xFF\xFE"), "//4=");
    const std::string large = base64(std::string(5'000'000, 'f'));
    EXPECT_EQ(large.size(), 6'666'668U);
    EXPECT_EQ(large.find('='), large.size() - 1);
}

TEST(Reach, TellsTheOwnersNetworkFromTheInternet) {
    for (const char* url :
         {"https://libre.fm/2.0/", "https://192.0.2.1:8443", "HTTPS://a.example"}) {
        EXPECT_EQ(reach_of(url), Reach::Secure) << url;
    }
    for (const char* url :
         {"http://127.0.0.1:42010", "http://192.168.1.20:42010/apis", "http://10.0.0.3",
          "http://172.16.0.1", "http://maloja:42010", "http://pi.local", "http://nas.lan/x",
          "http://[::1]:80/", "http://[fd00::1]", "http://localhost", "http://box.home.arpa"}) {
        EXPECT_EQ(reach_of(url), Reach::Nearby) << url;
    }
    for (const char* url :
         {"http://ws.audioscrobbler.com/2.0/", "http://172.32.0.1", "http://8.8.8.8",
          "http://1921681001", "http://0x7f000001", "http://[2001:db8::1]",
          "http://127.0.0.1.example", "http://10.0.0", "http://10.0.0.0.1"}) {
        EXPECT_EQ(reach_of(url), Reach::Elsewhere) << url;
    }
    for (const char* url :
         {"", "ftp://a", "https://", "http:///x", "https://user@host", "https://a?b=c",
          "https://a#b", "https://a b", "https://a\\b", "http://host:", "http://host:port",
          "http://[::1", "https://a:123456"}) {
        EXPECT_EQ(reach_of(url), Reach::Nothing) << url;
    }
}

} // namespace
} // namespace spindle::io
