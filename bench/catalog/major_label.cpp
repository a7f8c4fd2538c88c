// SPDX-License-Identifier: Apache-2.0
#include "catalog/major_label.h"

#include <array>

#include "catalog/country.h"
#include "catalog/layout.h"

namespace spindle::bench {
namespace {

using enum NumberFamily;

// Summed by family: shares measured on real catalog data, see docs/catalog.md.
constexpr std::array<MajorLabel, kMajorLabels> kMajors{{
    {SixDigitsSuffix, 160, kEurope},      {SixDigitsSuffix, 140, kUnitedStates},
    {SixDigitsSuffix, 110, kBritain},     {SixDigitsSuffix, 100, kGermany},
    {SixDigitsSuffix, 60, kFrance},       {SixDigitsSuffix, 40, kUnitedStates},
    {Prefix7243, 120, kEurope},           {Prefix7243, 80, kBritain},
    {Prefix7243, 60, kUnitedStates},      {FourFiveSuffix, 70, kGermany},
    {FourFiveSuffix, 60, kGermany},       {FourFiveSuffix, 40, kUnitedStates},
    {FiveFiveSuffix, 50, kBritain},       {FiveFiveSuffix, 50, kGermany},
    {FiveFiveSuffix, 30, kUnitedStates},  {NineSuffix, 50, kUnitedStates},
    {NineSuffix, 40, kUnitedStates},      {NineSuffix, 30, kUnitedStates},
    {ThreeLettersSix, 50, kNetherlands},  {ThreeLettersSix, 40, kBritain},
    {ThreeLettersSix, 30, kUnitedStates}, {CdpSeven, 40, kBritain},
    {CdpSeven, 30, kUnitedStates},        {LetterZeros, 50, kUnitedStates},
    {JapaneseLetters, 120, kJapan},       {JapaneseLetters, 80, kJapan},
    {JapaneseLetters, 60, kJapan},        {JapaneseLetters, 50, kJapan},
    {JapanesePrice, 30, kJapan},          {JapanesePrice, 20, kJapan},
    {LettersDigits, 60, kUnitedStates},   {LettersDigits, 50, kBritain},
    {LettersSuffix, 50, kUnitedStates},   {PureDigits, 60, kGermany},
}};

} // namespace

std::span<const MajorLabel> major_labels() {
    return kMajors;
}

} // namespace spindle::bench
