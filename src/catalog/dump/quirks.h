// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::catalog {

/// What people and programs have put into dumps over the years, and what reading made of it. Only
/// the first group costs a record.
enum class Quirk : std::uint8_t {
    NotXml, ///< dropped
    NoId,   ///< missing, zero or past kFirstOwnRelease: dropped

    ControlCharacters, ///< removed; counted by texts
    IllFormedUtf8,     ///< replaced by U+FFFD; counted by texts
    TextCut,           ///< a text longer than kLongestText
    ListCut,           ///< more artists, labels, tracks, ... than are kept
    NoTitle,
    NoArtist,
    UnlinkedArtist, ///< no id, or 0
    UnnamedArtist,
    NoLabel,
    UnnamedLabel,
    NumberNone, ///< catalog number "none": stored empty
    NoFormat,
    OddQuantity, ///< not a number, 0, or past kMostQuantity: stored as 1 or kMostQuantity
    NoCountry,
    NoDate,
    OddDate,     ///< not YYYY or YYYY-MM-DD; the year is kept if there is one in it
    OddDuration, ///< not known then
    BarcodeRepeated,
    BarcodeWithoutDigits, ///< dropped
    NoTrack,
    OddMaster, ///< a master that is no number: none
};
inline constexpr std::size_t kQuirks = static_cast<std::size_t>(Quirk::OddMaster) + 1;

/// How often each was met. A value: each thread counts its own, and they are added up.
class Quirks {
public:
    /// So many ids of damaged records are kept for a person to look at.
    static constexpr std::size_t kMostNamed = 10;

    void count(Quirk quirk, std::uint64_t times = 1);
    std::uint64_t operator[](Quirk quirk) const;

    /// Counts a record that is not well-formed. @param id of it, 0 if it cannot be read.
    void count_damaged(std::uint32_t id);
    const std::vector<std::uint32_t>& damaged() const { return damaged_; }

    Quirks& operator+=(const Quirks& other);
    friend bool operator==(const Quirks&, const Quirks&) = default;

    /// For a closing summary: "1,204 records: ...", one for each quirk that was met, in the order
    /// of the enumeration.
    std::vector<std::string> sentences() const;

private:
    std::array<std::uint64_t, kQuirks> counts_{};
    std::vector<std::uint32_t> damaged_;
};

/// The name in JSON output: "control_characters".
std::string_view name_of(Quirk quirk);

} // namespace spindle::catalog
