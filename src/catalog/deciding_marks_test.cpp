// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/deciding_marks.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Release plain() {
    Release release;
    release.country = "UK";
    release.year = 1991;
    release.labels = {{"Vertigo", "510 022-2"}};
    release.formats = {{"CD", 1, "", {"Album"}}};
    release.barcodes = {"7 31451 00222 4"};
    release.matrices = {{"51002220", ""}};
    return release;
}

std::vector<Mark> marks(const std::vector<Release>& releases) {
    std::vector<const Release*> pointers;
    for (const Release& release : releases) {
        pointers.push_back(&release);
    }
    return deciding_marks(pointers);
}

TEST(DecidingMarks, AreNoneForOneOrForTwoOfAKind) {
    EXPECT_THAT(marks({}), IsEmpty());
    EXPECT_THAT(marks({plain()}), IsEmpty());
    EXPECT_THAT(marks({plain(), plain()}), IsEmpty());
}

TEST(DecidingMarks, NameTheOneThingInWhichTwoDiffer) {
    const auto other = [](auto&& change) {
        Release release = plain();
        change(release);
        return marks({plain(), release});
    };
    EXPECT_THAT(other([](Release& r) { r.labels[0].number = "510 022-1"; }),
                ElementsAre(Mark::CatalogNumber));
    EXPECT_THAT(other([](Release& r) { r.barcodes = {"0 75596 11132 0"}; }),
                ElementsAre(Mark::Barcode));
    EXPECT_THAT(other([](Release& r) { r.formats[0].name = "Vinyl"; }), ElementsAre(Mark::Format));
    EXPECT_THAT(other([](Release& r) { r.country = "Japan"; }), ElementsAre(Mark::Country));
    EXPECT_THAT(other([](Release& r) { r.year = 1999; }), ElementsAre(Mark::Year));
    EXPECT_THAT(other([](Release& r) { r.labels[0].label = "Elektra"; }), ElementsAre(Mark::Label));
    EXPECT_THAT(other([](Release& r) { r.matrices[0].value = "51002221"; }),
                ElementsAre(Mark::Matrix));
}

TEST(DecidingMarks, DoNotCareHowAMarkIsWritten) {
    Release other = plain();
    other.labels[0] = {"VERTIGO", "5100222"};
    other.barcodes = {"731451002224"};
    EXPECT_THAT(marks({plain(), other}), IsEmpty());
}

TEST(DecidingMarks, NameTheEasiestThatIsEnough) {
    Release other = plain();
    other.barcodes = {"0 75596 11132 0"};
    other.country = "US";
    other.year = 1992;
    EXPECT_THAT(marks({plain(), other}), ElementsAre(Mark::Barcode));
}

TEST(DecidingMarks, GoOnUntilAllAreToldApart) {
    Release other_country = plain();
    other_country.country = "US";
    Release other_year = plain();
    other_year.year = 2001;
    EXPECT_THAT(marks({plain(), other_country, other_year}),
                ElementsAre(Mark::Country, Mark::Year));
}

TEST(DecidingMarks, TakeWhatAllHaveBeforeWhatSomeLack) {
    Release other = plain();
    other.barcodes = {};
    other.year = 2001;
    EXPECT_THAT(marks({plain(), other}), ElementsAre(Mark::Year));
    other.year = plain().year;
    EXPECT_THAT(marks({plain(), other}), ElementsAre(Mark::Barcode));
}

} // namespace
} // namespace spindle::catalog
