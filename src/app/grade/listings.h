// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/goldmine.h"
#include "base/result.h"

namespace spindle::app {

/// A recording of a record whose condition somebody has told.
struct Listing {
    std::string audio; ///< absolute path of a file, or http(s) address
    Grade grade = Grade::NearMint;
    std::string condition; ///< in the words that were found
    std::string record;    ///< what must not be on both sides of a split; the audio where not told
    std::string seller;    ///< likewise, where told
};

/// A row that could not be used.
struct LeftOut {
    std::size_t row = 0; ///< from 1, the header not counted
    std::string why;
};

struct Listings {
    std::vector<Listing> listings;
    std::vector<LeftOut> left_out;
};

/// Reads labelled recordings from a table (CSV or tab separated, with a header) or from JSON (a
/// list of objects, or one object a line). Columns, in any case: audio (or file, path, url), grade
/// (or condition, media, label), and where there are such record (or release, title) and seller.
/// Paths are relative to the manifest. Conditions are understood as sellers write them
/// (grade/model/condition_text.h); rows without audio or without a grade are left out, with the
/// reason.
/// Errors: Code::BadInput, naming the file, when it is no such table or nothing in it can be used;
/// it may have 64 MB.
Result<Listings> read_listings(const std::filesystem::path& manifest);

} // namespace spindle::app
