// SPDX-License-Identifier: Apache-2.0
// Holds this checkout against the rules of the house.
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "rules.h"

namespace spindle::structure {
namespace {

const SourceTree& this_checkout() {
    static const SourceTree tree = SourceTree::read(SPINDLE_SOURCE_ROOT);
    return tree;
}

std::string listed(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.what + "\n";
    }
    return text;
}

TEST(Structure, TheCheckoutIsReadAtAll) {
    EXPECT_GT(this_checkout().files.size(), 20U);
    EXPECT_TRUE(this_checkout().contains("src/base/result.h"));
    EXPECT_GT(this_checkout().declared_dependencies.size(), 5U);
}

TEST(Structure, IncludesPointOneWay) {
    EXPECT_EQ(listed(wrong_directions(this_checkout())), "");
}

TEST(Structure, HeadersShowNoThirdPartyLibrary) {
    EXPECT_EQ(listed(exposed_third_party(this_checkout())), "");
}

TEST(Structure, EveryFileOpensWithItsLicence) {
    EXPECT_EQ(listed(wrong_openings(this_checkout())), "");
}

TEST(Structure, FilesStaySmall) {
    EXPECT_EQ(listed(longer_than(this_checkout(), kMostLines)), "");
    std::cout << listed(longer_than(this_checkout(), kManyLines));
}

TEST(Structure, NothingIsMarkedUnfinished) {
    EXPECT_EQ(listed(unfinished_marks(this_checkout())), "");
}

TEST(Structure, OnlyTheCommandLineSpeaksToTheTerminal) {
    EXPECT_EQ(listed(terminal_output(this_checkout())), "");
}

} // namespace
} // namespace spindle::structure
