// SPDX-License-Identifier: Apache-2.0
#include "catalog/country.h"

#include <array>

namespace spindle::bench {
namespace {

using enum Language;

constexpr std::array kCountries{
    Country{"US", 258, English, 0, "0"},           Country{"Germany", 94, German, 350, "40"},
    Country{"UK", 82, English, 0, "50"},           Country{"Japan", 59, Japanese, 550, "49"},
    Country{"Europe", 32, English, 0, "54"},       Country{"Italy", 45, Italian, 550, "80"},
    Country{"Canada", 42, English, 0, "0"},        Country{"Netherlands", 40, German, 100, "87"},
    Country{"France", 38, French, 600, "3"},       Country{"Spain", 36, Spanish, 650, "84"},
    Country{"Russia", 32, Russian, 700, "46"},     Country{"Sweden", 23, Nordic, 350, "73"},
    Country{"Australia", 22, English, 0, "93"},    Country{"Poland", 20, Slavic, 600, "59"},
    Country{"Norway", 13, Nordic, 350, "70"},      Country{"Greece", 14, Greek, 600, "52"},
    Country{"Switzerland", 12, German, 400, "76"}, Country{"Czechoslovakia", 9, Slavic, 800, "85"},
    Country{"Denmark", 8, Nordic, 400, "57"},      Country{"UK & Europe", 8, English, 0, "50"},
    Country{"Yugoslavia", 8, Slavic, 700, "38"},   Country{"Belgium", 8, French, 300, "54"},
    Country{"Israel", 7, English, 0, "72"},        Country{"Ukraine", 7, Russian, 650, "48"},
    Country{"Jamaica", 7, English, 0, "0"},        Country{"Brazil", 12, Spanish, 800, "78"},
    Country{"Austria", 7, German, 500, "90"},      Country{"South Korea", 6, Korean, 600, "88"},
    Country{"Mexico", 7, Spanish, 800, "75"},      Country{"Argentina", 7, Spanish, 800, "77"},
    Country{"Finland", 7, Nordic, 400, "64"},      Country{"Portugal", 6, Spanish, 700, "56"},
    Country{"New Zealand", 6, English, 0, "94"},   Country{"Nigeria", 6, English, 0, "0"},
    Country{"Bulgaria", 6, Russian, 600, "38"},    Country{"Türkiye", 6, Slavic, 700, "86"},
};

} // namespace

std::span<const Country> countries() {
    return kCountries;
}

} // namespace spindle::bench
