// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "catalog/dump/master_xml.h"

namespace spindle::catalog {
namespace {

TEST(MasterRecord, GivesYearAndMainRelease) {
    Quirks quirks;
    const auto master = read_master(
        "<master id=\"113\"><main_release>116925</main_release><images><image/></images>"
        "<artists><artist><id>1</id></artist></artists><year>2002</year>"
        "<title>Moments</title><videos><video><title>x</title></video></videos></master>",
        quirks);
    EXPECT_EQ(master, (Master{MasterId{113}, ReleaseId{116925}, 2002}));
    EXPECT_EQ(quirks, Quirks());
}

TEST(MasterRecord, MayLackYearAndMainRelease) {
    Quirks quirks;
    EXPECT_EQ(read_master("<master id=\"1\"></master>", quirks), (Master{MasterId{1}, {}, 0}));
    EXPECT_EQ(read_master("<master id=\"1\"><year>0</year><main_release>x</main_release></master>",
                          quirks),
              (Master{MasterId{1}, {}, 0}));
    EXPECT_EQ(quirks, Quirks());
}

TEST(MasterRecord, IsDroppedWhenItCannotBeRead) {
    Quirks quirks;
    EXPECT_FALSE(read_master("<master id=\"5\"><year>1999</master>", quirks));
    EXPECT_FALSE(read_master("<master><year>1999</year></master>", quirks));
    EXPECT_EQ(quirks[Quirk::NotXml], 1U);
    EXPECT_EQ(quirks[Quirk::NoId], 1U);
}

} // namespace
} // namespace spindle::catalog
