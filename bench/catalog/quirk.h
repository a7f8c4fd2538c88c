// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace spindle::bench {

/// What is wrong or odd in one record, as found in real dumps. A record has at most one.
enum class Quirk : std::uint8_t {
    ControlCharacter, ///< a raw U+0001 in the title: XML forbids it
    BadUtf8,          ///< a byte in the title that no UTF-8 has
    CutOff,           ///< the record stops in its middle; the next follows
    HugeQuantity,     ///< a quantity of 52 digits
    ArtistWithoutId,  ///< no <id>: not linked to an artist
    ArtistIdZero,     ///< <id>0</id>: the same, before 2024-12
    EmptyArtistName,
    OddDate,          ///< "?", "Not Known", "1997/05"
    BarcodeTwice,     ///< the same digits scanned and as printed, with spaces
    BarcodeWithSigns, ///< '>' and text around the digits
    NoneNumber,       ///< "None", "NONE", "-" or nothing where others say "none"
    NewlinesInNotes,  ///< raw newlines, and &#13; before them
    NumericGenre,
    SubTracks,      ///< an index track with <sub_tracks>
    UnknownElement, ///< <x_future> with the children a reader may take for its own
    OtherOrder,     ///< master_id and formats where older dumps have them
};
inline constexpr std::uint32_t kQuirks = 16;

std::string_view name_of(Quirk quirk);

/// The quirk of the record with this key, for about 3 records in 100: the usual ones 2 in 1,000
/// each, what makes a dump ill-formed (the first three) 1 in 20,000 each.
std::optional<Quirk> draw_quirk(std::uint64_t key);

} // namespace spindle::bench
