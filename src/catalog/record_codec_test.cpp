// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/catalog_samples.h"
#include "catalog/record_codec.h"

namespace spindle::catalog {
namespace {

std::string card_of(const Release& release) {
    std::string bytes;
    append_card(release, bytes);
    return bytes;
}

std::string tracks_of(const Release& release) {
    std::string bytes;
    append_tracks(release.tracks, bytes);
    return bytes;
}

/// Texts of any bytes, numbers up to the greatest.
rc::Gen<Release> any_release() {
    return rc::gen::exec([] {
        const auto text = [] { return *rc::gen::arbitrary<std::string>(); };
        const auto number = [] { return *rc::gen::arbitrary<std::uint32_t>(); };
        const auto few = [] { return *rc::gen::inRange(0, 4); };
        Release release;
        release.id.value = number();
        release.master.value = number();
        release.versions = number();
        release.year = *rc::gen::arbitrary<std::uint16_t>();
        release.first_year = *rc::gen::arbitrary<std::uint16_t>();
        release.title = text();
        release.country = text();
        for (int i = few(); i > 0; --i) {
            release.artists.push_back({number(), text(), text(), text()});
        }
        for (int i = few(); i > 0; --i) {
            release.labels.push_back({text(), text()});
        }
        for (int i = few(); i > 0; --i) {
            release.formats.push_back({text(), number(), text(), {text(), text()}});
        }
        for (int i = few(); i > 0; --i) {
            release.barcodes.push_back(text());
        }
        for (int i = few(); i > 0; --i) {
            release.matrices.push_back({text(), text()});
        }
        for (int i = few(); i > 0; --i) {
            release.tracks.push_back({text(), text(), number()});
        }
        return release;
    });
}

RC_GTEST_PROP(RecordCodec, GivesBackEveryField, ()) {
    const Release release = *any_release();
    // Into one that holds something else: nothing of it may stay.
    Release read = samples::random_release(1);
    RC_ASSERT(read_card(card_of(release), read));
    RC_ASSERT(read_tracks(tracks_of(release), read.tracks));
    RC_ASSERT(read == release);
}

TEST(RecordCodec, GivesBackAReleaseWithoutAnything) {
    Release read = samples::random_release(2);
    ASSERT_TRUE(read_card(card_of({}), read));
    ASSERT_TRUE(read_tracks(tracks_of({}), read.tracks));
    EXPECT_EQ(read, Release{});
}

TEST(RecordCodec, RefusesWhatIsCutShortAnywhere) {
    for (std::uint32_t seed = 1; seed < 40; ++seed) {
        const Release release = samples::random_release(seed);
        const std::string card = card_of(release);
        const std::string tracks = tracks_of(release);
        Release read;
        for (std::size_t size = 0; size < card.size(); ++size) {
            ASSERT_FALSE(read_card({card.data(), size}, read)) << seed << " " << size;
        }
        for (std::size_t size = 0; size < tracks.size(); ++size) {
            ASSERT_FALSE(read_tracks({tracks.data(), size}, read.tracks)) << seed << " " << size;
        }
    }
}

TEST(RecordCodec, RefusesBytesBehindTheLast) {
    Release read;
    EXPECT_FALSE(read_card(card_of(samples::random_release(3)) + '\0', read));
    EXPECT_FALSE(read_tracks(tracks_of(samples::random_release(3)) + '\0', read.tracks));
}

TEST(RecordCodec, BearsAnyDamage) {
    std::mt19937 random(5);
    const auto damage = [&random](std::string& bytes) {
        char& byte = bytes[random() % bytes.size()];
        byte = static_cast<char>(byte ^ static_cast<char>(1 + random() % 255));
    };
    for (std::uint32_t seed = 1; seed < 3000; ++seed) {
        std::string card = card_of(samples::random_release(seed % 50));
        std::string tracks = tracks_of(samples::random_release(seed % 50));
        damage(card);
        damage(tracks);
        Release read;
        if (read_card(card, read)) {
            // What can be read can be written again without growing beyond what was there.
            EXPECT_LE(card_of(read).size(), card.size());
        }
        if (read_tracks(tracks, read.tracks)) {
            EXPECT_LE(tracks_of(read).size(), tracks.size());
        }
    }
}

TEST(RecordCodec, DoesNotBelieveCountsThatDoNotFit) {
    // Says it has 2^60 tracks; nothing may be set aside for them.
    const std::string many("\x80\x80\x80\x80\x80\x80\x80\x80\x10", 9);
    std::vector<Track> tracks;
    EXPECT_FALSE(read_tracks(many, tracks));
    EXPECT_TRUE(tracks.empty());
}

} // namespace
} // namespace spindle::catalog
