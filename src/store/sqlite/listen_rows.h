// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/scrobble_store.h"
#include "store/sqlite/database.h"

// How rows of scrobble_listen and its neighbours become values and back.
namespace spindle::store {

extern const std::string_view kInsertListen; ///< bind_listen, requested_at, queued_at, boot, boot_s
extern const std::string_view kUpdateListen; ///< bind_listen, id; the time is known now
inline constexpr int kListenColumns = 14;    ///< of a select, the id among them

/// SELECT of scrobble_listen l, with one more column behind its own if there is one.
std::string select_listens(std::string_view rest, std::string_view more = "0");
scrobble::Listen read_listen(const Statement& row);
void bind_listen(Statement& statement, const scrobble::Listen& listen);

/// service, state, attempts, attempted_at, reason.
DeliveryState read_delivery(const Statement& row);
/// halt, reason, paused_until, failures, day, sent_today from that column on.
scrobble::ServiceState read_state(const Statement& row, int first_column);
/// Adds a row of service, state, count, oldest.
void count(ServiceSummary& summary, const Statement& row);

std::string_view word_of(scrobble::Delivery delivery);
std::string_view word_of(scrobble::ServiceState::Halt halt);

} // namespace spindle::store
