// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog_format.h"
#include "catalog/release_buckets.h"
#include "catalog/term.h"

namespace spindle::catalog {

/// A term of a release: what the index is made of. Twelve bytes, because there are ten a release
/// and they wait on disk.
struct Posting {
    std::array<std::uint32_t, 2> term_words{}; ///< high, low
    std::uint32_t document = 0;

    Posting() = default;
    Posting(TermHash term, std::uint32_t number)
        : term_words{static_cast<std::uint32_t>(term >> 32U), static_cast<std::uint32_t>(term)},
          document(number) {}
    TermHash term() const { return TermHash{term_words[0]} << 32U | term_words[1]; }
    friend auto operator<=>(const Posting&, const Posting&) = default;
};
static_assert(sizeof(Posting) == 12);

/// One part of a catalog, ordered and compressed, ready to be appended to the file. Documents count
/// from the part's first.
struct Part {
    std::string records;                     ///< the blocks' frames
    std::vector<format::Block> blocks;       ///< offsets count from the start of `records`
    std::vector<std::uint64_t> group_starts; ///< bits
    std::vector<format::IdEntry> ids;
    std::vector<Posting> postings;
    std::uint32_t releases = 0;
    std::uint32_t groups = 0;
};

/// What the whole dump tells about a master.
struct MasterFacts {
    std::uint32_t versions = 0;
    std::uint16_t first_year = 0;
};

/// What makes blocks small: texts that come again and again.
struct Dictionaries {
    std::string cards, tracks;
};

/// Learns dictionaries from the records of one part: the same ones in whatever order they come.
Dictionaries learn_dictionaries(std::vector<BucketRecord> records);

/// Orders records by recording group and release number and compresses them in blocks of 64.
/// @param first_document of this part, a multiple of 64; goes into the postings only.
Result<Part> build_part(std::vector<BucketRecord> records, std::uint32_t first_document,
                        const std::function<MasterFacts(MasterId)>& facts_of,
                        const Dictionaries& dictionaries);

} // namespace spindle::catalog
