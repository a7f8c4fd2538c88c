// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/release_id.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// Gives releases that Discogs does not have numbers of their own, from kFirstOwnRelease up: a hash
/// (XXH3, 31 bits) of the folded artist, title, catalog number and country, and the year. The same
/// file, read again, gives the same numbers. Of two releases with one hash the second gets the next
/// free number, so those few depend on their order.
class OwnIds {
public:
    struct Given {
        ReleaseId id;
        bool repeated = false; ///< this very release, all of it, has been here before
    };
    Given give(const Release& release);

private:
    std::unordered_map<std::uint32_t, std::uint64_t> taken_; // number to hash of all of the release
};

} // namespace spindle::catalog
