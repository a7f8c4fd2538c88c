// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "catalog/release.h"

// A small shelf of discs as they are in collections, for tests and fuzzers of the matcher. Numbers
// and barcodes are made up, their kind is not.
namespace spindle::catalog::samples {

/// What is on a spine and what is not, in the order a person would say it.
struct Disc {
    std::uint32_t id = 0, master = 0;
    const char *artist = "", *title = "", *label = "", *number = "", *format = "CD";
    const char *country = "UK", *barcode = "";
    std::uint16_t year = 1990;
};

inline Release release_of(const Disc& disc) {
    Release release;
    release.id.value = disc.id;
    release.master.value = disc.master;
    release.year = disc.year;
    release.title = disc.title;
    release.country = disc.country;
    release.artists = {{disc.master * 10, disc.artist, "", ""}};
    release.labels = {{disc.label, disc.number}};
    release.formats = {{disc.format, 1, "", {"Album"}}};
    if (*disc.barcode != '\0') {
        release.barcodes = {disc.barcode};
    }
    return release;
}

inline std::vector<Release> shelf() {
    const std::vector<Disc> discs{
        // Three that share all that is on the spine, and the record.
        {10, 2, "Pink Floyd", "The Dark Side Of The Moon", "Harvest", "CDP 7 46001 2", "CD", "UK",
         "0 77774 60012 1", 1984},
        {11, 2, "Pink Floyd", "The Dark Side Of The Moon", "Harvest", "CDP 7 46001 2", "CD", "US",
         "0 77774 60019 0", 1988},
        {12, 2, "Pink Floyd", "The Dark Side Of The Moon", "Harvest", "CDP 7 46001 2", "CD",
         "Europe", "0 77774 60012 1", 1994},
        {13, 2, "Pink Floyd", "The Dark Side Of The Moon", "Harvest", "SHVL 804", "Vinyl", "UK", "",
         1973},
        {14, 3, "Pink Floyd", "Wish You Were Here", "Harvest", "CDP 7 46035 2", "CD", "UK",
         "0 77774 60352 8", 1985},
        {15, 1, "Metallica", "Metallica", "Vertigo", "510 022-2", "CD", "UK", "7 31451 00222 4",
         1991},
        {16, 1, "Metallica", "Metallica", "Elektra", "9 61113-2", "CD", "US", "0 75596 11132 0",
         1991},
        {17, 1, "Metallica", "Metallica", "Elektra", "9 61113-1", "Vinyl", "US", "0 75596 11131 3",
         1991},
        {18, 4, "Metallica", "Master Of Puppets", "Vertigo", "838 141-2", "CD", "UK",
         "0 42283 81412 6", 1986},
        // Numbers one digit apart.
        {20, 0, "Anton Bruckner", "Symphonie Nr. 4 \"Romantische\"", "Deutsche Grammophon",
         "415 277-2", "CD", "Germany", "0 28941 52772 0", 1985},
        {21, 0, "Johannes Brahms", "Ein Deutsches Requiem", "Deutsche Grammophon", "415 278-2",
         "CD", "Germany", "0 28941 52782 9", 1985},
        {22, 0, "Antonín Dvořák", "Slawische Tänze", "Deutsche Grammophon", "415 279-2", "CD",
         "Germany", "0 28941 52792 8", 1985},
        {23, 0, "Robert Schumann", "Kinderszenen", "Deutsche Grammophon", "415 276-2", "CD",
         "Germany", "0 28941 52762 1", 1985},
        // One title, two artists.
        {30, 5, "Queen", "Greatest Hits", "Parlophone", "CDP 7 46033 2", "CD", "UK", "", 1981},
        {31, 6, "ABBA", "Greatest Hits", "Polar", "POLCD 266", "CD", "Sweden", "", 1975},
        // Volumes.
        {40, 7, "The Beatles", "Past Masters Volume One", "Parlophone", "CDP 7 90043 2", "CD", "UK",
         "0 77779 00432 1", 1988},
        {41, 8, "The Beatles", "Past Masters Volume Two", "Parlophone", "CDP 7 90044 2", "CD", "UK",
         "0 77779 00442 0", 1988},
        {42, 9, "The Beatles", "Abbey Road", "Parlophone", "CDP 7 46446 2", "CD", "UK", "", 1987},
        // Other scripts.
        {50, 10, "久石譲", "となりのトトロ サウンドトラック集", "Animage", "TKCA-71026", "CD",
         "Japan", "", 1997},
        {51, 11, "Yellow Magic Orchestra", "ソリッド・ステイト・サヴァイヴァー", "Alfa",
         "ALCA-9087", "CD", "Japan", "", 1994},
        {52, 12, "Кино", "Группа Крови", "Moroz", "MR 94007 CD", "CD", "Russia", "", 1994},
        {53, 13, "Björk", "Début", "One Little Indian", "TPLP 31 CD", "CD", "UK",
         "5 016958 00312 7", 1993},
        // Various artists.
        {60, 14, "Various", "Pulp Fiction (Music From The Motion Picture)", "MCA", "MCD 11103",
         "CD", "Europe", "0 08811 11032 9", 1994},
        {61, 15, "Various", "Now That's What I Call Music 23", "EMI", "CDNOW 23", "CD", "UK", "",
         1992},
        {70, 16, "Portishead", "Dummy", "Go! Beat", "828 522-2", "CD", "UK", "0 42282 85222 1",
         1994},
        {71, 17, "Massive Attack", "Blue Lines", "Wild Bunch", "WBRCD1", "CD", "UK", "", 1991},
        {72, 18, "Massive Attack", "Mezzanine", "Circa", "WBRCD4", "CD", "UK", "", 1998},
        {73, 19, "Radiohead", "OK Computer", "Parlophone", "7243 8 55229 2 5", "CD", "UK",
         "7 24385 52292 5", 1997},
        {74, 20, "Miles Davis", "Kind Of Blue", "Columbia", "CK 64935", "CD", "US",
         "0 74646 49352 3", 1997},
        {75, 21, "Prince", "Purple Rain", "Warner Bros. Records", "7599-25110-2", "CD", "Germany",
         "0 75992 51102 8", 1984}};
    std::vector<Release> releases;
    std::transform(discs.begin(), discs.end(), std::back_inserter(releases), release_of);
    return releases;
}

/// Releases of made-up words with the numbers from 1000 on, so that those of the shelf are as rare
/// as in a real catalog.
inline std::vector<Release> strangers(std::uint32_t count) {
    static constexpr std::array<const char*, 16> kSyllables{"ba", "tor", "mi", "lon", "ker", "sa",
                                                            "du", "vel", "ro", "nim", "pha", "gut",
                                                            "ze", "wix", "yo", "fal"};
    std::mt19937 random(4);
    const auto word = [&random] {
        std::string text;
        for (std::size_t i = 2 + random() % 3; i > 0; --i) {
            text += kSyllables[random() % kSyllables.size()];
        }
        return text;
    };
    std::vector<Release> releases;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string artist = word() + " " + word();
        const std::string title = "The " + word() + " Of " + word();
        const std::string number = word().substr(0, 2) + " " + std::to_string(random() % 900'000);
        releases.push_back(release_of({1000 + i, 0, artist.c_str(), title.c_str(), "",
                                       number.c_str(), "CD", "US", "", 1990}));
    }
    return releases;
}

} // namespace spindle::catalog::samples
