// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace spindle::accuracy {

/// What other programs reached on clips made the same way (the conditions and the corpus of
/// bench/README.md, 350 tracks, 60 clips a condition): the best of Olaf and audfprint at each
/// length, each with its own default settings. Chromaprint matches whole files only, dejavu did not
/// finish indexing.
struct PeerShares {
    std::string_view condition;
    double at_5 = 0; ///< % right
    double at_10 = 0;
    double at_15 = 0;
};

/// Nothing for a condition they were not asked about. "all" is the share over all conditions.
std::optional<double> best_peer(std::string_view condition, int length);

/// % of clips of unknown music for which the better peer names a track.
std::optional<double> best_peer_false_positives(int length);

inline constexpr double kPeerCpuPerHour =
    8.7; ///< Olaf: seconds to index an hour, decoding included
inline constexpr double kPeerMegabytesPerHour = 0.38; ///< audfprint: index
inline constexpr double kPeerQueryCpuMs = 92;         ///< Olaf: a clip
inline constexpr double kPeerResidentMegabytes = 55;  ///< Olaf

} // namespace spindle::accuracy
