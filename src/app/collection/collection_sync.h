// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "market/discogs_client.h"
#include "store/collection_store.h"

namespace spindle::app {

/// What a sync did. Numbers are of copies or of wants.
struct SyncReport {
    int there = 0;   ///< on Discogs at the end
    int added = 0;   ///< new here
    int changed = 0; ///< changed here, because they were changed there
    int removed = 0; ///< gone there, and so here
    int sent = 0;    ///< new there
    int waiting = 0; ///< still to be sent
    /// Why it ended early; empty when it did not. What was done until then is kept.
    std::string trouble;
};

/// Brings the collection here and on Discogs to the same state. Discogs is asked first and wins
/// where both know something; then what was added here is sent, with its conditions and notes.
/// Nothing is sent twice: a copy whose sending was cut off is looked for first. A kill at any
/// moment loses nothing. Errors are those of the store; trouble with Discogs is in the report.
Result<SyncReport> sync_collection(const market::DiscogsClient& discogs, const std::string& user,
                                   store::CollectionStore& store, const ProgressSink& progress,
                                   const std::stop_token& stop);

/// The same for wants. Wants have no copies: sending one twice changes nothing.
Result<SyncReport> sync_wants(const market::DiscogsClient& discogs, const std::string& user,
                              store::CollectionStore& store, const ProgressSink& progress,
                              const std::stop_token& stop);

} // namespace spindle::app
