// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/dig/disc_naming.h"
#include "base/result.h"
#include "catalog/spine_noise.h"

namespace spindle::bench {

/// In what order the discs of a made-up shelf stand.
enum class ShelfOrder { None, ByArtist, ByLabel, ArtistRuns };

/// What neighbours on a shelf are worth: discs known and right, known and wrong.
struct ContextTrial {
    std::string order;
    std::size_t discs = 0;
    std::size_t right_alone = 0, wrong_alone = 0;
    std::size_t right_with = 0, wrong_with = 0; ///< neighbours
};

/// Reads shelves of 40 releases of a catalog badly, asks the matcher for each spine alone, and then
/// the neighbours (app::weigh_by_neighbours). The same arguments give the same figures.
/// @param certainty from which a disc is known.
Result<std::vector<ContextTrial>> try_contexts(const catalog::Catalog& catalog, std::size_t shelves,
                                               const NoiseOptions& noise, double certainty,
                                               std::uint64_t seed);

} // namespace spindle::bench
