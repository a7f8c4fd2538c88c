// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace spindle::bench {

/// How a label forms its catalog numbers.
enum class NumberFamily : std::uint8_t {
    LettersDigits,   ///< "SSR 128", "KSW035"
    LongMixed,       ///< "GTN 1047.25", "74144-22001-2", "PS 08/43"
    CdInfix,         ///< "CDV 2638", "RSN CD34", "CAD 207 CD"
    LettersSuffix,   ///< "RR 6583-2"
    BarcodeItself,   ///< "602527578910"
    PureDigits,      ///< "233168"
    JapaneseLetters, ///< "TOCP-65911"
    JapanesePrice,   ///< "32XD-723"
    SixDigitsSuffix, ///< "423 079-2"
    Prefix7243,      ///< "7243 8 62155 2 9"
    FourFiveSuffix,  ///< "7599-25379-2"
    FiveFiveSuffix,  ///< "82876-55884-2"
    NineSuffix,      ///< "9 45000-2"
    ThreeLettersSix, ///< "EPC 460497 2"
    CdpSeven,        ///< "CDP 7 46865 2"
    LetterZeros,     ///< "B0010417-02"
};

} // namespace spindle::bench
