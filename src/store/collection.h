// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/release_id.h"

// What the owner has and looks for, as values.
namespace spindle::store {

using CopyId = Id<struct CopyTag, std::uint32_t>;

/// One copy of a release on the owner's shelf. Texts are empty, numbers 0 where nothing is known.
struct Copy {
    CopyId id; ///< 0: not kept yet
    ReleaseId release;
    std::optional<std::uint64_t> instance; ///< Discogs' number of this copy; nothing: not there yet
    /// Not all of it is known to have arrived there: without an instance the copy itself may be
    /// there or not, with one its conditions and notes.
    bool attempted = false;
    std::string folder;
    std::string artist, title, label, number, format;
    int year = 0;
    int rating = 0;            ///< 1 to 5
    std::string added;         ///< local time, "2026-11-21 15:00:00"
    std::string media, sleeve; ///< grades in Discogs' words: "Very Good Plus (VG+)"
    std::string notes;

    bool operator==(const Copy&) const = default;
};

/// What of a want Discogs does not know yet.
enum class WantState { Synced, ToAdd, ToRemove };

/// A release the owner looks for.
struct Wish {
    ReleaseId release;
    WantState state = WantState::ToAdd;
    std::string artist, title, format;
    int year = 0;
    int rating = 0;
    std::string notes;

    bool operator==(const Wish&) const = default;
};

/// Does the owner have it, look for it?
struct Holding {
    int copies = 0;
    bool wanted = false;
};

} // namespace spindle::store
