// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "base/text.h"
#include "training/shelf/detail/face_art.h"
#include "training/shelf/photo.h"

namespace spindle::made_shelf {
namespace {

const Fonts& fonts() {
    static const Fonts loaded = [] {
        keep_to_one_thread();
        auto result = Fonts::load({});
        if (!result) {
            throw std::runtime_error(result.error().message);
        }
        return *result;
    }();
    return loaded;
}

Photo small_photo(std::uint64_t seed, int width = 800, int height = 600) {
    Releases releases(1, 10'000);
    SceneOptions options;
    options.width = width;
    options.height = height;
    options.catalog_size = 10'000;
    return make_photo(seed, options, fonts(), releases);
}

/// Positive for a corner that turns as reading order does (y down: clockwise).
double turn(image::Point a, image::Point b, image::Point c) {
    return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

bool is_in_reading_order(const image::Quad& quad) {
    for (std::size_t i = 0; i < 4; ++i) {
        if (turn(quad.corners[i], quad.corners[(i + 1) % 4], quad.corners[(i + 2) % 4]) < -1) {
            return false;
        }
    }
    return true;
}

/// How far outside of the quad a point is, in pixels; 0 or less inside.
double outside(const image::Quad& quad, image::Point point) {
    double most = -1e9;
    for (std::size_t i = 0; i < 4; ++i) {
        const image::Point a = quad.corners[i];
        const image::Point b = quad.corners[(i + 1) % 4];
        const double edge = std::hypot(b.x - a.x, b.y - a.y);
        if (edge > 0.5) {
            most = std::max(most, -turn(a, b, point) / edge);
        }
    }
    return most;
}

TEST(MadeShelf, GivesTheSameBytesForTheSameSeed) {
    const Photo one = small_photo(7);
    const Photo again = small_photo(7);
    EXPECT_EQ(one.jpeg, again.jpeg);
    EXPECT_EQ(as_json(one.truth, "7.jpg"), as_json(again.truth, "7.jpg"));
    EXPECT_NE(one.jpeg, small_photo(8).jpeg);
}

TEST(MadeShelf, SaysWhereSpinesAreInReadingOrderAndWithinThePicture) {
    std::size_t spines = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        const Photo photo = small_photo(seed);
        for (const TrueSpine& spine : photo.truth.spines) {
            ++spines;
            EXPECT_TRUE(is_in_reading_order(spine.quad)) << seed << " " << spine.id;
            // Cut where the middle of an end leaves the picture; the lens bends by some pixels.
            const auto& c = spine.quad.corners;
            for (const auto& [one, other] : {std::pair(c[0], c[3]), std::pair(c[1], c[2])}) {
                const double x = (one.x + other.x) / 2;
                const double y = (one.y + other.y) / 2;
                EXPECT_TRUE(x > -6 && y > -6 && x < photo.truth.width + 6 &&
                            y < photo.truth.height + 6)
                    << seed << " " << spine.id << " " << x << " " << y;
            }
        }
    }
    EXPECT_GT(spines, 100U);
}

TEST(MadeShelf, PutsWordsInsideTheirSpine) {
    std::size_t words = 0;
    for (std::uint64_t seed = 20; seed < 32; ++seed) {
        const Photo photo = small_photo(seed);
        for (const TrueSpine& spine : photo.truth.spines) {
            for (const TrueWord& word : spine.words) {
                ++words;
                EXPECT_FALSE(word.text.empty());
                EXPECT_TRUE(is_in_reading_order(word.quad)) << seed << " " << word.text;
                for (const image::Point corner : word.quad.corners) {
                    EXPECT_LT(outside(spine.quad, corner), 1.5) << seed << " " << spine.text;
                }
                EXPECT_NE(spine.text.find(word.text), std::string::npos);
            }
        }
    }
    EXPECT_GT(words, 300U);
}

TEST(MadeShelf, AsksOnlyForNumbersOfWhichEverySignIsSeen) {
    std::size_t told = 0;
    std::size_t hidden = 0;
    for (std::uint64_t seed = 40; seed < 60; ++seed) {
        for (const TrueSpine& spine : small_photo(seed).truth.spines) {
            std::string seen;
            for (const TrueWord& word : spine.words) {
                seen += word.role == "catno" ? word.text : "";
            }
            const bool is_printed =
                std::ranges::find(spine.prints, "catno", &TruePrint::role) != spine.prints.end();
            if (!spine.number.empty()) {
                ++told;
                EXPECT_EQ(seen, text::replaced(spine.number, " ", "")) << seed << " " << spine.id;
            } else {
                hidden += is_printed ? 1 : 0;
            }
        }
    }
    EXPECT_GT(told, 100U);
    EXPECT_GT(hidden, 3U); // under stickers, behind neighbours, outside the picture
}

TEST(MadeShelf, PrintsWhatTheCatalogSaysOfTheRelease) {
    Releases releases(1, 10'000);
    std::set<std::uint32_t> ids;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        ids.insert(releases.at(i).id.value);
    }
    EXPECT_EQ(ids.size(), 10'000U);
    const Photo photo = small_photo(3);
    ASSERT_FALSE(photo.truth.spines.empty());
    for (const TrueSpine& spine : photo.truth.spines) {
        EXPECT_TRUE(ids.contains(spine.release)) << spine.id;
    }
}

TEST(MadeShelf, LetsLampsHideSomeOfThePrint) {
    Releases releases(1, 10'000);
    SceneOptions options;
    options.catalog_size = 10'000;
    std::size_t items = 0;
    std::size_t lit = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        for (const Item& item : make_scene(seed, options, fonts(), releases).items) {
            ++items;
            lit += item.casing.streaks.empty() ? 0 : 1;
        }
    }
    EXPECT_GT(lit * 20, items);
    EXPECT_LT(lit * 2, items);
}

TEST(MadeShelf, PutsEveryKindOnSomeShelf) {
    Releases releases(1, 10'000);
    SceneOptions options;
    options.catalog_size = 10'000;
    std::set<Kind> kinds;
    for (std::uint64_t seed = 0; seed < 200 && kinds.size() < kKinds; ++seed) {
        for (const Item& item : make_scene(seed, options, fonts(), releases).items) {
            kinds.insert(item.casing.kind);
        }
    }
    EXPECT_EQ(kinds.size(), static_cast<std::size_t>(kKinds));
}

TEST(MadeShelf, DrawsEveryKindFromBothSides) {
    Random random(1);
    Releases releases(1, 100);
    for (int i = 0; i < 2 * kKinds; ++i) {
        const Kind kind = static_cast<Kind>(i / 2);
        const Size size = draw_size(kind, random);
        Casing casing = draw_casing(kind, size, i % 2 == 0, random);
        const PrintArea area = draw_print_area(kind, size, random);
        casing.print_x = area.x;
        casing.print_y = area.y;
        casing.print = design_print({5, {}}, releases.at(7), fonts(), kind, area.length,
                                    area.thickness, random);
        EXPECT_LE(area.x + area.length, size.length + 1e-9) << name_of(kind);
        EXPECT_LE(area.y + area.thickness, size.thickness + 1e-9) << name_of(kind);
        const FaceArt art = draw_spine(casing, 4, 4);
        EXPECT_NEAR(art.pixels.cols, size.length * 4, 1) << name_of(kind);
        EXPECT_NEAR(art.pixels.rows, size.thickness * 4, 1) << name_of(kind);
    }
}

TEST(MadeShelf, CallsNothingLegibleWhoseLettersAreAFewPixelsHigh) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (const TrueSpine& spine : small_photo(seed, 480, 360).truth.spines) {
            if (spine.legible) {
                EXPECT_GT(spine.thickness, 7) << spine.text;
                EXPECT_FALSE(spine.words.empty());
            }
        }
    }
}

TEST(MadeShelfFonts, SayWhichFolderHasNone) {
    const auto none = Fonts::load("/no/such/folder");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("/no/such/folder"), std::string::npos);
}

TEST(MadeShelfView, UndoesItsOwnBarrel) {
    View view = looking_at({0, 0, 0}, 500, 0.1, 0.1, 0);
    view.width = 2000;
    view.height = 1500;
    view.focal = 1800;
    view.barrel = -0.02;
    for (const image::Point point : {image::Point{3, 5}, {1990, 700}, {1000, 750}}) {
        const image::Point there = view.straight(view.bent(point));
        EXPECT_NEAR(there.x, point.x, 0.01);
        EXPECT_NEAR(there.y, point.y, 0.01);
    }
}

} // namespace
} // namespace spindle::made_shelf
