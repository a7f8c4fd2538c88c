// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/edit_distance.h"

namespace spindle::catalog {
namespace {

/// The textbook's table.
int table_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = static_cast<int>(i + j);
                continue;
            }
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                                   cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
        }
    }
    return cost[a.size()][b.size()];
}

/// Few different bytes, so that much is alike; high ones among them.
rc::Gen<std::string> text_up_to(std::size_t most) {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most + 1), [](std::size_t size) {
        return rc::gen::container<std::string>(size, rc::gen::element('a', 'b', 'c', '\xD0', '0'));
    });
}

TEST(EditPattern, CountsChangesBetweenWordsOnSpines) {
    EXPECT_EQ(EditPattern("kitten").distance("sitting"), 3);
    EXPECT_EQ(EditPattern("").distance("abc"), 3);
    EXPECT_EQ(EditPattern("abc").distance(""), 3);
    EXPECT_EQ(EditPattern("").distance(""), 0);
    EXPECT_EQ(EditPattern("metallica").distance("metallica"), 0);
    EXPECT_EQ(EditPattern("826535").distance("826536"), 1);
}

RC_GTEST_PROP(EditPattern, AgreesWithTheTable, ()) {
    const std::string a = *text_up_to(EditPattern::kLongest);
    const std::string b = *text_up_to(100);
    RC_ASSERT(EditPattern(a).distance(b) == table_distance(a, b));
}

TEST(EditPattern, HoldsTextsOfExactlyAMachineWord) {
    const std::string full(EditPattern::kLongest, 'x');
    EXPECT_EQ(EditPattern(full).distance(full), 0);
    EXPECT_EQ(EditPattern(full).distance(full.substr(1)), 1);
    EXPECT_EQ(EditPattern(full).distance(std::string(EditPattern::kLongest, 'y')), 64);
}

TEST(EditPattern, ComparesTheBeginningOfWhatIsLonger) {
    const std::string full(EditPattern::kLongest, 'x');
    EXPECT_EQ(EditPattern(full + "yyy").distance(full), 0);
}

} // namespace
} // namespace spindle::catalog
