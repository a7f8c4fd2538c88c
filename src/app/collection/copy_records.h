// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/record_id.h"
#include "base/result.h"
#include "store/collection.h"
#include "store/library_store.h"

namespace spindle::app {

/// The record of the library that is called like each copy, in their order; 0 where there is none.
/// By album_key() (app/collection/copy_plays.h), as nothing else links the two. One query, whatever
/// the number of copies. Errors are the store's.
Result<std::vector<RecordId>> records_of_copies(std::span<const store::Copy> copies,
                                                store::LibraryStore& library);

/// The record of the library that is called like a release, likewise: the owner's own copy of that
/// title, whatever the pressing. Nothing where there is none.
Result<std::optional<RecordId>> record_called(std::string_view artist, std::string_view title,
                                              store::LibraryStore& library);

} // namespace spindle::app
