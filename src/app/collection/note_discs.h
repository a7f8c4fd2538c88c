// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "store/collection_store.h"

/// Discs noted as owned or wanted; the next sync tells Discogs.
namespace spindle::app {

/// Names of releases, where a catalog on this machine knows them.
class ReleaseNames {
public:
    /// One without a catalog knows none.
    explicit ReleaseNames(const catalog::Catalog* catalog) : catalog_(catalog) {}

    std::optional<catalog::Release> find(ReleaseId id) const;

private:
    const catalog::Catalog* catalog_;
};

/// What is said of a disc that is noted as owned; all but the release may be empty.
struct NewCopy {
    ReleaseId release;
    std::string media;  ///< "VG+", or in full
    std::string sleeve; ///< the same, or Generic, Not Graded, No Cover
    std::string folder, notes;
};

/// The copy as it is kept. Code::BadInput names a condition that is none.
Result<store::Copy> copy_of(const NewCopy& disc, const ReleaseNames& names, std::time_t now);

struct WantChanges {
    std::vector<store::Wish> changed;
    std::vector<ReleaseId> not_wanted; ///< asked to be removed, and not there
};

/// Wants the releases, or wants them no longer (`state` is ToAdd or ToRemove).
/// @param notes of new ones
Result<WantChanges> change_wants(store::CollectionStore& store, std::span<const ReleaseId> releases,
                                 store::WantState state, const ReleaseNames& names,
                                 const std::string& notes = {});

} // namespace spindle::app
