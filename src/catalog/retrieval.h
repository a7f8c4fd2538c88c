// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "catalog/catalog_file.h"
#include "catalog/query.h"

namespace spindle::catalog {

/// A recording group that shares terms with a query.
struct Candidate {
    std::size_t file = 0; ///< of the catalog
    DocumentRange documents;
    double score = 0; ///< sum of what the shared terms are worth, in nats
};

/// How much is read to find candidates.
struct RetrievalEffort {
    std::uint32_t postings = 100'000; ///< in all; rare terms first
    std::size_t candidates = 32;      ///< groups looked at closely
};

/// Finds the groups that share most with a query: every term the query may come from is looked up,
/// rare ones first, until the effort is spent. Terms in more releases than that ("the", "live") do
/// not find anything; they count when candidates are compared.
std::vector<Candidate> retrieve(std::span<const CatalogFile> files, const Query& query,
                                const RetrievalEffort& effort);

} // namespace spindle::catalog
