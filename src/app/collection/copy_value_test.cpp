// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gtest/gtest.h>

#include "app/collection/copy_value.h"
#include "base/goldmine.h"
#include "store/sqlite/sqlite_market_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using market::Figure;

store::Copy copy(std::uint32_t release, const std::string& media) {
    store::Copy one;
    one.release.value = release;
    one.media = media;
    one.format = "LP, Album";
    return one;
}

market::Quote quote(std::uint32_t release, Figure figure, std::optional<double> value) {
    return {ReleaseId{release},      figure, value, figure == Figure::Lowest ? "USD" : "",
            market::Source::Discogs, 100};
}

TEST(CopyValue, is_the_price_at_the_grade_of_the_medium) {
    const testing::TempFolder folder;
    const auto market = store::open_sqlite_market(folder.path(), store::Access::Write).value();
    const auto model = market::AppraisalModel::open(SPINDLE_APPRAISAL_MODEL).value();
    ASSERT_TRUE(
        market->add_quotes(std::array{quote(1, Figure::Lowest, 12), quote(1, Figure::Have, 400),
                                      quote(1, Figure::Want, 300), quote(2, Figure::Have, 400)}));
    const std::array copies{copy(1, std::string(full_name(Grade::NearMint))), copy(1, ""),
                            copy(1, "VG"), copy(2, ""), copy(3, "VG")};
    const auto values = values_of_copies(copies, *market, {}, model, 1000).value();
    ASSERT_EQ(values.size(), 5U);
    ASSERT_TRUE(values[0] && values[1] && values[2]);
    EXPECT_GT(*values[1], 0);
    EXPECT_NEAR(*values[0] / *values[1], 0.85 / 0.65, 1e-9); // not graded: as VG+
    EXPECT_NEAR(*values[2] / *values[1], 0.45 / 0.65, 1e-9);
    EXPECT_FALSE(values[3]); // no price was seen of it
    EXPECT_FALSE(values[4]); // nothing was
}

} // namespace
} // namespace spindle::app
