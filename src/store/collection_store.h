// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "store/collection.h"

namespace spindle::store {

/// The owner's collection and wants. Every changing call is one transaction, as with LibraryStore,
/// with its errors. One instance per thread, or serialise.
class CollectionStore {
public:
    CollectionStore() = default;
    virtual ~CollectionStore() = default;
    CollectionStore(const CollectionStore&) = delete;
    CollectionStore& operator=(const CollectionStore&) = delete;

    /// All copies, by artist and title.
    virtual Result<std::vector<Copy>> copies() = 0;
    /// Keeps copies as new ones; ids in their order.
    virtual Result<std::vector<CopyId>> add(std::span<const Copy> copies) = 0;
    /// Changes copies that are kept already (by id).
    virtual Result<void> update(std::span<const Copy> copies) = 0;
    virtual Result<void> remove(std::span<const CopyId> copies) = 0;

    /// All wants, those to be removed among them, by artist and title.
    virtual Result<std::vector<Wish>> wishes() = 0;
    /// Keeps wants; one for a release that has one takes its place.
    virtual Result<void> put(std::span<const Wish> wishes) = 0;
    virtual Result<void> drop(std::span<const ReleaseId> releases) = 0;

    virtual Result<Holding> holding(ReleaseId release) = 0;
};

} // namespace spindle::store
