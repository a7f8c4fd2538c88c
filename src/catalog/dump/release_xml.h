// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "catalog/dump/quirks.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// Bounds on what is kept of one release, each above what an honest one holds. What is past them is
/// left out and counted (Quirk::ListCut).
inline constexpr std::size_t kMostTracks = 2'000; ///< with sub-tracks
inline constexpr std::size_t kMostItems = 500;    ///< artists, labels, formats, identifiers

/// Reads records of the releases dump into values. Elements may stand in any order; what is unknown
/// is stepped over. Kept are title, artists, labels, formats, country, year, master, tracks (with
/// sub-tracks, each on a line of its own after the track they are in) and of the identifiers the
/// barcodes and matrices. `versions` and `first_year` are not in the record and stay 0.
///
/// An object keeps its memory from record to record; one per thread.
class ReleaseReader {
public:
    ReleaseReader();
    ~ReleaseReader();
    ReleaseReader(ReleaseReader&&) noexcept;
    ReleaseReader& operator=(ReleaseReader&&) noexcept;

    /// @param record `<release id=...>...</release>`, as RecordSplitter gives it.
    /// @param quirks what was odd in it is counted here.
    /// @return nothing if it is not well-formed XML or has no id; counted as well.
    std::optional<Release> read(std::string_view record, Quirks& quirks);

    /// Was the last release that read() returned the main one of its master?
    bool is_main_release() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The same for one record, with a reader made for it. For tests, and for few records.
std::optional<Release> read_release(std::string_view record, Quirks& quirks);

} // namespace spindle::catalog
