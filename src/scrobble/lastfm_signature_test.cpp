// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scrobble/lastfm_signature.h"

namespace spindle::scrobble {
namespace {

const std::string kKey(32, 'k');
const std::string kSecret(32, 's');

TEST(LastfmSignature, IsThatOfTheDocumentedExample) {
    EXPECT_EQ(lastfm_signature(
                  {{"api_key", "xxxxxxxxxx"}, {"method", "auth.getSession"}, {"token", "yyyyyy"}},
                  "ilovecher"),
              "b87d61da3cda91a8b6746c4aef55d6f8");
}

// The others were agreed with pylast 4.1.0.

TEST(LastfmSignature, LeavesTheFormatOut) {
    EXPECT_EQ(lastfm_signature({{"api_key", kKey},
                                {"method", "track.updateNowPlaying"},
                                {"artist", "Kraftwerk"},
                                {"track", "Autobahn"},
                                {"sk", "sk-ready"},
                                {"format", "json"}},
                               kSecret),
              "d55ad336dfbbceef11840a82b38786c7");
}

TEST(LastfmSignature, SignsTextAsItIsAndNotAsItIsEncoded) {
    EXPECT_EQ(lastfm_signature({{"api_key", kKey},
                                {"method", "track.updateNowPlaying"},
                                {"artist", "Bj\xC3\xB6rk & M\xC3\xB6tley + Co"},
                                {"track", "J\xC3\xB3ga 100%"},
                                {"sk", "sk-ready"}},
                               kSecret),
              "156d225203ff18c6dcacf9f2cd63d9d9");
}

TEST(LastfmSignature, PutsItemTenBeforeItemOne) {
    Parameters batch{{"api_key", kKey}, {"method", "track.scrobble"}, {"sk", "sk-ready"}};
    for (int i = 0; i < 12; ++i) {
        batch[fmt::format("artist[{}]", i)] = "A";
        batch[fmt::format("track[{}]", i)] = fmt::format("T{}", i);
        batch[fmt::format("timestamp[{}]", i)] = fmt::format("{}", 1'700'000'000 + 300 * i);
    }
    EXPECT_EQ(lastfm_signature(batch, kSecret), "229815e44c44c3ac5840aacdb5e61aa1");
}

TEST(LastfmSignature, CountsEmptyValues) {
    EXPECT_EQ(lastfm_signature({{"api_key", kKey},
                                {"method", "track.scrobble"},
                                {"artist", "A"},
                                {"track", "T"},
                                {"timestamp", "1700000000"},
                                {"album", ""},
                                {"sk", "sk-ready"}},
                               kSecret),
              "7126c9d07a294c17234d4559d31ded53");
}

} // namespace
} // namespace spindle::scrobble
